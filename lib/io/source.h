/* source.h - operands one after the other, their members, and what went wrong with them. */
#ifndef SOURCE_H
#define SOURCE_H

#include "io/in.h"
#include "io/records.h"

struct source {
	char **operands; /* the rest; ends in NULL */
	struct bytes *bytes;
	struct records records; /* of the member that is being read */
	bool in_member, patient;
	bool ahead; /* decoders run in threads of their own */
	int status; /* of operands that could not be read */
};

/* No operand means standard input.  The limits are those of the options. */
void source_open(struct source *, const struct in_options *, char **operands);

/* Go to a member of which there are records to read: IN_ONE, or IN_END, or IN_WAIT. */
enum in_step source_ready(struct source *);

void source_leave(struct source *);  /* this member has ended */
void source_broken(struct source *); /* it cannot be read on: reported */
/* The next line of any operand, for what is no JSON; borrowed.  One that is too long is
 * reported and counts as bad data.  False at the end. */
bool source_line(struct source *, str *line);

const char *source_name(const struct source *);
void source_close(struct source *);

#endif
