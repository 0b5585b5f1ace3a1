/* text.c - like wc: files of text, counted block by block, on several processors. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gate.h"
#include "io/bytes.h"
#include "tokcount.h"

#define BLOCK (1u << 19)
#define JOBS  64

/* A block on its way: filled by the reader, counted by a worker. */
struct block {
	struct buf text;
	unsigned parts;
	enum { FREE, FULL } state;
};

struct work {
	pthread_mutex_t lock;
	pthread_cond_t more, room;
	struct block blocks[2 * JOBS];
	size_t count, next, filled; /* a ring: next to be counted, next to be filled */
	bool closing;
	size_t busy;
	uint64_t tokens;
	enum count_trouble trouble;
};

struct worker {
	pthread_t thread;
	struct work *work;
	struct counter *counter;
	bool threaded;
};

struct reading {
	const struct options *o;
	struct coder *coder;
	struct work work;
	struct worker workers[JOBS];
	size_t worker_count;
	struct classes *classes;
	struct gate *gate;
	uint64_t total;
	size_t files;
	int status;
};

static void *
work_on(void *context)
{
	struct worker *w = context;
	struct work *work = w->work;
	pthread_mutex_lock(&work->lock);
	for (;;) {
		while (work->next == work->filled && !work->closing)
			pthread_cond_wait(&work->more, &work->lock);
		if (work->next == work->filled)
			break;
		struct block *b = &work->blocks[work->next++ % work->count];
		work->busy++;
		pthread_mutex_unlock(&work->lock);
		uint64_t count = 0;
		enum count_trouble trouble =
		    counter_run(w->counter, buf_str(&b->text), b->parts, &count, NULL);
		pthread_mutex_lock(&work->lock);
		work->tokens += count;
		if (trouble != COUNT_FINE)
			work->trouble = trouble;
		b->state = FREE;
		work->busy--;
		pthread_cond_broadcast(&work->room);
	}
	pthread_mutex_unlock(&work->lock);
	return NULL;
}

static void
start_workers(struct reading *r, size_t jobs)
{
	struct work *work = &r->work;
	char why[160];
	pthread_mutex_init(&work->lock, NULL);
	pthread_cond_init(&work->more, NULL);
	pthread_cond_init(&work->room, NULL);
	work->count = jobs + 2;
	for (size_t i = 0; i < jobs; i++) {
		struct worker *w = &r->workers[i];
		*w = (struct worker){ .work = work };
		w->counter = counter_new(&r->coder->vocab.image, &r->o->by.count, why);
		if (w->counter == NULL || pthread_create(&w->thread, NULL, work_on, w) != 0)
			die(EXIT_SYSTEM, "cannot start a thread");
	}
	r->worker_count = jobs;
}

static void
stop_workers(struct reading *r)
{
	struct work *work = &r->work;
	if (r->worker_count == 0)
		return;
	pthread_mutex_lock(&work->lock);
	work->closing = true;
	pthread_cond_broadcast(&work->more);
	pthread_mutex_unlock(&work->lock);
	for (size_t i = 0; i < r->worker_count; i++) {
		pthread_join(r->workers[i].thread, NULL);
		counter_free(r->workers[i].counter);
	}
	for (size_t i = 0; i < work->count; i++)
		buf_free(&work->blocks[i].text);
}

/* The first bytes of a text go to be counted; what is behind them stays in it. */
static void
hand_over(struct reading *r, struct buf *text, size_t len, unsigned parts)
{
	struct work *work = &r->work;
	str rest = { text->at + len, text->len - len };
	if (r->worker_count == 0) {
		enum count_trouble t = counter_run(
		    r->coder->counter, (str){ text->at, len }, parts, &work->tokens, NULL);
		if (t != COUNT_FINE)
			work->trouble = t;
		memmove(text->at, rest.at, rest.len);
		text->len = rest.len;
		return;
	}
	pthread_mutex_lock(&work->lock);
	struct block *b = &work->blocks[work->filled % work->count];
	while (b->state == FULL)
		pthread_cond_wait(&work->room, &work->lock);
	struct buf next = b->text; /* the memory goes round */
	buf_reset(&next);
	buf_add(&next, rest);
	b->text = *text;
	b->text.len = len;
	*text = next;
	b->parts = parts;
	b->state = FULL;
	work->filled++;
	pthread_cond_signal(&work->more);
	pthread_mutex_unlock(&work->lock);
}

