#include "schemas.h"
const char schema_intent[]="{}", schema_verdict[]="{}", schema_decision[]="{}", schema_feedback[]="{}";
