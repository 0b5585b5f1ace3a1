/* gate_time.c - when a mail may be sent, and how many of them. */
#include "data/when.h"
#include "io/zone.h"
#include "mail/gate.h"

#define DAY (WHEN_SECOND * 86400)

/* The local day and minute of a moment. */
static int64_t
local_day(int64_t now, int64_t *minute)
{
	int64_t local = now / WHEN_SECOND + zone_offset(now);
	int64_t day = local / 86400 - (local % 86400 < 0);

	*minute = (local - day * 86400) / 60;
	return day;
}

static int64_t
moment(int64_t day, int64_t minute)
{
	int64_t y, m, d;

	when_civil(day, &y, &m, &d);
	return zone_moment(y, m, d, minute);
}

/* When do the quiet hours end?  From 21:00 to 08:00 they go over midnight. */
static int64_t
quiet_until(const struct policy *p, int64_t now)
{
	int64_t minute, day = local_day(now, &minute);
	int64_t from = p->quiet_from, to = p->quiet_to;
	bool quiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to;

	if (!quiet)
		return 0;
	return moment(from > to && minute >= from ? day + 1 : day, to);
}

bool
gate_quiet(struct asking *q)
{
	const struct policy *p = q->g->policy;

	if (!p->quiet || p->quiet_exempt[q->agent->class])
		return true;
	const char *zone = p->quiet_recipient && q->m->zone.len > 0 ?
	    arena_string(q->g->arena, q->m->zone) :
	    p->quiet_zone;
	if (zone_open(zone) != NULL)
		return gate_say(q, VERDICT_REJECT, "bad-tz",
		    "'%.*s' is no time zone of this system", STR_F(q->m->zone));
	int64_t until = quiet_until(p, q->g->now);
	if (until <= q->g->now)
		return true;
	q->v->until = until;
	return gate_say(q, VERDICT_DEFER, "quiet-hours", "it is night in %s until %.*s", zone,
	    STR_F(when_print(q->g->arena, until)));
}

static int64_t
count(struct asking *q, const char *kind, str name, int64_t since)
{
	struct window *w = window_find(q->g->ledger, store_name(q->g->arena, kind, name));

	return window_count(q->g->ledger, w, since);
}

/* A hold can be released by a person; a stop cannot. */
static bool
check_rate(struct asking *q, const struct rate_gate *gate, int64_t bad, int64_t sent,
    const char *what, const char *hold, const char *stop)
{
	double rate = sent > 0 ? (double)bad / (double)sent : 0;

	if (sent < gate->min_sent || rate < gate->hold)
		return true;
	bool stopped = rate >= gate->stop;
	return gate_say(q, stopped ? VERDICT_DEFER : VERDICT_QUARANTINE, stopped ? stop : hold,
	    "%.*s: %lld %s of %lld sent are %.2f %%, and %.2f %% %s", STR_F(q->m->from.domain),
	    (long long)bad, what, (long long)sent, rate * 100,
	    (stopped ? gate->stop : gate->hold) * 100, stopped ? "stop it" : "hold it");
}

bool
gate_breaker(struct asking *q)
{
	const struct policy *p = q->g->policy;
	int64_t since = q->g->now - p->breaker_window;
	str domain = q->m->from.domain;

	if (p->breaker_window == 0 || q->agent->class == CLASS_TRANSACTIONAL)
		return true;
	int64_t bounces = count(q, COUNT_BOUNCE, domain, since);
	int64_t complaints = count(q, COUNT_COMPLAINT, domain, since);
	if (bounces == 0 && complaints == 0)
		return true;
	int64_t sent = count(q, COUNT_FROM, domain, since);
	return check_rate(q, &p->bounce, bounces, sent, "bounces", "breaker-bounce",
		   "breaker-bounce-stop") &&
	    check_rate(q, &p->complaint, complaints, sent, "complaints", "breaker-complaint",
		"breaker-complaint-stop");
}

/* Would so many more be too many?  Then *until is when they would not be. */
static bool
exceeds(struct asking *q, struct window *w, const struct limit *l, int64_t more, int64_t *until)
{
	int64_t t, now = q->g->now;

	if (more > l->most) {
		*until = 0;
		return true;
	}
	if (!window_nth(q->g->ledger, w, l->most - more + 1, &t) || t <= now - l->window)
		return false;
	if (t + l->window > *until)
		*until = t + l->window;
	return true;
}

static bool
check_limits(struct asking *q, const struct limits *l, const char *kind, str name, int64_t more,
    const char *reason, const char *of)
{
	const struct limit *worst = NULL;
	int64_t until = 0;

	if (l == NULL || l->count == 0)
		return true;
	struct window *w = window_find(q->g->ledger, store_name(q->g->arena, kind, name));
	for (size_t i = 0; i < l->count; i++)
		if (exceeds(q, w, &l->of[i], more, &until))
			worst = &l->of[i];
	if (worst == NULL)
		return true;
	q->v->until = until;
	return gate_say(q, more > worst->most ? VERDICT_REJECT : VERDICT_DEFER, reason,
	    "%s '%.*s' may have %lld in %lld s", of, STR_F(name), (long long)worst->most,
	    (long long)(worst->window / WHEN_SECOND));
}

