/* cache.c - hit rates of split prefix caches. */
#include "cache.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "data/random.h"
#include "io/emit.h"
#include "io/out.h"
#include "ui/grid.h"

enum { B_BLOCKS = IN_FIELDS, B_HASH_IDS, B_SESSION, B_FIELDS };

/* One round of sending calls to so many regions. */
struct round {
	uint64_t random;
	uint8_t *held; /* by block: which regions hold it, a bit each */
	int64_t hits;
};

struct split {
	int64_t regions;
	bool sticky;
	struct round *rounds; /* sticky: one */
	size_t round_count;
};

struct replay {
	const struct plan *plan;
	struct map blocks; /* different ones */
	size_t room;       /* of held[] */
	struct split *splits;
	size_t count;
	size_t *ids; /* of the record at hand */
	size_t id_count, id_room;
	int64_t calls, all, without;
};

static void
grow(struct replay *r)
{
	size_t room = r->room;

	if (r->blocks.count <= room)
		return;
	while (r->room < r->blocks.count)
		r->room = r->room == 0 ? 1024 : 2 * r->room;
	for (size_t i = 0; i < r->count; i++)
		for (size_t k = 0; k < r->splits[i].round_count; k++) {
			struct round *one = &r->splits[i].rounds[k];
			one->held = mem_grow(one->held, r->room, 1);
			memset(one->held + room, 0, r->room - room);
		}
}

static const char *
read_blocks(struct replay *r, const struct doc *list)
{
	r->id_count = 0;
	if (doc_kind(list) != KIND_ARRAY)
		return "blocks: not an array of hashes";
	DOC_EACH (one, list) {
		if (doc_kind(one) != KIND_NUMBER && doc_kind(one) != KIND_STRING)
			return "blocks: a hash that is neither number nor text";
		if (r->id_count == r->id_room) {
			r->id_room = r->id_room == 0 ? 64 : 2 * r->id_room;
			r->ids = mem_grow(r->ids, r->id_room, sizeof *r->ids);
		}
		r->ids[r->id_count++] = map_slot(&r->blocks, one->raw);
	}
	if ((int64_t)r->blocks.count > r->plan->o->max_keys)
		die(EXIT_SYSTEM, "more than %lld different blocks: a higher --max-keys",
		    (long long)r->plan->o->max_keys);
	grow(r);
	return NULL;
}

/* The same conversation goes to the same region. */
static uint64_t
region_of(const struct split *s, struct round *one, const struct replay *r, str session)
{
	if (!s->sticky)
		return random_below(&one->random, (uint64_t)s->regions);
	str key =
	    session.len > 0 ? session : map_key(&r->blocks, r->ids[r->id_count > 1 ? 1 : 0]);
	return map_hash_fixed(key) % (uint64_t)s->regions;
}

static void
send(const struct split *s, struct round *one, const struct replay *r, str session)
{
	uint8_t bit = (uint8_t)(1U << region_of(s, one, r, session));
	size_t hit = 0;

	while (hit < r->id_count && (one->held[r->ids[hit]] & bit) != 0)
		hit++;
	one->hits += (int64_t)hit;
	for (size_t i = hit; i < r->id_count; i++)
		one->held[r->ids[i]] |= bit;
}

static void
one(struct replay *r, struct in *in, const struct rec *rec)
{
	const struct scan_value *v = rec->values;
	size_t field = v[B_BLOCKS].kind != KIND_NONE ? B_BLOCKS : B_HASH_IDS;

	if (v[field].kind == KIND_NONE || str_is(rec->kind, "run")) {
		r->without++;
		return;
	}
	const char *why = read_blocks(r, doc_read(in_arena(in), v[field].raw));
	if (why != NULL) {
		in_reject(in, rec, "%s", why);
		return;
	}
	r->calls++;
	r->all += (int64_t)r->id_count;
	str session = in_text(in, rec, B_SESSION);
	for (size_t i = 0; i < r->count && r->id_count > 0; i++)
		for (size_t k = 0; k < r->splits[i].round_count; k++)
			send(&r->splits[i], &r->splits[i].rounds[k], r, session);
}

static void
make_splits(struct replay *r)
{
	uint64_t seeds = (uint64_t)r->plan->o->seed;

	r->count = (size_t)(2 * r->plan->o->split - 1);
	r->splits = mem_new(r->count * sizeof *r->splits);
	for (size_t i = 0; i < r->count; i++) {
		struct split *s = &r->splits[i];
		s->regions = (int64_t)(i + 1) / 2 + 1;
		s->sticky = i == 0 || i % 2 == 0;
		s->round_count = s->sticky ? 1 : (size_t)r->plan->o->rounds;
		s->rounds = mem_new(s->round_count * sizeof *s->rounds);
		for (size_t k = 0; k < s->round_count; k++)
			s->rounds[k].random = random_next(&seeds);
	}
}

/* The hit rate: its mean over the rounds, and how far they are apart. */
struct rate {
	double mean, sd, low, high;
};

