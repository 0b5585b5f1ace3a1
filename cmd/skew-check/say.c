/* say.c - words for a reader. */
#include <math.h>

#include "report.h"

#define NAMED 8 /* regions named one by one */

str
say_time(struct arena *a, int64_t ns)
{
	int64_t seconds = ns / WHEN_SECOND - (ns % WHEN_SECOND < 0);
	str text = when_print(a, seconds * WHEN_SECOND);

	if (text.len != sizeof "2026-01-01T06:00:00Z" - 1)
		return text;
	return arena_printf(a, "%.10s %.8s", text.at, text.at + 11);
}

str
say_clock(struct arena *a, int64_t ns)
{
	return str_from(say_time(a, ns), sizeof "2026-01-01 " - 1);
}

str
say_span(struct arena *a, int64_t ns)
{
	long long s = (ns + WHEN_SECOND / 2) / WHEN_SECOND;

	if (s < 60)
		return arena_printf(a, "%llds", s);
	if (s < 3600)
		return arena_printf(a, "%lldm %02llds", s / 60, s % 60);
	if (s < 86400)
		return arena_printf(a, "%lldh %02lldm", s / 3600, s / 60 % 60);
	return arena_printf(a, "%lldd %02lldh", s / 86400, s / 3600 % 24);
}

str
say_percent(struct arena *a, struct share s)
{
	double p = 100 * share_of(s);

	return s.n == 0 ? STR("-") : arena_printf(a, p < 10 ? "%.2f %%" : "%.1f %%", p);
}

str
say_places(struct arena *a, const struct artifact *of, const size_t *places, size_t count)
{
	str text = { 0 };

	for (size_t i = 0; i < count && i < NAMED; i++)
		text = arena_printf(a, "%.*s%s%.*s", STR_F(text), i > 0 ? ", " : "",
		    STR_F(of->places[places[i]].region));
	if (count > NAMED)
		text = arena_printf(a, "%.*s and %zu more", STR_F(text), count - NAMED);
	return text;
}

str
say_artifact(struct arena *a, const struct artifact *of)
{
	if (str_is(of->kind, "model"))
		return arena_printf(a, "model %.*s", STR_F(of->name));
	return of->name.len > 0 ? of->name : STR("prompt");
}
