/* map.c - strings to slots. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/mem.h"

struct map_entry {
	str key;
	uint64_t hash;
};

/* The other half of the hash: a bucket that holds another key is passed over unseen. */
struct map_bucket {
	uint32_t slot; /* + 1; 0: empty */
	uint32_t tag;
};

static uint32_t
tag_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

static uint64_t
seed(void)
{
	static uint64_t value;

	if (value == 0 && getrandom(&value, sizeof value, GRND_NONBLOCK) != sizeof value)
		value = 0x9e3779b97f4a7c15;
	return value | 1;
}

/* Multiply, fold, repeat by eight bytes. */
static uint64_t
mix(str s, const uint64_t key)
{
	uint64_t h = key ^ s.len;

	for (size_t i = 0; i < s.len; i += sizeof(uint64_t)) {
		uint64_t word = 0;
		if (s.len - i >= sizeof word)
			memcpy(&word, s.at + i, sizeof word);
		else
			memcpy(&word, s.at + i, s.len - i);
		__extension__ unsigned __int128 wide =
		    (unsigned __int128)(h ^ word) * 0xd6e8feb86659fd93;
		h = (uint64_t)wide ^ (uint64_t)(wide >> 64) ^ key;
	}
	return h ^ (h >> 29);
}

/* Order and values never depend on it. */
uint64_t
map_hash(str s)
{
	return mix(s, seed());
}

uint64_t
map_hash_fixed(str s)
{
	return mix(s, 0x9e3779b97f4a7c15);
}

/* The bucket that holds the key, or the empty one where it would go. */
static size_t
bucket_of(const struct map *m, str key, uint64_t hash)
{
	size_t b = hash & (m->buckets - 1);

	for (; m->table[b].slot != 0; b = (b + 1) & (m->buckets - 1))
		if (m->table[b].tag == tag_of(hash) &&
		    str_eq(m->entries[m->table[b].slot - 1].key, key))
			break;
	return b;
}

static void
rehash(struct map *m)
{
	m->buckets = m->buckets > 0 ? m->buckets * 2 : 64;
	m->table = mem_grow(m->table, m->buckets, sizeof *m->table);
	memset(m->table, 0, m->buckets * sizeof *m->table);
	for (size_t slot = 0; slot < m->count; slot++) {
		uint64_t hash = m->entries[slot].hash;
		size_t b = hash & (m->buckets - 1);
		while (m->table[b].slot != 0)
			b = (b + 1) & (m->buckets - 1);
		m->table[b] = (struct map_bucket){ (uint32_t)slot + 1, tag_of(hash) };
	}
}

size_t
map_slot_hashed(struct map *m, str key, uint64_t hash)
{
	if (m->count * 4 >= m->buckets * 3)
		rehash(m);
	size_t b = bucket_of(m, key, hash);
	if (m->table[b].slot != 0)
		return m->table[b].slot - 1;
	if (m->count >= UINT32_MAX - 1)
		die(EXIT_SYSTEM, "more than %zu different keys", m->count);
	if (m->count == m->room) {
		m->room = m->room > 0 ? m->room * 2 : 32;
		m->entries = mem_grow(m->entries, m->room, sizeof *m->entries);
	}
	m->entries[m->count] = (struct map_entry){ arena_keep(&m->keys, key), hash };
	m->table[b] = (struct map_bucket){ (uint32_t)m->count + 1, tag_of(hash) };
	return m->count++;
}

size_t
map_slot(struct map *m, str key)
{
	return map_slot_hashed(m, key, map_hash(key));
}

void
map_expect(const struct map *m, uint64_t hash)
{
	if (m->buckets > 0)
		__builtin_prefetch(&m->table[hash & (m->buckets - 1)]);
}

size_t
map_guess(const struct map *m, uint64_t hash)
{
	if (m->buckets == 0)
		return MAP_NONE;
	for (size_t b = hash & (m->buckets - 1); m->table[b].slot != 0;
	     b = (b + 1) & (m->buckets - 1))
		if (m->table[b].tag == tag_of(hash)) {
			__builtin_prefetch(&m->entries[m->table[b].slot - 1]);
			return m->table[b].slot - 1;
		}
	return MAP_NONE;
}

void
map_expect_key(const struct map *m, size_t slot)
{
	__builtin_prefetch(m->entries[slot].key.at);
}

size_t
map_find(const struct map *m, str key)
{
	if (m->buckets == 0)
		return MAP_NONE;
	size_t b = bucket_of(m, key, map_hash(key));
	return m->table[b].slot != 0 ? m->table[b].slot - 1 : MAP_NONE;
}

str
map_key(const struct map *m, size_t slot)
{
	return m->entries[slot].key;
}

void
map_free(struct map *m)
{
	free(m->entries);
	free(m->table);
	arena_free(&m->keys);
	*m = (struct map){ 0 };
}
