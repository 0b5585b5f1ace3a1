/* report_json.c - the report as records: one for each artifact, region and finding. */
#include "io/emit.h"
#include "io/out.h"
#include "report.h"

static void
begin(struct buf *b, const char *record, const struct artifact *a)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", record);
	emit_kint(b, "v", 1);
	emit_kstr(b, "kind", a->kind);
	emit_kstr(b, "name", a->name);
}

static void
end(struct buf *b)
{
	emit_close(b, '}');
	out_line(buf_str(b));
}

static void
emit_when(struct buf *b, struct arena *m, const char *key, int64_t ns)
{
	emit_kstr(b, key, when_print(m, ns));
}

static void
emit_part(struct buf *b, const char *key, struct part p)
{
	emit_key(b, key);
	emit_open(b, '{');
	emit_kint(b, "n", p.n);
	emit_kint(b, "of", p.of);
	emit_close(b, '}');
}

static void
emit_version(struct buf *b, const char *key, const struct artifact *a, size_t v)
{
	if (v != NO_VERSION)
		emit_kstr(b, key, a->versions[v].name);
}

static void
emit_share(struct buf *b, const char *key, struct share s)
{
	emit_key(b, key);
	emit_open(b, '{');
	emit_kint(b, "failed", s.x);
	emit_kint(b, "n", s.n);
	emit_kreal(b, "rate", share_of(s));
	emit_close(b, '}');
}

static void
emit_effect(struct buf *b, struct arena *m, const struct effect *e)
{
	static const char *const names[] = { "not-measured", "not-identifiable",
		"no-difference", "difference" };

	emit_key(b, "outcome");
	emit_open(b, '{');
	emit_ktext(b, "readout", names[e->readout]);
	emit_kstr(b, "why", e->why);
	if (e->readout != NOT_MEASURED) {
		emit_share(b, "behind_before", e->held.before);
		emit_share(b, "behind_during", e->held.after);
		emit_share(b, "behind_after", e->held_after);
		emit_share(b, "ahead_before", e->moved.before);
		emit_share(b, "ahead_during", e->moved.after);
		emit_share(b, "ahead_after", e->moved_after);
	}
	if (e->readout >= NO_DIFFERENCE) {
		emit_kreal(b, "did", e->did.estimate);
		emit_kreal(b, "se", e->did.se);
		emit_kreal(b, "low", e->did.low);
		emit_kreal(b, "high", e->did.high);
		emit_kreal(b, "p", e->did.p);
		if (e->onset != NO_TIME)
			emit_when(b, m, "onset", e->onset);
		emit_kint(b, "regions_with_both", (int64_t)e->both);
		emit_kreal(b, "odds_ratio", e->odds.ratio);
		emit_kreal(b, "odds_low", e->odds.low);
		emit_kreal(b, "odds_high", e->odds.high);
		emit_kreal(b, "odds_p", e->odds.p_corrected);
	}
	emit_close(b, '}');
}

static void
emit_bounds(struct buf *b, struct arena *m, const char *key, int64_t low, int64_t high)
{
	emit_key(b, key);
	emit_open(b, '[');
	emit_str(b, when_print(m, low));
	emit_str(b, when_print(m, high));
	emit_close(b, ']');
}

static void
emit_stall(struct buf *b, struct arena *m, const struct artifact *a, const struct stall *s)
{
	emit_open(b, '{');
	emit_when(b, m, "from", s->from);
	emit_when(b, m, "until", s->until);
	emit_bounds(b, m, "from_bounds", s->from_low, s->from_high);
	emit_bounds(b, m, "until_bounds", s->until_low, s->until_high);
	emit_kreal(b, "seconds", (double)(s->until - s->from) / WHEN_SECOND);
	emit_kbool(b, "open", s->open);
	emit_version(b, "old", a, s->old);
	emit_version(b, "new", a, s->target);
	emit_kint(b, "regions_new", (int64_t)s->done);
	emit_kint(b, "regions", (int64_t)s->known);
	emit_key(b, "behind");
	emit_open(b, '[');
	for (size_t i = 0; i < s->wait_count; i++)
		emit_str(b, a->places[s->waits[i]].region);
	emit_close(b, ']');
	emit_close(b, '}');
}

