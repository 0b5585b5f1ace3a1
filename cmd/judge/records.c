/* records.c - from replay records to jobs. */
#include <stdlib.h>

#include "base/mem.h"
#include "io/emit.h"
#include "judge.h"

enum {
	R_MODE = TRACE_FIELDS,
	R_SKIPPED,
	R_SAMPLE,
	R_BASELINE,
	R_NEW_API,
	R_NEW_RESPONSE,
	R_NEW_ERROR,
};
const char *const record_fields[] = { TRACE_NAMES, "candidate.mode", "candidate.skipped",
	"candidate.sample", "baseline", "candidate.api", "candidate.response",
	"candidate.error.type", NULL };

/* The baselines of a record, for its further samples. */
#define KEPT 64
struct held {
	struct arena arena;
	str id;
	struct shown of[KEPT];
	size_t count;
};

struct records_in {
	struct in *in;
	const struct questions *questions;
	const struct options *o;
	struct held held;
	struct source *current, *unused;
	int order;
	int64_t number;
	struct buf runs;
};

struct records_in *
records_new(struct in *in, const struct questions *q, const struct options *o)
{
	struct records_in *r = mem_new(sizeof *r);

	r->in = in;
	r->questions = q;
	r->o = o;
	return r;
}

static struct source *
source_new(struct records_in *r)
{
	struct source *s = r->unused;
	struct arena arena = { 0 };

	if (s != NULL) {
		r->unused = s->next;
		arena = s->arena;
		arena_reset(&arena);
	} else {
		s = mem_new(sizeof *s);
	}
	*s = (struct source){ .arena = arena };
	return s;
}

/* What an answer says, and the calls that it makes. */
static struct shown
show(struct arena *a, str api, str response)
{
	const struct dialect *d = dialect_named(api);
	const struct doc *body = response.len > 0 ? doc_read(a, response) : NULL;
	struct answer answer = { 0 };
	struct buf b = { 0 };

	if (d != NULL && body != NULL)
		d->answer(a, body, &answer);
	buf_add(&b, answer.text.len > 0 ? answer.text : answer.refusal);
	for (const struct call *c = answer.calls; c != NULL; c = c->next)
		buf_printf(&b, "%s[calls %.*s(%.*s)]", b.len > 0 ? "\n" : "", (int)c->name.len,
		    c->name.at, (int)c->arguments.len, c->arguments.at);
	struct shown shown = { answer.present, arena_keep(a, buf_str(&b)) };
	buf_free(&b);
	return shown;
}

static void
hold(struct records_in *r, const struct rec *rec)
{
	struct arena *a = &r->held.arena;
	const struct doc *list = rec->values[R_BASELINE].kind == KIND_ARRAY ?
	    doc_read(in_arena(r->in), rec->values[R_BASELINE].raw) :
	    NULL;

	arena_reset(a);
	r->held.id = arena_keep(a, in_text(r->in, rec, T_ID));
	r->held.count = 0;
	DOC_EACH (b, list) {
		if (r->held.count == KEPT)
			break;
		struct shown s = show(in_arena(r->in), doc_text(doc_get(b, "api")),
		    doc_raw(doc_get(b, "response")));
		s.text = arena_keep(a, s.text);
		r->held.of[r->held.count++] = s;
	}
}

/* Sample k meets baseline k, from the first again where there are fewer; without baselines,
 * what was recorded. */
static struct shown
baseline_of(struct records_in *r, const struct rec *rec)
{
	int64_t sample = 0;
	str id = in_text(r->in, rec, T_ID);

	str_int(rec->values[R_SAMPLE].raw, &sample);
	if (sample == 0 || !str_eq(id, r->held.id))
		hold(r, rec);
	if (r->held.count == 0)
		return show(
		    in_arena(r->in), in_text(r->in, rec, T_API), rec->values[T_RESPONSE].raw);
	return r->held.of[sample > 0 ? (size_t)sample % r->held.count : 0];
}

