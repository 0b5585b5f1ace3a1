/* image.c - a compiled vocabulary is checked and used. */
#include "token/image.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "token/trie.h"

#define MAGIC "iutok\0\0\10" /* the last byte counts versions */

/* Four lanes of multiply and rotate: finds damage, not malice, at the speed of memory. */
static inline uint64_t
lane(uint64_t h, const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
	h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return h << 29 | h >> 35;
}

static uint64_t
checksum(const char *at, size_t len)
{
	uint64_t a = 1, b = 2, c = 3, d = 4;
	size_t i = 0;
	for (; i + 32 <= len; i += 32) {
		a = lane(a, at + i);
		b = lane(b, at + i + 8);
		c = lane(c, at + i + 16);
		d = lane(d, at + i + 24);
	}
	for (; i < len; i++)
		a = (a ^ (unsigned char)at[i]) * UINT64_C(0xC2B2AE3D27D4EB4F);
	return ((a * 31 + b) * 31 + c) * 31 + d + len;
}

/* The sum covers the head with its sum left empty, and all behind it. */
static uint64_t
sum_of(const struct image_head *head, const char *bytes)
{
	struct image_head blank = *head;
	blank.sum = 0;
	return checksum((const char *)&blank, sizeof blank) * 3 +
	    checksum(bytes + sizeof blank, head->size - sizeof blank);
}

void
image_seal(struct image_head *head, struct buf *bytes)
{
	memcpy(head->magic, MAGIC, sizeof head->magic);
	head->size = bytes->len;
	head->sum = sum_of(head, bytes->at);
	memcpy(bytes->at, head, sizeof *head);
}

static const void *
part_of(const struct image_head *h, enum image_section which)
{
	return h->parts[which].len > 0 ? (const char *)h + h->parts[which].at : NULL;
}

/* Every part lies inside, and is as long as the facts say. */
static bool
parts_hold(const struct image_head *h)
{
	const struct image_facts *f = &h->facts;
	uint64_t need[SECTIONS] = { [SECTION_UNICODE] = sizeof(struct unicode),
		[SECTION_OFFSETS] = (f->tokens + UINT64_C(1)) * 4,
		[SECTION_OUTSIDE] = f->tokens * UINT64_C(4),
		[SECTION_INSIDE] = f->ids * UINT64_C(4),
		[SECTION_HALVES] = f->tokens * UINT64_C(16),
		[SECTION_PREFIXES] = f->tokens * UINT64_C(4),
		[SECTION_SCORES] = f->tokens * UINT64_C(8),
		[SECTION_TYPES] = f->tokens,
		[SECTION_PLAIN] = 2048,
		[SECTION_CUTS] = (f->cut_mask + UINT64_C(1)) / 8,
		[SECTION_NODES] = f->nodes * UINT64_C(8),
		[SECTION_LABELS] = (uint64_t)f->nodes + TRIE_SPARE,
		[SECTION_STARTS] = UINT64_C(65536) * 4,
		[SECTION_BYTE_IDS] = 1024 };
	for (unsigned i = 0; i < SECTIONS; i++) {
		if (h->parts[i].at > h->size || h->parts[i].len > h->size - h->parts[i].at)
			return false;
		if (need[i] != 0 && h->parts[i].len != need[i])
			return false;
	}
	uint64_t meets = h->parts[SECTION_MEETS].len;
	return meets == 0 || meets == UINT64_C(65536) * 4;
}

static uint32_t
table_bits(uint64_t len)
{
	uint32_t bits = 0;
	while ((UINT64_C(8) << bits) < len)
		bits++;
	return bits;
}

bool
image_use(struct image *im, const void *bytes, size_t len)
{
	const struct image_head *h = bytes;
	if (len < sizeof *h || memcmp(h->magic, MAGIC, sizeof h->magic) != 0 || h->size != len)
		return false;
	if (h->sum != sum_of(h, bytes) || !parts_hold(h))
		return false;
	*im = (struct image){ .head = h, .facts = h->facts };
	im->unicode = part_of(h, SECTION_UNICODE);
	im->bytes = h->parts[SECTION_BYTES].len > 0 ? part_of(h, SECTION_BYTES) : "";
	im->offsets = part_of(h, SECTION_OFFSETS);
	im->outside = part_of(h, SECTION_OUTSIDE);
	im->inside = part_of(h, SECTION_INSIDE);
	im->pairs = part_of(h, SECTION_PAIRS);
	im->filter = part_of(h, SECTION_FILTER);
	im->ranks = part_of(h, SECTION_RANKS);
	im->halves = part_of(h, SECTION_HALVES);
	im->meets = part_of(h, SECTION_MEETS);
	im->prefixes = part_of(h, SECTION_PREFIXES);
	im->nodes = part_of(h, SECTION_NODES);
	im->labels = part_of(h, SECTION_LABELS);
	im->starts = part_of(h, SECTION_STARTS);
	im->cuts = part_of(h, SECTION_CUTS);
	im->plain_cuts = part_of(h, SECTION_PLAIN);
	im->scores = part_of(h, SECTION_SCORES);
	im->types = part_of(h, SECTION_TYPES);
	im->steps = part_of(h, SECTION_STEPS);
	im->specials = part_of(h, SECTION_SPECIALS);
	im->text = h->parts[SECTION_TEXT].len > 0 ? part_of(h, SECTION_TEXT) : "";
	im->byte_ids = part_of(h, SECTION_BYTE_IDS);
	im->step_count = h->parts[SECTION_STEPS].len / sizeof(struct step);
	im->special_count = h->parts[SECTION_SPECIALS].len / sizeof(struct special);
	uint32_t pair_bits = table_bits(h->parts[SECTION_PAIRS].len);
	im->pair_shift = 32 - pair_bits;
	im->filter_shift = 32 - 6 - table_bits(h->parts[SECTION_FILTER].len);
	im->pair_mask = (1u << pair_bits) - 1;
	return true;
}

bool
image_map(struct image *im, const char *file, const struct hash *source)
{
	struct stat st;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	void *at = MAP_FAILED;
	if (fstat(fd, &st) == 0 && st.st_size >= (off_t)sizeof(struct image_head))
		at = mmap(
		    NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return false;
	if (!image_use(im, at, (size_t)st.st_size) ||
	    (source != NULL && memcmp(im->head->source, source->bytes, 32) != 0)) {
		munmap(at, (size_t)st.st_size);
		return false;
	}
	im->memory = at;
	im->mapped = (size_t)st.st_size;
	return true;
}

void
image_close(struct image *im)
{
	if (im->mapped > 0)
		munmap(im->memory, im->mapped);
	else
		free(im->memory);
	*im = (struct image){ 0 };
}
