/* diff-eval - is the candidate better, worse, the same, or is that not decided?
 *
 * Compares the answers of replay records with their candidates, or those of two files,
 * and decides.  Never opens a socket. */
#include <string.h>

#include "diff.h"
#include "io/out.h"
#include "pairs.h"
#include "trace/schema.h"
#include "ui/opt.h"

enum { TEXT, JSON };
static const char *const formats[] = { "text", "json", NULL };
static const char *const statuses[] = { "0", "1", "6", NULL };

static struct {
	struct policy policy;
	const char *key, *candidate;
	int format, inconclusive;
	bool markdown, no_bodies;
	struct in_options in;
} o = {
	.policy = { .margin = 0.02, .min_agree = -1 },
	.key = "id",
	.candidate = "candidate",
	.inconclusive = 2,
	.in = IN_DEFAULTS,
};

static const struct opt options[] = {
	OPT_HEAD("Pairs"),
	OPT_STR('k', "key", &o.key, "field", "pair OLD and NEW by id, content, or any field"),
	OPT_STR(
	    0, "candidate", &o.candidate, "name", "the field that replay put the answer into"),
	OPT_HEAD("Decision"),
	OPT_SHARE(0, "margin", &o.policy.margin, "share",
	    "loss that is still acceptable, such as 1pp"),
	OPT_SHARE(0, "min-agree", &o.policy.min_agree, "share",
	    "decide by agreement with the record alone"),
	OPT_FLAG(
	    0, "allow-partial", &o.policy.allow_partial, "a replay that was cut off may pass"),
	OPT_PICK(
	    0, "inconclusive", &o.inconclusive, "status", statuses, "status when not decided"),
	OPT_HEAD("Report"),
	OPT_PICK('f', "format", &o.format, "form", formats, "write the report as"),
	OPT_FLAG(0, "markdown", &o.markdown, "write it for a pull request"),
	OPT_FLAG(0, "no-bodies", &o.no_bodies, "leave the text of answers out"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, schema_replay, schema_run, schema_diff,
	schema_summary, NULL };

static const struct tool tool = {
	.name = "diff-eval",
	.brief = "decide whether a candidate's answers are worse",
	.operands = "[old new ... | replayed]",
	.kind = TOOL_GATE,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

enum {
	D_ERROR = TRACE_FIELDS,
	D_TOOLS,
	D_FUNCTIONS,
	D_KEY,
	D_NEW_API,
	D_NEW_MODEL,
	D_NEW_RESPONSE,
	D_NEW_STATUS,
	D_NEW_DONE,
	D_NEW_ERROR,
	D_NEW_SKIPPED,
	D_NEW_MODE,
	D_NEW_SAMPLE,
};
static const char *const names[] = { TRACE_NAMES, "error.type", "request.tools",
	"request.functions", "key", "candidate.api", "candidate.model.requested",
	"candidate.response", "candidate.status", "candidate.stream.done",
	"candidate.error.type", "candidate.skipped", "candidate.mode", "candidate.sample",
	NULL };

/* --key and --candidate are mappings like any other. */
static struct in_options mapped;

static void
map_names(struct arena *a)
{
	struct in_list *map = &mapped.map;
	size_t room = sizeof map->items / sizeof *map->items;

	mapped = o.in;
	if (map->count + 12 > room)
		opt_usage(&tool, "--map: given too often");
	const char *key = strcmp(o.key, "content") == 0 ? "content_sha256" : o.key;
	map->items[map->count++] = arena_printf(a, "key=%s", key).at;
	if (strcmp(o.candidate, "candidate") == 0)
		return;
	map->items[map->count++] = arena_printf(a, "candidate=.%s", o.candidate).at;
	for (size_t i = D_NEW_API; names[i] != NULL; i++)
		map->items[map->count++] = arena_printf(
		    a, "%s=.%s%s", names[i], o.candidate, names[i] + strlen("candidate"))
					       .at;
}

/* Where an answer stands: the record's own, the candidate's. */
struct place {
	size_t api, response, error, status, done;
};
static const struct place own = { T_API, T_RESPONSE, D_ERROR, T_STATUS, T_DONE };
static const struct place candidates = { D_NEW_API, D_NEW_RESPONSE, D_NEW_ERROR, D_NEW_STATUS,
	D_NEW_DONE };

static void
read_answer(struct in *in, const struct rec *rec, const struct place *at, struct side *side)
{
	const struct scan_value *v = rec->values;
	struct answer_source s = { in_text(in, rec, at->api), v[at->response].raw,
		v[D_TOOLS].kind != KIND_NONE ? v[D_TOOLS].raw : v[D_FUNCTIONS].raw,
		in_text(in, rec, at->error), &v[at->status], &v[at->done] };

	side_read(in_arena(in), &s, side);
}

static bool
replayed(const struct rec *rec)
{
	return rec->values[T_CANDIDATE].kind == KIND_OBJECT;
}

static void
add_pair(struct totals *t, struct pair *p)
{
	static struct buf line;

	pair_compare(p);
	totals_add(t, p);
	if (o.format == JSON && !o.markdown) {
		report_pair(&line, p);
		out_line(buf_str(&line));
	}
}

static bool
ours(struct totals *t, struct in *in, struct rec *rec)
{
	if (str_is(rec->kind, "run")) {
		t->run_lines++;
		run_add(&t->run, &t->arena, in_doc(in, rec));
		return false;
	}
	if (!trace_is(rec))
		in_reject(in, rec, "neither a trace nor a replay record");
	return trace_is(rec);
}

/* Why a record is not compared; empty: it is. */
static str
not_compared(struct in *in, const struct rec *rec)
{
	if (!replayed(rec))
		return STR("not replayed: no candidate");
	if (str_is(in_text(in, rec, D_NEW_MODE), "count"))
		return STR("tokens were counted, no answer was asked for");
	return in_text(in, rec, D_NEW_SKIPPED);
}

/* One file: each record against its own candidate; of several samples the first, since
 * they are no independent pairs. */
static int
compare_replayed(struct totals *t, char **operands)
{
	struct in *in = in_open(&mapped, names, operands);
	uint64_t further = 0;
	struct rec rec;

	while (in_record(in, &rec)) {
		struct side old, new;
		if (!ours(t, in, &rec))
			continue;
		int64_t sample = 0;
		str reason = not_compared(in, &rec);
		t->replayed += replayed(&rec);
		if (reason.len > 0) {
			totals_skip(t, reason, SKIPPED);
			continue;
		}
		if (str_int(rec.values[D_NEW_SAMPLE].raw, &sample) && sample > 0) {
			further++;
			continue;
		}
		map_slot(&t->old_models, in_text(in, &rec, T_REQUESTED));
		map_slot(&t->new_models, in_text(in, &rec, D_NEW_MODEL));
		read_answer(in, &rec, &own, &old);
		read_answer(in, &rec, &candidates, &new);
		struct pair p = { in_text(in, &rec, T_ID), in_text(in, &rec, T_SESSION), &old,
			&new, 0, 0 };
		add_pair(t, &p);
	}
	if (further > 0)
		warn("%llu further samples of the same records are not used",
		    (unsigned long long)further);
	int status = in_status(in);
	in_close(in);
	return status;
}

/* Two files: in a replay record the candidate is the answer, else the response. */
static void
read_side(struct totals *t, struct map *models, struct in *in, const struct rec *rec,
    struct side *side)
{
	t->replayed += replayed(rec);
	map_slot(models, in_text(in, rec, replayed(rec) ? D_NEW_MODEL : T_REQUESTED));
	read_answer(in, rec, replayed(rec) ? &candidates : &own, side);
}

static int
load_old(struct totals *t, struct pairs *pairs, char *file)
{
	char *operands[] = { file, NULL };
	struct in *in = in_open(&mapped, names, operands);
	struct side side;
	struct rec rec;

	while (in_record(in, &rec)) {
		if (!ours(t, in, &rec))
			continue;
		read_side(t, &t->old_models, in, &rec, &side);
		pairs_put(pairs, in_text(in, &rec, D_KEY), &side);
	}
	int status = in_status(in);
	in_close(in);
	return status;
}

static int
compare_new(struct totals *t, struct pairs *pairs, char *file)
{
	char *operands[] = { file, NULL };
	struct in *in = in_open(&mapped, names, operands);
	struct side side;
	struct rec rec;

	pairs_again(pairs);
	while (in_record(in, &rec)) {
		if (!ours(t, in, &rec))
			continue;
		const struct side *old = pairs_take(pairs, in_text(in, &rec, D_KEY));
		str skipped = in_text(in, &rec, D_NEW_SKIPPED);
		if (old == NULL || skipped.len > 0) {
			t->replayed += replayed(&rec);
			totals_skip(t, old == NULL ? STR("only in NEW") : skipped,
			    old == NULL ? UNPAIRED : SKIPPED);
			continue;
		}
		read_side(t, &t->new_models, in, &rec, &side);
		struct pair p = { in_text(in, &rec, T_ID), in_text(in, &rec, T_SESSION), old,
			&side, 0, 0 };
		add_pair(t, &p);
	}
	for (int64_t left = pairs_left(pairs); left > 0; left--)
		totals_skip(t, STR("only in OLD"), UNPAIRED);
	t->duplicates = pairs_repeated(pairs);
	int status = in_status(in);
	in_close(in);
	return status;
}

/* Report; the status of this comparison. */
static int
conclude(const struct totals *t)
{
	/* also the choices of --inconclusive, in their order */
	static const int exits[] = { EXIT_YES, EXIT_NO, EXIT_INCONCLUSIVE };
	struct decision d;

	decide(t, &o.policy, &d);
	if (o.markdown)
		report_markdown(t, &o.policy, &d, !o.no_bodies);
	else if (o.format == JSON)
		report_json(t, &o.policy, &d);
	else
		report_text(t, &o.policy, &d, !o.no_bodies);
	return exits[d.verdict == VERDICT_INCONCLUSIVE ? o.inconclusive : (int)d.verdict];
}

static int
compare_files(char **files)
{
	struct pairs pairs = { 0 };
	struct totals old = { 0 };
	int status = load_old(&old, &pairs, files[0]);

	for (char **file = files + 1; *file != NULL; file++) {
		struct totals t = {
			.replayed = old.replayed, .run_lines = old.run_lines, .run = old.run
		};
		for (size_t i = 0; i < old.old_models.count; i++)
			map_slot(&t.old_models, map_key(&old.old_models, i));
		status = err_worse(status, compare_new(&t, &pairs, *file));
		status = err_worse(status, conclude(&t));
		totals_free(&t);
	}
	totals_free(&old);
	pairs_free(&pairs);
	return status;
}

int
main(int argc, char **argv)
{
	struct arena run = { 0 };
	struct totals t = { 0 };
	int status;

	argv = opt_parse(&tool, argc, argv);
	map_names(&run);
	if (argv[0] != NULL && argv[1] != NULL) {
		status = compare_files(argv);
	} else {
		status = compare_replayed(&t, argv);
		status = err_worse(status, conclude(&t));
	}
	totals_free(&t);
	arena_free(&run);
	return status;
}
