/* calibration.h - how far the bill was from the local count, by model, tokenizer and class
 * of content: what --drift measures and the gate uses.
 *
 * A ratio is two whole numbers, billed and local tokens of one request, so that nothing is
 * rounded before the end. */
#ifndef CALIBRATION_H
#define CALIBRATION_H

#include "meter/content.h"
#include "tokcount.h"

struct ratio {
	int64_t billed, local;
};

/* tokens * ratio, to the nearest whole number. */
int64_t ratio_of(struct ratio, int64_t tokens);
int ratio_cmp(struct ratio, struct ratio);

struct calibrated {
	str model, encoding;
	enum content content;
	int64_t n;
	struct ratio low, median, high, most; /* 5th, 50th, 95th percentile, the largest */
};

struct calibrations {
	struct arena arena;
	struct calibrated *items;
	size_t count;
};

/* Ends the program with EXIT_USAGE when the file is none. */
void calibrations_read(struct calibrations *, const char *file);
/* For a model (empty, or the encoding itself: any with that encoding) and a class: its own,
 * else the worst of its dated releases; NULL: not calibrated. */
const struct calibrated *calibration_for(
    const struct calibrations *, str model, str encoding, enum content);
void calibrations_free(struct calibrations *);
void calibrated_emit(struct buf *, const struct calibrated *);

#endif
