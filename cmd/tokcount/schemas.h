/* schemas.h - JSON Schemas of tokcount's own records. */
#ifndef SCHEMAS_H
#define SCHEMAS_H

extern const char schema_count[], schema_calibration[], schema_drift[], schema_comparison[];

#endif
