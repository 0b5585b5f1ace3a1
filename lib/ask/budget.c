/* budget.c - how many calls and tokens may still be spent, and how fast.
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
budget_new(struct arena *a, const struct ask_options *o)
{
	struct budget *b = ARENA_NEW(a, struct budget);

	b->max_calls = o->max_calls;
	b->max_tokens = o->max_tokens;
	if (o->rate != NULL)
		b->gap = parse_rate(o->rate);
	return b;
}

/* The most that a call can take: the prompt as it was counted when it was recorded, else
 * a token a byte; and the answer up to its limit. */
static int64_t
most_of(struct job *j)
{
	static const char *const limits[] = { "max_completion_tokens", "max_output_tokens",
		"max_tokens", NULL };
	struct arena a = { 0 };
	const struct doc *request = doc_read(&a, j->out->body);
	int64_t input = j->input_tokens, output = UNLIMITED_OUTPUT;

	if (input < 0)
		input = (int64_t)j->out->body.len;
	for (const char *const *l = limits; *l != NULL; l++)
		if (doc_int(doc_get(request, *l), &output))
			break;
	arena_free(&a);
	return input + (output > 0 && output < INT64_MAX / 4 ? output : UNLIMITED_OUTPUT);
}

bool
budget_take(struct budget *b, struct job *j)
{
	int64_t most = b->max_tokens > 0 ? most_of(j) : 0;

	b->spent_by = NULL;
	if (b->max_calls > 0 && b->calls >= b->max_calls)
		b->spent_by = "max-calls";
	else if (b->max_tokens > 0 && b->spent + b->reserved + most > b->max_tokens)
		b->spent_by = "max-tokens";
	if (b->spent_by != NULL)
		return false;
	b->calls++;
	b->reserved += most;
	j->reserved = most;
	b->next = clock_ns() + b->gap;
	return true;
}

void
budget_settle(struct budget *b, struct job *j)
{
	const struct usage *u = &j->reply.answer.usage;
	bool known = u->input >= 0 && u->output >= 0;

	b->reserved -= j->reserved;
	if (known)
		b->spent += u->input + u->output;
	else if (j->status >= 200 && j->status < 300) /* not told: the worst is counted */
		b->spent += j->reserved;
	j->reserved = 0;
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
