/* each.c - a verdict for every hop. */
#include "each.h"

#include "io/emit.h"
#include "io/out.h"
#include "report.h"

static void
emit_hop(struct buf *b, const struct hop *h, const struct judged *j)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", "hop-verdict");
	emit_kint(b, "v", 1);
	emit_kstr(b, "trace", h->trace);
	if (h->seq != NO_NUMBER)
		emit_kint(b, "seq", h->seq);
	if (h->attempt != NO_NUMBER)
		emit_kint(b, "attempt", h->attempt);
	emit_kstr(b, "kind", h->kind);
	emit_kstr(b, "country", h->country);
	emit_kstr(b, "class", j->class != NULL ? j->class->name : STR(""));
	emit_ktext(b, "verdict", verdict_names[j->verdict]);
	emit_ktext(b, "reason", j->reason);
	emit_kstr(b, "place", j->place.name);
	emit_kstr(b, "countries", j->countries);
	emit_ktext(b, "known_from", evidence_names[j->evidence]);
	if (h->after_status != NO_NUMBER)
		emit_kint(b, "after_status", h->after_status);
	emit_kstr(b, "after_region", h->after_region);
	if (j->mismatch) {
		emit_kbool(b, "mismatch", true);
		emit_kstr(b, "label", h->region);
	}
	emit_kstr(b, "message", j->message);
	emit_close(b, '}');
}

int
each_run(const struct plan *plan, char **files)
{
	static const char *const names[] = { H_NAMES };
	struct in *in = in_open(&plan->o->in, names, files);
	int64_t n = 0;
	int status = EXIT_YES;
	struct buf b = { 0 };
	struct rec rec;

	while (in_record(in, &rec)) {
		struct hops hops;
		if (str_is(rec.kind, "run") || str_is(rec.kind, "finding"))
			continue;
		const char *why = hops_read(in_intake(in), &rec, &hops);
		if (why != NULL) {
			in_reject(in, &rec, "%s", why);
			continue;
		}
		for (size_t i = 0; i < hops.count; i++, n++) {
			struct judged j =
			    verdict_of(in_arena(in), plan->policy, plan->places, &hops.of[i]);
			if (j.verdict == VERDICT_VIOLATION || j.mismatch)
				status = err_worse(status, EXIT_NO);
			else if (j.verdict == VERDICT_UNKNOWN)
				status = err_worse(status, report_unknown_status(j.class));
			emit_hop(&b, &hops.of[i], &j);
			out_line(buf_str(&b));
		}
	}
	status = err_worse(status, in_status(in));
	in_close(in);
	buf_free(&b);
	if (n == 0)
		warn("no hops: nothing is decided");
	return n == 0 ? err_worse(status, EXIT_INCONCLUSIVE) : status;
}
