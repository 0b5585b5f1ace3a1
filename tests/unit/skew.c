/* skew - the logic of skew-check on buckets made by hand: versions, runs, flips, windows. */
#include "../../cmd/skew-check/claims.c"
#include "../../cmd/skew-check/compatible.c"
#include "../../cmd/skew-check/flips.c"
#include "../../cmd/skew-check/meanings.c"
#include "../../cmd/skew-check/mixture.c"
#include "../../cmd/skew-check/points.c"
#include "../../cmd/skew-check/tally.c"
#include "../../cmd/skew-check/timeline.c"
#include "../../cmd/skew-check/view.c"
#include "../../cmd/skew-check/window.c"
#include "unit.h"

#define MINUTE (WHEN_SECOND * 60)

const char *
tally_each(void *state, struct intake *in, const struct rec *rec)
{
	(void)state;
	(void)in;
	(void)rec;
	return NULL;
}

static struct arena a;
static struct options o = { .bucket = MINUTE,
	.grace = MINUTE * 20,
	.clock_error = WHEN_SECOND * 5,
	.max_keys = 1000000 };
static struct plan plan = { .o = &o, .now = NO_TIME };

/* n records a minute from minute to minute (not included), spread over its seconds. */
static void
serve(struct tally *t, const char *region, const char *hash, const char *label, int64_t from,
    int64_t until, int n)
{
	str key = arena_printf(&a, "prompt|p|%s|%s|%s|prod", region, hash, label);

	for (int64_t m = from; m < until; m++) {
		size_t series = tally_series(t, key);
		struct cell *c = tally_cell(t, series, m);
		for (int i = 0; i < n; i++) {
			int second = i * SLOTS / n;
			c->seen[second] = tally_capped(c->seen[second], 1);
		}
		c->n += n;
		c->known += n;
		((struct series *)table_at(&t->series, series))->n += n;
		t->records += n;
	}
	LOWER(t->first, from * MINUTE);
	HIGHER(t->last, until * MINUTE - 1);
}

static struct view
look(const struct tally *t)
{
	struct view v = view_of(&a, t, &(struct in_list){ 0 });

	for (size_t i = 0; i < v.count; i++)
		timeline_make(&a, &plan, &v.artifacts[i]);
	return v;
}

static struct windows
windows(const struct tally *t, struct view *v)
{
	*v = look(t);
	return windows_of(&a, &plan, &v->artifacts[0], v->now, false);
}

/* Two regions, an hour apart: one flip each, a window, a stall. */
static void
roll_out(void)
{
	struct tally *t = tally_start(&plan);
	struct view v;

	serve(t, "a", "h1", "v1", 0, 60, 30);
	serve(t, "a", "h2", "v2", 60, 200, 30);
	serve(t, "b", "h1", "v1", 0, 120, 30);
	serve(t, "b", "h2", "v2", 120, 200, 30);
	struct windows w = windows(t, &v);
	const struct artifact *p = &v.artifacts[0];
	CHECK(v.count == 1 && p->version_count == 2 && p->place_count == 2);
	CHECK(p->places[0].flip_count == 1 && p->places[1].flip_count == 1);
	const struct flip *f = &p->places[0].flips[0];
	CHECK(f->low <= MINUTE * 60 && f->high >= MINUTE * 60 && f->high - f->low < MINUTE);
	CHECK(w.count == 1 && w.state == CONVERGED && w.of[0].stall_count == 1);
	CHECK(llabs(w.of[0].to - w.of[0].from - MINUTE * 60) < WHEN_SECOND * 5);
	CHECK(w.of[0].stalls[0].done == 1 && w.of[0].stalls[0].known == 2);
	struct outcome c = timeline_count(&plan, &p->places[0], 0, 0, MINUTE * 10);
	CHECK(c.n == 300 && c.known == 300 && c.failed == 0);
	CHECK(timeline_count(&plan, &p->places[0], 0, MINUTE / 2, MINUTE).n == 15);
	tally_free(t);
}

/* A stray is no flip; a label that lies is none either, and is claimed what it says. */
static void
exceptions(void)
{
	struct tally *t = tally_start(&plan);

	serve(t, "a", "h1", "v1", 0, 100, 30);
	serve(t, "a", "h9", "v9", 50, 51, 2);
	serve(t, "b", "h1", "v1", 0, 20, 30);
	serve(t, "b", "h2", "v2", 20, 60, 30);
	serve(t, "b", "h1", "v2", 60, 80, 30);
	serve(t, "b", "h2", "v2", 80, 100, 30);
	struct view v = look(t);
	const struct artifact *p = &v.artifacts[0];
	CHECK(p->version_count == 3 && p->places[0].flip_count == 0);
	CHECK(p->places[1].flip_count == 1);
	size_t lies = 0;
	for (size_t i = 0; i < p->places[1].point_count; i++)
		lies += p->places[1].points[i].claimed != p->places[1].points[i].version;
	CHECK(lies == 20);
	CHECK(str_is(p->versions[0].name, "v1") && view_version(p, STR("v2")) == 1);
	tally_free(t);
}

