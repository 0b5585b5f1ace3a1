/* sample.c - a part of the traffic, by whole sessions: a conversation is never split.
 *
 * A session is chosen by a hash of the seed and its name, so the choice does not depend on
 * order or on what else is there.  A share (5%) takes the sessions whose hash is low
 * enough, as they come.  A number takes that many with the lowest hashes: who they are is
 * known at the end only, so their records wait in a temporary file. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/table.h"
#include "capture.h"
#include "data/hash.h"
#include "io/out.h"

struct chosen {
	uint64_t hash;
	struct line {
		long at;
		size_t len;
	} * lines;
	size_t count, room;
};

struct sample {
	uint64_t seed, below; /* hashes below are chosen */
	size_t most;          /* sessions; 0: a share */
	FILE *spool;
	struct table known;  /* struct chosen of all that were ever among them, by hash */
	size_t *heap, count; /* slots of those chosen now, the highest hash first */
};

struct sample *
sample_new(const char *size, uint64_t seed)
{
	struct sample *s = mem_new(sizeof *s);
	str text = str_of(size);
	double share;
	int64_t n;

	s->seed = seed;
	s->below = UINT64_MAX;
	if (str_ends(text, "%")) {
		text.len--;
		if (!str_real(text, &share) || !(share > 0) || share > 100)
			die(EXIT_USAGE, "--sample: '%s' is no share from 0%% to 100%%", size);
		s->below = share < 100 ? (uint64_t)(share / 100 * 0x1.0p64) : UINT64_MAX;
		return s;
	}
	if (!str_int(text, &n) || n <= 0 || n > 10000000)
		die(EXIT_USAGE, "--sample: '%s' is neither a number of sessions nor a share",
		    size);
	s->most = (size_t)n;
	s->known.size = sizeof(struct chosen);
	s->heap = mem_grow(NULL, s->most + 1, sizeof *s->heap);
	s->spool = tmpfile();
	if (s->spool == NULL)
		die(EXIT_SYSTEM, "--sample: cannot make a temporary file");
	return s;
}

static uint64_t
hash_at(const struct sample *s, size_t i)
{
	return ((const struct chosen *)table_at(&s->known, s->heap[i]))->hash;
}

static void
swap(struct sample *s, size_t a, size_t b)
{
	size_t slot = s->heap[a];

	s->heap[a] = s->heap[b];
	s->heap[b] = slot;
}

static void
sink(struct sample *s, size_t i)
{
	for (;;) {
		size_t top = i;
		for (size_t k = 2 * i + 1; k <= 2 * i + 2; k++)
			if (k < s->count && hash_at(s, k) > hash_at(s, top))
				top = k;
		if (top == i)
			return;
		swap(s, i, top);
		i = top;
	}
}

static void
leave(struct sample *s)
{
	struct chosen *gone = table_at(&s->known, s->heap[0]);

	free(gone->lines);
	*gone = (struct chosen){ .hash = gone->hash };
	swap(s, 0, --s->count);
	sink(s, 0);
}

/* One session more; when they are too many the highest leaves, for good. */
static struct chosen *
admit(struct sample *s, uint64_t hash)
{
	const str key = { (const char *)&hash, sizeof hash };
	size_t slot = table_count(&s->known);
	struct chosen *c = table_put(&s->known, key);

	if (table_count(&s->known) == slot)
		return c;
	c->hash = hash;
	if (s->count == s->most)
		leave(s);
	size_t i = s->count++;
	s->heap[i] = slot;
	for (; i > 0 && hash_at(s, i) > hash_at(s, (i - 1) / 2); i = (i - 1) / 2)
		swap(s, i, (i - 1) / 2);
	if (s->count == s->most)
		s->below = hash_at(s, 0) + (hash_at(s, 0) < UINT64_MAX);
	return table_at(&s->known, slot);
}

static void
keep(struct sample *s, uint64_t hash, str record)
{
	struct chosen *c = admit(s, hash);
	long at = ftell(s->spool);

	if (c->count == c->room) {
		c->room = c->room > 0 ? 2 * c->room : 8;
		c->lines = mem_grow(c->lines, c->room, sizeof *c->lines);
	}
	c->lines[c->count++] = (struct line){ at, record.len };
	if (at < 0 || fwrite(record.at, 1, record.len, s->spool) != record.len)
		die(EXIT_SYSTEM, "--sample: cannot write the temporary file");
}

void
sample_add(struct sample *s, str session, str record)
{
	struct arena a = { 0 };
	uint64_t hash = hash_short(arena_printf(
	    &a, "%llu %.*s", (unsigned long long)s->seed, (int)session.len, session.at));

	arena_free(&a);
	if (hash >= s->below && s->below < UINT64_MAX)
		return;
	if (s->most == 0)
		out_line(record);
	else
		keep(s, hash, record);
}

static int
by_place(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* The lines of all that were chosen, in the order in which they came. */
static void
write_kept(struct sample *s)
{
	struct line *all = NULL;
	struct buf b = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct chosen *c = table_at(&s->known, s->heap[i]);
		all = mem_grow(all, n + c->count + 1, sizeof *all);
		for (size_t k = 0; k < c->count; k++)
			all[n++] = c->lines[k];
	}
	if (n > 0)
		qsort(all, n, sizeof *all, by_place);
	for (size_t i = 0; i < n; i++) {
		buf_reset(&b);
		buf_reserve(&b, all[i].len);
		if (fseek(s->spool, all[i].at, SEEK_SET) != 0 ||
		    fread(b.at, 1, all[i].len, s->spool) != all[i].len)
			die(EXIT_SYSTEM, "--sample: cannot read the temporary file");
		out_line((str){ b.at, all[i].len });
	}
	buf_free(&b);
	free(all);
}

void
sample_end(struct sample *s)
{
	if (s->most > 0) {
		write_kept(s);
		fclose(s->spool);
	}
	for (size_t i = 0; i < s->count; i++)
		free(((struct chosen *)table_at(&s->known, s->heap[i]))->lines);
	table_free(&s->known);
	free(s->heap);
	free(s);
}
