/* schemas.c - one line of text each. */
#include "schemas.h"

#define URL    "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define WHOLE  "{\"type\":\"integer\",\"minimum\":0}"
#define STRING "{\"type\":\"string\"}"
#define BOOL   "{\"type\":\"boolean\"}"
#define NUMBER "{\"type\":[\"number\",\"null\"]}"
#define TIME   "{\"type\":\"string\",\"format\":\"date-time\"}"
#define STATE                                                                                  \
	"{\"enum\":[\"in sync\",\"progressing\",\"stalled\",\"converged\",\"rolled back\","    \
	"\"flapping\",\"undecided\"]}"
#define PART                                                                                   \
	"{\"type\":\"object\",\"required\":[\"n\",\"of\"],\"properties\":{\"n\":" WHOLE        \
	",\"of\":" WHOLE "}}"
#define SHARE                                                                                  \
	"{\"type\":\"object\",\"required\":[\"failed\",\"n\",\"rate\"],\"properties\":{"       \
	"\"failed\":" WHOLE ",\"n\":" WHOLE ",\"rate\":" NUMBER "}}"
#define BOUNDS   "{\"type\":\"array\",\"minItems\":2,\"maxItems\":2,\"items\":" TIME "}"
#define LIST(of) "{\"type\":\"array\",\"items\":" of "}"
#define HEAD(kind)                                                                             \
	"{" URL "\"title\":\"" kind "\",\"type\":\"object\",\"properties\":{\"record\":{"      \
	"\"const\":\"" kind "\"},\"v\":{\"const\":1},\"kind\":{\"enum\":[\"prompt\","          \
	"\"model\"]},\"name\":" STRING
#define TAIL(required) "},\"required\":[\"record\",\"v\",\"kind\"" required "]}"

const char schema_skew[] =
    HEAD("skew") ",\"state\":" STATE ",\"version\":" STRING ",\"regions\":" PART
		 ",\"requests\":" PART ",\"tenants\":" PART ",\"since\":" TIME ",\"now\":" TIME
		 ",\"n\":" WHOLE ",\"without_hash\":" WHOLE ",\"unknown\":" WHOLE
		 ",\"sessions\":" WHOLE ",\"mixed_sessions\":" WHOLE ",\"own_rates\":" LIST(
		     "{\"type\":\"object\",\"properties\":{\"region\":" STRING
		     ",\"here\":" SHARE ",\"elsewhere\":" SHARE ",\"p\":" NUMBER "}}")
		     TAIL(",\"state\",\"regions\",\"n\"");

#define FLIP                                                                                   \
	"{\"type\":\"object\",\"required\":[\"at\",\"low\",\"high\"],\"properties\":{"         \
	"\"from\":" STRING ",\"to\":" STRING ",\"at\":" TIME ",\"low\":" TIME                  \
	",\"high\":" TIME ",\"stragglers\":" WHOLE ",\"last_straggler\":" TIME                 \
	",\"early\":" WHOLE "}}"

const char schema_skew_region[] = HEAD(
    "skew-region") ",\"region\":" STRING ",\"serves\":" STRING ",\"silent\":" BOOL
		   ",\"first\":" TIME ",\"last\":" TIME ",\"n\":" WHOLE
		   ",\"flips\":" LIST(FLIP) ",\"versions\":" LIST(
		       "{\"type\":\"object\",\"required\":[\"version\",\"id\",\"n\",\"known\","
		       "\"failed\"],\"properties\":{\"version\":" STRING ",\"id\":" STRING
		       ",\"n\":" WHOLE ",\"known\":" WHOLE ",\"failed\":" WHOLE "}}")
		       TAIL(",\"region\",\"n\",\"flips\",\"versions\"");

#define STALL                                                                                  \
	"{\"type\":\"object\",\"required\":[\"from\",\"until\",\"regions_new\",\"regions\"],"  \
	"\"properties\":{\"from\":" TIME ",\"until\":" TIME ",\"from_bounds\":" BOUNDS         \
	",\"until_bounds\":" BOUNDS ",\"seconds\":" NUMBER ",\"open\":" BOOL                   \
	",\"old\":" STRING ",\"new\":" STRING ",\"regions_new\":" WHOLE ",\"regions\":" WHOLE  \
	",\"behind\":" LIST(STRING) "}}"
#define OUTCOME                                                                                \
	"{\"type\":\"object\",\"required\":[\"readout\"],\"properties\":{\"readout\":{"        \
	"\"enum\":[\"not-measured\",\"not-identifiable\",\"no-difference\",\"difference\"]},"  \
	"\"why\":" STRING ",\"behind_before\":" SHARE ",\"behind_during\":" SHARE              \
	",\"behind_after\":" SHARE ",\"ahead_before\":" SHARE ",\"ahead_during\":" SHARE       \
	",\"ahead_after\":" SHARE ",\"did\":" NUMBER ",\"se\":" NUMBER ",\"low\":" NUMBER      \
	",\"high\":" NUMBER ",\"p\":" NUMBER ",\"onset\":" TIME                                \
	",\"regions_with_both\":" WHOLE ",\"odds_ratio\":" NUMBER ",\"odds_low\":" NUMBER      \
	",\"odds_high\":" NUMBER ",\"odds_p\":" NUMBER "}}"

const char schema_skew_window[] =
    HEAD("skew-window") ",\"state\":" STATE ",\"old\":" STRING ",\"new\":" STRING
			",\"from\":" TIME ",\"until\":" TIME ",\"from_bounds\":" BOUNDS
			",\"until_bounds\":" BOUNDS ",\"seconds\":" NUMBER ",\"open\":" BOOL
			",\"from_start\":" BOOL
			",\"stalls\":" LIST(STALL) ",\"outcome\":" OUTCOME TAIL(
			    ",\"state\",\"from\",\"until\",\"open\",\"stalls\"");
