/* schema.h - JSON Schemas (2020-12) of what mailgate and mailgatectl read and write, one line
 * of text each.  Fields not named in a schema are allowed everywhere. */
#ifndef MAIL_SCHEMA_H
#define MAIL_SCHEMA_H

extern const char schema_mail_intent[], /* with what a verdict adds */
    schema_mail_feedback_in[], schema_mail_result[], schema_mail_decision[],
    schema_mail_feedback[], schema_mail_act[], schema_mail_outcome[], schema_mail_held[],
    schema_mail_agent[], schema_mail_day[];

#endif
