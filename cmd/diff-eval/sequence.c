/* sequence.c - stopping as soon as the question is answered, at no price in error.
 *
 * Two bets run against "the mean difference is at least -margin" and "is at most -margin";
 * each is an e-value at any time, so to stop when one reaches 1/0.025 errs in at most 2.5 %
 * a side however often one looks.  Pairs of one session are no independent rounds of a bet:
 * a session is one round, placed when it has been silent for IDLE pairs; what comes of it
 * later does not count.  Sessions up to twice the mean size of those before count by their
 * pairs, larger ones as a whole: so no round can lose all, and none is worth next to nothing
 * because some other session was huge. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/recent.h"
#include "diff.h"

#define IDLE   256
#define SURE   40 /* 1 / 0.025 */
#define CLOSED 65536

struct unit {
	uint64_t cluster;
	int64_t last; /* the number of its last pair */
	double sum, count;
};

struct sequence {
	struct bet worse, safe;
	struct unit open[IDLE + 1];
	size_t open_count;
	struct recent *closed;
	int64_t pairs, units, late;
	double placed; /* pairs, in all rounds */
	bool unfit;
};

struct sequence *
sequence_new(const struct policy *p)
{
	struct sequence *s = mem_new(sizeof *s);

	s->worse = (struct bet){ .mean = -p->margin, .up = false };
	s->safe = (struct bet){ .mean = -p->margin, .up = true };
	s->closed = recent_new(1, CLOSED);
	return s;
}

static void
place(struct sequence *s, const struct unit *u)
{
	double usual = s->units > 0 ? 2 * s->placed / (double)s->units : 1;
	double most = fmax(u->count, s->placed > (double)s->units ? usual : 1);

	bet_take(&s->worse, u->sum, u->count, most);
	bet_take(&s->safe, u->sum, u->count, most);
	s->units++;
	s->placed += u->count;
}

static str
name_of(const struct unit *u)
{
	return (str){ (const char *)&u->cluster, sizeof u->cluster };
}

static void
close_unit(struct sequence *s, size_t i)
{
	place(s, &s->open[i]);
	recent_put(s->closed, name_of(&s->open[i]));
	s->open[i] = s->open[--s->open_count];
}

/* The session's open round; NULL: it was closed. */
static struct unit *
unit_of(struct sequence *s, uint64_t cluster)
{
	struct unit fresh = { .cluster = cluster };

	for (size_t i = s->open_count; i-- > 0;)
		if (s->open[i].cluster != cluster && s->open[i].last < s->pairs - IDLE)
			close_unit(s, i);
	for (size_t i = 0; i < s->open_count; i++)
		if (s->open[i].cluster == cluster)
			return &s->open[i];
	if (recent_get(s->closed, name_of(&fresh)) != NULL)
		return NULL;
	s->open[s->open_count] = fresh;
	return &s->open[s->open_count++];
}

/* The difference in what decides first. */
static double
difference(const struct measures *all, const struct pair *p)
{
	const double *x = p->old->values, *y = p->new->values;

	if (isfinite(x[M_ALL]) && isfinite(y[M_ALL]))
		return y[M_ALL] - x[M_ALL];
	for (size_t m = M_STATUS; m < all->count; m++)
		if (all->of[m].asked && all->of[m].number && isfinite(x[m]) && isfinite(y[m]))
			return y[m] - x[m];
	return NAN;
}

void
sequence_add(struct sequence *s, const struct measures *all, const struct pair *p)
{
	double d = difference(all, p);

	s->unfit |= d > 1 || d < -1;
	if (isnan(d) || s->unfit)
		return;
	s->pairs++;
	if (!p->where.session) {
		place(s, &(struct unit){ .sum = d, .count = 1 });
		return;
	}
	struct unit *u = unit_of(s, p->where.cluster);
	if (u == NULL) {
		s->late++;
		return;
	}
	u->last = s->pairs;
	u->sum += d;
	u->count++;
}

void
sequence_end(struct sequence *s)
{
	while (s->open_count > 0)
		close_unit(s, s->open_count - 1);
}

struct sequence_end
sequence_result(const struct sequence *s)
{
	struct sequence_end e = { .e_worse = bet_value(&s->worse),
		.e_safe = bet_value(&s->safe),
		.units = s->units,
		.late = s->late,
		.unfit = s->unfit };

	e.worse = !s->unfit && e.e_worse >= SURE;
	e.safe = !s->unfit && e.e_safe >= SURE;
	return e;
}

void
sequence_free(struct sequence *s)
{
	if (s == NULL)
		return;
	recent_free(s->closed);
	free(s);
}