/* All of a recipient's own mails are few: they are looked at one by one. */
static bool
check_recipient(struct asking *q, const struct limits *l, const struct address *to, bool all)
{
	struct gate *g = q->g;

	for (size_t i = 0; i < l->count; i++) {
		size_t n = store_past(
		    g->ledger, g->arena, to->canonical, g->now - l->of[i].window, g->past);
		int64_t had = 0, oldest = 0, more = 0;
		for (size_t k = 0; k < q->m->to_count; k++)
			more += str_eq(q->m->to[k].canonical, to->canonical);
		for (size_t k = 0; k < n; k++)
			if (all || str_eq(g->past[k].agent, q->agent->name)) {
				had++;
				if (had == l->of[i].most - more + 1)
					oldest = g->past[k].t;
			}
		if (had + more <= l->of[i].most)
			continue;
		q->v->until = oldest > 0 ? oldest + l->of[i].window : 0;
		return gate_say(q, VERDICT_DEFER, "recipient-limit", "%.*s had %lld in %lld s",
		    STR_F(to->spec), (long long)had,
		    (long long)(l->of[i].window / WHEN_SECOND));
	}
	return true;
}

/* Recipients of one group are counted together. */
static bool
check_domains(struct asking *q)
{
	const struct policy *p = q->g->policy;
	const struct mail *m = q->m;

	for (size_t i = 0; i < m->to_count; i++) {
		str group = policy_group(p, m->to[i].domain);
		int64_t more = 0, first = -1;
		for (size_t k = 0; k < m->to_count; k++)
			if (str_eq(policy_group(p, m->to[k].domain), group)) {
				more++;
				first = first < 0 ? (int64_t)k : first;
			}
		if (first == (int64_t)i &&
		    !check_limits(q, policy_limits(p->to, p->to_count, group), COUNT_TO, group,
			more, "rcpt-domain-limit", "recipients at"))
			return false;
	}
	return true;
}

/* The number of the day in the ramp; below 0: it has not begun. */
static int64_t
ramp_day(struct asking *q, const struct warmup *w, const struct window *sent, int64_t today)
{
	struct gate *g = q->g;
	str note = ledger_note(
	    g->ledger, g->arena, store_name(g->arena, NOTE_RAMP, q->m->from.domain));
	int64_t again, minute;

	if (sent->n > 0 && g->now - sent->last >= w->pause_days * DAY)
		return today < w->start_day ? -1 : 0;
	if (str_int(note, &again) && local_day(again, &minute) >= w->start_day)
		return today - local_day(again, &minute);
	return today - w->start_day;
}

static bool
near_breaker(struct asking *q)
{
	const struct policy *p = q->g->policy;
	int64_t since = q->g->now - p->breaker_window;
	str domain = q->m->from.domain;
	int64_t sent = p->breaker_window > 0 ? count(q, COUNT_FROM, domain, since) : 0;

	return sent > 0 &&
	    (((double)count(q, COUNT_BOUNCE, domain, since) / (double)sent >=
		     p->bounce.hold / 2 &&
		 sent >= p->bounce.min_sent) ||
		((double)count(q, COUNT_COMPLAINT, domain, since) / (double)sent >=
			p->complaint.hold / 2 &&
		    sent >= p->complaint.min_sent));
}

static bool
check_warmup(struct asking *q)
{
	const struct warmup *w = policy_warmup(q->g->policy, q->m->from.domain);
	int64_t minute, more = (int64_t)q->m->to_count, t;

	if (w == NULL)
		return true;
	zone_open(w->zone);
	int64_t today = local_day(q->g->now, &minute);
	struct window *sent =
	    window_find(q->g->ledger, store_name(q->g->arena, COUNT_FROM, q->m->from.domain));
	int64_t day = ramp_day(q, w, sent, today);
	if (day < 0)
		return gate_say(q, VERDICT_REJECT, "warmup-not-started",
		    "the warm-up of %.*s has not begun", STR_F(w->domain));
	if (day > 0 && day <= (int64_t)w->days && near_breaker(q))
		day--; /* the ramp stands still while too much comes back */
	if (day >= (int64_t)w->days && !w->keep_last)
		return true;
	int64_t cap = w->caps[day < (int64_t)w->days ? day : (int64_t)w->days - 1];
	if (more <= cap &&
	    (!window_nth(q->g->ledger, sent, cap - more + 1, &t) || t < moment(today, 0)))
		return true;
	q->v->until = moment(today + 1, 0);
	return gate_say(q, VERDICT_DEFER, "warmup",
	    "%.*s may have %lld on day %lld of its warm-up", STR_F(w->domain), (long long)cap,
	    (long long)day + 1);
}

bool
gate_limits(struct asking *q)
{
	const struct policy *p = q->g->policy;
	const struct agent *a = q->agent;
	const struct named_limits *org = policy_org(p, q->m->from.domain);
	str stream = str_of(agent_classes[a->class]);
	int64_t n = (int64_t)q->m->to_count;
	bool first = a->class == CLASS_TRANSACTIONAL; /* nobody's flood is in its way */

	for (size_t i = 0; i < q->m->to_count; i++)
		if (!check_recipient(q, &a->per_recipient, &q->m->to[i], false) ||
		    (!first && !check_recipient(q, &p->per_recipient, &q->m->to[i], true)))
			return false;
	return (first || check_domains(q)) &&
	    check_limits(q, &a->limits, COUNT_AGENT, a->name, n, "agent-limit", "agent") &&
	    check_limits(q, policy_limits(p->streams, p->stream_count, stream), COUNT_STREAM,
		stream, n, "stream-limit", "the stream") &&
	    (first ||
		(check_limits(q, org != NULL ? &org->limits : NULL, COUNT_ORG,
		     org != NULL ? org->name : STR(""), n, "org-domain-limit",
		     "the organisation") &&
		    check_warmup(q)));
}
