/* schemas.c - one line of text each. */
#include "schemas.h"

#define URL    "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define WHOLE  "{\"type\":\"integer\",\"minimum\":0}"
#define STRING "{\"type\":\"string\"}"
#define MONEY  "{\"type\":\"string\",\"pattern\":\"^-?[0-9]+([.][0-9]+)?$\"}"
#define MAYBE  "{\"type\":[\"string\",\"null\"],\"pattern\":\"^-?[0-9]+([.][0-9]+)?$\"}"
#define HEAD(kind)                                                                             \
	"{" URL "\"title\":\"" kind "\",\"type\":\"object\",\"properties\":{\"record\":{"      \
	"\"const\":\"" kind "\"},\"v\":{\"const\":1}"
#define TAIL(required) "},\"required\":[\"record\",\"v\"" required "]}"

#define CALLS                                                                                  \
	",\"calls\":" WHOLE ",\"priced\":" WHOLE ",\"unpriced\":" WHOLE                        \
	",\"without_usage\":" WHOLE ",\"input\":" WHOLE ",\"cache_read\":" WHOLE               \
	",\"cache_write\":" WHOLE ",\"output\":" WHOLE ",\"inference\":" MONEY                 \
	",\"retries\":" WHOLE ",\"retries_cost\":" MONEY ",\"failures\":" WHOLE                \
	",\"failures_cost\":" MONEY ",\"shared\":" MONEY ",\"total\":" MONEY
#define MARGINS                                                                                \
	",\"revenue\":" MONEY ",\"margin_inference_percent\":" MAYBE                           \
	",\"margin_percent\":" MAYBE ",\"gap_points\":" MAYBE
#define TASKS                                                                                  \
	",\"tasks\":{\"type\":\"object\",\"required\":[\"n\",\"resolved\",\"unresolved\","     \
	"\"incomplete\",\"cost_per_task\",\"cost_per_resolved\"],\"properties\":{\"n\":" WHOLE \
	",\"resolved\":" WHOLE ",\"unresolved\":" WHOLE ",\"incomplete\":" WHOLE               \
	",\"cost_per_task\":" MAYBE ",\"cost_per_resolved\":" MAYBE ",\"p50\":" MONEY          \
	",\"p95\":" MONEY ",\"p99\":" MONEY ",\"top\":" WHOLE ",\"top_cost\":" MONEY           \
	",\"top_percent\":" MAYBE "}}"

const char schema_cogs[] = HEAD(
    "cogs") ",\"currency\":" STRING ",\"prices\":" STRING ",\"prices_sha256\":" STRING
	    ",\"prices_date\":" STRING CALLS ",\"groups\":" WHOLE ",\"unallocated\":" MONEY
	    ",\"inference_percent\":" MAYBE MARGINS
	    ",\"at_most\":{\"type\":\"boolean\"},\"missing\":{\"type\":\"array\","
	    "\"items\":" STRING "}" TASKS ",\"cached\":" WHOLE ",\"without_task\":" WHOLE
	    ",\"duplicate_keys\":" WHOLE ",\"lone_surrogates\":" WHOLE TAIL(
		",\"currency\",\"calls\",\"inference\",\"total\",\"unallocated\",\"at_most\"");

const char schema_cogs_line[] =
    HEAD("cogs-line") ",\"category\":" STRING ",\"amount\":" MONEY ",\"allocated\":" MONEY
		      ",\"unallocated\":" MONEY ",\"driver\":" STRING ",\"owner\":" STRING
		      ",\"source\":" STRING
		      ",\"behaviour\":{\"enum\":[\"fixed\",\"task\",\"token\"]},\"rows\":" WHOLE
		      ",\"why\":" STRING TAIL(
			  ",\"category\",\"amount\",\"allocated\",\"unallocated\"");

const char schema_cogs_group[] = HEAD(
    "cogs-group") ",\"by\":{\"type\":\"object\","
		  "\"additionalProperties\":{\"type\":[\"string\",\"null\"]}}" CALLS MARGINS
		      TASKS
		  ",\"parts\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":["
		  "\"category\",\"amount\"],\"properties\":{\"category\":" STRING
		  ",\"amount\":" MONEY "}}}" TAIL(",\"by\",\"calls\",\"inference\",\"total\"");

const char schema_cogs_unpriced[] =
    HEAD("cogs-unpriced") ",\"model\":" STRING ",\"service_tier\":" STRING ",\"why\":" STRING
			  ",\"calls\":" WHOLE TAIL(",\"why\",\"calls\"");

const char schema_cogs_assumed[] =
    HEAD("cogs-assumed") ",\"model\":" STRING ",\"class\":" STRING
			 ",\"count\":" WHOLE TAIL(",\"class\",\"count\"");

const char schema_cogs_invoice[] =
    HEAD("cogs-invoice") ",\"what\":" STRING ",\"estimated\":" MONEY ",\"billed\":" MONEY
			 ",\"difference\":" MONEY
			 ",\"verdict\":{\"enum\":[\"agrees\",\"differs\",\"incomplete\"]}" TAIL(
			     ",\"what\",\"estimated\",\"billed\",\"difference\",\"verdict\"");

const char schema_cogs_forecast[] =
    HEAD("cogs-forecast") ",\"target\":" MONEY ",\"revenue\":" MONEY ",\"fixed\":" MONEY
			  ",\"per_task\":" MONEY ",\"per_token\":" MONEY
			  ",\"price_change\":" MAYBE ",\"cost_change\":" MAYBE
			  ",\"volume_change\":" MAYBE ",\"crosses_after\":" MAYBE TAIL(
			      ",\"target\",\"price_change\",\"volume_change\"");

const char schema_cogs_bridge[] =
    HEAD("cogs-bridge") ",\"from\":" STRING ",\"to\":" STRING
			",\"unit\":{\"enum\":[\"task\",\"call\"]},\"cost_from\":" MONEY
			",\"cost_to\":" MONEY ",\"steps\":{\"type\":\"array\",\"items\":{"
			"\"type\":\"object\",\"required\":["
			"\"surface\",\"step\",\"change\"],\"properties\":{\"surface\":" STRING
			",\"step\":" STRING ",\"change\":" MONEY
			"}}}" TAIL(",\"from\",\"to\",\"steps\"");

/* What --lines reads. */
const char schema_cost[] =
    HEAD("cost") ",\"category\":" STRING ",\"billed_cost\":" MONEY ",\"effective_cost\":" MONEY
		 ",\"amount\":" MONEY
		 ",\"minutes\":{\"type\":[\"string\",\"number\"]},\"rate_per_hour\":{\"type\":["
		 "\"string\",\"number\"]},\"currency\":" STRING ",\"driver\":" STRING
		 ",\"owner\":" STRING ",\"source\":" STRING
		 ",\"behaviour\":{\"enum\":[\"fixed\",\"task\",\"token\"]},"
		 "\"charge_period_start\":" STRING
		 ",\"charge_period_end\":" STRING TAIL(",\"category\"");
