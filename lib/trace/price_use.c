/* price_use.c - what an answer's usage costs. */
#include "trace/price_use.h"

#include "base/err.h"

struct price_book *
price_need(struct arena *a, const char *file)
{
	const struct price *other = NULL, *p;
	str why = { 0 };
	struct price_book *b = price_book(a, file, &why);

	if (b == NULL)
		die(EXIT_USAGE, "--prices: %s%s%.*s", file != NULL ? file : "",
		    file != NULL ? ": " : "", STR_F(why));
	p = price_overlap(b, &other);
	if (p != NULL)
		die(EXIT_USAGE,
		    "--prices: %.*s: %.*s: entries %zu and %zu hold at the same time, see "
		    "cogs-sum --check-prices",
		    STR_F(b->name), STR_F(p->model), p->line, other->line);
	return b;
}

static int64_t
known(int64_t n)
{
	return n > 0 ? n : 0;
}

static bool
put(struct used_counts *c, enum used class, int64_t n)
{
	c->n[class] = n;
	c->any |= (uint32_t)(n != 0) << class;
	return n >= 0 && n <= USED_MOST;
}

bool
price_counts(const struct usage *u, struct used_counts *c)
{
	int64_t hour = known(u->cache_write_1h), written = known(u->cache_write),
		read = known(u->cache_read), reasoning = known(u->reasoning);

	*c = (struct used_counts){ .prompt = u->input };
	bool ok = put(c, USED_INPUT, known(u->input) - read - written);
	ok = put(c, USED_CACHE_READ, read) && ok;
	ok = put(c, USED_CACHE_WRITE, written - hour) && ok;
	ok = put(c, USED_CACHE_WRITE_1H, hour) && ok;
	ok = put(c, USED_OUTPUT, known(u->output) - reasoning) && ok;
	ok = put(c, USED_REASONING, reasoning) && ok;
	ok = put(c, USED_REQUEST, 1) && ok;
	return ok && u->input >= 0;
}

bool
price_usage(
    const struct price_book *b, const struct price_of *of, const struct usage *u, dec *cost)
{
	const str models[] = { of->model, of->asked };
	const struct price *p = NULL;
	struct used_counts c;
	enum price_found state = PRICE_NO_MODEL;

	*cost = 0;
	if (!price_counts(u, &c))
		return false;
	for (size_t i = 0; i < 2 && state == PRICE_NO_MODEL; i++) {
		if (models[i].len == 0)
			continue;
		state = price_find(b, of->supposed, models[i], of->time, &p);
		if (state == PRICE_NO_MODEL)
			state = price_find(b, (str){ 0 }, models[i], of->time, &p);
	}
	const struct price_card *card =
	    state == PRICE_FOUND ? price_card(p, of->tier, c.prompt) : NULL;
	return card != NULL && price_apply(card, &c, cost, NULL) == PRICE_FOUND;
}
