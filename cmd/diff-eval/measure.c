/* measure.c - what is asked of every answer: the default checks, those of --check, and the
 * numbers that are told beside them. */
#include <string.h>

#include "base/utf8.h"
#include "data/pattern.h"
#include "diff.h"
#include "peer.h"

static const struct {
	const char *name;
	enum measure_kind kind;
} kinds[] = { { "schema", M_SCHEMA }, { "regex", M_REGEX }, { "contains", M_CONTAINS },
	{ "max-length", M_MAX_LENGTH }, { "field", M_FIELD }, { "outcome", M_OUTCOME },
	{ "score", M_SCORE }, { "filter", M_FILTER }, { "command", M_COMMAND } };

static struct measure *
add(struct measures *all, enum measure_kind kind, const char *name)
{
	struct measure *m = &all->of[all->count++];

	*m = (struct measure){ .kind = kind, .name = name };
	return m;
}

/* The same path for every side: a leading dot is left out. */
static void
read_field(struct measures *all, struct arena *a, struct measure *m, str path)
{
	path = str_from(path, str_starts(path, ".") ? 1 : 0);
	const char *why = path.len == 0 ? "no path" : path_parse(a, path, &m->path);

	if (why != NULL)
		die(EXIT_USAGE, "--check: '%s': %s", m->name, why);
	m->column = SIDE_COLUMNS + all->fields;
	all->field_paths[all->fields++] = arena_string(a, path);
	all->data = true;
}

static void
read_schema(struct arena *a, struct measure *m, str file)
{
	str text;

	if (file.len == 0)
		return; /* that of the request */
	const char *why = in_file(a, arena_string(a, file), &text);
	if (why == NULL && (m->schema = doc_read(a, text)) == NULL)
		why = "it is no JSON";
	if (why != NULL)
		die(EXIT_USAGE, "--check: '%s': %s", m->name, why);
}

static void
read_pattern(struct measure *m, str text)
{
	char why[160];

	m->pattern = pattern_new(text, why);
	if (m->pattern == NULL)
		die(EXIT_USAGE, "--check: '%s': %s", m->name, why);
}

/* NAME or NAME:ARGUMENT. */
static void
read_check(struct measures *all, struct arena *a, const char *text)
{
	str argument = str_of(text), name = str_cut(&argument, ':');
	size_t k = 0;

	while (k < sizeof kinds / sizeof *kinds && !str_is(name, kinds[k].name))
		k++;
	if (k == sizeof kinds / sizeof *kinds)
		die(EXIT_USAGE,
		    "--check: '%s' is none of none, schema, regex:, contains:, max-length:, "
		    "field:, outcome, score:, filter:, command:",
		    text);
	struct measure *m = add(all, kinds[k].kind, text);
	m->asked = true;
	m->text = argument;
	if (argument.len == 0 && m->kind != M_SCHEMA && m->kind != M_OUTCOME)
		die(EXIT_USAGE, "--check: '%s' needs something behind a colon", text);
	all->peers |= m->kind == M_FILTER || m->kind == M_COMMAND;
	if (m->kind == M_SCHEMA)
		read_schema(a, m, argument);
	else if (m->kind == M_REGEX)
		read_pattern(m, argument);
	else if (m->kind == M_FIELD)
		read_field(all, a, m, argument);
	else if (m->kind == M_FILTER || m->kind == M_COMMAND)
		m->peer = peer_new(a, argument, m->kind == M_FILTER);
	else if (m->kind == M_MAX_LENGTH && (!str_int(argument, &m->limit) || m->limit < 0))
		die(EXIT_USAGE, "--check: '%s': no number of characters", text);
	all->data |= m->kind == M_OUTCOME || m->kind == M_SCORE;
	m->number = m->kind == M_SCORE; /* no fault of an answer, whatever its value */
}

void
measures_new(struct measures *all, struct arena *a, const struct in_list *checks,
    const struct price_book *prices)
{
	all->prices = prices;
	all->defaults = true;
	for (size_t i = 0; i < checks->count; i++)
		all->defaults &= strcmp(checks->items[i], "none") != 0;
	add(all, M_ALL, "all checks");
	add(all, M_COMPLETED, "all checks, completed only");
	add(all, M_STATUS, "status");
	add(all, M_WHOLE, "not truncated");
	add(all, M_ARGUMENTS, "tool arguments");
	add(all, M_NO_REFUSAL, "no refusal");
	for (size_t i = 0; i < checks->count; i++)
		if (strcmp(checks->items[i], "none") != 0)
			read_check(all, a, checks->items[i]);
	add(all, M_COST, "cost")->number = true;
	add(all, M_LATENCY, "latency")->unit = "ms";
	add(all, M_INPUT, "input tokens")->unit = "tokens";
	add(all, M_OUTPUT, "output tokens")->unit = "tokens";
	for (size_t i = 0; i < 4; i++)
		all->of[all->count - 1 - i].number = true;
}

