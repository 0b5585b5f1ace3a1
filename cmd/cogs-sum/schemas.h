/* schemas.h - JSON Schemas (2020-12) of the records of cogs-sum, one line of text each. */
#ifndef SCHEMAS_H
#define SCHEMAS_H

extern const char schema_cogs[], schema_cogs_line[], schema_cogs_group[],
    schema_cogs_unpriced[], schema_cogs_assumed[], schema_cogs_invoice[],
    schema_cogs_forecast[], schema_cogs_bridge[], schema_cost[];

#endif
