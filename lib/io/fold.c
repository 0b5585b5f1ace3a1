/* fold.c - blocks of lines to threads, and back in order. */
#include "io/fold.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/scan.h"
#include "io/source.h"

#define ENOUGH ((size_t)256 << 10) /* bytes of a block: stays in a core's cache */

struct bad {
	uint64_t line; /* from the start of the block, from 0 */
	char why[INTAKE_WHY];
};

struct block {
	struct records_block text;
	const char *file;
	bool first;    /* of its file: lines are counted from 1 again */
	uint64_t line; /* not 0: the one record of the block begins there */
	uint64_t lines;
	uint64_t bad_count;
	struct bad bad[INTAKE_SHOWN]; /* the first ones */
	bool done;
	struct block *next; /* of those that wait for a thread */
};

struct worker {
	struct work *work;
	struct intake *intake;
	void *state;
	pthread_t thread;
};

struct work {
	const struct fold *fold;
	const struct in_options *o;
	struct worker *workers;
	size_t count;
	struct block *blocks; /* a ring, in the order of the input */
	size_t ring, head, tail;
	pthread_mutex_t lock;
	pthread_cond_t more, done;
	struct block *first, *last; /* that wait */
	bool ended;
	struct source source;
	const char *file; /* kept names of members */
	struct arena names;
	uint64_t line, bad; /* retired */
};

static void
note_bad(struct block *b, uint64_t line, const char *why)
{
	if (b->bad_count < INTAKE_SHOWN) {
		struct bad *bad = &b->bad[b->bad_count];
		bad->line = line;
		memcpy(bad->why, why, strlen(why) + 1);
	}
	b->bad_count++;
}

/* One text that may be a record. */
static void
one(struct worker *w, struct block *b, str text, bool whole)
{
	struct rec rec = { .file = b->file, .line = b->line };
	const char *end = b->text.at + b->text.room + RECORDS_PAD;
	const struct intake_text t = { text, (size_t)(end - (text.at + text.len)), b->line == 0,
		whole };
	char why[INTAKE_WHY];

	if (text.len > (size_t)w->work->o->max_line && b->line == 0) {
		note_bad(b, b->lines, "line is longer than --max-line");
		return;
	}
	switch (intake_take(w->intake, &t, &rec, why)) {
	case INTAKE_OUTSIDE: return;
	case INTAKE_BAD: note_bad(b, b->lines, why); return;
	case INTAKE_GOOD: break;
	}
	const char *bad = w->work->fold->each(w->state, w->intake, &rec);
	if (bad == NULL)
		return;
	w->intake->good--;
	snprintf(why, sizeof why, "%s", bad);
	note_bad(b, b->lines, why);
}

static void
each_line(struct worker *w, struct block *b)
{
	str rest = { b->text.at, b->text.len };

	if (b->line != 0) {
		one(w, b, rest, true);
		return;
	}
	while (rest.len > 0) {
		size_t n = str_find(rest, '\n');
		bool whole = n < rest.len;
		str line = str_trim((str){ rest.at, n });
		if (line.len > 0)
			one(w, b, line, whole);
		rest = str_from(rest, n + whole);
		b->lines++;
	}
}

static struct block *
wait_for_block(struct work *work)
{
	pthread_mutex_lock(&work->lock);
	while (work->first == NULL && !work->ended)
		pthread_cond_wait(&work->more, &work->lock);
	struct block *b = work->first;
	if (b != NULL)
		work->first = b->next;
	pthread_mutex_unlock(&work->lock);
	return b;
}

static void *
run(void *arg)
{
	struct worker *w = arg;
	struct block *b;

	while ((b = wait_for_block(w->work)) != NULL) {
		each_line(w, b);
		pthread_mutex_lock(&w->work->lock);
		b->done = true;
		pthread_cond_signal(&w->work->done);
		pthread_mutex_unlock(&w->work->lock);
	}
	return NULL;
}

/* The oldest block has been read: report what was bad in it. */
static void
retire(struct work *work)
{
	struct block *b = &work->blocks[work->tail % work->ring];

	pthread_mutex_lock(&work->lock);
	while (!b->done)
		pthread_cond_wait(&work->done, &work->lock);
	pthread_mutex_unlock(&work->lock);
	work->tail++;
	if (b->first)
		work->line = 0;
	work->line += b->text.passed;
	for (uint64_t i = 0; i < b->bad_count; i++)
		if (i < INTAKE_SHOWN)
			intake_bad(work->o, &work->bad, b->file,
			    b->line != 0 ? b->line : work->line + b->bad[i].line + 1,
			    b->bad[i].why);
		else
			work->bad++;
	work->line += b->lines;
}

static void
drain(struct work *work)
{
	while (work->tail < work->head)
		retire(work);
}

static struct block *
free_block(struct work *work)
{
	if (work->head - work->tail == work->ring)
		retire(work);
	struct block *b = &work->blocks[work->head % work->ring];
	*b = (struct block){ .text = b->text, .file = work->file, .first = work->line == 0 };
	return b;
}

