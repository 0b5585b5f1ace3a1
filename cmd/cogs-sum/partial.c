/* partial.c - a tally as lines. */
#include "partial.h"

#include <stdlib.h>

#include "base/mem.h"
#include "io/emit.h"
#include "io/out.h"

/* The whole numbers and amounts of a state, by name. */
struct member {
	const char *name;
	size_t at;
	enum { MEMBER_INT, MEMBER_DEC, MEMBER_MARK } kind;
};

#define INT(type, name)                                                                        \
	{                                                                                      \
#name, offsetof(struct type, name), MEMBER_INT                                 \
	}
#define DEC(type, name)                                                                        \
	{                                                                                      \
#name, offsetof(struct type, name), MEMBER_DEC                                 \
	}
#define MARK(type, name)                                                                       \
	{                                                                                      \
#name, offsetof(struct type, name), MEMBER_MARK                                \
	}
#define LAST                                                                                   \
	{                                                                                      \
		NULL, 0, MEMBER_INT                                                            \
	}

static const struct member group_members[] = {
	DEC(group, cost),
	DEC(group, retry),
	DEC(group, failed),
	INT(group, calls),
	INT(group, priced),
	INT(group, retries),
	INT(group, failures),
	INT(group, input),
	INT(group, output),
	INT(group, cache_read),
	INT(group, cache_write),
	INT(group, unpriced),
	INT(group, unknown),
	LAST,
};

static const struct member task_members[] = {
	DEC(task, cost),
	INT(task, calls),
	MARK(task, resolved),
	MARK(task, unresolved),
	MARK(task, incomplete),
	LAST,
};

static const struct member counter_members[] = {
	INT(counters, records),
	INT(counters, bad),
	INT(counters, outside),
	INT(counters, timeless),
	INT(counters, duplicates),
	INT(counters, surrogates),
	LAST,
};

static const struct member tally_members[] = {
	INT(tally, cached),
	INT(tally, no_task),
	{ "outside_period", offsetof(struct tally, outside), MEMBER_INT },
	LAST,
};

static void
emit_members(struct buf *b, const void *state, const struct member *m)
{
	char text[DEC_TEXT];
	dec d;

	for (; m->name != NULL; m++) {
		const char *at = (const char *)state + m->at;
		switch (m->kind) {
		case MEMBER_INT:
			emit_kint(b, m->name, *(const int64_t *)(const void *)at);
			break;
		case MEMBER_MARK:
			emit_kbool(b, m->name, *(const bool *)(const void *)at);
			break;
		case MEMBER_DEC:
			d = *(const dec *)(const void *)at;
			emit_kstr(
			    b, m->name, (str){ text, dec_write(text, d, dec_decimals(d)) });
		}
	}
}

static bool
parse_members(void *state, const struct member *m, const struct doc *d)
{
	bool ok = true;

	for (; m->name != NULL; m++) {
		const struct doc *v = doc_get(d, m->name);
		char *at = (char *)state + m->at;
		switch (m->kind) {
		case MEMBER_INT:
			ok = doc_int(v, (int64_t *)(void *)at) && *(int64_t *)(void *)at >= 0 &&
			    ok;
			break;
		case MEMBER_MARK:
			*(bool *)(void *)at = doc_true(v);
			ok = v != NULL && ok;
			break;
		case MEMBER_DEC:
			ok = dec_parse(doc_text(v), (dec *)(void *)at) == DEC_EXACT &&
			    *(dec *)(void *)at >= 0 && ok;
		}
	}
	return ok;
}

struct writing {
	const struct tally *tally;
	bool before; /* its lines have capital letters */
	struct buf line, state;
};

static void
begin(struct writing *w, const char *kind, str key)
{
	buf_reset(&w->line);
	buf_text(&w->line, kind);
	if (w->before)
		w->line.at[0] = (char)(w->line.at[0] - 'a' + 'A');
	buf_add(&w->line, key);
	for (size_t i = 0; i < w->line.len; i++)
		if (w->line.at[i] == '\t')
			w->line.at[i] = '|';
	buf_reset(&w->state);
	emit_open(&w->state, '{');
	emit_kint(&w->state, "v", 1);
	emit_kstr(&w->state, "shape", w->tally->plan->shape);
}

static void
end(struct writing *w)
{
	emit_close(&w->state, '}');
	buf_byte(&w->line, '\t');
	buf_add(&w->line, buf_str(&w->state));
	out_line(buf_str(&w->line));
}

static void
write_group(struct writing *w, const struct table *t, size_t slot)
{
	begin(w, "g|", table_key(t, slot));
	emit_members(&w->state, table_at(t, slot), group_members);
	end(w);
}

static void
write_task(struct writing *w, const struct table *t, size_t slot)
{
	begin(w, "t|", table_key(t, slot));
	emit_members(&w->state, table_at(t, slot), task_members);
	end(w);
}

static void
write_rating(struct writing *w, const struct table *t, size_t slot)
{
	const struct rating *r = *(struct rating *const *)table_at(t, slot);
	int64_t calls = 0;

	for (size_t i = 0; i < r->count + RATING_LOST; i++)
		calls += r->sums[i].calls;
	if (calls == 0)
		return;
	begin(w, "m|", table_key(t, slot));
	emit_key(&w->state, "sums");
	emit_open(&w->state, '[');
	for (size_t i = 0; i < r->count + RATING_LOST; i++) {
		emit_open(&w->state, '[');
		emit_int(&w->state, r->sums[i].calls);
		for (int c = 0; c < USED_CLASSES; c++)
			emit_int(&w->state, r->sums[i].n[c]);
		emit_close(&w->state, ']');
	}
	emit_close(&w->state, ']');
	end(w);
}