/* All blocks handed over are counted. */
static void
wait_all(struct reading *r)
{
	struct work *work = &r->work;
	if (r->worker_count == 0)
		return;
	pthread_mutex_lock(&work->lock);
	while (work->busy > 0 || work->next != work->filled)
		pthread_cond_wait(&work->room, &work->lock);
	pthread_mutex_unlock(&work->lock);
}

/* Bytes come in; what can be counted by itself is handed over.  Where no safe place is
 * found the text grows until one is, or it ends. */
static ssize_t
read_text(struct reading *r, struct bytes *in)
{
	struct buf text = { 0 };
	unsigned parts = TEXT_FIRST;
	size_t want = BLOCK;
	ssize_t n;
	for (;;) {
		buf_reserve(&text, want);
		n = bytes_read(in, text.at + text.len, want);
		if (n <= 0)
			break;
		gate_look(r->gate, (str){ text.at + text.len, (size_t)n });
		text.len += (size_t)n;
		if (text.len < want)
			continue;
		size_t safe = counter_safe(r->coder->counter, buf_str(&text));
		if (safe == 0) {
			want = text.len * 2;
			if (text.len >= UINT32_MAX / 2)
				die(EXIT_DATA, "%s: no place to divide it within 2 GiB",
				    bytes_name(in));
			continue;
		}
		hand_over(r, &text, safe, parts);
		parts = 0;
		want = BLOCK;
	}
	hand_over(r, &text, text.len, parts | TEXT_LAST);
	wait_all(r);
	buf_free(&text);
	return n;
}

static void
report(struct reading *r, const char *name)
{
	const struct options *o = r->o;
	uint64_t tokens = r->work.tokens;
	struct verdict v = gate_judge(r->gate, r->coder, (int64_t)tokens);
	print_count(o, r->coder, name, v.amount, v.words);
	r->status = err_worse(r->status, v.status);
}

static void
trouble(struct reading *r, const char *name, const char *why, int status)
{
	warn("%s: %s", name, why);
	r->status = err_worse(r->status, status);
}

static void
broken(struct reading *r, struct bytes *in)
{
	trouble(r, bytes_name(in), bytes_why(in), bytes_system(in) ? EXIT_SYSTEM : EXIT_DATA);
}

static void
read_member(struct reading *r, struct bytes *in, bool named)
{
	r->work.tokens = 0;
	r->work.trouble = COUNT_FINE;
	gate_begin(r->gate);
	ssize_t n = read_text(r, in);
	if (n == BYTES_BAD)
		broken(r, in);
	if (r->work.trouble == COUNT_SPECIAL)
		trouble(
		    r, bytes_name(in), "it holds a special token, see --special", EXIT_DATA);
	else if (r->work.trouble == COUNT_INVALID)
		trouble(r, bytes_name(in), "it is not UTF-8, see --invalid", EXIT_DATA);
	else
		report(r, named ? bytes_name(in) : NULL);
	r->total += r->work.tokens;
	r->files++;
}

static void
read_file(struct reading *r, const char *file, bool named)
{
	bool standard = strcmp(file, "-") == 0;
	int fd = standard ? 0 : open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		warn("%s: %s", file, strerror(errno));
		r->status = err_worse(r->status, EXIT_SYSTEM);
		return;
	}
	struct bytes *in = bytes_open(fd, standard ? "standard input" : file);
	ssize_t n;
	while ((n = bytes_next(in)) == 1)
		read_member(r, in, named);
	if (n == BYTES_BAD)
		broken(r, in);
	bytes_close(in);
}

int
text_run(const struct options *o, struct coders *c, char **files)
{
	static char *const standard[] = { (char *)(uintptr_t) "-", NULL };
	struct reading r = { .o = o, .coder = coder_need(coder_default(c)) };
	bool named = *files != NULL;
	r.gate = gate_new(o);
	r.gate->looks = r.gate->looks || r.coder->closed;
	if (o->jobs > 1)
		start_workers(&r, (size_t)o->jobs);
	for (char *const *f = named ? files : standard; *f != NULL; f++)
		read_file(&r, *f, named);
	if (r.files > 1 && o->max < 0)
		print_count(o, r.coder, o->format == JSON ? NULL : "total",
		    (struct amount){ (int64_t)r.total, -1, -1, -1, 0 }, (str){ 0 });
	stop_workers(&r);
	gate_free(r.gate);
	return r.status;
}
