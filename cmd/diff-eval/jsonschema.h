/* jsonschema.h - does a value fit a JSON Schema, as far as we understand it?
 *
 * A keyword that is not known makes the outcome unknown, never a pass. */
#ifndef JSONSCHEMA_H
#define JSONSCHEMA_H

#include "io/doc.h"

enum outcome { UNKNOWN, PASS, FAIL };

/* Unknown taints a pass, but not a failure. */
enum outcome outcome_both(enum outcome, enum outcome);

/* *fault says in words what does not fit; it is left alone otherwise. */
enum outcome schema_fits(
    struct arena *, const struct doc *value, const struct doc *schema, str *fault);

#endif
