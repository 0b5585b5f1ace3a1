/* compatible.c - which versions go together. */
#include "compatible.h"

#include "io/in.h"
#include "tally.h"

struct rules {
	const struct doc *incompatible, *requires;
};

const char *const compatible_parts[] = { "name", "prompt", "sha256", "schema", "tools", "model",
	"release", "region", NULL };

static size_t
part_named(str name)
{
	size_t i = 0;

	while (i < COMBO_PARTS && !str_is(name, compatible_parts[i]))
		i++;
	return i;
}

/* An object of parts: texts or arrays of texts. */
static void
check_parts(const char *file, const char *list, size_t index, const struct doc *of)
{
	if (doc_kind(of) != KIND_OBJECT || of->count == 0)
		die(EXIT_USAGE, "--compatible: %s: .%s[%zu]: no object of parts", file, list,
		    index);
	DOC_EACH (d, of) {
		bool fits = doc_kind(d) == KIND_STRING;
		if (str_is(d->key, "why") && fits)
			continue;
		if (part_named(d->key) == COMBO_PARTS)
			die(EXIT_USAGE, "--compatible: %s: .%s[%zu].%.*s: no part of a record",
			    file, list, index, STR_F(d->key));
		if (doc_kind(d) == KIND_ARRAY) {
			fits = d->count > 0;
			DOC_EACH (item, d)
				fits = fits && doc_kind(item) == KIND_STRING;
		}
		if (!fits)
			die(EXIT_USAGE,
			    "--compatible: %s: .%s[%zu].%.*s: neither a text nor texts", file,
			    list, index, STR_F(d->key));
	}
}

static void
check(const char *file, const struct doc *d)
{
	size_t i = 0;

	if (doc_kind(d) != KIND_OBJECT)
		die(EXIT_USAGE, "--compatible: %s: not an object", file);
	DOC_EACH (list, d)
		if ((!str_is(list->key, "incompatible") && !str_is(list->key, "requires")) ||
		    doc_kind(list) != KIND_ARRAY)
			die(EXIT_USAGE,
			    "--compatible: %s: .%.*s: neither a list of incompatible nor of "
			    "requires",
			    file, STR_F(list->key));
	DOC_EACH (one, doc_get(d, "incompatible"))
		check_parts(file, "incompatible", i++, one);
	i = 0;
	DOC_EACH (one, doc_get(d, "requires")) {
		check_parts(file, "requires", i, doc_get(one, "if"));
		check_parts(file, "requires", i++, doc_get(one, "then"));
	}
}

const struct rules *
compatible_read(struct arena *a, const char *file)
{
	struct rules *r = ARENA_NEW(a, struct rules);
	struct doc_error error;
	str text;
	const char *why = in_file(a, file, &text);

	if (why != NULL)
		die(EXIT_USAGE, "--compatible: %s: %s", file, why);
	const struct doc *d = doc_parse(a, text, 0, &error);
	if (d == NULL)
		die(EXIT_USAGE, "--compatible: %s: byte %zu: %s", file, error.offset + 1,
		    error.why);
	check(file, d);
	r->incompatible = doc_get(d, "incompatible");
	r->requires = doc_get(d, "requires");
	return r;
}

static bool
matches(str pattern, str value)
{
	if (!str_ends(pattern, "*"))
		return str_eq(pattern, value);
	return value.len >= pattern.len - 1 &&
	    str_eq((str){ value.at, pattern.len - 1 }, (str){ pattern.at, pattern.len - 1 });
}

static bool
any_matches(const struct doc *of, str value)
{
	if (value.len == 0)
		return false;
	if (doc_kind(of) == KIND_STRING)
		return matches(doc_text(of), value);
	DOC_EACH (item, of)
		if (matches(doc_text(item), value))
			return true;
	return false;
}

static bool
all_match(const struct doc *of, const str *parts)
{
	DOC_EACH (d, of)
		if (!str_is(d->key, "why") && !any_matches(d, parts[part_named(d->key)]))
			return false;
	return true;
}

/* "prompt v46, schema s2" */
static str
list(struct arena *a, const struct doc *of, const str *parts)
{
	str text = { 0 };

	DOC_EACH (d, of)
		if (!str_is(d->key, "why"))
			text = arena_printf(a, "%.*s%s%.*s %.*s", STR_F(text),
			    text.len > 0 ? ", " : "", STR_F(d->key),
			    STR_F(parts[part_named(d->key)]));
	return text;
}

/* Parts of `then` that are known and not as they have to be. */
static bool
breaks(const struct doc *then, const str *parts)
{
	DOC_EACH (d, then) {
		str value = parts[part_named(d->key)];
		if (!str_is(d->key, "why") && value.len > 0 && !any_matches(d, value))
			return true;
	}
	return false;
}

bool
compatible_fits(struct arena *a, const struct rules *r, const str *parts, str *why)
{
	DOC_EACH (one, r->incompatible)
		if (all_match(one, parts)) {
			str reason = doc_text(doc_get(one, "why"));
			*why = arena_printf(a, "%.*s do not go together%s%.*s",
			    STR_F(list(a, one, parts)), reason.len > 0 ? ": " : "",
			    STR_F(reason));
			return false;
		}
	DOC_EACH (one, r->requires) {
		const struct doc *when = doc_get(one, "if"), *then = doc_get(one, "then");
		if (!all_match(when, parts) || !breaks(then, parts))
			continue;
		*why = arena_printf(a, "%.*s requires %.*s, but it met %.*s",
		    STR_F(list(a, when, parts)), STR_F(doc_raw(then)),
		    STR_F(list(a, then, parts)));
		return false;
	}
	return true;
}
