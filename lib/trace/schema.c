/* schema.c - JSON Schemas of the records. */
#include "trace/schema.h"

#define DRAFT  "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define STRING "{\"type\":\"string\"}"
#define COUNT  "{\"type\":\"integer\",\"minimum\":0}"
#define SHA256 "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"}"
#define HEAD(kind)                                                                             \
	"\"type\":\"object\",\"required\":[\"record\",\"v\"],\"properties\":{"                 \
	"\"record\":{\"const\":\"" kind "\"},\"v\":{\"const\":1}"

#define DEF_MODEL                                                                              \
	"{\"type\":\"object\",\"properties\":{\"requested\":" STRING ",\"answered\":" STRING   \
	",\"fingerprint\":" STRING "}}"
#define DEF_USAGE                                                                              \
	"{\"type\":\"object\",\"properties\":{\"input\":" COUNT ",\"output\":" COUNT           \
	",\"cache_read\":" COUNT ",\"cache_write\":" COUNT ",\"cache_write_1h\":" COUNT        \
	",\"reasoning\":" COUNT "}}"
#define DEF_ERROR                                                                              \
	"{\"type\":[\"object\",\"null\"],\"required\":[\"type\"],\"properties\":{"             \
	"\"type\":" STRING ",\"message\":" STRING "}}"
#define DEF_TIMING                                                                             \
	"{\"type\":\"object\",\"properties\":{\"ttft_ms\":{\"type\":\"number\",\"minimum\":0}" \
	","                                                                                    \
	"\"total_ms\":{\"type\":\"number\",\"minimum\":0}}}"
#define DEF_STREAM                                                                             \
	"{\"type\":\"object\",\"properties\":{\"events\":" COUNT ",\"bytes\":" COUNT           \
	",\"done\":{\"type\":\"boolean\"}}}"
#define DEF_CHANGES                                                                            \
	"{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"field\","          \
	"\"action\"],"                                                                         \
	"\"properties\":{\"field\":" STRING ",\"action\":" STRING "}}}"
#define REF(name) "{\"$ref\":\"#/$defs/" name "\"}"
#define MODEL     REF("model")
#define USAGE     REF("usage")
#define ERROR     REF("error")
#define TIMING    REF("timing")
#define STREAM    REF("stream")
#define CHANGES   REF("changes")
#define DEFS                                                                                   \
	"\"$defs\":{\"model\":" DEF_MODEL ",\"usage\":" DEF_USAGE ",\"error\":" DEF_ERROR      \
	",\"timing\":" DEF_TIMING ",\"stream\":" DEF_STREAM ",\"changes\":" DEF_CHANGES "},"

#define TOOLS                                                                                  \
	"{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"id\":" STRING    \
	",\"name\":" STRING ",\"arguments\":" STRING ",\"from\":" STRING ",\"result\":" STRING \
	",\"result_sha256\":" SHA256 ",\"error\":{\"type\":\"boolean\"}}}}"

/* What traces and replays have in common. */
#define CALL                                                                                   \
	",\"id\":{\"type\":\"string\",\"minLength\":1}"                                        \
	",\"time\":{\"type\":\"string\",\"format\":\"date-time\"}"                             \
	",\"capture\":{\"type\":\"object\",\"properties\":{\"source\":" STRING                 \
	",\"body\":{\"enum\":[\"verbatim\",\"rebuilt\"]}}}"                                    \
	",\"session\":" STRING ",\"step\":" COUNT ",\"parent\":" STRING                        \
	",\"prompt\":{\"type\":[\"object\",\"string\"],\"properties\":{\"sha256\":" SHA256     \
	",\"raw_sha256\":" SHA256 "}}"                                                         \
	",\"tags\":{\"type\":\"object\"},\"api\":{\"type\":[\"string\",\"null\"]},"            \
	"\"url\":" STRING ",\"headers\":{\"type\":\"object\",\"additionalProperties\":" STRING \
	"},\"model\":" MODEL ",\"content_sha256\":" SHA256 ",\"tools_sha256\":" SHA256         \
	",\"request\":{\"type\":\"object\"},\"request_text\":" STRING                          \
	",\"request_b64\":" STRING ",\"request_sha256\":" SHA256                               \
	",\"request_line_sha256\":" SHA256 ",\"request_bytes\":" COUNT                         \
	",\"response_text\":" STRING ",\"response_b64\":" STRING                               \
	",\"response_sha256\":" SHA256 ",\"stream\":" STREAM                                   \
	",\"status\":{\"type\":\"integer\",\"minimum\":100,\"maximum\":999}"                   \
	",\"error\":" ERROR ",\"usage\":" USAGE ",\"timing\":" TIMING                          \
	",\"finish_reason\":" STRING ",\"tools\":" TOOLS                                       \
	",\"replayable\":{\"enum\":[\"yes\",\"degraded\",\"no\"]}"                             \
	",\"gaps\":{\"type\":\"array\",\"items\":" STRING "},\"modified\":" CHANGES