static void
in_order(struct writing *w, const struct table *t,
    void (*write)(struct writing *, const struct table *, size_t))
{
	size_t n = table_count(t), *slots = table_sorted(t);

	for (size_t i = 0; i < n; i++)
		write(w, t, slots[i]);
	free(slots);
}

static void
write_tally(const struct tally *t, bool before, const struct counters *c)
{
	struct writing w = { .tally = t, .before = before };

	begin(&w, "c|", (str){ 0 });
	emit_members(&w.state, c, counter_members);
	emit_members(&w.state, t, tally_members);
	end(&w);
	in_order(&w, &t->groups, write_group);
	in_order(&w, &t->ratings.table, write_rating);
	in_order(&w, &t->tasks, write_task);
	buf_free(&w.line);
	buf_free(&w.state);
}

void
partial_write(const struct tally *t, const struct counters *c)
{
	static const struct counters none;

	if (c->records + c->bad + c->outside + c->timeless == 0)
		return;
	write_tally(t, false, c);
	if (t->before != NULL)
		write_tally(t->before, true, &none);
}

static bool
read_group(struct tally *t, str key, const struct doc *d)
{
	struct group g = { 0 };

	if (!parse_members(&g, group_members, d))
		return false;
	tally_join_group(tally_group(t, key, map_hash(key)), &g);
	return true;
}

/* Group and task are parted by the last bar. */
static bool
read_task(struct tally *t, str key, const struct doc *d)
{
	struct task task = { 0 };
	struct buf b = { 0 };
	size_t bar = key.len;

	while (bar > 0 && key.at[bar - 1] != '|')
		bar--;
	if (bar == 0 || !parse_members(&task, task_members, d))
		return false;
	buf_add(&b, key);
	b.at[bar - 1] = '\t';
	tally_join_task(tally_task(t, buf_str(&b), map_hash(buf_str(&b))), &task);
	buf_free(&b);
	return true;
}

static bool
read_sum(const struct doc *list, struct usage_sum *sum)
{
	size_t n = 0;

	DOC_EACH (d, list) {
		int64_t v;
		if (!doc_int(d, &v) || v < 0 || n > USED_CLASSES)
			return false;
		if (n == 0)
			sum->calls = v;
		else
			sum->n[n - 1] = v;
		n++;
	}
	return n == USED_CLASSES + 1;
}

static bool
read_rating(struct tally *t, str key, const struct doc *d)
{
	const struct doc *list = doc_get(d, "sums");
	struct rating *r = rating_restore(&t->ratings, key);
	struct usage_sum sums[PRICE_CARDS + RATING_LOST] = { 0 };
	size_t n = 0;

	if (r == NULL || doc_kind(list) != KIND_ARRAY ||
	    list->count != r->count + RATING_LOST || r->count > PRICE_CARDS)
		return false;
	DOC_EACH (one, list)
		if (!read_sum(one, &sums[n++]))
			return false;
	for (size_t i = 0; i < n; i++)
		rating_add(r, i, &sums[i]);
	return true;
}

static bool
read_counters(struct tally *t, struct counters *c, const struct doc *d)
{
	struct counters more = { 0 };
	struct tally other = { 0 };

	if (!parse_members(&more, counter_members, d) ||
	    !parse_members(&other, tally_members, d))
		return false;
	tally_count(&c->records, more.records);
	tally_count(&c->bad, more.bad);
	tally_count(&c->outside, more.outside);
	tally_count(&c->timeless, more.timeless);
	tally_count(&c->duplicates, more.duplicates);
	tally_count(&c->surrogates, more.surrogates);
	tally_count(&t->cached, other.cached);
	tally_count(&t->no_task, other.no_task);
	tally_count(&t->outside, other.outside);
	return true;
}

const char *
partial_read(struct tally *t, struct counters *c, str line)
{
	struct arena a = { 0 };
	str state = line, key = str_cut(&state, '\t');
	const struct doc *d = state.at != NULL ? doc_read(&a, state) : NULL;
	const char *why = NULL;
	int64_t version;
	bool ok = false, before = key.len > 0 && key.at[0] < 'a';
	char kind = key.len > 0 ? (char)(key.at[0] | 32) : '\0';

	if (d == NULL || key.len < 2 || key.at[1] != '|' || (before && t->before == NULL))
		why = "no key, tab and state of a partial";
	else if (!doc_int(doc_get(d, "v"), &version) || version != 1)
		why = "no partial of this version";
	else if (!str_eq(doc_text(doc_get(d, "shape")), t->plan->shape))
		why = "a partial made with other prices or options: not added";
	else if (kind == 'g')
		ok = read_group(before ? t->before : t, str_from(key, 2), d);
	else if (kind == 't')
		ok = read_task(before ? t->before : t, str_from(key, 2), d);
	else if (kind == 'm')
		ok = read_rating(before ? t->before : t, str_from(key, 2), d);
	else if (kind == 'c')
		ok = read_counters(before ? t->before : t, c, d);
	arena_free(&a);
	return why != NULL || ok ? why : "a partial that is broken";
}

/* Every task has its group, and what was read has counters. */
static bool
complete(const struct tally *t)
{
	for (size_t i = 0; i < table_count(&t->tasks); i++) {
		str rest = table_key(&t->tasks, i);
		if (table_find(&t->groups, str_cut(&rest, '\t')) == NULL)
			return false;
	}
	return t->before == NULL || complete(t->before);
}

const char *
partial_check(const struct tally *t, const struct counters *c)
{
	if (!complete(t))
		return "lines of groups are missing: their tasks are there";
	if (c->records == 0 && table_count(&t->groups) > 0)
		return "lines of counters are missing: their groups are there";
	return NULL;
}
