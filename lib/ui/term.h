/* term.h - what the reader's terminal can show; decided from the environment, once. */
#ifndef TERM_H
#define TERM_H

#include <stdbool.h>

bool term_unicode(void); /* the locale says UTF-8, and TERM does not say dumb */
bool term_colour(void);  /* standard output is a terminal, NO_COLOR is unset */

/* The first where unicode can be shown, else the second. */
const char *term_sign(const char *unicode, const char *ascii);

#endif
