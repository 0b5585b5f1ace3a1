/* schemas.h - JSON Schemas of what mailgate reads and writes. */
#ifndef SCHEMAS_H
#define SCHEMAS_H
extern const char schema_intent[], schema_verdict[], schema_decision[], schema_feedback[];
#endif
