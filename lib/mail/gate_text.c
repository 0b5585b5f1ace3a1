/* gate_text.c - what a mail says, and whether it was said before. */
#include <stdio.h>

#include "data/when.h"
#include "mail/gate.h"

/* Luhn's check (ISO/IEC 7812-1) over the digits of a match. */
static bool
luhn(str s)
{
	int sum = 0, n = 0;

	for (size_t i = s.len; i-- > 0;) {
		if (s.at[i] < '0' || s.at[i] > '9')
			continue;
		int d = s.at[i] - '0';
		if (n++ % 2 == 1)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return n >= 12 && sum % 10 == 0;
}

static enum pattern_hit
hit(const struct content_rule *c, str text)
{
	size_t from = 0, start, end;

	while (from <= text.len) {
		enum pattern_hit h = pattern_find(c->pattern, text, from, &start, &end);
		if (h != PATTERN_YES)
			return h;
		if (!c->luhn || luhn((str){ text.at + start, end - start }))
			return PATTERN_YES;
		from = end > start ? start + 1 : end + 1;
	}
	return PATTERN_NO;
}

bool
gate_content(struct asking *q)
{
	const struct policy *p = q->g->policy;
	const struct mail_texts *texts = &q->m->texts;
	const struct mail_problem *deep = &q->m->problems[STAGE_CONTENT];

	for (size_t i = 0; i < p->content_count; i++)
		for (size_t t = 0; t < texts->count; t++) {
			const struct content_rule *c = &p->content[i];
			enum pattern_hit h = hit(c, texts->of[t]);
			bool reject = c->reject && h == PATTERN_YES;
			if (h != PATTERN_NO &&
			    !gate_say(q, reject ? VERDICT_REJECT : VERDICT_QUARANTINE,
				arena_string(q->g->arena, c->id), "the text %s the rule '%.*s'",
				h == PATTERN_YES ? "matches" : "is too hard to check by",
				STR_F(c->id)))
				return false;
		}
	if (deep->reason != NULL)
		return gate_say(q, VERDICT_QUARANTINE, deep->reason, "%.*s", STR_F(deep->what));
	return true;
}

static bool
check_key(struct asking *q)
{
	const char *state = "";

	if (q->m->key.len == 0 || q->g->approved_by.len > 0)
		return true;
	int64_t seq = store_key(q->g->ledger, q->m->agent, q->m->key, &state);
	if (seq == 0)
		return true;
	return gate_say(q, VERDICT_REJECT, "duplicate",
	    "id '%.*s' was used before, by g%lld, which is %s", STR_F(q->m->key),
	    (long long)seq, state);
}

static int
distance(uint64_t a, uint64_t b)
{
	return __builtin_popcountll(a ^ b);
}

static bool
check_same(struct asking *q, const struct address *to, uint64_t same)
{
	struct gate *g = q->g;
	struct past old;

	if (!store_same(g->ledger, q->agent->name, to->canonical, same,
		g->now - g->policy->dedupe_window, &old))
		return true;
	return gate_say(q, VERDICT_REJECT, "duplicate",
	    "%.*s got the same at %.*s: g%lld, which is %s", STR_F(to->spec),
	    STR_F(when_print(g->arena, old.t)), (long long)old.seq, send_states[old.state]);
}

static bool
check_near(struct asking *q, const struct address *to, uint64_t alike)
{
	struct gate *g = q->g;
	const struct policy *p = g->policy;
	size_t n =
	    store_past(g->ledger, g->arena, to->canonical, g->now - p->dedupe_window, g->past);

	for (size_t i = 0; i < n; i++) {
		const struct past *old = &g->past[i];
		if (str_eq(old->agent, q->agent->name) &&
		    distance(old->alike, alike) <= p->near_distance &&
		    !gate_say(q, p->near_reject ? VERDICT_REJECT : VERDICT_QUARANTINE,
			"near-duplicate", "%.*s got nearly the same at %.*s: g%lld",
			STR_F(to->spec), STR_F(when_print(g->arena, old->t)),
			(long long)old->seq))
			return false;
	}
	return true;
}

bool
gate_dedupe(struct asking *q)
{
	const struct policy *p = q->g->policy;

	if (!check_key(q))
		return false;
	if (p->dedupe_window == 0 || q->m->envelope_only ||
	    q->agent->class == CLASS_TRANSACTIONAL)
		return true;
	uint64_t same = mail_sameness(q->m, p->by_template);
	uint64_t alike = p->near_distance >= 0 ? mail_likeness(q->m) : 0;
	for (size_t i = 0; i < q->m->to_count; i++)
		if (!check_same(q, &q->m->to[i], same) ||
		    (p->near_distance >= 0 && !check_near(q, &q->m->to[i], alike)))
			return false;
	return true;
}