#define TRANSLATION                                                                            \
	"{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"field\","          \
	"\"action\"],\"properties\":{\"field\":" STRING ",\"action\":{\"enum\":[\"dropped\","  \
	"\"renamed\",\"clamped\",\"added\",\"moved\",\"merged\",\"converted\"]}}}}"

#define ANSWER                                                                                 \
	"{\"type\":\"object\",\"required\":[\"mode\",\"sample\"],\"properties\":{"             \
	"\"model\":" MODEL ",\"api\":" STRING ",\"url\":" STRING ",\"request_sha256\":" SHA256 \
	",\"response_sha256\":" SHA256 ",\"stream\":" STREAM                                   \
	",\"status\":{\"type\":\"integer\",\"minimum\":100,\"maximum\":999},\"error\":" ERROR  \
	",\"usage\":" USAGE ",\"timing\":" TIMING ",\"cost\":" STRING ",\"attempts\":" COUNT   \
	",\"sample\":" COUNT                                                                   \
	",\"mode\":{\"enum\":[\"turn\",\"count\"]},\"count\":{\"type\":\"integer\","           \
	"\"minimum\":1},\"edited\":{\"const\":true},\"skipped\":" STRING                       \
	",\"modified\":" CHANGES ",\"translation\":" TRANSLATION                               \
	",\"divergence\":{\"type\":[\"object\",\"null\"]}}}"

#define CANDIDATE                                                                              \
	",\"candidate\":" ANSWER ",\"baseline\":{\"type\":\"array\",\"items\":{"               \
	"\"$ref\":\"#/properties/candidate\"}}"

const char schema_trace[] = "{" DRAFT DEFS "\"title\":\"trace\"," HEAD("trace") CALL
    "},\"allOf\":[{\"required\":[\"id\",\"replayable\"]}]}";

const char schema_replay[] = "{" DRAFT DEFS "\"title\":\"replay\"," HEAD("replay")
    CALL CANDIDATE "},\"allOf\":[{\"required\":[\"id\",\"candidate\"]}]}";

const char schema_run[] = "{" DRAFT "\"title\":\"run\"," HEAD(
    "run") ",\"tool\":" STRING ",\"planned\":" COUNT ",\"done\":" COUNT ",\"skipped\":" COUNT
	   ",\"failed\":" COUNT ",\"attempts\":" COUNT ",\"retries\":" COUNT
	   ",\"resent\":" COUNT ",\"position\":{\"type\":\"object\","
	   "\"additionalProperties\":" COUNT "}"
	   ",\"stopped\":{\"type\":[\"string\",\"null\"]}},\"allOf\":[{\"required\":[\"tool\","
	   "\"planned\",\"done\",\"skipped\",\"failed\",\"stopped\"]}]}";

#define OUTCOME "{\"anyOf\":[{\"enum\":[\"pass\",\"fail\",\"unknown\"]},{\"type\":\"number\"}]}"

#define ARM "{\"enum\":[\"difference\",\"record\",\"fidelity\",\"noise\",\"excess\"]}"

const char schema_diff[] = "{" DRAFT "\"title\":\"diff\"," HEAD(
    "diff") ",\"id\":" STRING ",\"session\":" STRING ",\"arm\":" ARM
	    ",\"slices\":{\"type\":\"object\"},\"checks\":{\"type\":\"object\","
	    "\"additionalProperties\":{\"type\":\"object\",\"properties\":{"
	    "\"baseline\":" OUTCOME ",\"candidate\":" OUTCOME
	    "}}},\"verdict\":{\"enum\":[\"identical\",\"same-arguments\","
	    "\"same-calls\",\"same-text\",\"different\",\"lost\",\"no-baseline\",\"skipped\","
	    "\"unpaired\"]},"
	    "\"reasons\":{\"type\":\"array\",\"items\":" STRING "}}"
	    ",\"allOf\":[{\"required\":[\"id\",\"verdict\"]}]}";

