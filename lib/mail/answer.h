/* answer.h - what a verdict looks like to who asked: the record with the verdict added, or the
 * result of a tool call. */
#ifndef ANSWER_H
#define ANSWER_H

#include "mail/gate.h"

enum asked { ASKED_INTENT, ASKED_OPENAI, ASKED_RESPONSES, ASKED_ANTHROPIC };

/* The line as it came; empty: there is none (a bad line).  sent: it was handed over.  Written
 * to standard output. */
void answer(enum asked, str line, const struct verdict *, bool sent);

/* The intent inside of a tool call; NULL: it is no call of send_email. */
const struct doc *answer_call(
    struct arena *, const struct doc *line, enum asked *, bool *foreign);

#endif
