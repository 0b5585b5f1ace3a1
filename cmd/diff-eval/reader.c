/* reader.c - which columns of a record are read, and the sides made of them. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "data/hash.h"
#include "io/out.h"

static const char *const fixed[] = { IN_NAMES, "id", "session", "key", "session", "candidate",
	"candidate.skipped", "candidate.mode", "candidate.sample", "baseline", "request",
	"tools", "gaps", "request.tools", "request.functions", "request.response_format",
	"request.text.format", "request.output_format", "request.output_config.format", NULL };

/* The columns of one side, below a prefix; where they begin. */
static size_t
side_names(struct reader *r, size_t *n, const char *prefix)
{
	size_t start = *n;

	for (size_t i = 0; i < SIDE_COLUMNS + r->measures->fields; i++) {
		const char *name = i < SIDE_COLUMNS ?
		    side_columns[i] :
		    r->measures->field_paths[i - SIDE_COLUMNS];
		bool dot = prefix[0] != '\0' && name[0] != '[';
		r->names[(*n)++] =
		    arena_printf(&r->arena, "%s%s%s", prefix, dot ? "." : "", name).at;
	}
	return start;
}

static void
slice_names(struct reader *r, size_t *n)
{
	str rest = str_of(r->o.slices);

	r->slice = *n;
	r->slices->names[r->slices->dims++] = STR("tool_use");
	while (rest.len > 0) {
		str name = str_trim(str_cut(&rest, ','));
		if (name.len == 0 || r->slices->dims == DIMS)
			die(EXIT_USAGE, "--slices: '%s': 1 to %d fields, commas between",
			    r->o.slices, DIMS - 1);
		name = str_from(name, str_starts(name, ".") ? 1 : 0);
		bool twice = false;
		for (size_t i = 0; i < r->slices->dims; i++)
			twice |= str_eq(name, r->slices->names[i]);
		if (twice)
			continue;
		r->slices->names[r->slices->dims++] = name;
		r->names[(*n)++] =
		    str_is(name, "length") ? "usage.input" : arena_string(&r->arena, name);
	}
}

/* --candidate stands before the names of its columns; --key is a mapping. */
void
reader_new(struct reader *r, const struct reading *o)
{
	size_t n = 0, room = C_OWN + 2 * (SIDE_COLUMNS + MEASURES) + DIMS + 1;
	struct in_list *map = &r->o.in.map;

	r->o = *o;
	r->names = ARENA_ARRAY(&r->arena, const char *, room);
	for (; fixed[n] != NULL; n++) {
		bool moved = n >= C_CANDIDATE && n <= C_SAMPLE;
		r->names[n] = !moved ? fixed[n] :
				       arena_printf(&r->arena, "%s%s", o->candidate,
					   fixed[n] + strlen("candidate"))
					   .at;
	}
	r->names[C_CLUSTER] = o->cluster;
	side_names(r, &n, "");
	r->candidate = side_names(r, &n, o->candidate);
	slice_names(r, &n);
	if (map->count == sizeof map->items / sizeof *map->items)
		die(EXIT_USAGE, "--map: given too often");
	const char *key = strcmp(o->key, "content") == 0 ? "content_sha256" : o->key;
	map->items[map->count++] = arena_printf(&r->arena, "key=%s", key).at;
}

void
reader_free(struct reader *r)
{
	buf_free(&r->line);
	buf_free(&r->held);
	arena_free(&r->arena);
}

bool
reader_replayed(const struct rec *rec)
{
	return rec->values[C_CANDIDATE].kind == KIND_OBJECT;
}

bool
reader_takes(struct reader *r, struct totals *t, struct in *in, struct rec *rec)
{
	const struct doc *d;

	if (str_is(rec->kind, "run")) {
		d = in_doc(in, rec);
		if (doc_is(
			doc_get(d, "tool"), "judge")) { /* it judged what replay had planned */
			if (!doc_null(doc_get(d, "stopped")))
				t->run.stopped = STR("judge");
			return false;
		}
		t->run_lines++;
		run_add(&t->run, &t->arena, d);
		return false;
	}
	if (trace_is(rec) || r->measures->data)
		return true;
	in_reject(in, rec,
	    "neither a trace nor a replay record (--check=field:PATH compares any others)");
	return false;
}

void
reader_model(struct map *models, struct in *in, const struct rec *rec, size_t side)
{
	str name = in_text(in, rec, side + S_MODEL);

	if (name.len > 0 && models->count < 1000) /* "many" is all that is said then */
		map_slot(models, name);
}

static void
read_side(struct reader *r, struct in *in, const struct rec *rec, const struct scan_value *v,
    struct side *side)
{
	const struct scan_value *of = rec->values;
	struct source s = { .v = v,
		.tools = of[C_TOOLS].kind != KIND_NONE ? of[C_TOOLS].raw : of[C_FUNCTIONS].raw,
		.foreign = !trace_is(rec) };

