/* trace-capture - what exactly did the model see, and could it be re-executed?
 *
 * Reads logs of model calls, recognised record by record, and writes one trace record
 * per call. */
#include "capture.h"
#include "io/out.h"
#include "trace/schema.h"
#include "ui/opt.h"

static struct capture_options o = { .in = IN_DEFAULTS };

static const struct opt options[] = {
	OPT_HEAD("Capture"),
	OPT_LIST(
	    0, "set", &o.set, "path=value", "supply what a message list lacks of its requests"),
	OPT_FILE(0, "tool-schemas", &o.tool_schemas, "file",
	    "tools of message lists that keep none"),
	OPT_LIST(0, "only", &o.only, "field=value", "keep records whose field has this value"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_trace, NULL };

static const struct tool tool = {
	.name = "trace-capture",
	.brief = "turn logs of model calls into trace records",
	.operands = "[file ...]",
	.kind = TOOL_FILTER,
	.exits = "0234",
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
capture_wanted(struct sink *s, str record)
{
	struct arena *a = in_arena(s->in);
	const struct doc *made = NULL;
	bool known;

	for (size_t i = 0; i < o.only.count; i++) {
		if (matches(a, s->source, o.only.items[i], &known))
			continue;
		if (!known && made == NULL)
			made = doc_read(a, record);
		if (known || !matches(a, made, o.only.items[i], &known))
			return false;
	}
	return true;
}

/* Our own records pass as they are. */
static bool
pass(struct sink *s)
{
	if (!trace_is(s->rec) && !str_is(s->rec->kind, "run"))
		return false;
	if (str_is(s->rec->kind, "run") || capture_wanted(s, s->rec->text))
		out_line(s->rec->text);
	return true;
}

int
main(int argc, char **argv)
{
	struct arena run = { 0 };
	struct rec rec;

	argv = opt_parse(&tool, argc, argv);
	check_pairs(&o.set, "--set");
	check_pairs(&o.only, "--only");

	struct sink s = { .o = &o, .rec = &rec, .recall = recall_new() };
	s.tools = load_tools(&run, o.tool_schemas);
	s.in = in_open(&o.in, names, argv);
	while (in_record(s.in, &rec)) {
		s.source = in_doc(s.in, &rec);
		if (!pass(&s) && !read_exchange(&s) && !read_trajectory(&s))
			in_reject(s.in, &rec,
			    "neither a trace, nor an HTTP exchange, nor a message list");
	}
	int status = in_status(s.in);
	in_close(s.in);
	recall_free(s.recall);
	buf_free(&s.line);
	arena_free(&run);
	return status;
}
