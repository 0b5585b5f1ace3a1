/* picture.h - which version each region served over time, to look at. */
#ifndef PICTURE_H
#define PICTURE_H

#include "report.h"

void picture_text(const struct report *, const struct artifact *);

/* All artifacts into an SVG file, which appears whole or not at all: NULL, or why not. */
const char *picture_svg(const struct report *, const char *file);

#endif
