/* evidence.c - what was found, for the auditor: lines that hold each other's hashes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "io/chain.h"
#include "io/emit.h"
#include "partial.h"
#include "report.h"

static void
emit_common(struct buf *b, const struct report *r, const char *record)
{
	emit_ktext(b, "record", record);
	emit_kint(b, "v", 1);
	emit_ktext(b, "tool", err_tool());
	emit_kstr(b, "policy_sha256", r->plan->policy->digest);
}

/* Whom it is about, and in which period. */
static str
totals(const struct report *r, const struct part_counters *c)
{
	const struct tally *t = r->tally;
	int64_t first = INT64_MAX, last = INT64_MIN;
	struct buf b = { 0 };

	for (size_t i = 0; i < r->row_count; i++) {
		const struct group *g = r->rows[i].group;
		first = g->first < first ? g->first : first;
		last = g->last > last ? g->last : last;
	}
	emit_common(&b, r, "evidence");
	emit_kstr(&b, "regions_sha256", places_digest(r->plan->places));
	emit_kstr(&b, "regions_date", when_print(r->arena, places_date(r->plan->places)));
	emit_kstr(&b, "written", when_print(r->arena, r->plan->now));
	if (first <= last) {
		emit_kstr(&b, "first", when_print(r->arena, first));
		emit_kstr(&b, "last", when_print(r->arena, last));
	}
	emit_kint(&b, "records", t->records);
	emit_kint(&b, "bad", c->bad);
	emit_kint(&b, "left_out", c->outside + c->timeless);
	emit_kint(&b, "hops", t->hops);
	for (size_t i = 0; i < VERDICTS; i++)
		emit_kint(&b, verdict_names[i], t->verdicts[i]);
	emit_kint(&b, "traces_with_violation", r->traces_violation);
	emit_kint(&b, "findings", (int64_t)r->finding_count);
	str text = arena_keep(r->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static str
finding_line(const struct report *r, const struct finding *f)
{
	struct buf b = { 0 }, whole = { 0 };

	emit_common(&b, r, "evidence-finding");
	finding_emit(&whole, f);
	emit_kraw(&b, "finding", buf_str(&whole));
	str text = arena_keep(r->arena, buf_str(&b));
	buf_free(&b);
	buf_free(&whole);
	return text;
}

int
evidence_write(const struct report *r, const struct part_counters *counters)
{
	const char *file = r->plan->o->evidence;
	struct chain c;
	const char *why = chain_open(&c, file);

	if (why != NULL) {
		if (c.seq > 0)
			warn("--evidence: %s: line %lld: %s: the chain is broken, nothing is "
			     "added",
			    file, (long long)c.seq, why);
		else
			warn("--evidence: %s: %s", file, why);
		if (c.fd >= 0)
			chain_close(&c);
		return EXIT_SYSTEM;
	}
	why = chain_add(&c, totals(r, counters));
	for (size_t i = 0; i < r->finding_count && why == NULL; i++)
		why = chain_add(&c, finding_line(r, &r->findings[i]));
	const char *bad = chain_close(&c);
	why = why != NULL ? why : bad;
	if (why != NULL)
		warn("--evidence: %s: %s", file, why);
	else
		warn("--evidence: %s: %lld lines, head %s", file, (long long)c.seq - 1, c.prev);
	return why == NULL ? EXIT_YES : EXIT_SYSTEM;
}

int
evidence_verify(const char *file)
{
	struct chain at;
	const char *why = chain_verify(file, &at);

	if (why != NULL && at.seq == 0)
		die(EXIT_SYSTEM, "%s: %s", file, why);
	if (why != NULL) {
		printf("%s: line %lld: %s\n", file, (long long)at.seq, why);
		return EXIT_NO;
	}
	if (at.seq == 1) {
		printf("%s: empty: proves nothing\n", file);
		return EXIT_INCONCLUSIVE;
	}
	printf("%s: %lld lines, head %s\n", file, (long long)at.seq - 1, at.prev);
	return EXIT_YES;
}
