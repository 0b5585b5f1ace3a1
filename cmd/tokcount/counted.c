/* counted.c - requests of records. */
#include "counted.h"

#include "io/emit.h"

/* The request, and whose dialect it is. */
static const struct dialect *
find_request(struct in *in, struct rec *r, const struct doc **request)
{
	const struct doc *d = in_doc(in, r);
	if (trace_is(r) || doc_kind(doc_get(d, "request")) == KIND_OBJECT) {
		*request = doc_get(d, "request");
		const struct dialect *named = dialect_named(in_text(in, r, T_API));
		return named != NULL ? named : dialect_guess(*request, doc_get(d, "response"));
	}
	*request = d;
	return dialect_guess(d, NULL);
}

struct found_request {
	const struct doc *body;
	const struct dialect *dialect; /* that it is written in */
	str api;                       /* that it was sent by; empty: not said */
	str model, answered;
};

static const char *
look(struct in *in, struct rec *r, struct found_request *f)
{
	f->dialect = find_request(in, r, &f->body);
	if (doc_kind(f->body) != KIND_OBJECT)
		return "no request";
	if (f->dialect == NULL)
		return "a request of no dialect that is known";
	f->api = in_text(in, r, T_API);
	f->model = in_text(in, r, T_REQUESTED);
	f->answered = in_text(in, r, T_ANSWERED);
	if (f->model.len == 0)
		f->model = doc_text(doc_get(f->body, "model"));
	return NULL;
}

static const char *
count(struct in *in, const struct found_request *f, struct counted *c)
{
	const struct dialect *asked = f->api.len > 0 ? dialect_named(f->api) : f->dialect;
	c->model = f->model;
	request_count(in_arena(in), c->coder, f->dialect, terms_rules(asked, f->model),
	    f->model, f->body, &c->terms);
	c->tokens = (int64_t)terms_sum(&c->terms);
	c->content = classes_of(&c->terms.classes);
	return c->terms.why;
}

const char *
counted_by(struct in *in, struct rec *r, struct counted *c)
{
	struct found_request f;
	const char *why = look(in, r, &f);
	if (why == NULL && c->model.len > 0)
		f.model = c->model;
	return why != NULL ? why : count(in, &f, c);
}

/* A deployment's own name says nothing; then what answered counts. */
static const char *
count_own(struct coders *coders, struct in *in, struct found_request *f, struct counted *c)
{
	c->coder = coder_of_request(coders, f->model);
	if (c->coder->unknown && f->answered.len > 0) {
		c->coder = coder_of_request(coders, f->answered);
		f->model = c->coder->unknown ? f->model : f->answered;
	}
	const char *why = coder_need_first(coders, c->coder);
	return why != NULL ? why : count(in, f, c);
}

const char *
counted_request(const struct options *o, struct coders *coders, struct in *in, struct rec *r,
    struct counted *c)
{
	struct found_request f;
	const char *why = look(in, r, &f);
	if (why == NULL && o->by.model != NULL && vocab_named(str_of(o->by.model)) == NULL)
		f.model = str_of(o->by.model);
	return why != NULL ? why : count_own(coders, in, &f, c);
}

const char *
counted_candidate(struct coders *coders, struct in *in, struct rec *r, struct counted *c)
{
	struct found_request f;
	const char *why = look(in, r, &f);
	if (why != NULL)
		return why;
	f.api = in_text(in, r, C_CANDIDATE_API);
	f.model = in_text(in, r, C_CANDIDATE_MODEL);
	f.answered = (str){ 0 };
	return count_own(coders, in, &f, c);
}

void
counted_terms(struct buf *b, const struct counted *c)
{
	emit_open(b, '{');
	for (unsigned i = 0; i < TERMS; i++)
		emit_kint(b, term_names[i], (int64_t)c->terms.tokens[i]);
	emit_kint(b, "unknown", c->terms.unknown);
	emit_ktext(b, "encoding", c->coder->name);
	emit_close(b, '}');
}