	for (size_t c = C_OUTPUT_CONFIG; c >= C_FORMAT; c--)
		if (of[c].kind == KIND_OBJECT)
			s.format = of[c].raw;
	side_read(r->measures, in_arena(in), &s, r->excerpt, side);
}

void
reader_own(struct reader *r, struct in *in, const struct rec *rec, struct side *side)
{
	read_side(r, in, rec, rec->values + C_OWN, side);
}

void
reader_candidate(struct reader *r, struct in *in, const struct rec *rec, struct side *side)
{
	read_side(r, in, rec, rec->values + r->candidate, side);
}

static const struct doc *
below(const struct doc *d, const char *dotted)
{
	str rest = str_of(dotted);

	while (rest.len > 0)
		d = doc_find(d, str_cut(&rest, '.'));
	return d;
}

/* baseline[k] is no column: it is looked up in its tree. */
void
reader_baseline(struct reader *r, struct in *in, const struct rec *rec,
    const struct doc *answer, struct side *side)
{
	struct scan_value *v =
	    ARENA_ARRAY(in_arena(in), struct scan_value, SIDE_COLUMNS + r->measures->fields);

	for (size_t i = 0; i < SIDE_COLUMNS; i++) {
		const struct doc *d = below(answer, side_columns[i]);
		v[i] = (struct scan_value){ .kind = doc_kind(d), .raw = doc_raw(d) };
	}
	for (size_t m = 0; m < r->measures->count; m++) {
		const struct measure *of = &r->measures->of[m];
		if (of->kind != M_FIELD)
			continue;
		const struct doc *d = doc_at(answer, &of->path);
		v[of->column] = (struct scan_value){ .kind = doc_kind(d), .raw = doc_raw(d) };
	}
	read_side(r, in, rec, v, side);
}

/* Does the request carry calls or their results, or does a gap speak of them? */
static bool
uses_tools(const struct rec *rec)
{
	static const char *const signs[] = { "\"tool_call_id\"", "\"tool_result\"",
		"\"function_call_output\"" };
	const struct scan_value *v = rec->values;

	if (v[C_RESULTS].kind == KIND_ARRAY &&
	    str_search(v[C_RESULTS].raw, "{") < v[C_RESULTS].raw.len)
		return true;
	if (str_search(v[C_GAPS].raw, "\"tool-result") < v[C_GAPS].raw.len ||
	    str_search(v[C_GAPS].raw, "\"server-tool") < v[C_GAPS].raw.len)
		return true;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (str_search(v[C_REQUEST].raw, signs[i]) < v[C_REQUEST].raw.len)
			return true;
	return false;
}

/* Prompts by their tokens, each class four times the one before. */
static str
length_class(str tokens)
{
	static const struct {
		int64_t below;
		str name;
	} classes[] = { { 1 << 10, STR_INIT("below 1k") }, { 1 << 12, STR_INIT("1k to 4k") },
		{ 1 << 14, STR_INIT("4k to 16k") }, { 1 << 16, STR_INIT("16k to 64k") },
		{ INT64_MAX, STR_INIT("64k and more") } };
	int64_t n;
	size_t i = 0;

	if (!str_int(tokens, &n))
		return (str){ 0 };
	while (n >= classes[i].below && classes[i].below < INT64_MAX)
		i++;
	return classes[i].name;
}

void
reader_where(
    struct reader *r, struct in *in, const struct rec *rec, bool uses, struct where *where)
{
	struct slices *s = r->slices;
	str cluster = in_text(in, rec, C_CLUSTER);

	where->session = cluster.len > 0;
	if (cluster.len == 0)
		cluster = in_text(in, rec, C_KEY);
	if (cluster.len == 0)
		cluster = arena_printf(
		    in_arena(in), "\n%s:%llu", rec->file, (unsigned long long)rec->line);
	where->cluster = hash_short(cluster);
	str tools = uses || uses_tools(rec) ? STR("yes") : STR("no");
	where->slots[0] = slices_slot(s, 0, trace_is(rec) ? tools : (str){ 0 });
	for (size_t i = 1; i < s->dims; i++) {
		str value = in_text(in, rec, r->slice + i - 1);
		if (str_is(s->names[i], "length"))
			value = length_class(value);
		where->slots[i] = slices_slot(s, i, value);
	}
}

void
reader_add(
    struct reader *r, struct totals *t, struct in *in, const struct rec *rec, struct pair *p)
{
	p->request = rec->values[C_REQUEST].raw;
	pair_compare(r->measures, in_arena(in), p);
	totals_add(t, p);
	if (!r->o.pairs || (p->arm != DIFFERENCE && p->arm != RECORD))
		return;
	report_pair(&r->line, t, p);
	if (!r->holding) {
		out_line(buf_str(&r->line));
		return;
	}
	buf_add(&r->held, buf_str(&r->line));
	buf_byte(&r->held, '\n');
}
