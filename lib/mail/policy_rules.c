/* policy_rules.c - the parts of a policy that are about time, rates and headers. */
#include <stdio.h>

#include "data/when.h"
#include "io/zone.h"
#include "mail/policy_part.h"

static const char *
zone_name(struct reading *r, const struct doc *d, const char *name, const char *usual)
{
	const char *zone = d != NULL ? arena_string(r->arena, doc_text(d)) : usual;
	const char *why = zone_known(zone);

	if (why != NULL)
		part_fail(r, d, name, "'%s' %s", zone, why);
	return zone;
}

static void
geometric(struct reading *r, const struct doc *d, struct warmup *w)
{
	static const char *const known[] = { "start", "factor", "cap", NULL };
	struct reading in = part_enter(r, "geometric", d, known);
	double factor = 1.4, cap;
	int64_t start = part_int(&in, d, "start", 1, 1000000, 50);
	int64_t most = part_int(&in, d, "cap", start, 1000000000, 100000);

	if (doc_get(d, "factor") != NULL &&
	    (!doc_real(doc_get(d, "factor"), &factor) || !(factor > 1.01 && factor <= 10)))
		part_fail(&in, doc_get(d, "factor"), "factor", "is no number from 1.01 to 10");
	w->caps = ARENA_ARRAY(r->arena, int64_t, 2100);
	cap = (double)start;
	while (cap < (double)most && w->days < 2099) {
		w->caps[w->days++] = (int64_t)(cap + 0.5);
		cap *= factor;
	}
	w->caps[w->days++] = most;
	part_leave(r, &in);
}

static void
caps(struct reading *r, const struct doc *list, struct warmup *w)
{
	w->caps = ARENA_ARRAY(r->arena, int64_t, list->count + 1);
	DOC_EACH (one, list) {
		int64_t n = -1;
		if (!doc_int(one, &n) || n < 0 || n > 1000000000)
			part_fail(r, one, "caps", "is no list of whole numbers");
		w->caps[w->days++] = n;
	}
}

static void
read_warmup(struct reading *r, const struct doc *d, struct warmup *w)
{
	static const char *const known[] = { "start", "tz", "caps", "geometric",
		"on_pause_days", "then", NULL };
	static const char *const then[] = { "limits only", "last cap", NULL };
	int64_t start;
	struct reading in = part_enter(r, arena_string(r->arena, d->key), d, known);

	if (!domain_read(r->arena, d->key, &w->domain))
		part_fail(&in, d, "", "is no domain");
	w->zone = zone_name(&in, doc_get(d, "tz"), "tz", "UTC");
	if (!when_date(doc_text(doc_get(d, "start")), &start))
		part_fail(&in, doc_get(d, "start"), "start", "is needed: a date");
	else
		w->start_day = start / (WHEN_SECOND * 86400);
	w->pause_days = part_int(&in, d, "on_pause_days", 1, 3650, 30);
	w->keep_last =
	    doc_get(d, "then") != NULL && part_word(&in, doc_get(d, "then"), then, "then") == 1;
	if (doc_kind(doc_get(d, "caps")) == KIND_ARRAY)
		caps(&in, doc_get(d, "caps"), w);
	else if (doc_get(d, "geometric") != NULL)
		geometric(&in, doc_get(d, "geometric"), w);
	if (w->days == 0)
		part_fail(&in, d, "caps", "is needed, or geometric: how many on each day");
	part_leave(r, &in);
}

void
part_warmups(struct reading *r, const struct doc *d)
{
	struct reading in = part_enter(r, "warmup", d, NULL);

	r->p->warmups = ARENA_ARRAY(r->arena, struct warmup, d != NULL ? d->count + 1 : 1);
	DOC_EACH (one, d)
		read_warmup(&in, one, &r->p->warmups[r->p->warmup_count++]);
	part_leave(r, &in);
}

void
part_dedupe(struct reading *r, const struct doc *d)
{
	static const char *const known[] = { "window_s", "key", "near", NULL };
	static const char *const near[] = { "distance", "do", NULL };
	static const char *const keys[] = { "agent", "recipient", "template_or_body", "body",
		NULL };
	static const char *const does[] = { "quarantine", "reject", NULL };
	struct reading in = part_enter(r, "dedupe", d, known);
	bool seen[4] = { false };

	r->p->near_distance = -1;
	r->p->dedupe_window =
	    part_int(&in, d, "window_s", 0, INT64_C(86400) * 31, 0) * WHEN_SECOND;
	r->p->by_template = true;
	DOC_EACH (one, doc_get(d, "key")) {
		int at = part_word(&in, one, keys, "key");
		if (at >= 0)
			seen[at] = true;
	}
	if (doc_get(d, "key") != NULL) {
		r->p->by_template = !seen[3];
		if (!seen[0] || !seen[1] || seen[2] == seen[3])
			part_fail(&in, doc_get(d, "key"), "key",
			    "is agent, recipient, and template_or_body or body");
	}
	if (doc_get(d, "near") != NULL) {
		struct reading deep = part_enter(&in, "near", doc_get(d, "near"), near);
		r->p->near_distance = part_int(&deep, deep.here, "distance", 0, 16, 3);
		r->p->near_reject = doc_get(deep.here, "do") != NULL &&
		    part_word(&deep, doc_get(deep.here, "do"), does, "do") == 1;
		part_leave(&in, &deep);
	}
	part_leave(r, &in);
}