static size_t
mixtures(const struct tally *t)
{
	return look(t).artifacts[0].places[0].mixture_count;
}

/* Records in a row that differ are a mixture, many in a minute or few; changes are none. */
static void
mixed(void)
{
	struct tally *t = tally_start(&plan);

	serve(t, "a", "h1", "v1", 0, 200, 30);
	serve(t, "a", "h2", "v2", 50, 72, 8);
	struct view v = look(t);
	const struct place *p = &v.artifacts[0].places[0];
	CHECK(p->mixture_count == 1 && p->mixtures[0].from == 50 && p->mixtures[0].to == 71);
	CHECK(p->mixtures[0].n == 22 * 30 && p->mixtures[0].of == 22 * 38);
	CHECK(!p->mixtures[0].undecided && p->run_count == 1 && p->runs[0].clear);
	tally_free(t);
	t = tally_start(&plan);
	for (int64_t m = 0; m < 300; m += 3)
		serve(t, "a", m % 2 ? "h2" : "h1", m % 2 ? "v2" : "v1", m, m + 1, 1);
	v = look(t);
	p = &v.artifacts[0].places[0];
	CHECK(p->mixture_count == 1 && p->mixtures[0].undecided && p->undecided);
	CHECK(p->run_count == 1 && p->runs[0].undecided);
	tally_free(t);
	t = tally_start(&plan);
	for (int64_t m = 0; m < 300; m += 5)
		serve(t, "a", m % 2 ? "h2" : "h1", m % 2 ? "v2" : "v1", m, m + 5, 4);
	CHECK(mixtures(t) == 0);
	tally_free(t);
	t = tally_start(&plan);
	serve(t, "a", "h1", "v1", 0, 19, 30);
	serve(t, "a", "h2", "v2", 0, 19, 30); /* not longer than --grace */
	serve(t, "a", "h2", "v2", 19, 99, 30);
	CHECK(mixtures(t) == 0);
	tally_free(t);
}

/* A mixture in one region says nothing of it; what it serves afterwards does. */
static void
mixed_windows(void)
{
	struct tally *t = tally_start(&plan);
	struct view v;

	serve(t, "a", "h1", "v1", 0, 60, 30);
	serve(t, "a", "h2", "v2", 60, 200, 30);
	serve(t, "b", "h1", "v1", 0, 160, 30);
	serve(t, "b", "h2", "v2", 70, 160, 30);
	struct windows w = windows(t, &v);
	CHECK(w.state == UNDECIDED && w.count == 1 && w.of[0].state == UNDECIDED);
	CHECK(llabs(w.of[0].to - MINUTE * 70) <= MINUTE);
	serve(t, "b", "h2", "v2", 160, 200, 30);
	w = windows(t, &v);
	CHECK(w.state == CONVERGED && v.artifacts[0].places[1].run_count == 3);
	CHECK(view_serves(&v.artifacts[0].places[1], 1));
	tally_free(t);
}

/* A region that pauses is unknown meanwhile: back on the new version it was never behind, back
 * on the old one it has been all the time. */
static void
pauses(void)
{
	for (int late = 0; late < 2; late++) {
		struct tally *t = tally_start(&plan);
		struct view v;
		serve(t, "a", "h1", "v1", 0, 60, 30);
		serve(t, "a", "h2", "v2", 60, 200, 30);
		serve(t, "b", "h1", "v1", 0, late ? 70 : 55, 30);
		serve(t, "b", late ? "h1" : "h2", late ? "v1" : "v2", 110, 150, 30);
		serve(t, "b", "h2", "v2", 150, 200, 30);
		struct windows w = windows(t, &v);
		CHECK(v.artifacts[0].places[1].gap_count == 1);
		CHECK(w.state == CONVERGED && w.count == (late ? 1 : 0));
		if (late)
			CHECK(llabs(w.of[0].to - MINUTE * 150) < MINUTE &&
			    w.of[0].stall_count == 1 && w.of[0].stalls[0].wait_count == 1);
		tally_free(t);
	}
}

/* What a label means now: what it was given to last, even back to the first, or another's. */
static void
meanings(void)
{
	struct tally *t = tally_start(&plan);

	serve(t, "a", "h1", "v1", 0, 60, 30);
	serve(t, "a", "h2", "v1", 60, 120, 30);
	struct view v = look(t);
	CHECK(
	    str_is(v.artifacts[0].versions[view_version(&v.artifacts[0], STR("v1"))].id, "h2"));
	serve(t, "a", "h1", "v1", 120, 180, 30);
	serve(t, "a", "h2", "v3", 180, 190, 30);
	v = look(t);
	const struct artifact *p = &v.artifacts[0];
	CHECK(str_is(p->versions[view_version(p, STR("v1"))].id, "h1"));
	CHECK(str_is(p->versions[view_version(p, STR("v3"))].id, "h2"));
	CHECK(view_version(p, STR("v2")) == NO_VERSION);
	CHECK(view_surely(&p->places[0], 1) && !view_surely(&p->places[0], 0));
	tally_free(t);
}

