/* slurp.h - whole files and members, unpacked, one after the other. */
#ifndef SLURP_H
#define SLURP_H

#include "base/str.h"

/* Calls take() with each; returns the status of what could not be read. */
int slurp_files(
    char **files, void (*take)(void *context, const char *name, str text), void *context);

#endif
