/* drift.c - the local count beside the bill. */
#include <stdio.h>
#include <string.h>

#include "counted.h"
#include "group.h"
#include "io/out.h"
#include "io/source.h"

enum { D_LOCAL = COUNTED_FIELDS };

#define MOST (INT64_C(1) << 40) /* tokens of a request */

struct drift {
	struct coders *coders;
	const struct options *o;
	struct in *in;
	struct groups groups;
	struct arena arena;
};

/* What a partial's numbers depend on, beside its key. */
static str
shape_of(struct arena *a, const struct options *o)
{
	return arena_printf(a, "classes-1 %s",
	    o->by.vocab != NULL     ? o->by.vocab :
		o->by.model != NULL ? o->by.model :
				      "own");
}

static struct group *
group_for(struct groups *g, const struct options *o, str key)
{
	struct group *group = table_put(&g->table, key);
	if ((int64_t)table_count(&g->table) > o->max_keys)
		die(EXIT_SYSTEM, "more than %lld groups, see --max-keys",
		    (long long)o->max_keys);
	return group;
}

/* The bill: normalized, else as the answer says it. */
static struct usage
usage_of(struct drift *d, struct rec *r, struct answer *answer)
{
	const struct doc *record = in_doc(d->in, r), *u = doc_get(record, "usage");
	struct usage usage = USAGE_NONE;
	const struct doc *request = doc_get(record, "request"),
			 *response = doc_get(record, "response");
	const struct dialect *dialect = dialect_named(in_text(d->in, r, T_API));
	if (dialect == NULL)
		dialect = dialect_guess(request, response);
	if (dialect != NULL && response != NULL) {
		dialect->answer(in_arena(d->in), response, answer);
		usage = answer->usage;
	}
	if (u != NULL) {
		usage.input = dialect_tokens(doc_get(u, "input"));
		usage.output = dialect_tokens(doc_get(u, "output"));
		usage.reasoning = dialect_tokens(doc_get(u, "reasoning"));
	}
	return usage;
}

static void
column(struct group *g, enum column c, int64_t billed, int64_t counted)
{
	if (counted > 0 && counted < MOST && billed < MOST)
		sketch_add(&g->ratios[c], (struct ratio){ billed, counted }, 1);
}

static void
output(struct group *g, struct coder *coder, const struct answer *a, const struct usage *u)
{
	uint64_t count = 0;
	const char *why = NULL;
	if (!a->present || u->output < 0 || a->calls != NULL)
		return; /* how calls are wrapped is not known */
	count_text(coder, a->text, &count, NULL, &why);
	g->outputs++;
	g->output_billed += u->output;
	g->output_local += (int64_t)count;
	g->reasoning += u->reasoning > 0 ? u->reasoning : 0;
}

static int64_t
whole_value(struct drift *d, const struct rec *r, size_t field)
{
	int64_t v;
	return str_int(in_text(d->in, r, field), &v) && v >= 0 ? v : -1;
}

/* The group of a model; no tab of its name may divide the key. */
static struct group *
group_of(struct drift *d, str model, const struct counted *c)
{
	str key = arena_printf(in_arena(d->in), "%.*s\t%s\t%s", (int)model.len, model.at,
	    c->coder->name, content_names[c->content]);
	for (size_t i = 0; i < model.len; i++)
		if ((unsigned char)key.at[i] < ' ')
			((char *)(uintptr_t)key.at)[i] = ' ';
	return group_for(&d->groups, d->o, key);
}

/* What a request was billed, beside what we count of it. */
static void
add_input(
    struct drift *d, struct rec *r, struct group *g, const struct counted *c, int64_t billed)
{
	int64_t x[FIT_FEATURES] = { 1, c->terms.messages, c->terms.tools, c->tokens };
	int64_t gap = billed - c->tokens;
	sums_add(&g->sums, x, gap);
	column(g, COLUMN_LOCAL, billed, c->tokens);
	g->billed += billed;
	g->local += c->tokens;
	g->with_images += c->terms.images > 0;
	if (c->terms.images > 0)
		g->image_gap += gap;
	else
		g->other_gap += gap;
	group_example(g, in_text(d->in, r, T_ID));
}

static const char *
add(struct drift *d, struct rec *r, const struct usage *u, const struct answer *answer,
    int64_t provider)
{
	struct counted c = { 0 };
	const char *why = counted_request(d->o, d->coders, d->in, r, &c);
	if (why != NULL)
		return why;
	str answered = in_text(d->in, r, T_ANSWERED);
	struct group *g = group_of(d, answered.len > 0 ? answered : c.model, &c);
	add_input(d, r, g, &c, u->input);
	column(g, COLUMN_COUNTED, u->input, provider);
	if (d->o->local != NULL)
		column(g, COLUMN_RECORDED, u->input, whole_value(d, r, D_LOCAL));
	if (!c.coder->closed)
		output(g, c.coder, answer, u);
	return NULL;
}

/* The provider's count of the same request for another model calibrates that one. */
static const char *
add_candidate(struct drift *d, struct rec *r, int64_t provider)
{
	struct counted c = { 0 };
	const char *why = counted_candidate(d->coders, d->in, r, &c);
	if (why == NULL)
		add_input(d, r, group_of(d, c.model, &c), &c, provider);
	return why;
}