/* Back to what was before; back and forth; a mixture. */
static void
states(void)
{
	struct tally *t = tally_start(&plan);
	struct view v;

	serve(t, "a", "h1", "v1", 0, 60, 30);
	serve(t, "a", "h2", "v2", 60, 70, 30);
	serve(t, "a", "h1", "v1", 70, 200, 30);
	serve(t, "b", "h1", "v1", 0, 200, 30);
	CHECK(windows(t, &v).state == ROLLED_BACK);
	serve(t, "a", "h2", "v2", 200, 210, 30);
	serve(t, "b", "h1", "v1", 200, 210, 30);
	CHECK(window_flapping(&plan, &look(t).artifacts[0].places[0]) != NULL);
	tally_free(t);
	t = tally_start(&plan);
	serve(t, "a", "h1", "v1", 0, 300, 30);
	serve(t, "a", "h2", "v2", 0, 300, 29);
	v = look(t);
	CHECK(v.artifacts[0].places[0].flip_count == 0 &&
	    !v.artifacts[0].places[0].runs[0].clear);
	tally_free(t);
}

/* Hashes that one record has: a few are strays, many are one's own. */
static void
own_hashes(void)
{
	struct tally *t = tally_start(&plan);

	serve(t, "a", "h", "v", 0, 100, 1);
	for (int i = 0; i < 3; i++)
		serve(t, "a", arena_printf(&a, "x%d", i).at, "v", i, i + 1, 1);
	CHECK(!tally_own_hashes(t).per_request && tally_own_hashes(t).own == 3);
	for (int i = 3; i < 9; i++)
		serve(t, "a", arena_printf(&a, "x%d", i).at, "v", i, i + 1, 1);
	CHECK(tally_own_hashes(t).per_request && tally_own_hashes(t).records == 109);
	tally_free(t);
}

/* Joined in any order it is the same. */
static void
joined(void)
{
	struct tally *t[4];

	for (size_t i = 0; i < 4; i++) {
		t[i] = tally_start(&plan);
		serve(t[i], i % 2 == 0 ? "a" : "b", "h1", "v1", 0, 9, 7);
		serve(t[i], "a", i % 2 == 0 ? "h2" : "h3", "v2", 9, 12, 300);
	}
	tally_join(t[0], t[1]);
	tally_join(t[3], t[2]);
	CHECK(t[0]->records == t[3]->records &&
	    table_count(&t[0]->cells) == table_count(&t[3]->cells));
	for (size_t i = 0; i < table_count(&t[0]->cells); i++) {
		const struct cell *c = table_at(&t[0]->cells, i);
		size_t s = tally_series(t[3], table_key(&t[0]->series, c->series));
		const struct cell *d = tally_cell(t[3], s, c->bucket);
		EXPECT(c->n == d->n && memcmp(c->seen, d->seen, SLOTS) == 0, "cell %zu", i);
	}
	unit_table("parts joined in two orders");
	tally_free(t[0]);
	tally_free(t[3]);
}

static void
together(void)
{
	const struct doc *d = doc_read(&a,
	    STR("{\"incompatible\":[{\"prompt\":\"v46\",\"schema\":[\"s2\",\"t*\"],\"why\":"
		"\"w\"}],"
		"\"requires\":[{\"if\":{\"prompt\":\"v47\"},\"then\":{\"schema\":\"s3\"}}]}"));
	const struct rules r = { doc_get(d, "incompatible"), doc_get(d, "requires") };
	static const struct {
		const char *prompt, *schema;
		bool fits;
	} of[] = { { "v46", "s2", false }, { "v46", "tx", false }, { "v46", "s1", true },
		{ "v46", "", true }, { "v47", "s2", false }, { "v47", "s3", true },
		{ "v47", "", true }, { "v48", "s2", true } };

	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		str why = { 0 },
		    parts[COMBO_PARTS] = {
			    [1] = str_of(of[i].prompt), [3] = str_of(of[i].schema)
		    };
		EXPECT(compatible_fits(&a, &r, parts, &why) == of[i].fits, "%s %s",
		    of[i].prompt, of[i].schema);
		EXPECT(of[i].fits == (why.len == 0), "why");
	}
	unit_table("what goes together");
}

int
main(void)
{
	roll_out();
	exceptions();
	mixed();
	mixed_windows();
	pauses();
	meanings();
	states();
	own_hashes();
	joined();
	together();
	arena_free(&a);
	return unit_done();
}
