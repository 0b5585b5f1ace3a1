/* overlap.c - two files that do not fit together by one key: by which would they? */
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/hash.h"
#include "io/emit.h"

#define LOOK   200000 /* records of a file that are looked at */
#define FIELDS 64
#define TOLD   6

/* Values of one field: hash to where it was seen, 1 in OLD, 2 in NEW. */
struct field {
	struct table values; /* of char */
	int64_t old, new, both;
};

struct fields_seen {
	struct table of; /* name: struct field */
};

static void
see(struct fields_seen *all, str name, const struct doc *v, int file)
{
	uint64_t hash = hash_short(v->kind == KIND_STRING ? v->text : v->raw);
	struct field *f = table_find(&all->of, name);

	if (f == NULL) {
		if (table_count(&all->of) == FIELDS)
			return;
		f = table_put(&all->of, name);
		f->values.size = 1;
	}
	char *seen = table_put(&f->values, (str){ (const char *)&hash, sizeof hash });
	if (*seen & file)
		return; /* a value that repeats pairs no more for it */
	*seen |= (char)file;
	*(file == 1 ? &f->old : &f->new) += 1;
	f->both += *seen == 3;
}

/* What differs from answer to answer, or never, names no request. */
static bool
of_no_use(str name)
{
	return str_is(name, "record") || str_is(name, "v") || str_is(name, "time") ||
	    str_is(name, "step") || str_starts(name, "response") || str_ends(name, "_bytes");
}

/* Scalars at the top and in tags; what every record has in common pairs nothing. */
static void
look(struct fields_seen *all, struct arena *a, const struct doc *record, int file)
{
	DOC_EACH (m, record) {
		bool scalar = m->kind == KIND_STRING || m->kind == KIND_NUMBER;
		if (scalar && !of_no_use(m->key))
			see(all, m->key, m, file);
		if (str_is(m->key, "tags") && m->kind == KIND_OBJECT)
			DOC_EACH (tag, m)
				if (tag->kind == KIND_STRING || tag->kind == KIND_NUMBER)
					see(all, arena_printf(a, "tags.%.*s", STR_F(tag->key)),
					    tag, file);
	}
}

static void
look_at_file(struct fields_seen *all, const struct reading *o, char *file, int which)
{
	static const char *const names[] = { IN_NAMES, NULL };
	struct in_options plain = o->in;
	char *operands[] = { file, NULL };
	struct rec rec;

	plain.map.count = 0;
	plain.since = plain.until = NULL;
	plain.show_map = false;
	struct in *in = in_open(&plain, names, operands);
	while (in_count(in) < LOOK && in_record(in, &rec))
		if (!str_is(rec.kind, "run"))
			look(all, in_arena(in), in_doc(in, &rec), which);
	in_close(in);
}

static int
by_overlap(const void *a, const void *b)
{
	const struct field *const *x = a, *const *y = b;

	return ((*x)->both < (*y)->both) - ((*x)->both > (*y)->both);
}

static str
name_of(const struct fields_seen *all, const struct field *f)
{
	size_t offset = (size_t)((const char *)f - all->of.values);

	return table_key(&all->of, offset / sizeof *f);
}

/* The fields that pair most; id and content_sha256 are told in any case. */
static void
tell(const struct fields_seen *all, const char *old, const char *new)
{
	const struct field *order[FIELDS] = { 0 };
	size_t n = table_count(&all->of), told = 0;
	struct arena a = { 0 };

	for (size_t i = 0; i < n; i++)
		order[i] = table_at(&all->of, i);
	qsort(order, n, sizeof *order, by_overlap);
	for (size_t i = 0; i < n; i++) {
		size_t at =
		    (size_t)((const char *)order[i] - all->of.values) / sizeof *order[i];
		str name = table_key(&all->of, at);
		bool usual = str_is(name, "id") || str_is(name, "content_sha256");
		if (usual || (order[i]->both > 0 && told++ < TOLD))
			warn("%.*s: %lld values in OLD, %lld in NEW, %lld in both", STR_F(name),
			    (long long)order[i]->old, (long long)order[i]->new,
			    (long long)order[i]->both);
	}
	const struct field *content = table_find(&all->of, STR("content_sha256"));
	if (n > 0 && order[0]->both > 0) {
		/* a record's content is the better key, if some requests come twice too */
		bool by_content = content != NULL && 10 * content->both >= 9 * order[0]->both;
		str name = by_content ? STR("content") : name_of(all, order[0]);
		warn("try: diff-eval --key=%.*s %s %s", STR_F(name), old, new);
	} else {
		warn("no field pairs them: are they answers to the same requests?");
	}
	arena_free(&a);
}

static bool
again(const char *file)
{
	struct stat s;

	return strcmp(file, "-") != 0 && stat(file, &s) == 0 && S_ISREG(s.st_mode);
}

void
overlap_report(const struct reading *o, char *old, char *new, int64_t paired, int64_t least)
{
	struct fields_seen all = { .of.size = sizeof(struct field) };

	warn("OLD and NEW do not fit together: by %s only %lld of %lld records have a partner",
	    o->key, (long long)paired, (long long)least);
	if (!again(old) || !again(new)) {
		warn("give files instead of pipes to be told which field would pair them");
		return;
	}
	look_at_file(&all, o, old, 1);
	look_at_file(&all, o, new, 2);
	tell(&all, old, new);
	for (size_t i = 0; i < table_count(&all.of); i++)
		table_free(&((struct field *)table_at(&all.of, i))->values);
	table_free(&all.of);
}
