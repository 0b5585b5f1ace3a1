/* gate.h - does it fit? The local count, what the bill makes of it, and the limit. */
#ifndef GATE_H
#define GATE_H

#include "calibration.h"

/* The command that calibrates a model, %.*s. */
#define ADVICE "replay --count -m %.*s TRACES | tokcount --drift --calibration FILE"

struct gate {
	const struct options *o;
	struct calibrations calibrations;
	struct classes classes;
	struct buf words;
	bool looks; /* a class is needed */
};

/* words: a sentence, borrowed until the next call; empty where nothing was asked. */
struct verdict {
	struct amount amount;
	enum { FITS, OVER, UNCALIBRATED } fits;
	str words;
	int status;
};

struct gate *gate_new(const struct options *);
void gate_begin(struct gate *);
void gate_look(struct gate *, str bytes); /* a part of the text */
struct verdict gate_judge(struct gate *, const struct coder *, int64_t tokens);

/* What is judged of a record: parts of unknown size make its count a lower bound. */
struct judged {
	const struct coder *coder;
	str model;
	enum content content;
	int64_t tokens, unknown;
};

struct verdict gate_judge_as(struct gate *, const struct judged *);
void gate_free(struct gate *);

#endif
