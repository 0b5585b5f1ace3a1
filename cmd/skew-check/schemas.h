/* schemas.h - JSON Schemas of what skew-check writes, one line of text each. */
#ifndef SCHEMAS_H
#define SCHEMAS_H

#include "trace/schema.h"

extern const char schema_skew[], schema_skew_region[], schema_skew_window[];

#endif
