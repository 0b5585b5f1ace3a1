/* schemas.h - JSON Schemas of what mailgate and mailgatectl read and write. */
#ifndef SCHEMAS_H
#define SCHEMAS_H

extern const char schema_decision[], schema_held[], schema_mail_day[], schema_feedback[],
    schema_mail_result[];

#endif
