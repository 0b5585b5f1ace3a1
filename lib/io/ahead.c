/* ahead.c - a layer that reads the one below in a thread of its own, a few blocks ahead. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "io/flow.h"

#define BLOCKS 4
#define ROOM   ((size_t)256 << 10)

struct block {
	ssize_t len; /* 0: the end; negative: what the layer below said */
	char bytes[ROOM];
};

struct ahead {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t filled, freed;
	struct flow *below;
	uint64_t written, read; /* blocks so far */
	size_t at;              /* inside the block that is being read */
	bool stop;
	struct block blocks[BLOCKS];
};

static void *
run(void *state)
{
	struct ahead *a = state;

	for (;;) {
		pthread_mutex_lock(&a->lock);
		while (a->written - a->read == BLOCKS && !a->stop)
			pthread_cond_wait(&a->freed, &a->lock);
		bool stop = a->stop;
		pthread_mutex_unlock(&a->lock);
		if (stop)
			return NULL;
		struct block *b = &a->blocks[a->written % BLOCKS];
		b->len = flow_read(a->below, b->bytes, ROOM);
		bool more = b->len > 0;
		pthread_mutex_lock(&a->lock);
		a->written++;
		pthread_cond_signal(&a->filled);
		pthread_mutex_unlock(&a->lock);
		if (!more)
			return NULL;
	}
}

static struct block *
current(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	while (a->written == a->read)
		pthread_cond_wait(&a->filled, &a->lock);
	pthread_mutex_unlock(&a->lock);
	return &a->blocks[a->read % BLOCKS];
}

static ssize_t
take(struct flow *f, char *to, size_t room)
{
	struct ahead *a = f->state;
	struct block *b = current(a);

	if (b->len <= 0)
		return b->len;
	size_t rest = (size_t)b->len - a->at, n = rest < room ? rest : room;
	memcpy(to, b->bytes + a->at, n);
	a->at += n;
	if (n == rest) {
		pthread_mutex_lock(&a->lock);
		a->at = 0;
		a->read++;
		pthread_cond_signal(&a->freed);
		pthread_mutex_unlock(&a->lock);
	}
	return (ssize_t)n;
}

static void
end(struct flow *f)
{
	struct ahead *a = f->state;

	pthread_mutex_lock(&a->lock);
	a->stop = true;
	pthread_cond_signal(&a->freed);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	pthread_mutex_destroy(&a->lock);
	pthread_cond_destroy(&a->filled);
	pthread_cond_destroy(&a->freed);
	free(a);
}

struct flow *
flow_ahead(struct flow *below)
{
	struct ahead *a = mem_new(sizeof *a);

	a->below = below;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->filled, NULL);
	pthread_cond_init(&a->freed, NULL);
	if (pthread_create(&a->thread, NULL, run, a) != 0)
		die(EXIT_SYSTEM, "cannot start a thread");
	struct flow *f = flow_new(below, below->trouble, a);
	f->read = take;
	f->close = end;
	return f;
}