#define SIDE                                                                                   \
	"{\"type\":\"object\",\"properties\":{\"pass\":" COUNT                                 \
	",\"rate\":{\"type\":[\"number\",\"null\"]},\"mean\":{\"type\":[\"number\",\"null\"]}" \
	"}}"
#define NUMBER "{\"type\":[\"number\",\"null\"]}"

const char schema_summary[] = "{" DRAFT "\"title\":\"summary\"," HEAD(
    "summary") ",\"check\":" STRING ",\"slice\":{\"type\":[\"object\",\"null\"]},\"arm\":" ARM
	       ",\"model\":" STRING ",\"new\":" STRING ",\"n\":" COUNT ",\"unpaired\":" COUNT
	       ",\"skipped\":" COUNT ",\"lost\":" COUNT ",\"records\":" COUNT
	       ",\"unknown\":" COUNT ",\"clusters\":" COUNT ",\"p_holm\":" NUMBER
	       ",\"p_mcnemar\":" NUMBER ",\"p_midp\":" NUMBER ",\"se\":" NUMBER
	       ",\"design_effect\":" NUMBER ",\"margin\":" NUMBER ",\"kappa\":" NUMBER
	       ",\"more_needed\":" COUNT ",\"detect_needs\":" COUNT ",\"seed\":" COUNT
	       ",\"baseline\":" SIDE ",\"candidate\":" SIDE ",\"regressed\":" COUNT
	       ",\"improved\":" COUNT ",\"p\":" NUMBER ",\"diff\":" NUMBER ",\"ci_low\":" NUMBER
	       ",\"ci_high\":" NUMBER ",\"method\":" STRING
	       ",\"verdict\":{\"enum\":[\"pass\",\"fail\","
	       "\"inconclusive\",\"not-comparable\",null]}"
	       "},\"allOf\":[{\"required\":[\"check\",\"n\",\"verdict\"]}]}";

const char schema_audit[] = "{" DRAFT "\"title\":\"audit\"," HEAD(
    "audit") ",\"by\":{\"enum\":[\"total\",\"cause\",\"endpoint\",\"tool_turns\"]},"
	     "\"value\":" STRING ",\"n\":" COUNT ",\"replayable\":" COUNT ",\"exact\":" COUNT
	     ",\"degraded\":" COUNT ",\"not_replayable\":" COUNT
	     ",\"examples\":{\"type\":\"array\",\"items\":" STRING
	     "}},\"allOf\":[{\"required\":[\"by\",\"n\"]}]}";

#define COUNTS "{\"type\":\"object\",\"additionalProperties\":" COUNT "}"

const char schema_plan[] = "{" DRAFT "\"title\":\"plan\"," HEAD(
    "plan") ",\"records\":" COUNT ",\"calls\":" COUNT ",\"baseline_calls\":" COUNT
	    ",\"skipped\":" COUNT ",\"edited\":" COUNT ",\"input_tokens\":" COUNT
	    ",\"input_known\":" COUNT ",\"output_tokens\":" COUNT ",\"output_known\":" COUNT
	    ",\"cost\":" STRING ",\"cost_known\":" COUNT
	    ",\"counted\":{\"type\":\"object\",\"additionalProperties\":" COUNTS "}"
	    ",\"uncounted\":" COUNTS ",\"targets\":" COUNTS ",\"reasons\":" COUNTS
	    ",\"translation\":" COUNTS "},\"allOf\":[{\"required\":[\"records\",\"calls\"]}]}";

const char schema_finding[] = "{" DRAFT "\"title\":\"finding\"," HEAD(
    "finding") ",\"tool\":" STRING ",\"rule\":" STRING ",\"severity\":{\"enum\":[\"error\","
	       "\"warning\",\"notice\"]},\"subject\":{\"type\":\"object\"}"
	       ",\"first\":{\"type\":\"string\",\"format\":\"date-time\"}"
	       ",\"last\":{\"type\":\"string\",\"format\":\"date-time\"}"
	       ",\"over\":{\"type\":\"boolean\"},\"n\":" COUNT
	       ",\"examples\":{\"type\":\"array\",\"items\":" STRING ",\"maxItems\":3}"
	       ",\"message\":" STRING ",\"numbers\":{\"type\":\"object\"}},\"allOf\":[{"
	       "\"required\":[\"tool\",\"rule\","
	       "\"severity\",\"subject\",\"n\",\"examples\",\"message\",\"numbers\"]}]}";
