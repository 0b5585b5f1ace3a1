/* schemas.c - one line of text each. */
#include "schemas.h"

#define URL     "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define WHOLE   "{\"type\":\"integer\",\"minimum\":0}"
#define STRING  "{\"type\":\"string\"}"
#define NUMBER  "{\"type\":[\"number\",\"null\"]}"
#define TIME    "{\"type\":\"string\",\"format\":\"date-time\"}"
#define SHA256  "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"}"
#define VERDICT "{\"enum\":[\"ok\",\"violation\",\"unknown\"]}"
#define FROM    "{\"enum\":[\"provider\",\"product\",\"address\",\"label\",\"none\"]}"
#define HEAD(kind)                                                                             \
	"{" URL "\"title\":\"" kind "\",\"type\":\"object\",\"properties\":{\"record\":{"      \
	"\"const\":\"" kind "\"},\"v\":{\"const\":1}"
#define TAIL(required) "},\"required\":[\"record\",\"v\"" required "]}"

const char schema_region[] =
    HEAD("region") ",\"records\":" WHOLE ",\"hops\":" WHOLE ",\"ok\":" WHOLE
		   ",\"violation\":" WHOLE ",\"unknown\":" WHOLE
		   ",\"records_with_violation\":" WHOLE ",\"traces_with_violation\":" WHOLE
		   ",\"traces_unknown_only\":" WHOLE ",\"evidence\":{\"type\":\"object\","
		   "\"additionalProperties\":" WHOLE "},\"policy_sha256\":" SHA256
		   ",\"regions_sha256\":" SHA256 ",\"regions_date\":" TIME TAIL(
		       ",\"hops\",\"ok\",\"violation\",\"unknown\",\"policy_sha256\"");

const char schema_region_group[] =
    HEAD("region-group") ",\"verdict\":" VERDICT ",\"reason\":" STRING ",\"country\":" STRING
			 ",\"class\":" STRING ",\"kind\":" STRING ",\"place\":" STRING
			 ",\"countries\":" STRING ",\"message\":" STRING ",\"known_from\":" FROM
			 ",\"n\":" WHOLE ",\"failed\":" WHOLE ",\"first\":" TIME
			 ",\"last\":" TIME TAIL(",\"verdict\",\"reason\",\"kind\",\"n\"");

const char schema_hop_verdict[] = HEAD(
    "hop-verdict") ",\"trace\":" STRING ",\"seq\":" WHOLE ",\"attempt\":" WHOLE
		   ",\"kind\":" STRING ",\"country\":" STRING ",\"class\":" STRING
		   ",\"verdict\":" VERDICT ",\"reason\":" STRING ",\"place\":" STRING
		   ",\"countries\":" STRING ",\"known_from\":" FROM ",\"after_status\":" WHOLE
		   ",\"after_region\":" STRING
		   ",\"mismatch\":{\"const\":true},\"label\":" STRING
		   ",\"message\":" STRING TAIL(",\"kind\",\"verdict\",\"reason\",\"message\"");

const char schema_region_cache[] =
    HEAD("region-cache") ",\"region\":" STRING ",\"calls\":" WHOLE ",\"with_usage\":" WHOLE
			 ",\"input\":" WHOLE ",\"cache_read\":" WHOLE ",\"cache_write\":" WHOLE
			 ",\"hit_rate\":" NUMBER ",\"price_factor\":" NUMBER TAIL(
			     ",\"region\",\"calls\",\"input\",\"cache_read\"");

#define QUANTILES                                                                              \
	"{\"type\":\"object\",\"required\":[\"n\",\"p50\",\"p95\"],\"properties\":{"           \
	"\"n\":" WHOLE ",\"p50\":" NUMBER ",\"p95\":" NUMBER "}}"

const char schema_region_path[] =
    HEAD("region-path") ",\"regions\":{\"type\":\"array\","
			"\"items\":" STRING "},\"calls\":" WHOLE ",\"ttft_ms\":" QUANTILES
			",\"total_ms\":" QUANTILES TAIL(",\"regions\",\"calls\"");

const char schema_region_blocks[] =
    HEAD("region-blocks") ",\"regions\":" WHOLE
			  ",\"routing\":{\"enum\":[\"random\",\"sticky\"]},\"seed\":" WHOLE
			  ",\"calls\":" WHOLE ",\"blocks\":" WHOLE ",\"rounds\":" WHOLE
			  ",\"sd\":" NUMBER ",\"low\":" NUMBER ",\"high\":" NUMBER
			  ",\"hit_rate\":" NUMBER ",\"price_factor\":" NUMBER TAIL(
			      ",\"regions\",\"routing\",\"blocks\",\"hit_rate\"");
