/* picture.h - the decisions of a time as an SVG: bars by time, a colour for each answer. */
#ifndef PICTURE_H
#define PICTURE_H

#include "log.h"

const char *picture(const struct log *, const char *file); /* NULL, or why not */

#endif
