#include "schemas.h"
const char schema_decision[]="{}", schema_held[]="{}", schema_mail_day[]="{}", schema_feedback[]="{}",
    schema_mail_result[]="{}";