void
measures_free(struct measures *all)
{
	for (size_t m = 0; m < all->count; m++)
		pattern_free(all->of[m].pattern);
}

bool
measure_decides(const struct measures *all, size_t m)
{
	enum measure_kind k = all->of[m].kind;

	return all->of[m].asked || (all->defaults && k >= M_STATUS && k <= M_NO_REFUSAL);
}

static double
verdict_of(enum outcome o)
{
	return o == PASS ? 1 : o == FAIL ? 0 : (double)NAN;
}

/* true, false, a number; anything else is unknown. */
static double
value_of(struct measure *m, const struct scan_value *v)
{
	double x;

	if (v->kind == KIND_TRUE || v->kind == KIND_FALSE)
		return v->kind == KIND_TRUE;
	if (v->kind != KIND_NUMBER || !str_real(v->raw, &x) || !isfinite(x))
		return NAN;
	m->number = true;
	return x;
}

static double
amount(const struct scan_value *v)
{
	double x;
	bool quoted = v->kind == KIND_STRING && v->raw.len > 2; /* money is a string */
	str text = quoted ? (str){ v->raw.at + 1, v->raw.len - 2 } : v->raw;

	return (quoted || v->kind == KIND_NUMBER) && str_real(text, &x) && isfinite(x) ?
	    x :
	    (double)NAN;
}

/* The product's own word about the answer. */
static double
outcome_of(const struct scan_value *v)
{
	const struct scan_value *word =
	    v[S_RESOLVED].kind != KIND_NONE ? &v[S_RESOLVED] : &v[S_OK];

	if (word->kind == KIND_TRUE || word->kind == KIND_FALSE)
		return word->kind == KIND_TRUE;
	const struct scan_value *error = &v[S_FAILED];
	double code;
	if (error->kind == KIND_NONE)
		return NAN;
	if (error->kind == KIND_NULL || error->kind == KIND_FALSE)
		return 1;
	if (error->kind == KIND_NUMBER)
		return str_real(error->raw, &code) ? code < 400 : (double)NAN;
	return error->kind == KIND_STRING && error->raw.len <= 2; /* "" is no error */
}

static double
score_of(struct measure *m, struct arena *a, const struct scan_value *scores)
{
	const struct doc *list = doc_read(a, scores->raw);

	if (scores->kind == KIND_ARRAY)
		DOC_EACH (one, list)
			if (str_eq(doc_text(doc_get(one, "name")), m->text)) {
				const struct doc *score = doc_get(one, "score");
				return value_of(m,
				    &(struct scan_value){
					.kind = doc_kind(score), .raw = doc_raw(score) });
			}
	return NAN;
}

/* Does the text, as JSON, fit the schema: that of --check, else the request's own?  A request
 * that asks for any JSON object has no schema. */
static double
fits(struct measure *m, struct arena *a, str format, const struct answer *answer, str *fault)
{
	const struct doc *asked = m->schema == NULL ? doc_read(a, format) : NULL,
			 *inner = doc_get(asked, "json_schema"), *schema = m->schema,
			 *value = doc_read(a, answer->text);
	bool any = doc_is(doc_get(asked, "type"), "json_object");
	str why = STR("the text is no JSON");
	enum outcome o = FAIL;

	if (schema == NULL)
		schema = doc_get(inner != NULL ? inner : asked, "schema");
	if (schema == NULL && !any)
		return INFINITY;
	if (schema == NULL && value != NULL)
		o = value->kind == KIND_OBJECT ? PASS : FAIL;
	else if (value != NULL)
		o = schema_fits(a, value, schema, &why);
	if (o == FAIL && fault->len == 0)
		*fault = arena_printf(a, "schema: %.*s", STR_F(why));
	return verdict_of(o);
}