static int64_t
minutes(struct reading *r, const struct doc *d, const char *name)
{
	str s = doc_text(doc_get(d, name)), hours = str_cut(&s, ':');
	int64_t h, m;

	if (hours.len == 2 && s.len == 2 && str_int(hours, &h) && str_int(s, &m) && h >= 0 &&
	    h < 24 && m >= 0 && m < 60)
		return h * 60 + m;
	part_fail(r, doc_get(d, name), name, "is no time of day, like 21:00");
	return 0;
}

void
part_quiet(struct reading *r, const struct doc *d)
{
	static const char *const known[] = { "from", "to", "tz", "exempt_classes", NULL };
	struct reading in = part_enter(r, "quiet", d, known);
	struct policy *p = r->p;
	const struct doc *zones = doc_get(d, "tz"), *first = doc_item(zones, 0);

	part_leave(r, &in);
	if (d == NULL)
		return;
	p->quiet = true;
	p->quiet_from = minutes(&in, d, "from");
	p->quiet_to = minutes(&in, d, "to");
	p->quiet_recipient = doc_is(first, "recipient");
	p->quiet_zone =
	    zone_name(&in, p->quiet_recipient ? doc_item(zones, 1) : first, "tz", "UTC");
	if (doc_kind(zones) != KIND_ARRAY || zones->count != 1U + p->quiet_recipient)
		part_fail(&in, zones, "tz",
		    "is [\"recipient\", zone] or [zone]: the zone of whoever has none");
	DOC_EACH (one, doc_get(d, "exempt_classes")) {
		int at = part_word(&in, one, agent_classes, "exempt_classes");
		if (at >= 0)
			p->quiet_exempt[at] = true;
	}
	p->quiet_exempt[CLASS_TRANSACTIONAL] = true;
	part_leave(r, &in);
}

static void
rate_gate(struct reading *r, const struct doc *d, const char *name, struct rate_gate usual,
    struct rate_gate *g)
{
	static const char *const known[] = { "min_sent", "hold", "stop", NULL };
	struct reading in = part_enter(r, name, d, known);

	g->min_sent = part_int(&in, d, "min_sent", 1, 1000000000, usual.min_sent);
	g->hold = part_share(&in, d, "hold", usual.hold);
	g->stop = part_share(&in, d, "stop", usual.stop);
	if (!(g->hold > 0) || g->stop < g->hold)
		part_fail(&in, d, "stop", "is at least hold, and hold more than 0");
	part_leave(r, &in);
}

void
part_breaker(struct reading *r, const struct doc *d)
{
	static const char *const known[] = { "window_s", "bounce", "complaint", NULL };
	struct reading in = part_enter(r, "breaker", d, known);

	if (d != NULL)
		r->p->breaker_window =
		    part_int(&in, d, "window_s", 60, INT64_C(86400) * 31, 86400) * WHEN_SECOND;
	rate_gate(&in, doc_get(d, "bounce"), "bounce", (struct rate_gate){ 100, 0.05, 0.1 },
	    &r->p->bounce);
	rate_gate(&in, doc_get(d, "complaint"), "complaint",
	    (struct rate_gate){ 1000, 0.001, 0.003 }, &r->p->complaint);
	part_leave(r, &in);
}

static void
header_rule(struct reading *r, const struct doc *d, struct header_rules *list)
{
	static const char *const known[] = { "name", "uri", "value", "count", NULL };
	struct reading in = part_enter(r, arena_string(r->arena, r->here->key), d, known);
	struct header_rule *h = &list->of[list->count++];

	h->name = doc_text(doc_get(d, "name"));
	h->value = doc_text(doc_get(d, "value"));
	h->count = part_int(&in, d, "count", 1, 1, -1);
	h->https = doc_get(d, "uri") != NULL;
	if (h->https && !doc_is(doc_get(d, "uri"), "https"))
		part_fail(&in, d, "uri", "is 'https' and nothing else");
	if (h->name.len == 0)
		part_fail(&in, d, "name", "is needed");
	part_leave(r, &in);
}

void
part_headers(struct reading *r, const struct doc *d)
{
	struct reading in = part_enter(r, "headers", d, NULL);

	DOC_EACH (one, d) {
		int class = -1;
		for (int i = 0; agent_classes[i] != NULL; i++)
			class = str_is(one->key, agent_classes[i]) ? i : class;
		if (class < 0 && !str_is(one->key, "all"))
			part_fail(&in, one, arena_string(r->arena, one->key),
			    "is no class of agents, and not 'all'");
		struct header_rules *rules =
		    class >= 0 ? &r->p->headers[class] : &r->p->all_headers;
		if (rules->of != NULL)
			part_fail(&in, one, arena_string(r->arena, one->key), "is there twice");
		*rules = (struct header_rules){
			ARENA_ARRAY(r->arena, struct header_rule, one->count + 1), 0
		};
		in.here = one;
		DOC_EACH (rule, one)
			header_rule(&in, rule, rules);
	}
	part_leave(r, &in);
}
