/* calls.c - from records to calls.
 *
 * A record gives --baseline calls of the old model, then --repeat calls of the new one.  A
 * recorded attempt that brought no answer and says which attempt it was is held back until
 * its retry is seen: then it is superseded, and skipped.  Not longer than LOOK_AHEAD
 * records, nor than PATIENCE while nothing comes. */
#include "replay.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "data/hash.h"
#include "io/emit.h"

#define LOOK_AHEAD 64
#define PATIENCE   2000 /* ms */

enum {
	C_PARENT = TRACE_FIELDS,
	C_ATTEMPT,
	C_SHA256,
	C_LINE_SHA256,
	C_BYTES,
	C_ERROR,
	C_INPUT,
	C_OUTPUT,
};
const char *const calls_fields[] = { TRACE_NAMES, "parent", "attempt", "request_sha256",
	"request_line_sha256", "request_bytes", "error.type", "usage.input", "usage.output",
	NULL };

struct calls {
	struct in *in;
	struct target *target;
	const struct changes *changes;
	const struct options *o;
	struct run inherited;
	struct arena arena;
	struct source *ahead[LOOK_AHEAD]; /* read, but not yet begun, the oldest first */
	size_t count;
	bool ended;
	int64_t held_since; /* ms; 0: nothing is held */
	struct source *current;
	int64_t made, number; /* of the current's calls; of all */
	struct source *unused;
};

struct calls *
calls_new(struct in *in, struct target *target, const struct options *o)
{
	struct calls *c = mem_new(sizeof *c);

	c->in = in;
	c->target = target;
	c->changes = changes_new(&c->arena, o);
	c->o = o;
	return c;
}

static struct source *
source_new(struct calls *c)
{
	struct source *s = c->unused;
	struct arena arena = { 0 };

	if (s != NULL) {
		c->unused = s->next;
		arena = s->arena;
		arena_reset(&arena);
	} else {
		s = mem_new(sizeof *s);
	}
	*s = (struct source){ .arena = arena, .input_tokens = -1, .output_tokens = -1 };
	return s;
}

static void
source_done(struct calls *c, struct source *s)
{
	s->next = c->unused;
	c->unused = s;
}

/* Does the body still have the hash it was captured with? */
static bool
is_edited(const struct source *s)
{
	struct arena a = { 0 };
	str now = hash_hex(&a, s->request);
	bool edited = s->request_sha256.len > 0 && !str_eq(now, s->request_sha256) &&
	    !str_eq(now, s->line_sha256);

	arena_free(&a);
	return edited;
}

/* A part of the record where it stands in the copy; elsewhere (--map) a copy of its own. */
static str
inside(struct source *s, str record, str part)
{
	bool there = part.at >= record.at && part.at + part.len <= record.at + record.len;

	return there ? (str){ s->record.at + (part.at - record.at), part.len } :
		       arena_keep(&s->arena, part);
}

static struct source *
read_source(struct calls *c, const struct rec *rec)
{
	struct source *s = source_new(c);
	struct arena *a = &s->arena;
	const struct scan_value *v = rec->values;
	str error = in_text(c->in, rec, C_ERROR);

	s->record = arena_keep(a, rec->text);
	s->id = arena_keep(a, in_text(c->in, rec, T_ID));
	s->session = arena_keep(a, in_text(c->in, rec, T_SESSION));
	s->parent = arena_keep(a, in_text(c->in, rec, C_PARENT));
	s->dialect = dialect_named(in_text(c->in, rec, T_API));
	s->requested = arena_keep(a, in_text(c->in, rec, T_REQUESTED));
	s->replayable = arena_keep(a, in_text(c->in, rec, T_REPLAYABLE));
	s->gaps = arena_keep(a, v[T_GAPS].raw);
	s->headers = arena_keep(a, v[T_HEADERS].raw);
	s->request_sha256 = arena_keep(a, in_text(c->in, rec, C_SHA256));
	s->line_sha256 = arena_keep(a, in_text(c->in, rec, C_LINE_SHA256));
	if (v[T_REQUEST].kind == KIND_OBJECT)
		s->request = inside(s, rec->text, v[T_REQUEST].raw);
	str_int(v[C_ATTEMPT].raw, &s->attempt);
	str_int(v[T_STATUS].raw, &s->status);
	str_int(v[C_INPUT].raw, &s->input_tokens);
	str_int(v[C_OUTPUT].raw, &s->output_tokens);
	s->failed = error.len > 0 || v[T_DONE].kind == KIND_FALSE || s->status == 408 ||
	    s->status == 409 || s->status == 429 || s->status >= 500;
	s->edited = s->request.len > 0 && is_edited(s);
	if (s->requested.len == 0 && s->request.len > 0)
		s->requested = doc_text(doc_get(doc_read(a, s->request), "model"));
	return s;
}

