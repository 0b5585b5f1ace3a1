/* report_json.c - the report as records. */
#include <stdlib.h>

#include "io/emit.h"
#include "io/out.h"
#include "report.h"

static void
begin(struct buf *b, const char *record)
{
	buf_reset(b);
	emit_open(b, '{');
	emit_ktext(b, "record", record);
	emit_kint(b, "v", 1);
}

static void
end(struct buf *b)
{
	emit_close(b, '}');
	out_line(buf_str(b));
}

static void
write_summary(struct buf *b, const struct report *r)
{
	const struct tally *t = r->tally;
	const struct plan *p = r->plan;

	begin(b, "region");
	emit_kint(b, "records", t->records);
	emit_kint(b, "hops", t->hops);
	for (size_t i = 0; i < VERDICTS; i++)
		emit_kint(b, verdict_names[i], t->verdicts[i]);
	emit_kint(b, "records_with_violation", t->with_violation);
	emit_kint(b, "traces_with_violation", r->traces_violation);
	emit_kint(b, "traces_unknown_only", r->traces_unknown);
	emit_key(b, "evidence");
	emit_open(b, '{');
	for (size_t i = 0; i < EVIDENCES; i++)
		emit_kint(b, evidence_names[i], r->evidence[i]);
	emit_close(b, '}');
	emit_kstr(b, "policy_sha256", p->policy->digest);
	emit_kstr(b, "regions_sha256", places_digest(p->places));
	emit_kstr(b, "regions_date", when_print(r->arena, places_date(p->places)));
	end(b);
}

static void
write_row(struct buf *b, const struct report *r, const struct row *row)
{
	static const char *const names[G_PARTS] = { "verdict", "reason", "country", "class",
		"kind", "place", "countries", "message", "known_from" };

	begin(b, "region-group");
	for (size_t i = 0; i < G_PARTS; i++)
		emit_kstr(b, names[i], row->parts[i]);
	emit_kint(b, "n", row->group->n);
	emit_kint(b, "failed", row->group->failed);
	if (row->group->first <= row->group->last) {
		emit_kstr(b, "first", when_print(r->arena, row->group->first));
		emit_kstr(b, "last", when_print(r->arena, row->group->last));
	}
	end(b);
}

void
report_json(const struct report *r)
{
	struct buf b = { 0 };

	write_summary(&b, r);
	for (size_t i = 0; i < r->row_count; i++)
		write_row(&b, r, &r->rows[i]);
	for (size_t i = 0; i < r->finding_count; i++) {
		buf_reset(&b);
		finding_emit(&b, &r->findings[i]);
		out_line(buf_str(&b));
	}
	buf_free(&b);
}

static void
emit_quantiles(struct buf *b, const char *key, const struct quantiles *q)
{
	emit_key(b, key);
	emit_open(b, '{');
	emit_kint(b, "n", q->n);
	emit_kreal(b, "p50", quantile_of(q, QUANTILE_ERROR, 0.5));
	emit_kreal(b, "p95", quantile_of(q, QUANTILE_ERROR, 0.95));
	emit_close(b, '}');
}

static void
write_tokens(struct buf *b, const struct plan *p, str region, const struct tokens *t)
{
	double read = (double)t->cache_read, write = (double)t->cache_write;
	double input = (double)t->input;

	begin(b, "region-cache");
	emit_kstr(b, "region", region);
	emit_kint(b, "calls", t->calls);
	emit_kint(b, "with_usage", t->known);
	emit_kint(b, "input", t->input);
	emit_kint(b, "cache_read", t->cache_read);
	emit_kint(b, "cache_write", t->cache_write);
	emit_kreal(b, "hit_rate", read / input);
	emit_kreal(b, "price_factor",
	    (input - read - write + read * p->o->cache_read + write * p->o->cache_write) /
		input);
	end(b);
}

void
isolation_json(struct arena *a, const struct plan *p, const struct tally *t)
{
	struct buf b = { 0 };
	size_t *order = table_sorted(&t->tokens);

	(void)a;
	for (size_t i = 0; i < table_count(&t->tokens); i++)
		write_tokens(
		    &b, p, table_key(&t->tokens, order[i]), table_at(&t->tokens, order[i]));
	free(order);
	order = table_sorted(&t->paths);
	for (size_t i = 0; i < table_count(&t->paths); i++) {
		const struct journey *path = table_at(&t->paths, order[i]);
		str rest = table_key(&t->paths, order[i]);
		begin(&b, "region-path");
		emit_key(&b, "regions");
		emit_open(&b, '[');
		while (rest.at != NULL)
			emit_str(&b, str_cut(&rest, '|'));
		emit_close(&b, ']');
		emit_kint(&b, "calls", path->n);
		emit_quantiles(&b, "ttft_ms", &path->ttft);
		emit_quantiles(&b, "total_ms", &path->total);
		end(&b);
	}
	free(order);
	buf_free(&b);
}
