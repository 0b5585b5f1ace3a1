/* schema.h - JSON Schemas (2020-12) of the records, one line of text each, behind every
 * tool's --schema.  Fields not named in a schema are allowed everywhere. */
#ifndef SCHEMA_H
#define SCHEMA_H

extern const char schema_trace[], schema_replay[], schema_run[], schema_diff[],
    schema_summary[], schema_audit[], schema_plan[], schema_finding[];

#endif
