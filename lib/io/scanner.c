/* scanner.c - one thread's way through records: by their shape, by their keys, or plainly. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/scan_level.h"

#define SLACK  64    /* bytes behind a record that the fast ways look at */
#define WINDOW 1024  /* records after which the shapes' hits are judged */
#define PAUSE  65536 /* records without shapes, where those did not help */

struct scanner {
	const struct scan *scan;
	const struct scan_way *way; /* NULL: plainly */
	struct scan_value *values;
	struct shapes shapes;
	const struct shape *last; /* whose slots the values fill; NULL: any may be filled */
	uint32_t tries, hits;     /* in this window */
	uint32_t pause;           /* records until shapes are used again */
	bool use_shapes;
	uint64_t duplicates, surrogates;
	struct shape_step steps[SHAPE_MAX_STEPS];
};

enum scan_level
scan_best(void)
{
#ifdef __x86_64__
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2"))
		return SCAN_AVX512;
	return __builtin_cpu_supports("avx2") ? SCAN_AVX2 : SCAN_SSE2;
#else
	return SCAN_PLAIN;
#endif
}

static const struct scan_way *
way_of(enum scan_level level)
{
#ifdef __x86_64__
	static const struct scan_way *const ways[] = { NULL, &scan_sse2, &scan_avx2,
		&scan_avx512 };

	return ways[level];
#else
	(void)level;
	return NULL;
#endif
}

struct scanner *
scanner_new(const struct scan *scan)
{
	struct scanner *s = mem_new(sizeof *s);

	s->scan = scan;
	s->values = mem_new((scan->count + 1) * sizeof *s->values);
	s->way = way_of(scan_best());
	s->use_shapes = true;
	return s;
}

void
scanner_limit(struct scanner *s, enum scan_level most, bool shapes)
{
	s->way = way_of(most < scan_best() ? most : scan_best());
	s->use_shapes = shapes;
}

void
scanner_free(struct scanner *s)
{
	shapes_free(&s->shapes);
	free(s->values);
	free(s);
}

static void
clear(struct scanner *s)
{
	memset(s->values, 0, s->scan->count * sizeof *s->values);
}

/* Another shape than the last one fills other slots. */
static void
change_shape(struct scanner *s, const struct shape *now)
{
	for (size_t i = 0; i < s->last->slot_count; i++) {
		size_t slot = s->last->slots[i], k = 0;
		while (k < now->slot_count && now->slots[k] != slot)
			k++;
		if (k == now->slot_count)
			s->values[slot] = (struct scan_value){ 0 };
	}
}

/* Half a surrogate pair in what was found: only strings with escapes can have one. */
static void
count_surrogates(struct scanner *s)
{
	for (size_t i = 0; i < s->scan->count; i++) {
		const struct scan_value *v = &s->values[i];
		if (v->kind == KIND_STRING && !v->plain &&
		    lex_lone((str){ v->raw.at + 1, v->raw.len - 2 })) {
			s->surrogates++;
			return;
		}
	}
}

static bool
by_shape(struct scanner *s, str record, int depth)
{
	struct scan_pass pass = { record.at + record.len, depth, s->values, false, false, NULL,
		0 };

	if (s->last == NULL)
		clear(s);
	const struct shape *shape = s->way->match(&pass, &s->shapes, record);
	if (shape == NULL) {
		s->last = NULL;
		return false;
	}
	if (s->last != NULL && s->last != shape)
		change_shape(s, shape);
	s->last = shape;
	s->hits++;
	if (pass.escaped)
		count_surrogates(s);
	return true;
}

static bool
by_keys(struct scanner *s, str record, int depth, bool learn)
{
	struct scan_pass pass = { record.at + record.len, depth, s->values, false, false,
		learn ? s->steps : NULL, 0 };

	s->last = NULL;
	clear(s);
	if (!s->way->walk(&pass, &s->scan->root, record))
		return false;
	s->duplicates += pass.duplicate;
	if (pass.escaped)
		count_surrogates(s);
	if (pass.steps != NULL)
		shapes_learn(&s->shapes, record, pass.steps, pass.step_count);
	return true;
}

/* Where fewer than half of the records have a known shape, looking for one costs more than
 * it gives. */
static bool
shapes_help(struct scanner *s)
{
	if (!s->use_shapes || s->pause > 0) {
		s->pause -= s->pause > 0;
		return false;
	}
	if (++s->tries < WINDOW)
		return true;
	bool help = s->hits * 2 >= s->tries;
	s->tries = s->hits = 0;
	if (!help) {
		shapes_free(&s->shapes);
		s->last = NULL;
		s->pause = PAUSE;
	}
	return help;
}

/* The plain way, which says why; it counts like the others. */
static bool
plainly(struct scanner *s, str record, int depth, struct doc_error *error)
{
	bool duplicate = false;

	s->last = NULL;
	if (!scan_read_counting(s->scan, record, depth, s->values, error, &duplicate))
		return false;
	s->duplicates += duplicate;
	count_surrogates(s);
	return true;
}

struct scan_value *
scanner_read(struct scanner *s, str record, size_t slack, int depth, struct doc_error *error)
{
	int deep = depth > 0 ? depth : LEX_DEPTH;

	if (s->way != NULL && slack >= SLACK) {
		bool shapes = shapes_help(s);
		if ((shapes && by_shape(s, record, deep)) || by_keys(s, record, deep, shapes))
			return s->values;
	}
	return plainly(s, record, depth, error) ? s->values : NULL;
}

uint64_t
scanner_duplicates(const struct scanner *s)
{
	return s->duplicates;
}

uint64_t
scanner_surrogates(const struct scanner *s)
{
	return s->surrogates;
}
