/* schemas.h - JSON Schemas of what region-check writes, one line of text each. */
#ifndef SCHEMAS_H
#define SCHEMAS_H

#include "trace/schema.h"

extern const char schema_region[], schema_region_group[], schema_hop_verdict[],
    schema_region_cache[], schema_region_path[], schema_region_blocks[];

#endif
