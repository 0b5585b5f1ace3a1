/* report_json.c - the report for programs: a summary, its surfaces, its groups, and what has
 * no price, a line each.  Amounts are decimal strings. */
#include "base/key.h"
#include "data/when.h"
#include "io/emit.h"
#include "io/out.h"
#include "report.h"

struct writing {
	const struct result *r;
	const struct facts *f;
	struct arena *arena;
	struct buf b;
};

static void
begin(struct writing *w, const char *record)
{
	buf_reset(&w->b);
	emit_open(&w->b, '{');
	emit_ktext(&w->b, "record", record);
	emit_kint(&w->b, "v", 1);
}

static void
end(struct writing *w)
{
	emit_close(&w->b, '}');
	out_line(buf_str(&w->b));
}

static void
money(struct writing *w, const char *key, dec amount)
{
	emit_kstr(&w->b, key, report_money(w->arena, w->r->plan, amount));
}

/* A number made by dividing, null when there is nothing to divide by. */
static void
maybe(struct writing *w, const char *key, str text)
{
	emit_key(&w->b, key);
	if (text.len > 0)
		emit_str(&w->b, text);
	else
		emit_null(&w->b);
}

static void
each_of(struct writing *w, const char *key, dec amount, int64_t n)
{
	dec part;

	maybe(w, key,
	    dec_muldiv(amount, 1, n, &part) ? report_money(w->arena, w->r->plan, part) :
					      (str){ 0 });
}

static void
tasks(struct writing *w, const struct task_stat *s, dec total)
{
	emit_key(&w->b, "tasks");
	emit_open(&w->b, '{');
	emit_kint(&w->b, "n", s->tasks);
	emit_kint(&w->b, "resolved", s->resolved);
	emit_kint(&w->b, "unresolved", s->unresolved);
	emit_kint(&w->b, "incomplete", s->incomplete);
	each_of(w, "cost_per_task", total, s->tasks);
	each_of(w, "cost_per_resolved", total, s->resolved);
	if (s->tasks > 0) {
		money(w, "p50", s->p50);
		money(w, "p95", s->p95);
		money(w, "p99", s->p99);
		emit_kint(&w->b, "top", s->top_count);
		money(w, "top_cost", s->top);
		maybe(w, "top_percent", report_percent(w->arena, s->top, s->total, 2));
	}
	emit_close(&w->b, '}');
}

static void
calls(struct writing *w, const struct group *g)
{
	emit_kint(&w->b, "calls", g->calls);
	emit_kint(&w->b, "priced", g->priced);
	emit_kint(&w->b, "unpriced", g->unpriced);
	emit_kint(&w->b, "without_usage", g->unknown);
	emit_kint(&w->b, "input", g->input);
	emit_kint(&w->b, "cache_read", g->cache_read);
	emit_kint(&w->b, "cache_write", g->cache_write);
	emit_kint(&w->b, "output", g->output);
	money(w, "inference", g->cost);
	emit_kint(&w->b, "retries", g->retries);
	money(w, "retries_cost", g->retry);
	emit_kint(&w->b, "failures", g->failures);
	money(w, "failures_cost", g->failed);
}

static void
margins(struct writing *w, dec revenue, dec inference, dec shared)
{
	money(w, "revenue", revenue);
	maybe(w, "margin_inference_percent",
	    report_percent(w->arena, revenue - inference, revenue, 2));
	maybe(w, "margin_percent",
	    report_percent(w->arena, revenue - inference - shared, revenue, 2));
	maybe(w, "gap_points", report_percent(w->arena, shared, revenue, 2));
}

static void
emit_list(struct writing *w, const char *key, const str *items, size_t n)
{
	emit_key(&w->b, key);
	emit_open(&w->b, '[');
	for (size_t i = 0; i < n; i++)
		emit_str(&w->b, items[i]);
	emit_close(&w->b, ']');
}