static void
write_window(struct buf *b, struct arena *m, const struct artifact *a, const struct window *w,
    const struct effect *e)
{
	begin(b, "skew-window", a);
	emit_ktext(b, "state", state_names[w->state]);
	emit_version(b, "old", a, w->old);
	emit_version(b, "new", a, w->target);
	emit_when(b, m, "from", w->from);
	emit_when(b, m, "until", w->to);
	emit_bounds(b, m, "from_bounds", w->from_low, w->from_high);
	emit_bounds(b, m, "until_bounds", w->to_low, w->to_high);
	emit_kreal(b, "seconds", (double)(w->to - w->from) / WHEN_SECOND);
	emit_kbool(b, "open", w->open);
	emit_kbool(b, "from_start", w->from_start);
	emit_key(b, "stalls");
	emit_open(b, '[');
	for (size_t i = 0; i < w->stall_count; i++)
		emit_stall(b, m, a, &w->stalls[i]);
	emit_close(b, ']');
	emit_effect(b, m, e);
	end(b);
}

static void
emit_flip(struct buf *b, struct arena *m, const struct artifact *a, const struct flip *f)
{
	emit_open(b, '{');
	emit_version(b, "from", a, f->from);
	emit_version(b, "to", a, f->to);
	emit_when(b, m, "at", f->at);
	emit_when(b, m, "low", f->low);
	emit_when(b, m, "high", f->high);
	emit_kint(b, "stragglers", f->stragglers);
	if (f->stragglers > 0)
		emit_when(b, m, "last_straggler", f->last_straggler);
	emit_kint(b, "early", f->early);
	emit_close(b, '}');
}

static void
write_place(
    struct buf *b, const struct report *r, const struct artifact *a, const struct place *p)
{
	struct arena *m = r->arena;

	begin(b, "skew-region", a);
	emit_kstr(b, "region", p->region);
	emit_version(b, "serves", a, p->now);
	emit_kbool(b, "silent", p->silent);
	emit_when(b, m, "first", p->first);
	emit_when(b, m, "last", p->last);
	emit_kint(b, "n", p->n);
	emit_key(b, "flips");
	emit_open(b, '[');
	for (size_t i = 0; i < p->flip_count; i++)
		if (!p->flips[i].border)
			emit_flip(b, m, a, &p->flips[i]);
	emit_close(b, ']');
	emit_key(b, "versions");
	emit_open(b, '[');
	for (size_t v = 0; v < a->version_count; v++) {
		struct outcome o = timeline_count(r->plan, p, v, INT64_MIN, INT64_MAX);
		if (o.n == 0)
			continue;
		emit_open(b, '{');
		emit_version(b, "version", a, v);
		emit_kstr(b, "id", a->versions[v].id);
		emit_kint(b, "n", o.n);
		emit_kint(b, "known", o.known);
		emit_kint(b, "failed", o.failed);
		emit_close(b, '}');
	}
	emit_close(b, ']');
	end(b);
}

static void
write_artifact(struct buf *b, const struct report *r, size_t index)
{
	const struct artifact *a = &r->view.artifacts[index];
	const struct standing *s = &r->of[index];

	begin(b, "skew", a);
	emit_ktext(b, "state", state_names[s->windows.state]);
	emit_version(b, "version", a, s->windows.target);
	emit_part(b, "regions", s->coverage.regions);
	emit_part(b, "requests", s->coverage.requests);
	emit_part(b, "tenants", s->coverage.tenants);
	emit_when(b, r->arena, "since", s->coverage.since);
	emit_when(b, r->arena, "now", r->view.now);
	emit_kint(b, "n", a->n);
	emit_kint(b, "without_hash", a->without_hash);
	emit_kint(b, "unknown", a->unknown);
	emit_kint(b, "sessions", s->sessions);
	emit_kint(b, "mixed_sessions", s->mixed_sessions);
	emit_key(b, "own_rates");
	emit_open(b, '[');
	for (size_t i = 0; i < s->own_count; i++) {
		emit_open(b, '{');
		emit_kstr(b, "region", a->places[s->own[i].place].region);
		emit_share(b, "here", s->own[i].here);
		emit_share(b, "elsewhere", s->own[i].elsewhere);
		emit_kreal(b, "p", s->own[i].difference.p);
		emit_close(b, '}');
	}
	emit_close(b, ']');
	end(b);
	for (size_t i = 0; i < a->place_count; i++)
		write_place(b, r, a, &a->places[i]);
	for (size_t i = 0; i < s->windows.count; i++)
		write_window(b, r->arena, a, &s->windows.of[i], &s->effects[i]);
}

void
report_json(const struct report *r)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < r->view.count; i++)
		write_artifact(&b, r, i);
	for (size_t i = 0; i < r->count; i++) {
		buf_reset(&b);
		finding_emit(&b, &r->found[i].finding);
		out_line(buf_str(&b));
	}
	buf_free(&b);
}
