/* slices.c - the dimensions along which pairs are told apart, and their values. */
#include "base/err.h"
#include "diff.h"

#define VALUE_MAX 80

size_t
slices_slot(struct slices *s, size_t dim, str value)
{
	struct arena a = { 0 };
	size_t before = table_count(&s->values);

	value = value.len > VALUE_MAX ? (str){ value.at, VALUE_MAX } : value;
	if (value.len == 0)
		value = STR("(none)");
	str key = arena_printf(&a, "%zu\n%.*s", dim, STR_F(value));
	*(size_t *)table_put(&s->values, key) = dim;
	if (table_count(&s->values) > before && (int64_t)before >= s->most)
		die(EXIT_SYSTEM,
		    "--slices: more than %lld values: name fields with fewer, or give "
		    "--max-keys",
		    (long long)s->most);
	size_t slot = map_find(&s->values.keys, key);
	arena_free(&a);
	return slot;
}

size_t
slices_dim(const struct slices *s, size_t slot)
{
	return *(const size_t *)table_at(&s->values, slot);
}

str
slices_value(const struct slices *s, size_t slot)
{
	str key = table_key(&s->values, slot);

	return str_from(key, str_find(key, '\n') + 1);
}

str
slices_name(const struct slices *s, size_t slot)
{
	return s->names[slices_dim(s, slot)];
}
