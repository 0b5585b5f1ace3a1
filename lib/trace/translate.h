/* translate.h - a request of one dialect as a request of another.
 *
 * What the target cannot take is not lost silently: every thing that is not carried over as
 * it was becomes an element of translation[]: {"field","action","from"?,"to"?}, action being
 * dropped, renamed, clamped, added, moved, merged or converted.  Nothing is noted for what
 * is only spelled differently and means the same (where the system prompt stands, how
 * messages, calls and results are nested). */
#ifndef TRANSLATE_H
#define TRANSLATE_H

#include "io/emit.h"
#include "trace/dialect.h"
#include "trace/prompt.h"

/* The body in the other dialect; *losses: the elements of translation[], empty if none.
 * Both live in the arena. */
str translate(struct arena *, const struct dialect *from, const struct dialect *to,
    const struct doc *request, str *losses);

/* The dialects' readers and writers. */
void chat_read(struct prompt *, const struct doc *request);
void chat_write(struct prompt *, struct buf *);
void responses_read(struct prompt *, const struct doc *request);
void responses_write(struct prompt *, struct buf *);
void anthropic_read(struct prompt *, const struct doc *request);
void anthropic_write(struct prompt *, struct buf *);

/* What OpenAI's two dialects say alike: a choice that is one word (false: it is not), and
 * the members of a JSON schema that the answer is to fit. */
bool openai_choice_read(struct prompt *, const struct doc *);
bool openai_choice_write(const struct prompt *, struct buf *);
void openai_schema_read(struct prompt *, const struct doc *);
void openai_schema_write(const struct prompt *, struct buf *);

/* What the writers share. */
#define TRANSLATE_TEXT_SCHEMA                                                                  \
	STR("{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"           \
	    "\"required\":[\"input\"]}")
str translate_id(struct prompt *, str id);           /* letters, digits, _ and - only */
void translate_stop_list(struct prompt *, int most); /* stop as a list; most 0: any number */
/* The nearest effort that the target knows; `known` goes up and ends in NULL. */
void translate_effort(struct prompt *, const char *const *known);
void translate_schema_format(struct prompt *, struct buf *, const char *name);

#endif