static void
submit(struct work *work, struct block *b)
{
	work->head++;
	if (work->count == 1) {
		each_line(&work->workers[0], b);
		b->done = true;
		return;
	}
	pthread_mutex_lock(&work->lock);
	if (work->first == NULL)
		work->first = b;
	else
		work->last->next = b;
	work->last = b;
	pthread_cond_signal(&work->more);
	pthread_mutex_unlock(&work->lock);
}

/* A record that is no line, as a block of its own. */
static void
submit_one(struct work *work, struct block *b)
{
	str text = work->source.records.text;

	if (b->text.room < text.len) {
		free(b->text.at);
		b->text.room = text.len;
		b->text.at = mem_grow(NULL, text.len + RECORDS_PAD, 1);
	}
	memcpy(b->text.at, text.at, text.len);
	b->text.len = text.len;
	b->text.passed = 0;
	b->line = work->source.records.line;
	submit(work, b);
}

static void
bad_record(struct work *work, bool first)
{
	struct source *s = &work->source;

	drain(work);
	if (first)
		work->line = 0;
	intake_bad(
	    work->o, &work->bad, work->file, work->line + s->records.line, s->records.why);
	if (s->records.lost)
		s->status = err_worse(s->status, EXIT_DATA);
}

/* Blocks of the member at hand. */
static void
read_member(struct work *work)
{
	struct source *s = &work->source;
	bool first = true;

	work->file = arena_string(&work->names, str_of(source_name(s)));
	while (s->in_member) {
		struct block *b = free_block(work);
		b->first = first;
		switch (records_block(&s->records, &b->text, ENOUGH)) {
		case RECORDS_ONE:
			first = false;
			if (b->text.lines)
				submit(work, b);
			else
				submit_one(work, b);
			break;
		case RECORDS_END: source_leave(s); break;
		case RECORDS_BROKEN:
			drain(work);
			source_broken(s);
			break;
		case RECORDS_BAD: bad_record(work, first); break;
		case RECORDS_WAIT: break; /* sources are patient here */
		}
	}
}

static void
start(struct work *work, const void *shared)
{
	const struct fields *fields =
	    fields_new(&work->names, work->fold->names, work->o->map.items, work->o->map.count);

	work->workers = mem_new(work->count * sizeof *work->workers);
	work->blocks = mem_new(work->ring * sizeof *work->blocks);
	pthread_mutex_init(&work->lock, NULL);
	pthread_cond_init(&work->more, NULL);
	pthread_cond_init(&work->done, NULL);
	for (size_t i = 0; i < work->count; i++) {
		struct worker *w = &work->workers[i];
		w->work = work;
		w->intake = intake_new(work->o, fields);
		w->state = work->fold->start(shared);
		if (work->count > 1 && pthread_create(&w->thread, NULL, run, w) != 0)
			die(EXIT_SYSTEM, "cannot start a thread");
	}
}

static void
stop(struct work *work)
{
	pthread_mutex_lock(&work->lock);
	work->ended = true;
	pthread_cond_broadcast(&work->more);
	pthread_mutex_unlock(&work->lock);
	for (size_t i = 0; i < work->count && work->count > 1; i++)
		pthread_join(work->workers[i].thread, NULL);
}

static struct folded
join(struct work *work)
{
	struct worker *w = work->workers;
	struct folded f = { .state = w[0].state, .bad = work->bad };

	for (size_t i = 0; i < work->count && work->fold->finish != NULL; i++)
		work->fold->finish(w[i].state);
	f.duplicates = scanner_duplicates(w[0].intake->scanner);
	f.surrogates = scanner_surrogates(w[0].intake->scanner);
	for (size_t i = 1; i < work->count; i++) {
		f.duplicates += scanner_duplicates(w[i].intake->scanner);
		f.surrogates += scanner_surrogates(w[i].intake->scanner);
		work->fold->join(f.state, w[i].state);
		intake_add(w[0].intake, w[i].intake);
		intake_free(w[i].intake);
	}
	f.records = w[0].intake->good;
	f.outside = w[0].intake->outside;
	f.timeless = w[0].intake->timeless;
	f.status = err_worse(work->source.status, intake_status(w[0].intake, work->bad));
	intake_free(w[0].intake);
	return f;
}

static void
release(struct work *work)
{
	for (size_t i = 0; i < work->ring; i++)
		free(work->blocks[i].text.at);
	free(work->blocks);
	free(work->workers);
	pthread_mutex_destroy(&work->lock);
	pthread_cond_destroy(&work->more);
	pthread_cond_destroy(&work->done);
	source_close(&work->source);
	arena_free(&work->names);
}

struct folded
fold_run(const struct fold *fold, const struct in_options *o, char **operands, int64_t jobs,
    const void *shared)
{
	struct work work = { .fold = fold, .o = o, .count = (size_t)jobs };

	work.ring = jobs > 1 ? (size_t)jobs + 2 : 1;
	source_open(&work.source, o, operands);
	work.source.patient = work.source.ahead = true;
	start(&work, shared);
	while (source_ready(&work.source) == IN_ONE)
		read_member(&work);
	drain(&work);
	stop(&work);
	struct folded result = join(&work);
	release(&work);
	return result;
}
