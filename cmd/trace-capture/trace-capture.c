/* trace-capture - what exactly did the model see, and could it be re-executed?
 *
 * Reads logs of model calls, recognised record by record, and writes one trace record
 * per call. */
#include "capture.h"
#include "io/out.h"
#include "trace/schema.h"
#include "ui/opt.h"

static struct capture_options o = { .min = -1, .min_exact = -1, .in = IN_DEFAULTS };

static const char *const prompts[] = { "none", "system", NULL };
static const char *const formats[] = { "text", "json", NULL };

static const struct opt options[] = {
	OPT_HEAD("Capture"),
	OPT_LIST(
	    0, "set", &o.set, "path=value", "supply what a message list lacks of its requests"),
	OPT_FILE(0, "tool-schemas", &o.tool_schemas, "file",
	    "tools of message lists that keep none"),
	OPT_PICK(0, "prompt-from", &o.prompt_from, "part", prompts,
	    "name the prompt by the hash of this part"),
	OPT_FILE(0, "mask", &o.mask, "rules", "what changes per request in a prompt"),
	OPT_HEAD("Selection"),
	OPT_LIST(0, "only", &o.only, "field=value", "keep records whose field has this value"),
	OPT_STR(0, "sample", &o.sample, "n|p%", "keep so many sessions, or this share of them"),
	OPT_INT(0, "seed", &o.seed, "n", 0, INT64_MAX, "choose the sessions by this number"),
	OPT_HEAD("Redaction"),
	OPT_FILE(0, "redact", &o.redact, "rules", "replace what these patterns match"),
	OPT_FILE(0, "redact-key", &o.redact_key, "file", "key of the placeholders"),
	OPT_HEAD("Audit"),
	OPT_FLAG(0, "audit", &o.audit, "report how much could be replayed; write no records"),
	OPT_PERCENT(0, "min", &o.min, "percent", "fail if less is replayable"),
	OPT_PERCENT(
	    0, "min-exact", &o.min_exact, "percent", "fail if less is replayable exactly"),
	OPT_PICK(0, "format", &o.format, "form", formats, "write the audit as"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, schema_audit, NULL };

static const struct tool tool = {
	.name = "trace-capture",
	.brief = "turn logs of model calls into trace records",
	.operands = "[file ...]",
	.kind = TOOL_FILTER,
	.exits = "012346",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

static const char *const names[] = { CAPTURE_NAMES, WHO_NAMES, NULL };

/* PATH=VALUE pairs that cannot be right are refused before anything is read. */
static void
check_pairs(const struct in_list *list, const char *option)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < list->count; i++) {
		str value = str_of(list->items[i]), name = str_cut(&value, '=');
		struct path path;
		const char *why = value.at == NULL ? "no = in it" : path_parse(&a, name, &path);
		if (why == NULL && path_enters(&path))
			why = "|fromjson cannot be used here";
		if (why != NULL)
			opt_usage(&tool, "%s: '%s': %s", option, list->items[i], why);
	}
	arena_free(&a);
}

static const struct doc *
load_tools(struct arena *a, const char *file)
{
	if (file == NULL)
		return NULL;
	str text;
	const char *why = in_file(a, file, &text);
	if (why != NULL)
		die(EXIT_USAGE, "--tool-schemas: %s: %s", file, why);
	struct doc_error error;
	const struct doc *d = doc_parse(a, text, 0, &error);
	if (d == NULL)
		die(EXIT_USAGE, "--tool-schemas: %s: byte %zu: %s", file, error.offset + 1,
		    error.why);
	if (d->kind != KIND_ARRAY)
		die(EXIT_USAGE, "--tool-schemas: %s: not an array of tools", file);
	return d;
}

static bool
matches(struct arena *a, const struct doc *d, const char *pair, bool *known)
{
	str value = str_of(pair), name = str_cut(&value, '=');
	struct path path;

	path_parse(a, name, &path);
	d = doc_at(d, &path);
	*known = d != NULL;
	return d != NULL &&
	    (str_eq(d->raw, value) || (d->kind == KIND_STRING && str_eq(d->text, value)));
}

bool
capture_wanted(struct arena *a, const struct doc *source, const struct doc *record)
{
	bool known;

	for (size_t i = 0; i < o.only.count; i++) {
		if (matches(a, source, o.only.items[i], &known))
			continue;
		if (known || !matches(a, record, o.only.items[i], &known))
			return false;
	}
	return true;
}

/* Our own records pass, as they are unless something is to be done to them. */
static bool
pass(struct sink *s)
{
	if (str_is(s->rec->kind, "run")) {
		if (!o.audit)
			out_line(s->rec->text);
		return true;
	}
	if (!trace_is(s->rec))
		return false;
	if (in_inside(s->in, in_text(s->in, s->rec, IN_TIME)))
		outlet_record(s->outlet, in_arena(s->in), s->source, s->rec->text, s->source);
	return true;
}

static void
take(struct sink *s, struct rec *rec)
{
	s->source = NULL;
	if (read_har(s)) /* its entries are read one by one: no tree of all of it */
		return;
	s->source = in_doc(s->in, rec);
	if (pass(s))
		return;
	evidence_read(
	    s->evidence, s->source, doc_read(in_arena(s->in), rec->values[C_RESULTS].raw));
	if (!read_exchange(s) && !read_batch(s) && !read_pair(s) && !read_trajectory(s))
		in_reject(s->in, rec,
		    "neither a trace, an HTTP exchange, a request and its response, a batch "
		    "file's line, nor a message list");
}

static void
check_options(void)
{
	check_pairs(&o.set, "--set");
	check_pairs(&o.only, "--only");
	if (!o.audit && (o.min >= 0 || o.min_exact >= 0 || o.format != 0))
		opt_usage(&tool, "--min, --min-exact and --format belong to --audit");
	if (o.audit && o.sample != NULL)
		opt_usage(&tool, "--audit judges what it is given: sample in a run before it");
	if (o.mask != NULL && o.prompt_from == 0)
		opt_usage(&tool, "--mask needs --prompt-from");
	if (o.redact_key != NULL && o.redact == NULL)
		opt_usage(&tool, "--redact-key needs --redact");
}

int
main(int argc, char **argv)
{
	struct arena run = { 0 };
	struct rec rec;

	argv = opt_parse(&tool, argc, argv);
	check_options();

	struct sink s = { .o = &o,
		.rec = &rec,
		.recall = recall_new(),
		.batch = batch_new(),
		.evidence = evidence_new(),
		.outlet = outlet_new(&run, &o),
		.tools = load_tools(&run, o.tool_schemas) };
	s.in = in_open(&o.in, names, argv);
	in_defer_time(s.in);
	while (in_record(s.in, &rec))
		take(&s, &rec);
	batch_end(&s);
	int status = err_worse(in_status(s.in), outlet_end(s.outlet));
	in_close(s.in);
	recall_free(s.recall);
	evidence_free(s.evidence);
	buf_free(&s.line);
	arena_free(&run);
	return status;
}
