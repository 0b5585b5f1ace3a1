/* schemas.c - one line of text each. */
#include "schemas.h"

#define URL   "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define WHOLE "{\"type\":\"integer\",\"minimum\":0}"
#define MAYBE "{\"type\":[\"integer\",\"null\"],\"minimum\":0}"
#define RATIO                                                                                  \
	"{\"type\":\"array\",\"items\":" WHOLE ",\"minItems\":2,\"maxItems\":2,"               \
	"\"description\":\"billed and local tokens of one request\"}"
#define CLASS                                                                                  \
	"{\"enum\":[\"han\",\"kana\",\"hangul\",\"arabic\",\"cyrillic\",\"thai\","             \
	"\"devanagari\",\"latin\",\"code\",\"json\",\"digits\",\"emoji\",\"other\",\"empty\"]" \
	"}"

const char schema_count[] =
    "{" URL "\"title\":\"count\",\"type\":\"object\","
    "\"required\":[\"record\",\"v\",\"tokens\",\"estimate\",\"low\",\"high\",\"n\"],"
    "\"properties\":{\"record\":{\"const\":\"count\"},\"v\":{\"const\":1},"
    "\"file\":{\"type\":\"string\"},\"tokens\":" MAYBE ",\"estimate\":" MAYBE ",\"low\":" MAYBE
    ",\"high\":" MAYBE ",\"n\":" WHOLE ",\"encoding\":{\"type\":\"string\"},"
    "\"vocab_sha256\":{\"type\":\"string\"},\"verified\":{\"type\":\"boolean\"},"
    "\"verdict\":{\"type\":\"string\"}}}";

const char schema_calibration[] =
    "{" URL "\"title\":\"calibration\",\"type\":\"object\","
    "\"required\":[\"record\",\"v\",\"model\",\"encoding\",\"class\",\"n\",\"p5\",\"median\","
    "\"p95\",\"max\"],"
    "\"properties\":{\"record\":{\"const\":\"calibration\"},\"v\":{\"const\":1},"
    "\"model\":{\"type\":\"string\"},\"encoding\":{\"type\":\"string\"},\"class\":" CLASS
    ",\"n\":" WHOLE ",\"p5\":" RATIO ",\"median\":" RATIO ",\"p95\":" RATIO ",\"max\":" RATIO
    "}}";
