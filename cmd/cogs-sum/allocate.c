/* allocate.c - shared lines divided among the groups. */
#include "allocate.h"

#include <stdlib.h>
#include <string.h>

#include "base/key.h"
#include "base/mem.h"

/* A set of rows that a part of a line goes to. */
struct share {
	struct result *result;
	const struct figures *figures;
	struct line *line;
	size_t at; /* of the line */
	size_t *rows, count;
	dec *weights, *parts;
	str *keys;
};

static str
first_value(str key)
{
	return str_cut(&key, '|');
}

/* What is measured here under that name; false: nothing is. */
static bool
measured(const struct row *r, str driver, dec *weight)
{
	const struct group *g = r->group;
	const struct {
		str name;
		dec value;
	} measures[] = {
		{ STR_INIT("even"), 1 },
		{ STR_INIT("direct"), g->cost },
		{ STR_INIT("calls"), g->calls },
		{ STR_INIT("tokens"), (dec)g->input + g->output },
		{ STR_INIT("input"), g->input },
		{ STR_INIT("output"), g->output },
		{ STR_INIT("tasks"), r->tasks->tasks },
		{ STR_INIT("resolved"), r->tasks->resolved },
	};

	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		if (str_eq(driver, measures[i].name)) {
			*weight = measures[i].value;
			return true;
		}
	return false;
}

/* "acme=60,beta=40": the weight of a key; false: the driver is no such list. */
static bool
fixed(str driver, str key, dec *weight)
{
	str rest = driver;

	*weight = 0;
	if (str_find(driver, '=') == driver.len)
		return false;
	while (rest.at != NULL) {
		str value = str_cut(&rest, ','), name = str_trim(str_cut(&value, '='));
		if (value.at != NULL && str_eq(name, key) &&
		    dec_parse(str_trim(value), weight) > DEC_ROUNDED)
			*weight = -1;
	}
	return true;
}

/* Weights of groups that are none here (misspelt, or without calls) are the others' gain. */
static void
warn_of_strangers(const struct share *s, str driver, bool parents)
{
	str rest = driver;

	while (str_find(driver, '=') < driver.len && rest.at != NULL) {
		str value = str_cut(&rest, ','), name = str_trim(str_cut(&value, '='));
		bool here = false;
		for (size_t i = 0; i < s->count && !here; i++) {
			str key = s->result->rows[s->rows[i]].key;
			here = str_eq(name, parents ? first_value(key) : key);
		}
		if (!here)
			warn("--lines: %.*s: '%.*s' has a weight and is no group here: "
			     "the others share what is its",
			    STR_F(s->line->category), STR_F(name));
	}
}

static bool
weight_of(const struct share *s, const struct row *r, str driver, dec *weight)
{
	if (fixed(driver, r->key, weight) || figures_get(s->figures, driver, r->key, weight))
		return true;
	char name[256];
	if (driver.len < sizeof name) {
		memcpy(name, driver.at, driver.len);
		name[driver.len] = '\0';
		if (figures_has(s->figures, name))
			return true; /* other groups have it, this one none */
	}
	return measured(r, driver, weight);
}

static void
stay(struct share *s, dec amount, const char *why, str driver)
{
	tally_add(&s->line->unallocated, amount);
	if (s->line->why.len == 0)
		s->line->why = arena_printf(s->result->arena, "%s '%.*s'", why, STR_F(driver));
}

/* Weights of all, or false and why they cannot be used. */
static bool
weigh(struct share *s, str driver, const char **why)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct row *r = &s->result->rows[s->rows[i]];
		s->keys[i] = r->key;
		if (!weight_of(s, r, driver, &s->weights[i])) {
			*why = "nothing is known of the driver";
			return false;
		}
		if (s->weights[i] < 0) {
			*why = "a group has a negative amount of the driver";
			return false;
		}
	}
	return true;
}

/* Among the rows of the share. */
static void
divide(struct share *s, dec amount, str driver)
{
	const char *why = NULL;
	dec sum = 0;

	if (!weigh(s, driver, &why)) {
		stay(s, amount, why, driver);
		return;
	}
	if (!dec_allocate(amount, (int)s->result->plan->o->places, s->weights, s->keys,
		s->count, s->parts)) {
		stay(s, amount, "no group has any of the driver", driver);
		return;
	}
	for (size_t i = 0; i < s->count; i++) {
		tally_add(&s->result->rows[s->rows[i]].parts[s->at], s->parts[i]);
		sum += s->parts[i];
	}
	tally_add(&s->line->allocated, sum);
	tally_add(&s->line->unallocated, amount - sum); /* less than a unit */
}