/* Take one more record in. */
static enum in_step
read_ahead(struct calls *c)
{
	enum in_step step;
	struct rec rec;

	while ((step = in_poll(c->in, &rec)) == IN_ONE) {
		if (trace_is(&rec)) {
			c->ahead[c->count++] = read_source(c, &rec);
			return IN_ONE;
		}
		if (str_is(rec.kind, "run"))
			run_add(&c->inherited, &c->arena, in_doc(c->in, &rec));
		else
			in_reject(c->in, &rec, "not a trace record");
	}
	c->ended |= step == IN_END;
	return step;
}

static bool
supersedes(const struct source *later, const struct source *s)
{
	bool same = later->request_sha256.len > 0 &&
	    str_eq(later->request_sha256, s->request_sha256) &&
	    str_eq(later->session, s->session);

	return later->attempt > s->attempt &&
	    (same || (s->id.len > 0 && str_eq(later->parent, s->id)) ||
		(s->parent.len > 0 && str_eq(later->parent, s->parent)));
}

static const struct source *
superseder(const struct calls *c)
{
	for (size_t i = 1; i < c->count; i++)
		if (supersedes(c->ahead[i], c->ahead[0]))
			return c->ahead[i];
	return NULL;
}

int64_t
calls_waiting(const struct calls *c)
{
	int64_t left = PATIENCE - (clock_ms() - c->held_since);

	return c->held_since == 0 ? -1 : left > 0 ? left : 0;
}

static str
not_replayable(struct source *s)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	const struct doc *gaps = doc_read(&a, s->gaps);

	buf_text(&b, "not replayable");
	DOC_EACH (code, gaps)
		buf_printf(
		    &b, "%s %.*s", code == gaps->child ? ":" : ",", STR_F(doc_text(code)));
	str reason = arena_keep(&s->arena, buf_str(&b));
	buf_free(&b);
	arena_free(&a);
	return reason;
}

static str
skip_reason(struct calls *c, struct source *s)
{
	const struct source *later = superseder(c);

	if (s->attempt > 0 && s->failed && later != NULL)
		return arena_printf(&s->arena, "superseded by attempt %lld: %.*s",
		    (long long)later->attempt, STR_F(later->id));
	if (str_is(s->replayable, "no"))
		return not_replayable(s);
	if (s->request.len == 0)
		return STR("the record holds no request");
	if (s->dialect == NULL)
		return STR("the dialect is not known");
	return (str){ 0 };
}

/* The oldest record may begin: all that could matter to it has been seen. */
static enum in_step
begin(struct calls *c)
{
	enum in_step step = IN_ONE;

	if (c->count == 0 && !c->ended)
		step = read_ahead(c);
	if (c->count == 0)
		return c->ended ? IN_END : step;
	while (c->ahead[0]->attempt > 0 && c->ahead[0]->failed && superseder(c) == NULL &&
	    c->count < LOOK_AHEAD && !c->ended) {
		if (read_ahead(c) != IN_WAIT)
			continue;
		if (c->held_since == 0)
			c->held_since = clock_ms();
		if (calls_waiting(c) > 0)
			return IN_WAIT;
		break;
	}
	c->held_since = 0;
	c->current = c->ahead[0];
	c->made = 0;
	c->current->candidate.skipped = skip_reason(c, c->current);
	for (size_t i = 1; i < c->count; i++)
		c->ahead[i - 1] = c->ahead[i];
	c->count--;
	return IN_ONE;
}

struct source *
job_source(const struct job *j)
{
	return j->owner;
}

enum in_step
calls_next(struct calls *c, struct job *j)
{
	enum in_step step;

	if (c->current == NULL && (step = begin(c)) != IN_ONE)
		return step;
	struct source *s = c->current;
	bool skipped = s->candidate.skipped.len > 0;
	int64_t baseline = skipped ? 0 : c->o->baseline,
		all = skipped ? 1 : baseline + c->o->repeat;
	j->owner = s;
	j->id = s->id;
	j->input_tokens = s->input_tokens;
	j->number = c->number++;
	j->baseline = c->made < baseline;
	j->sample = j->baseline ? c->made : c->made - baseline;
	j->out = j->baseline ? &s->baseline : &s->candidate;
	s->jobs++;
	if (!skipped && !s->candidate.made) /* first: --key-file is for its provider */
		outgoing_make(c->o, c->target, c->changes, s, &s->candidate, false);
	if (!skipped && !j->out->made)
		outgoing_make(c->o, c->target, c->changes, s, j->out, j->baseline);
	if (!skipped)
		j->key = job_key(j);
	if (++c->made == all || (j->out->skipped.len > 0 && !j->baseline))
		c->current = NULL;
	return IN_ONE;
}

void
calls_done(struct calls *c, struct job *j)
{
	struct source *s = job_source(j);

	if (--s->jobs == 0 && s != c->current)
		source_done(c, s);
}

const struct run *
calls_inherited(const struct calls *c)
{
	return &c->inherited;
}

void
calls_free(struct calls *c)
{
	while (c->unused != NULL) {
		struct source *s = c->unused;
		c->unused = s->next;
		arena_free(&s->arena);
		free(s);
	}
	arena_free(&c->arena);
	free(c);
}
