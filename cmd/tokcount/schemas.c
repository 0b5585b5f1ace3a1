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
    "\"file\":{\"type\":\"string\"},\"model\":{\"type\":\"string\"},\"records\":" WHOLE
    ",\"system\":" WHOLE ",\"messages\":" WHOLE ",\"calls\":" WHOLE ",\"results\":" WHOLE
    ",\"tools\":" WHOLE ",\"images\":" WHOLE ",\"overhead\":" WHOLE ",\"unknown\":" WHOLE
    ",\"fit\":" WHOLE ",\"over\":" WHOLE ",\"uncalibrated\":" WHOLE ",\"tokens\":" MAYBE
    ",\"estimate\":" MAYBE ",\"low\":" MAYBE ",\"high\":" MAYBE ",\"n\":" WHOLE
    ",\"encoding\":{\"type\":\"string\"},"
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

#define COLUMN                                                                                 \
	"{\"type\":\"object\",\"required\":[\"n\",\"p5\",\"median\",\"p95\",\"max\"],"         \
	"\"description\":\"percent that the bill is above it\"}"
#define LIMITS                                                                                 \
	"{\"type\":\"array\",\"items\":{\"type\":[\"number\",\"null\"]},\"minItems\":3,"       \
	"\"maxItems\":3}"

const char schema_drift[] =
    "{" URL "\"title\":\"drift\",\"type\":\"object\","
    "\"required\":[\"record\",\"v\",\"model\",\"encoding\",\"class\",\"n\",\"billed\","
    "\"counted\",\"cause\",\"examples\"],"
    "\"properties\":{\"record\":{\"const\":\"drift\"},\"v\":{\"const\":1},"
    "\"model\":{\"type\":\"string\"},\"encoding\":{\"type\":\"string\"},\"class\":" CLASS
    ",\"n\":" WHOLE ",\"billed\":" WHOLE ",\"counted\":" WHOLE ",\"local\":" COLUMN
    ",\"recorded\":" COLUMN ",\"provider\":" COLUMN
    ",\"fit\":{\"type\":\"object\",\"properties\":{\"per_request\":" LIMITS
    ",\"per_message\":" LIMITS ",\"per_tool\":" LIMITS ",\"per_token\":" LIMITS "}},"
    "\"cause\":{\"type\":[\"string\",\"null\"]},"
    "\"examples\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"maxItems\":3}}}";

const char schema_comparison[] =
    "{" URL "\"title\":\"comparison\",\"type\":\"object\","
    "\"required\":[\"record\",\"v\",\"entries\",\"sides\",\"most_affected\",\"shared\","
    "\"renumbered\"],"
    "\"properties\":{\"record\":{\"const\":\"comparison\"},\"v\":{\"const\":1},"
    "\"entries\":" WHOLE ",\"shared\":" WHOLE ",\"renumbered\":" WHOLE
    ",\"sides\":{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":{"
    "\"type\":\"object\",\"required\":[\"name\",\"tokens\",\"vocab_sha256\"],"
    "\"properties\":{\"tokens\":" WHOLE ",\"cost\":{\"type\":\"string\"}}}},"
    "\"most_affected\":{\"type\":\"array\",\"maxItems\":5,\"items\":{\"type\":\"object\","
    "\"required\":[\"id\",\"from\",\"to\"],\"properties\":{\"id\":{\"type\":\"string\"},"
    "\"from\":" WHOLE ",\"to\":" WHOLE "}}}}}";
