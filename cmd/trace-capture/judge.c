/* judge.c - could this record be re-executed, and if not, why not?
 *
 * "no": what the model saw is not all there.  "degraded": it can be re-executed, but
 * something about the original is unknown.  A body captured as it was sent is what the
 * model saw, whatever it lacks; a rebuilt one has to show that nothing is missing. */
#include "capture.h"

static void
gap(struct gap_list *gaps, bool no, const char *code)
{
	if (gaps->count < sizeof gaps->codes / sizeof *gaps->codes)
		gaps->codes[gaps->count++] = code;
	gaps->no |= no;
}

static bool
digits(str s, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		if (i >= s.len || s.at[i] < '0' || s.at[i] > '9')
			return false;
	return true;
}

/* A name that ends in a date (2024-08-06, 20250514, 0125) names one revision. */
static bool
dated(str model)
{
	for (size_t i = 0; i < model.len; i++) {
		if (model.at[i] != '-' && model.at[i] != '@')
			continue;
		if (digits(model, i + 1, 8) ||
		    (digits(model, i + 1, 4) && i + 11 <= model.len && model.at[i + 5] == '-' &&
			digits(model, i + 6, 2) && digits(model, i + 9, 2)) ||
		    (digits(model, i + 1, 4) && i + 5 == model.len))
			return true;
	}
	return false;
}

/* Every call that the model was shown must have its result behind it. */
static bool
results_missing(const struct view *v)
{
	size_t results = 0;

	for (size_t i = 0; i < v->item_count; i++)
		results += v->items[i].kind == ITEM_RESULT && v->items[i].call >= 0;
	return results < v->call_count;
}

static void
judge_rebuilt(const struct capture *c, struct gap_list *gaps)
{
	bool calls = c->view.call_count > 0 || c->reply.answer.call_count > 0;

	if (calls && c->view.tool_count == 0)
		gap(gaps, true, "tool-schema-missing");
	if (results_missing(&c->view))
		gap(gaps, true, "tool-result-missing");
	if (doc_null(doc_get(c->request, "temperature")))
		gap(gaps, false, "sampling-missing");
}

/* The text that the model was given is not the result that the tool gave: the source's
 * own record of it (a hash, a length, a mark) says so, here or earlier in the session. */
static bool
results_summarised(struct sink *s, const struct capture *c)
{
	bool any = false;

	for (size_t i = 0; i < c->view.item_count; i++) {
		const struct item *result = &c->view.items[i];
		if (result->kind != ITEM_RESULT || result->id.len == 0)
			continue;
		if (evidence_against(s->evidence, result->id, result->text)) {
			recall_doubt(s->recall, c->session, result->id);
			any = true;
		} else if (c->session.len > 0) {
			any |= recall_doubted(s->recall, c->session, result->id);
		}
	}
	return any;
}

void
judge(struct sink *s, const struct capture *c, struct gap_list *gaps)
{
	*gaps = (struct gap_list){ 0 };
	if (c->dialect == NULL) {
		gap(gaps, true, "dialect-unknown");
		return;
	}
	if (c->request == NULL || (c->view.item_count == 0 && !c->view.server_state)) {
		struct lex l = lex_of(c->request_body);
		str raw;
		bool cut = c->request == NULL && c->request_body.len > 0 &&
		    !lex_skip(&l, &raw) && l.at >= l.end;
		gap(gaps, true, cut ? "truncated" : "request-missing");
		return;
	}
	if (c->view.server_state)
		gap(gaps, true, "server-state");
	if (c->view.server_tool)
		gap(gaps, true, "server-tool");
	if (c->view.sealed_reasoning)
		gap(gaps, false, "encrypted-reasoning");
	if (c->rebuilt)
		judge_rebuilt(c, gaps);
	if (!c->http && results_summarised(s, c))
		gap(gaps, true, "tool-result-summarised");
	str requested = doc_text(doc_get(c->request, "model")),
	    answered = c->reply.answer.model;
	if (!dated(requested) &&
	    (answered.len == 0 || (str_eq(requested, answered) && !dated(answered))))
		gap(gaps, false, "model-alias");
}
