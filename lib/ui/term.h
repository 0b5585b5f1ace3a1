/* term.h - what the reader's terminal can show; decided from the environment, once. */
#ifndef TERM_H
#define TERM_H

#include "base/str.h"

bool term_unicode(void); /* the locale says UTF-8, and TERM does not say dumb */
bool term_colour(void);  /* standard output is a terminal, NO_COLOR is unset */

/* The first where unicode can be shown, else the second. */
const char *term_sign(const char *unicode, const char *ascii);

/* Text from a record onto standard output: nothing in it moves the cursor or ends the
 * line. */
void term_put(str);

#endif