/* What --drivers says of a value of the first dimension: all its groups together. */
static bool
parent_weight(const struct share *s, str parent, str driver, dec *weight)
{
	const struct figures *f = s->figures;
	dec one;
	bool found = false;

	*weight = 0;
	for (size_t i = 0; i < table_count(&f->keys); i++) {
		str key = table_key(&f->keys, i);
		if (str_eq(first_value(key), parent) && figures_get(f, driver, key, &one)) {
			tally_add(weight, one);
			found = true;
		}
	}
	return found;
}

/* The values of the first dimension, and what each gets. */
struct stage {
	struct map parents;
	size_t *of; /* by row of the share */
	dec *weights, *parts;
	str *names;
};

/* The rows of one parent together. */
static const char *
rows_weight(const struct share *s, const struct stage *t, size_t parent, str driver)
{
	dec one;

	for (size_t i = 0; i < s->count; i++) {
		if (t->of[i] != parent)
			continue;
		if (!weight_of(s, &s->result->rows[s->rows[i]], driver, &one))
			return "nothing is known of the driver";
		if (one < 0)
			return "a group has a negative amount of the driver";
		if (str_is(driver, "even"))
			t->weights[parent] = 1;
		else
			tally_add(&t->weights[parent], one);
	}
	return NULL;
}

static const char *
weigh_parents(const struct share *s, struct stage *t, str driver)
{
	for (size_t i = 0; i < s->count; i++)
		t->of[i] = map_slot(&t->parents, first_value(s->result->rows[s->rows[i]].key));
	for (size_t p = 0; p < t->parents.count; p++) {
		t->names[p] = map_key(&t->parents, p);
		if (fixed(driver, t->names[p], &t->weights[p]) ||
		    parent_weight(s, t->names[p], driver, &t->weights[p]))
			continue;
		const char *why = rows_weight(s, t, p, driver);
		if (why != NULL)
			return why;
	}
	return NULL;
}

/* What each parent got, among its rows. */
static void
divide_parents(struct share *s, const struct stage *t, str driver)
{
	struct share inner = *s;
	dec left = s->line->amount;

	inner.rows = mem_new((s->count + 1) * sizeof *inner.rows);
	for (size_t p = 0; p < t->parents.count; p++) {
		inner.count = 0;
		for (size_t i = 0; i < s->count; i++)
			if (t->of[i] == p)
				inner.rows[inner.count++] = s->rows[i];
		divide(&inner, t->parts[p], driver);
		left -= t->parts[p];
	}
	tally_add(&s->line->unallocated, left);
	free(inner.rows);
}

/* First among the values of the first dimension, then inside each. */
static void
two_stages(struct share *s, str first, str second)
{
	size_t n = s->count + 1;
	struct stage t = { .of = mem_new(n * sizeof *t.of),
		.weights = mem_new(n * sizeof *t.weights),
		.parts = mem_new(n * sizeof *t.parts),
		.names = mem_new(n * sizeof *t.names) };
	const char *why = weigh_parents(s, &t, first);

	if (why != NULL)
		stay(s, s->line->amount, why, first);
	else if (!dec_allocate(s->line->amount, (int)s->result->plan->o->places, t.weights,
		     t.names, t.parents.count, t.parts))
		stay(s, s->line->amount, "no group has any of the driver", first);
	else
		divide_parents(s, &t, second);
	map_free(&t.parents);
	free(t.of);
	free(t.weights);
	free(t.parts);
	free(t.names);
}

static void
one_line(struct share *s)
{
	str second = s->line->driver, first = str_trim(str_cut(&second, '>'));

	warn_of_strangers(s, first, second.at != NULL);
	if (first.len == 0 || str_is(first, "none"))
		s->line->unallocated = s->line->amount;
	else if (second.at != NULL)
		two_stages(s, first, str_trim(second));
	else
		divide(s, s->line->amount, first);
}

void
allocate(struct result *r, const struct figures *figures)
{
	struct share s = { .result = r, .figures = figures, .count = r->count };

	s.rows = mem_new((r->count + 1) * sizeof *s.rows);
	s.weights = mem_new((r->count + 1) * sizeof *s.weights);
	s.parts = mem_new((r->count + 1) * sizeof *s.parts);
	s.keys = mem_new((r->count + 1) * sizeof *s.keys);
	for (size_t i = 0; i < r->count; i++)
		s.rows[i] = i;
	for (size_t l = 0; l < r->line_count; l++) {
		s.line = &r->lines[l];
		s.at = l;
		one_line(&s);
		tally_add(&r->unallocated, s.line->unallocated);
	}
	free(s.rows);
	free(s.weights);
	free(s.parts);
	free(s.keys);
}