static void
item(struct buf *b, const struct item *i)
{
	switch (i->kind) {
	case ITEM_SYSTEM: buf_text(b, "[system] "); break;
	case ITEM_TEXT:
	case ITEM_OTHER: buf_printf(b, "[%.*s] ", STR_F(i->role)); break;
	case ITEM_CALL:
		buf_printf(b, "[calls %.*s] ", STR_F(i->name));
		buf_add(b, i->arguments);
		break;
	case ITEM_RESULT: buf_text(b, "[result] "); break;
	}
	buf_add(b, i->text);
	buf_byte(b, '\n');
}

/* What the model saw, in no provider's words. */
static str
conversation(struct records_in *r, const struct rec *rec, struct arena *keep)
{
	const struct dialect *d = dialect_named(in_text(r->in, rec, T_API));
	const struct doc *request = doc_read(in_arena(r->in), rec->values[T_REQUEST].raw);
	struct view view = { 0 };
	struct buf b = { 0 };

	if (d != NULL && doc_kind(request) == KIND_OBJECT)
		d->view(in_arena(r->in), request, &view);
	for (size_t i = 0; i < view.item_count; i++)
		item(&b, &view.items[i]);
	str text = arena_keep(keep, buf_str(&b));
	buf_free(&b);
	return text;
}

static struct source *
read_source(struct records_in *r, const struct rec *rec)
{
	struct source *s = source_new(r);
	struct shown old = baseline_of(r, rec);
	struct shown new = show(
	    in_arena(r->in), in_text(r->in, rec, R_NEW_API), rec->values[R_NEW_RESPONSE].raw);
	bool failed = in_text(r->in, rec, R_NEW_ERROR).len > 0 ||
	    in_text(r->in, rec, R_SKIPPED).len > 0 ||
	    str_is(in_text(r->in, rec, R_MODE), "count");

	s->record = arena_keep(&s->arena, rec->text);
	s->id = arena_keep(&s->arena, in_text(r->in, rec, T_ID));
	s->old = (struct shown){ old.present, arena_keep(&s->arena, old.text) };
	s->new = (struct shown){ new.present && !failed, arena_keep(&s->arena, new.text) };
	s->same = s->old.present && s->new.present &&str_eq(s->old.text, s->new.text);
	if (!s->old.present || !s->new.present || s->same) {
		s->question[0].skipped = STR("not asked");
		return s;
	}
	s->conversation = conversation(r, rec, &s->arena);
	question_make(r->questions, s, BASELINE_FIRST);
	question_make(r->questions, s, CANDIDATE_FIRST);
	return s;
}

static enum in_step
next_source(struct records_in *r)
{
	enum in_step step;
	struct rec rec;

	while ((step = in_poll(r->in, &rec)) == IN_ONE) {
		if (trace_is(&rec)) {
			r->current = read_source(r, &rec);
			r->order = 0;
			return IN_ONE;
		}
		if (str_is(rec.kind, "run")) {
			buf_add(&r->runs, rec.text);
			buf_byte(&r->runs, '\n');
		} else {
			in_reject(r->in, &rec, "not a replay record");
		}
	}
	return step;
}

enum in_step
records_job(struct records_in *r, struct job *j)
{
	enum in_step step;

	if (r->current == NULL && (step = next_source(r)) != IN_ONE)
		return step;
	struct source *s = r->current;
	j->owner = s;
	j->id = s->id;
	j->input_tokens = -1;
	j->number = r->number++;
	j->sample = r->order;
	j->out = &s->question[r->order];
	s->jobs++;
	if (j->out->skipped.len == 0)
		j->key = job_key(j);
	if (r->order == CANDIDATE_FIRST || j->out->skipped.len > 0)
		r->current = NULL;
	r->order++;
	return IN_ONE;
}

void
records_done(struct records_in *r, struct job *j)
{
	struct source *s = j->owner;

	if (--s->jobs > 0 || s == r->current)
		return;
	s->next = r->unused;
	r->unused = s;
}

str
records_runs(const struct records_in *r)
{
	return buf_str(&r->runs);
}

void
records_end(struct records_in *r)
{
	while (r->unused != NULL) {
		struct source *s = r->unused;
		r->unused = s->next;
		arena_free(&s->arena);
		free(s);
	}
	arena_free(&r->held.arena);
	buf_free(&r->runs);
	free(r);
}
