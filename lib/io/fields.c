/* fields.c - which path of a record feeds which field. */
#include "io/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* A path cut at its |fromjson steps: the scanner reads the first stage, the rest is
 * looked up inside the strings found. */
struct field {
	const char *name;
	str path_text;
	struct path path;
	size_t first; /* steps of the first stage */
	bool mapped;
};

struct fields {
	struct field *of;
	size_t count;
	bool enters; /* some path goes into a string */
	const struct scan *scan;
};

static void
map_one(struct arena *a, struct fields *f, str rule, bool shared)
{
	str path = rule, name = str_trim(str_cut(&path, '='));

	if (path.at == NULL)
		die(EXIT_USAGE, "--map: '%.*s' is not FIELD=PATH", STR_F(rule));
	bool known = false;
	for (size_t i = 0; i < f->count; i++)
		if (str_is(name, f->of[i].name)) {
			f->of[i].path_text = arena_keep(a, str_trim(path));
			f->of[i].mapped = known = true;
		}
	if (!known && !shared)
		die(EXIT_USAGE, "--map: this tool reads no field '%.*s'", STR_F(name));
}

static void
map_file(struct arena *a, struct fields *f, const char *name, bool shared)
{
	FILE *file = fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (file == NULL)
		die(EXIT_USAGE, "--map: %s: cannot open", name);
	while ((n = getline(&line, &room, file)) > 0) {
		str rule = str_trim((str){ line, (size_t)n });
		if (rule.len > 0 && rule.at[0] != '#')
			map_one(a, f, rule, shared);
	}
	if (ferror(file))
		die(EXIT_USAGE, "--map: %s: cannot read", name);
	free(line);
	fclose(file);
}

/* The next rule: up to a blank that stands in no quotes. */
static str
next_rule(str *all)
{
	bool quoted = false;
	size_t n = 0;

	*all = str_trim(*all);
	for (; n < all->len && (quoted || strchr(" \t\n", all->at[n]) == NULL); n++)
		quoted ^= all->at[n] == '"';
	str rule = { all->at, n };
	*all = str_from(*all, n);
	return rule;
}

/* $INFERUTILS_MAP serves many tools: what another one reads is passed over. */
static void
map_environment(struct arena *a, struct fields *f)
{
	str all = str_of(getenv("INFERUTILS_MAP")), rule;

	while ((rule = next_rule(&all)).len > 0)
		if (rule.at[0] == '@')
			map_file(a, f, arena_string(a, str_from(rule, 1)), true);
		else
			map_one(a, f, rule, true);
}

static void
compile(struct arena *a, struct fields *f)
{
	struct path *paths = ARENA_ARRAY(a, struct path, f->count + 1);

	for (size_t i = 0; i < f->count; i++) {
		struct field *one = &f->of[i];
		const char *why = path_parse(a, one->path_text, &one->path);
		if (why != NULL)
			die(EXIT_USAGE, "--map %s=%.*s: %s", one->name, STR_F(one->path_text),
			    why);
		while (one->first < one->path.count &&
		    one->path.steps[one->first].kind != PATH_FROMJSON)
			one->first++;
		paths[i] = (struct path){ one->path.steps, one->first };
		f->enters |= one->first < one->path.count;
	}
	f->scan = scan_new(a, paths, f->count);
}

struct fields *
fields_new(struct arena *a, const char *const *names, const char *const *maps, size_t count)
{
	struct fields *f = ARENA_NEW(a, struct fields);

	while (names[f->count] != NULL)
		f->count++;
	f->of = ARENA_ARRAY(a, struct field, f->count + 1);
	for (size_t i = 0; i < f->count; i++) {
		f->of[i].name = names[i];
		f->of[i].path_text = arena_printf(a, ".%s", names[i]);
	}
	map_environment(a, f);
	for (size_t i = 0; i < count; i++)
		if (maps[i][0] == '@')
			map_file(a, f, maps[i] + 1, false);
		else
			map_one(a, f, str_of(maps[i]), false);
	compile(a, f);
	return f;
}

size_t
fields_count(const struct fields *f)
{
	return f->count;
}

const char *
fields_name(const struct fields *f, size_t index)
{
	return f->of[index].name;
}

const struct scan *
fields_scan(const struct fields *f)
{
	return f->scan;
}

bool
fields_mapped(const struct fields *f, size_t index)
{
	return f->of[index].mapped;
}

/* Go on from a string that holds JSON, as often as the path says. */
static struct scan_value
enter(struct arena *rec, const struct field *one, struct scan_value value)
{
	const struct doc *d = NULL;

	for (size_t i = one->first; i < one->path.count && value.kind != KIND_NONE; i++) {
		const struct path_step *s = &one->path.steps[i];
		if (s->kind == PATH_FROMJSON)
			d = doc_read(rec, scan_text(rec, &value));
		else
			d = doc_at(d, &(struct path){ s, 1 });
		value = (struct scan_value){ .kind = doc_kind(d), .raw = doc_raw(d) };
	}
	return value;
}

void
fields_enter(const struct fields *f, struct arena *rec, struct scan_value *values)
{
	for (size_t i = 0; f->enters && i < f->count; i++)
		if (f->of[i].first < f->of[i].path.count)
			values[i] = enter(rec, &f->of[i], values[i]);
}

void
fields_show(const struct fields *f, const uint64_t *found, uint64_t records)
{
	for (size_t i = 0; i < f->count; i++)
		fprintf(stderr, "%s: %s from %.*s: found %llu, missing %llu\n", err_tool(),
		    f->of[i].name, STR_F(f->of[i].path_text), (unsigned long long)found[i],
		    (unsigned long long)(records - found[i]));
}
