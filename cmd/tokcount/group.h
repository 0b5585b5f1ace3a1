/* group.h - what --drift keeps of a model, a tokenizer and a class of content. */
#ifndef GROUP_H
#define GROUP_H

#include "fit.h"
#include "sketch.h"

enum column {
	COLUMN_LOCAL,    /* our count */
	COLUMN_RECORDED, /* --local */
	COLUMN_COUNTED,  /* candidate.count */
	COLUMNS
};

extern const char *const column_names[];

struct example {
	uint64_t hash;
	char id[64];
};

struct group {
	struct sums sums;
	struct sketch ratios[COLUMNS]; /* billed over each */
	int64_t billed, local;
	int64_t with_images, image_gap, other_gap; /* billed - local, with images and without */
	int64_t outputs, output_billed, output_local, reasoning; /* of answers that were seen */
	struct example examples[3];
	size_t example_count;
};

struct groups {
	struct table table;                    /* struct group by "model\tencoding\tclass" */
	int64_t without_usage, candidate_only; /* records */
};

void group_example(struct group *, str id);
void group_merge(struct group *, const struct group *);
/* The state as JSON, and back; shape: what must be the same for two to be added. */
void group_emit(struct buf *, const struct group *, str shape);
const char *group_parse(struct group *, const struct doc *, str shape);
void group_free(struct group *);

/* Parts of a group's key. */
struct calibrated group_calibration(str key, const struct group *);
/* What most likely makes the difference, in words; NULL: nothing stands out. */
const char *group_cause(const struct group *, const struct term_fit *, bool fitted);

/* The report: text, or a line of JSON for each. */
void groups_report(const struct groups *, const struct options *);
/* Calibration records for the gate. */
void groups_calibrate(const struct groups *, const char *file);

#endif