static struct rate
rate(const struct replay *r, const struct split *s)
{
	struct rate t = { 0, 0, 1, 0 };
	double n = (double)s->round_count, squares = 0;

	for (size_t k = 0; k < s->round_count; k++) {
		double one = (double)s->rounds[k].hits / (double)r->all;
		t.mean += one / n;
		t.low = fmin(t.low, one);
		t.high = fmax(t.high, one);
	}
	for (size_t k = 0; k < s->round_count; k++) {
		double off = (double)s->rounds[k].hits / (double)r->all - t.mean;
		squares += off * off;
	}
	t.sd = n > 1 ? sqrt(squares / (n - 1)) : 0;
	return t;
}

/* What an input token costs, of the plain price: a hit is read, all else is written. */
static double
factor(const struct replay *r, double hits)
{
	const struct options *o = r->plan->o;

	return hits * o->cache_read + (1 - hits) * o->cache_write;
}

static void
write_json(const struct replay *r, const struct split *s)
{
	struct rate t = rate(r, s);
	struct buf b = { 0 };

	emit_open(&b, '{');
	emit_ktext(&b, "record", "region-blocks");
	emit_kint(&b, "v", 1);
	emit_kint(&b, "regions", s->regions);
	emit_ktext(&b, "routing", s->sticky ? "sticky" : "random");
	emit_kint(&b, "seed", r->plan->o->seed);
	emit_kint(&b, "calls", r->calls);
	emit_kint(&b, "blocks", r->all);
	emit_kint(&b, "rounds", (int64_t)s->round_count);
	emit_kreal(&b, "hit_rate", t.mean);
	emit_kreal(&b, "sd", t.sd);
	emit_kreal(&b, "low", t.low);
	emit_kreal(&b, "high", t.high);
	emit_kreal(&b, "price_factor", factor(r, t.mean));
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

static void
write_text(const struct replay *r)
{
	static const char *const names[] = { "Regions", "routing", "hit rate", "+- sd",
		"lowest", "highest", "price factor", "against one", NULL };
	struct arena a = { 0 };
	struct grid g = { .arena = &a };
	double base = factor(r, rate(r, &r->splits[0]).mean);

	for (const char *const *n = names; *n != NULL; n++, g.columns++)
		grid_text(&g, *n);
	g.left[1] = true;
	for (size_t i = 0; i < r->count; i++) {
		const struct split *s = &r->splits[i];
		struct rate t = rate(r, s);
		double price = factor(r, t.mean);
		grid_int(&g, s->regions);
		grid_text(&g, s->regions == 1 ? "-" : s->sticky ? "sticky" : "random");
		grid_cell(&g, arena_printf(&a, "%.4f", t.mean));
		grid_cell(&g, s->sticky ? STR("") : arena_printf(&a, "%.4f", t.sd));
		grid_cell(&g, s->sticky ? STR("") : arena_printf(&a, "%.4f", t.low));
		grid_cell(&g, s->sticky ? STR("") : arena_printf(&a, "%.4f", t.high));
		grid_cell(&g, arena_printf(&a, "%.3f", price));
		grid_cell(&g, arena_printf(&a, "%+.1f %%", 100 * (price / base - 1)));
	}
	grid_print(&g);
	printf("%lld blocks of %lld calls, %zu different; caches without end; random: mean of "
	       "%lld rounds, seed %lld\n"
	       "price factor: of an input token, where a cache read costs %g and a write %g of "
	       "the plain price\n",
	    (long long)r->all, (long long)r->calls, r->blocks.count,
	    (long long)r->plan->o->rounds, (long long)r->plan->o->seed, r->plan->o->cache_read,
	    r->plan->o->cache_write);
	arena_free(&a);
}

static void
release(struct replay *r)
{
	for (size_t i = 0; i < r->count; i++) {
		for (size_t k = 0; k < r->splits[i].round_count; k++)
			free(r->splits[i].rounds[k].held);
		free(r->splits[i].rounds);
	}
	free(r->splits);
	free(r->ids);
	map_free(&r->blocks);
}

int
cache_run(const struct plan *plan, char **files)
{
	static const char *const names[] = { IN_NAMES, "blocks", "hash_ids", "session", NULL };
	struct replay r = { .plan = plan };
	struct in *in = in_open(&plan->o->in, names, files);
	struct rec rec;

	make_splits(&r);
	while (in_record(in, &rec))
		one(&r, in, &rec);
	int status = in_status(in);
	in_close(in);
	if (r.without > 0)
		warn("%lld records have no block hashes", (long long)r.without);
	if (r.all == 0) {
		warn("no record has block hashes: nothing is decided");
		status = err_worse(status, EXIT_INCONCLUSIVE);
	} else if (plan->o->format == JSON) {
		for (size_t i = 0; i < r.count; i++)
			write_json(&r, &r.splits[i]);
	} else {
		write_text(&r);
	}
	release(&r);
	return status;
}
