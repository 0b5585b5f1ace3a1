/* budget.c - how many calls and tokens, and how much money, may still be spent, and how fast.
 *
 * Before an attempt is sent the most that it can take is reserved; when it is over, what it
 * did take is counted instead.  So the limit holds with many calls in flight. */
#include "ask/ask.h"
#include "base/clock.h"
#include "data/when.h"

#define UNLIMITED_OUTPUT 4096 /* reserved for an answer that has no limit of its own */

struct budget {
	int64_t max_calls, max_tokens; /* 0: no limit */
	int64_t calls, spent, reserved;
	int64_t gap, next; /* ns between attempts, and when the next may be sent */
	const char *spent_by;
	const struct price_book *prices;
	dec max_cost, cost, cost_reserved; /* max_cost 0: no limit */
};

/* "50/min", "10/s", "1000/h": the time between two attempts. */
static int64_t
parse_rate(const char *text)
{
	static const struct {
		const char *name;
		int64_t ns;
	} units[] = { { "s", 1 }, { "sec", 1 }, { "second", 1 }, { "m", 60 }, { "min", 60 },
		{ "minute", 60 }, { "h", 3600 }, { "hour", 3600 } };
	str unit = str_of(text), number = str_cut(&unit, '/');
	double n;

	if (str_real(number, &n) && n > 0)
		for (size_t i = 0; i < sizeof units / sizeof *units; i++)
			if (str_is(unit, units[i].name)) {
				double gap = (double)(units[i].ns * WHEN_SECOND) / n;
				return gap < 1e15 ? (int64_t)gap : (int64_t)1e15;
			}
	die(EXIT_USAGE, "--rate: '%s' is not like 50/min, 10/s or 1000/h", text);
}

struct budget *
budget_new(struct arena *a, const struct ask_options *o, const struct price_book *prices)
{
	struct budget *b = ARENA_NEW(a, struct budget);

	b->max_calls = o->max_calls;
	b->max_tokens = o->max_tokens;
	b->prices = prices;
	if (o->max_cost != NULL &&
	    (dec_parse(str_of(o->max_cost), &b->max_cost) != DEC_EXACT || b->max_cost <= 0))
		die(EXIT_USAGE, "--max-cost: '%s' is no amount above 0", o->max_cost);
	if (o->rate != NULL)
		b->gap = parse_rate(o->rate);
	return b;
}

/* The most that a call can take: the prompt as it was counted when it was recorded, else
 * a token a byte; and the answer up to its limit. */
static struct usage
most_of(struct job *j)
{
	static const char *const limits[] = { "max_completion_tokens", "max_output_tokens",
		"max_tokens", NULL };
	struct arena a = { 0 };
	const struct doc *request = doc_read(&a, j->out->body);
	struct usage most = USAGE_NONE;

	most.input = j->input_tokens >= 0 ? j->input_tokens : (int64_t)j->out->body.len;
	most.output = UNLIMITED_OUTPUT;
	for (const char *const *l = limits; *l != NULL; l++)
		if (doc_int(doc_get(request, *l), &most.output))
			break;
	arena_free(&a);
	if (str_search(j->out->body, "cache_control") < j->out->body.len) {
		most.cache_write = most.input; /* which costs more than what is not kept */
		most.cache_write_1h =
		    str_search(j->out->body, "\"1h\"") < j->out->body.len ? most.input : 0;
	}
	if (most.output <= 0 || most.output >= INT64_MAX / 4)
		most.output = UNLIMITED_OUTPUT;
	return most;
}

/* What that costs; false where it is not known. */
static bool
cost_of(const struct budget *b, const struct job *j, const struct usage *u, dec *cost)
{
	const struct price_of of = { str_of(j->out->dialect->provider), j->reply.answer.model,
		j->out->model, TIER_STANDARD, PRICE_ANY_TIME };

	return price_usage(b->prices, &of, u, cost);
}

/* Is there money for it?  What has no price is not sent: it could cost anything. */
static bool
affords(struct budget *b, struct job *j, const struct usage *most)
{
	dec total = b->cost;

	if (!cost_of(b, j, most, &j->cost_reserved)) {
		b->spent_by = "max-cost: no price for the model";
		return false;
	}
	if (!dec_add(&total, b->cost_reserved) || !dec_add(&total, j->cost_reserved) ||
	    total > b->max_cost) {
		b->spent_by = "max-cost";
		j->cost_reserved = 0;
		return false;
	}
	b->cost_reserved += j->cost_reserved;
	return true;
}

bool
budget_take(struct budget *b, struct job *j)
{
	bool limited = b->max_tokens > 0 || b->max_cost > 0;
	struct usage most = limited ? most_of(j) : (struct usage)USAGE_NONE;
	int64_t tokens = limited ? most.input + most.output : 0;

	b->spent_by = NULL;
	if (b->max_calls > 0 && b->calls >= b->max_calls)
		b->spent_by = "max-calls";
	else if (b->max_tokens > 0 && b->spent + b->reserved + tokens > b->max_tokens)
		b->spent_by = "max-tokens";
	if (b->spent_by != NULL || (b->max_cost > 0 && !affords(b, j, &most)))
		return false;
	b->calls++;
	b->reserved += tokens;
	j->reserved = tokens;
	b->next = clock_ns() + b->gap;
	return true;
}

void
budget_settle(struct budget *b, struct job *j)
{
	const struct usage *u = &j->reply.answer.usage;
	bool known = u->input >= 0 && u->output >= 0;
	bool answered = j->status >= 200 && j->status < 300;
	dec cost = 0;

	b->reserved -= j->reserved;
	b->cost_reserved -= j->cost_reserved;
	if (known)
		b->spent += u->input + u->output;
	else if (answered) /* not told: the worst is counted */
		b->spent += j->reserved;
	if (b->max_cost > 0 && known && cost_of(b, j, u, &cost))
		b->cost += cost;
	else if (answered)
		b->cost += j->cost_reserved;
	j->reserved = 0;
	j->cost_reserved = 0;
}

const char *
budget_spent(const struct budget *b)
{
	return b->spent_by;
}

int64_t
budget_pause(struct budget *b)
{
	int64_t wait = b->gap > 0 ? b->next - clock_ns() : 0;

	return wait > 0 ? (wait + WHEN_MS - 1) / WHEN_MS : 0;
}

int64_t
budget_calls(const struct budget *b)
{
	return b->calls;
}