/* Checks of the words; an answer that only makes calls has none. */
static double
of_text(struct measure *m, struct arena *a, const struct source *s, const struct answer *answer,
    str *fault)
{
	size_t start, end;
	bool holds = false;

	if (!answer->present)
		return 0;
	if (answer->text.len == 0 && answer->call_count > 0)
		return INFINITY;
	if (m->kind == M_SCHEMA)
		return fits(m, a, s->format, answer, fault);
	if (m->kind == M_REGEX) {
		enum pattern_hit hit = pattern_find(m->pattern, answer->text, 0, &start, &end);
		if (hit == PATTERN_LIMIT)
			return NAN;
		holds = hit == PATTERN_YES;
	} else if (m->kind == M_CONTAINS) {
		holds =
		    memmem(answer->text.at, answer->text.len, m->text.at, m->text.len) != NULL;
	} else {
		holds = (int64_t)utf8_count(answer->text) <= m->limit;
	}
	if (!holds && fault->len == 0)
		*fault = arena_printf(a, "%s does not hold", m->name);
	return holds;
}

/* The cost that the record tells, else what the usage costs by the price book. */
static double
cost_of(const struct measures *all, struct arena *a, const struct source *s,
    const struct answer *answer)
{
	const struct dialect *d = dialect_named(scan_text(a, &s->v[S_API]));
	const struct price_of of = { str_of(d != NULL ? d->provider : NULL), answer->model,
		scan_text(a, &s->v[S_MODEL]), TIER_STANDARD, PRICE_ANY_TIME };
	struct usage u = answer->usage;
	double told = amount(&s->v[S_COST]), x;
	dec cost;

	if (!isnan(told))
		return told;
	if (answer->present == false || u.input < 0) {
		str_int(s->v[S_INPUT].raw, &u.input);
		str_int(s->v[S_OUTPUT].raw, &u.output);
	}
	if (u.input < 0 || u.output < 0 || !price_usage(all->prices, &of, &u, &cost))
		return NAN;
	return str_real(dec_exact(a, cost), &x) ? x : (double)NAN;
}

static double
value(const struct measures *all, struct measure *m, struct arena *a, const struct source *s,
    const struct answer *answer, struct side *side)
{
	static const size_t columns[] = {
		[M_LATENCY] = S_TOTAL, [M_INPUT] = S_INPUT, [M_OUTPUT] = S_OUTPUT
	};

	if (m->kind >= M_SCHEMA && m->kind <= M_MAX_LENGTH)
		return s->foreign ? (double)INFINITY : of_text(m, a, s, answer, &side->fault);
	if (m->kind == M_FIELD)
		return value_of(m, &s->v[m->column]);
	if (m->kind == M_OUTCOME)
		return outcome_of(s->v);
	if (m->kind == M_SCORE)
		return score_of(m, a, &s->v[S_SCORES]);
	if (m->kind == M_COST)
		return cost_of(all, a, s, answer);
	return m->kind >= M_COST ? amount(&s->v[columns[m->kind]]) : (double)NAN;
}

/* Did the answer come, whole, not refused, with calls that fit? */
static void
defaults(
    struct arena *a, const struct source *s, const struct answer *answer, struct side *side)
{
	double *v = side->values;
	str error = scan_text(a, &s->v[S_ERROR]);
	bool cut = s->v[S_DONE].kind == KIND_FALSE || answer->finish == FINISH_LENGTH;
	bool refused = answer->finish == FINISH_REFUSED || answer->refusal.len > 0;
	int64_t status = 200;

	if (s->v[S_ERROR].kind == KIND_NULL)
		error.len = 0;
	str_int(s->v[S_STATUS].raw, &status);
	v[M_STATUS] = side->present && status < 400 && error.len == 0;
	if (v[M_STATUS] == 0)
		side->fault = error.len > 0 ? error : STR("no answer");
	if (!side->present)
		return;
	v[M_WHOLE] = cut ? 0 : answer->finish != FINISH_UNKNOWN ? 1 : (double)NAN;
	v[M_ARGUMENTS] = answer->call_count == 0 ?
	    (double)INFINITY :
	    verdict_of(arguments_check(a, answer, doc_read(a, s->tools), &side->fault));
	v[M_NO_REFUSAL] = !refused;
	if (cut)
		side->fault = answer->finish == FINISH_LENGTH ?
		    STR("stopped at the token limit") :
		    STR("the stream broke off");
	if (refused && side->fault.len == 0)
		side->fault = STR("the model refused");
}

void
measure_side(struct measures *all, struct arena *a, const struct source *s,
    const struct answer *answer, struct side *side)
{
	side->values = ARENA_ARRAY(a, double, all->count);
	for (size_t m = 0; m < all->count; m++)
		side->values[m] =
		    s->foreign && m <= M_NO_REFUSAL ? (double)INFINITY : (double)NAN;
	if (all->defaults && !s->foreign)
		defaults(a, s, answer, side);
	for (size_t m = M_NO_REFUSAL + 1; m < all->count; m++)
		side->values[m] = value(all, &all->of[m], a, s, answer, side);
}
