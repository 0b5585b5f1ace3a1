/* labels.c - people's words about some of the pairs, and what they say about the judge.
 *
 * A judge (a model, a program, a pattern) errs.  Where people labelled a random part of the
 * pairs, its errors are known there and taken out of the rates: prediction-powered
 * inference with its weight tuned (Angelopoulos, Duchi, Zrnic 2023, PPI++; arXiv 2311.01453),
 *   rate = mean(y) + w (mean of f over all pairs - mean of f over labelled pairs),
 * y the label, f the judge's value; w is 0 where the judge tells nothing. */
#include "diff.h"

/* Sums over all pairs, and over the labelled ones. */
struct sums {
	double n, f, ff;
	double m, y, yy, g, gg, gy; /* labelled; g: the judge's value there */
};

struct labels {
	struct table of; /* by id */
	size_t measure;  /* 0: not yet known */
	struct sums old, new, diff;
	int64_t words[9], sides[4]; /* label by judge: preferences; yes and no */
	bool preferences;
};

struct label {
	double old, new;
	bool preference;
};

static bool
read_value(const struct scan_value *v, double *x)
{
	if (v->kind == KIND_TRUE || v->kind == KIND_FALSE) {
		*x = v->kind == KIND_TRUE;
		return true;
	}
	return v->kind == KIND_NUMBER && str_real(v->raw, x) && isfinite(*x);
}

/* {"id","label":"candidate|baseline|tie"} or {"id","baseline":V,"candidate":V}. */
static bool
read_label(struct in *in, const struct rec *rec, struct label *l)
{
	str word = in_text(in, rec, IN_FIELDS + 1);

	*l = (struct label){ str_is(word, "baseline"), str_is(word, "candidate"), true };
	if (l->old == 1 || l->new == 1 || str_is(word, "tie"))
		return true;
	l->preference = false;
	return read_value(&rec->values[IN_FIELDS + 2], &l->old) &&
	    read_value(&rec->values[IN_FIELDS + 3], &l->new);
}

struct labels *
labels_read(struct arena *a, const char *file)
{
	static const char *const names[] = { IN_NAMES, "id", "label", "baseline", "candidate",
		NULL };
	const struct in_options o = IN_DEFAULTS;
	char *operands[] = { (char *)(uintptr_t)file, NULL };
	struct labels *all = ARENA_NEW(a, struct labels);
	struct in *in = in_open(&o, names, operands);
	struct label label;
	struct rec rec;

	all->of.size = sizeof label;
	while (in_record(in, &rec)) {
		str id = in_text(in, &rec, IN_FIELDS);
		if (id.len == 0 || !read_label(in, &rec, &label))
			in_reject(in, &rec,
			    "no label: it needs id, and label (candidate, baseline, tie) or "
			    "baseline and candidate");
		else
			*(struct label *)table_put(&all->of, id) = label;
	}
	int status = in_status(in);
	in_close(in);
	if (status != EXIT_YES)
		die(status == EXIT_SYSTEM ? EXIT_SYSTEM : EXIT_USAGE,
		    "--labels: %s cannot be used", file);
	return all;
}

void
labels_free(struct labels *all)
{
	if (all != NULL)
		table_free(&all->of);
}

size_t
labels_measure(const struct measures *all)
{
	for (size_t m = M_STATUS; m < all->count; m++)
		if (all->of[m].asked)
			return m;
	return M_ALL;
}

static void
add_sum(struct sums *s, double f, const double *y)
{
	s->n++;
	s->f += f;
	s->ff += f * f;
	if (y == NULL)
		return;
	s->m++;
	s->y += *y;
	s->yy += *y * *y;
	s->g += f;
	s->gg += f * f;
	s->gy += f * *y;
}

static int
sign(double x)
{
	return (x > 0) - (x < 0);
}

static void
compare(struct labels *all, const struct label *l, double old, double new)
{
	all->preferences |= l->preference;
	all->words[3 * (sign(l->new - l->old) + 1) + sign(new - old) + 1]++;
	all->sides[2 * (l->old >= 0.5) + (old >= 0.5)]++;
	all->sides[2 * (l->new >= 0.5) + (new >= 0.5)]++;
}

void
labels_add(struct labels *all, const struct measures *measures, const struct pair *p)
{
	size_t m = all->measure = labels_measure(measures);
	double old = p->old->values[m], new = p->new->values[m];
	const struct label *l = table_find(&all->of, p->id);

	if (!isfinite(old) || !isfinite(new) || p->excused)
		return;
	double d = l != NULL ? l->new - l->old : 0;
	add_sum(&all->old, old, l != NULL ? &l->old : NULL);
	add_sum(&all->new, new, l != NULL ? &l->new : NULL);
	add_sum(&all->diff, new - old, l != NULL ? &d : NULL);
	if (l != NULL)
		compare(all, l, old, new);
}

static double
ppi(const struct sums *s, struct interval *ci)
{
	double m = s->m, n = s->n;

	*ci = (struct interval){ NAN, NAN };
	if (m < 2)
		return NAN;
	double y = s->y / m, g = s->g / m, f = s->f / n;
	double var_y = (s->yy - m * y * y) / (m - 1), var_g = (s->gg - m * g * g) / (m - 1),
	       cov = (s->gy - m * g * y) / (m - 1), var_f = s->ff / n - f * f;
	double w = var_g > 0 && var_f > 0 ? cov / ((1 + m / n) * var_f) : 0;
	w = fmin(1, fmax(0, w));
	double rest = fmax(0, var_y - 2 * w * cov + w * w * var_g);
	double se = sqrt(rest / m + w * w * var_f / n), rate = y + w * (f - g);
	double half = stat_t_quantile(m - 1) * se;
	if (rest <= 0) /* labels that never vary: as Wilson has it for none of m */
		half = fmax(half, STAT_Z95 * STAT_Z95 / (m + STAT_Z95 * STAT_Z95));
	*ci = (struct interval){ rate - half, rate + half };
	return rate;
}

struct corrected
labels_result(const struct labels *all)
{
	struct corrected c = { .labelled = (int64_t)all->diff.m,
		.n = (int64_t)all->diff.n,
		.measure = all->measure,
		.kappa =
		    all->preferences ? stat_kappa(all->words, 3) : stat_kappa(all->sides, 2) };

	c.baseline = ppi(&all->old, &c.of_baseline);
	c.candidate = ppi(&all->new, &c.of_candidate);
	c.diff = ppi(&all->diff, &c.of_diff);
	return c;
}