static void
write_summary(struct writing *w)
{
	const struct result *r = w->r;
	const struct price_book *book = r->plan->book;

	begin(w, "cogs");
	emit_kstr(&w->b, "currency", book->currency);
	emit_kstr(&w->b, "prices", book->name);
	emit_kstr(&w->b, "prices_sha256", book->digest);
	if (book->date != INT64_MIN)
		emit_kstr(&w->b, "prices_date", when_print(w->arena, book->date));
	calls(w, &r->total_group);
	emit_kint(&w->b, "groups", (int64_t)r->count);
	money(w, "shared", r->total.shared);
	money(w, "unallocated", r->unallocated);
	money(w, "total", r->total_group.cost + r->total.shared);
	maybe(w, "inference_percent",
	    report_percent(
		w->arena, r->total_group.cost, r->total_group.cost + r->total.shared, 2));
	if (r->total.has_revenue)
		margins(w, r->total.revenue, r->total_group.cost, r->total.shared);
	emit_kbool(&w->b, "at_most", report_at_most(r, w->f));
	emit_list(w, "missing", w->f->missing, w->f->missing_count);
	tasks(w, &r->total_tasks, r->total_group.cost + r->total.shared);
	emit_kint(&w->b, "cached", r->tally->cached);
	emit_kint(&w->b, "without_task", r->tally->no_task);
	emit_kint(&w->b, "duplicate_keys", w->f->counters->duplicates);
	emit_kint(&w->b, "lone_surrogates", w->f->counters->surrogates);
	end(w);
}

static void
write_line(struct writing *w, const struct line *l)
{
	begin(w, "cogs-line");
	emit_kstr(&w->b, "category", l->category);
	money(w, "amount", l->amount);
	money(w, "allocated", l->allocated);
	money(w, "unallocated", l->unallocated);
	emit_kstr(&w->b, "driver", l->driver);
	emit_kstr(&w->b, "owner", l->owner);
	emit_kstr(&w->b, "source", l->source);
	emit_ktext(&w->b, "behaviour", behaviours[l->behaves]);
	emit_kint(&w->b, "rows", l->rows);
	emit_kstr(&w->b, "why", l->why);
	end(w);
}

static void
write_parts(struct writing *w, const struct row *row)
{
	if (row->parts == NULL)
		return;
	emit_key(&w->b, "parts");
	emit_open(&w->b, '[');
	for (size_t i = 0; i < w->r->line_count; i++) {
		emit_open(&w->b, '{');
		emit_kstr(&w->b, "category", w->r->lines[i].category);
		money(w, "amount", row->parts[i]);
		emit_close(&w->b, '}');
	}
	emit_close(&w->b, ']');
}

static void
write_group(struct writing *w, const struct row *row)
{
	const struct plan *plan = w->r->plan;
	bool known;

	begin(w, "cogs-group");
	emit_key(&w->b, "by");
	emit_open(&w->b, '{');
	for (size_t i = 0; i < plan->by_count; i++) {
		str value = key_value(w->arena, row->key, i, &known);
		emit_key(&w->b, plan->by[i].name);
		if (known)
			emit_str(&w->b, value);
		else
			emit_null(&w->b);
	}
	emit_close(&w->b, '}');
	calls(w, row->group);
	money(w, "shared", row->shared);
	money(w, "total", row->group->cost + row->shared);
	if (row->has_revenue)
		margins(w, row->revenue, row->group->cost, row->shared);
	if (row->tasks->tasks + row->tasks->resolved > 0)
		tasks(w, row->tasks, row->group->cost + row->shared);
	write_parts(w, row);
	end(w);
}

static void
write_miss(struct writing *w, const struct miss *m)
{
	begin(w, "cogs-unpriced");
	emit_kstr(&w->b, "model", m->model);
	emit_kstr(&w->b, "service_tier", m->tier);
	emit_ktext(&w->b, "why", price_states[m->state]);
	emit_kint(&w->b, "calls", m->sum.calls);
	for (int i = 0; i < USED_CLASSES; i++)
		if (m->sum.n[i] > 0)
			emit_kint(&w->b, used_names[i], m->sum.n[i]);
	end(w);
}

static void
write_assumption(struct writing *w, const struct assumption *a)
{
	begin(w, "cogs-assumed");
	emit_kstr(&w->b, "model", a->model);
	emit_ktext(&w->b, "class", used_names[a->class]);
	emit_kint(&w->b, "count", a->count);
	end(w);
}

void
report_json(const struct result *r, const struct facts *f)
{
	struct arena a = { 0 };
	struct writing w = { .r = r, .f = f, .arena = &a };
	struct miss *misses;
	struct assumption *assumed;

	write_summary(&w);
	for (size_t i = 0; i < r->line_count; i++)
		write_line(&w, &r->lines[i]);
	for (size_t i = 0; i < r->count; i++) {
		arena_reset(&a);
		write_group(&w, &r->rows[i]);
	}
	size_t n = report_misses(&a, r->tally, &misses);
	for (size_t i = 0; i < n; i++)
		write_miss(&w, &misses[i]);
	n = report_assumptions(&a, r->tally, &assumed);
	for (size_t i = 0; i < n; i++)
		write_assumption(&w, &assumed[i]);
	buf_free(&w.b);
	arena_free(&a);
}