static bool
is_own(struct drift *d, struct rec *r)
{
	str model = in_text(d->in, r, C_CANDIDATE_MODEL);
	return model.len == 0 || str_eq(model, in_text(d->in, r, T_REQUESTED)) ||
	    str_eq(model, in_text(d->in, r, T_ANSWERED));
}

static void
record(struct drift *d, struct rec *r)
{
	struct answer answer = { .usage = USAGE_NONE };
	if (str_is(r->kind, "run"))
		return;
	struct usage usage = usage_of(d, r, &answer);
	int64_t provider = whole_value(d, r, C_CANDIDATE_COUNT);
	bool own = is_own(d, r), counts = !own && provider > 0;
	const char *why = NULL, *other = NULL;
	if (own && usage.input <= 0)
		usage.input = provider;
	if (usage.input > MOST || provider > MOST)
		why = "a usage that no request can have";
	else if (counts)
		other = add_candidate(d, r, provider);
	if (why == NULL && usage.input > 0)
		why = add(d, r, &usage, &answer, own ? provider : -1);
	if (why != NULL && counts && other == NULL)
		d->groups.candidate_only++;
	else if (why != NULL || other != NULL)
		in_reject(d->in, r, "%s", why != NULL ? why : other);
	else
		d->groups.without_usage += usage.input <= 0 && provider <= 0;
}

/* Key, tab, state; the tabs inside a key become bars. */
static void
write_partial(const struct groups *g, size_t slot, str shape)
{
	struct buf line = { 0 }, state = { 0 };
	buf_add(&line, table_key(&g->table, slot));
	for (size_t k = 0; k < line.len; k++)
		if (line.at[k] == '\t')
			line.at[k] = '|';
	group_emit(&state, table_at(&g->table, slot), shape);
	buf_byte(&line, '\t');
	buf_add(&line, buf_str(&state));
	out_line(buf_str(&line));
	buf_free(&line);
	buf_free(&state);
}

static int
conclude(struct drift *d, int status)
{
	struct groups *g = &d->groups;
	str shape = shape_of(&d->arena, d->o);
	for (size_t i = 0; d->o->partial && i < table_count(&g->table); i++)
		write_partial(g, i, shape);
	if (!d->o->partial)
		groups_report(g, d->o);
	bool calibrates = !d->o->partial && d->o->calibration != NULL;
	if (calibrates && table_count(&g->table) > 0)
		groups_calibrate(g, d->o->calibration);
	else if (calibrates)
		warn("nothing to calibrate by: %s is left as it was", d->o->calibration);
	if (!d->o->partial && table_count(&g->table) == 0)
		status = err_worse(status, g->without_usage > 0 ? EXIT_INCONCLUSIVE : EXIT_YES);
	for (size_t i = 0; i < table_count(&g->table); i++)
		group_free(table_at(&g->table, i));
	table_free(&g->table);
	arena_free(&d->arena);
	return status;
}

int
drift_run(const struct options *o, struct coders *coders, char **files)
{
	const char *names[] = { COUNTED_NAMES, "local", NULL };
	struct drift d = { .coders = coders, .o = o };
	struct in_options in = d.o->in;
	struct rec r;
	d.groups.table.size = sizeof(struct group);
	if (o->local != NULL)
		in_map(&in, &d.arena, "local", str_of(o->local));
	d.in = in_open(&in, names, files);
	while (in_record(d.in, &r))
		record(&d, &r);
	int status = in_status(d.in);
	in_close(d.in);
	return conclude(&d, status);
}

/* One line of --partial. */
static const char *
merge_line(struct drift *d, str line)
{
	struct arena a = { 0 };
	struct group g = { .billed = 0 };
	str state = line, key = str_cut(&state, '\t');
	char *text = (char *)(uintptr_t)arena_keep(&a, key).at;
	unsigned bars = 0;
	for (size_t i = key.len; i-- > 0;)
		if (text[i] == '|' && bars < 2) {
			text[i] = '\t';
			bars++;
		}
	const struct doc *doc = state.at != NULL ? doc_read(&a, state) : NULL;
	const char *why = doc == NULL || bars < 2 ? "no key, tab and state" :
						    group_parse(&g, doc, shape_of(&a, d->o));
	if (why == NULL)
		group_merge(group_for(&d->groups, d->o, (str){ text, key.len }), &g);
	group_free(&g);
	arena_free(&a);
	return why;
}

int
drift_merge(const struct options *o, struct coders *coders, char **files)
{
	struct drift d = { .coders = coders, .o = o };
	struct source in;
	int status = EXIT_YES;
	str line;
	d.groups.table.size = sizeof(struct group);
	source_open(&in, &o->in, files);
	in.patient = true;
	while (source_line(&in, &line)) {
		const char *why = merge_line(&d, line);
		if (why != NULL) {
			warn("%s:%llu: %s", source_name(&in),
			    (unsigned long long)in.records.line, why);
			status = EXIT_DATA;
		}
	}
	status = err_worse(status, in.status);
	source_close(&in);
	return conclude(&d, status);
}
