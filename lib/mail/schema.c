/* schema.c - one line of text each. */
#include "mail/schema.h"

#define URL     "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
#define WHOLE   "{\"type\":\"integer\",\"minimum\":0}"
#define STRING  "{\"type\":\"string\"}"
#define STRINGS "{\"type\":\"array\",\"items\":" STRING "}"
#define ADDRESS "{\"type\":[\"string\",\"array\"],\"items\":" STRING "}"
#define TIME    "{\"type\":\"string\",\"format\":\"date-time\"}"
#define FLAG    "{\"type\":\"boolean\"}"
#define SHA256  "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{64}$\"}"
#define GATE_ID "{\"type\":\"string\",\"pattern\":\"^g[0-9]+$\"}"
#define VERDICT "{\"enum\":[\"accept\",\"defer\",\"quarantine\",\"reject\"]}"
#define EVENT                                                                                  \
	"{\"enum\":[\"none\",\"ignored\",\"hard_bounce\",\"soft_bounce\",\"policy_bounce\","   \
	"\"complaint\",\"unsubscribe\"]}"
#define PLAIN(title)                                                                           \
	"{" URL "\"title\":\"" title "\",\"type\":\"object\",\"properties\":{\"id\":{}"
#define HEAD(kind)                                                                             \
	"{" URL "\"title\":\"" kind "\",\"type\":\"object\",\"properties\":{\"record\":{"      \
	"\"const\":\"" kind "\"},\"v\":{\"const\":1}"
#define TAIL(required)  "},\"required\":[\"record\",\"v\"" required "]}"
#define CHAINED         ",\"seq\":" WHOLE ",\"prev\":" SHA256 ",\"time\":" TIME
#define CHAINED_TAIL(r) TAIL(",\"seq\",\"prev\",\"time\"" r)

const char schema_mail_intent[] =
    PLAIN("mail-intent") ",\"agent\":" STRING ",\"from\":" STRING ",\"to\":" ADDRESS
			 ",\"cc\":" ADDRESS ",\"bcc\":" ADDRESS ",\"subject\":" STRING
			 ",\"text\":" STRING ",\"html\":" STRING
			 ",\"headers\":{\"type\":\"object\","
			 "\"additionalProperties\":" STRING "},\"template\":" STRING
			 ",\"recipient_tz\":" STRING ",\"idempotency_key\":" STRING
			 ",\"in_reply_to\":" STRING ",\"dkim_selector\":" STRING
			 ",\"inbound_only\":" FLAG ",\"raw\":" STRING ",\"raw_b64\":" STRING
			 ",\"envelope_from\":" STRING ",\"recipients\":" STRINGS
			 ",\"verdict\":" VERDICT ",\"reasons\":" STRINGS ",\"message\":" STRING
			 ",\"until\":" TIME ",\"gate_id\":" GATE_ID ",\"token\":" STRING "}}";

const char schema_mail_feedback_in[] =
    PLAIN("mail-feedback-in") ",\"recipient\":" STRING ",\"type\":" STRING ",\"token\":" STRING
			      ",\"time\":{\"type\":[\"string\",\"number\"]}}}";

const char schema_mail_result[] =
    PLAIN("mail-result") ",\"gate_id\":" GATE_ID ",\"token\":" STRING ",\"recipient\":" STRING
			 ",\"result\":{\"enum\":[\"sent\",\"failed\",\"unknown\"]}},"
			 "\"required\":[\"result\"]}";

const char schema_mail_decision[] = HEAD("decision") CHAINED
    ",\"agent\":" STRING ",\"id\":" STRING ",\"verdict\":" VERDICT ",\"reason\":" STRING
    ",\"until\":" TIME ",\"from\":" STRING ",\"to\":" STRINGS ",\"recipients\":" WHOLE
    ",\"bytes\":" WHOLE ",\"content\":" STRING ",\"approved_by\":" STRING ",\"message\":" STRING
    ",\"policy_sha256\":" SHA256 CHAINED_TAIL(
	",\"verdict\",\"reason\",\"to\",\"recipients\",\"policy_sha256\"");

const char schema_mail_feedback[] =
    HEAD("feedback") ",\"seq\":" WHOLE ",\"prev\":" SHA256 ",\"time\":" TIME ",\"event\":" EVENT
		     ",\"recipient\":" STRING ",\"reason\":{\"type\":["
		     "\"string\",\"null\"]},\"gate_id\":" GATE_ID ",\"from_domain\":" STRING
		     ",\"suppressed\":" FLAG TAIL(",\"event\"");

const char schema_mail_act[] =
    HEAD("act") CHAINED ",\"action\":" STRING ",\"subject\":" STRING ",\"by\":" STRING
			",\"why\":" STRING ",\"sent_as\":" GATE_ID CHAINED_TAIL(",\"action\"");

const char schema_mail_outcome[] = HEAD("outcome") CHAINED
    ",\"gate_id\":" GATE_ID
    ",\"result\":{\"enum\":[\"sent\",\"failed\",\"unknown\",\"mixed\",\"withdrawn\"]},"
    "\"why\":" STRING CHAINED_TAIL(",\"gate_id\",\"result\"");

const char schema_mail_held[] =
    HEAD("held") ",\"gate_id\":" GATE_ID ",\"time\":" TIME ",\"agent\":" STRING
		 ",\"recipient\":" STRING ",\"reason\":" STRING ",\"again\":" WHOLE
		 ",\"intent\":{\"type\":\"object\"}" TAIL(",\"gate_id\",\"time\",\"reason\"");

#define COUNTS                                                                                 \
	",\"accept\":" WHOLE ",\"defer\":" WHOLE ",\"quarantine\":" WHOLE ",\"reject\":" WHOLE \
	",\"since\":" TIME ",\"until\":" TIME
#define COUNTS_TAIL(r)                                                                         \
	TAIL(",\"accept\",\"defer\",\"quarantine\",\"reject\",\"since\",\"until\"" r)

const char schema_mail_agent[] = HEAD("mail-agent") COUNTS
    ",\"agent\":" STRING ",\"recipients\":" WHOLE ",\"top_domain\":" STRING
    ",\"top_domain_n\":" WHOLE ",\"alike\":" WHOLE ",\"with_content\":" WHOLE
    ",\"suspended\":" FLAG COUNTS_TAIL(",\"suspended\"");

const char schema_mail_day[] = HEAD("mail-day") COUNTS
    ",\"decisions\":" WHOLE ",\"held_now\":" WHOLE ",\"unknown\":" WHOLE ",\"withdrawn\":" WHOLE
    ",\"feedback_ignored\":" WHOLE ",\"domains\":{\"type\":\"array\",\"items\":{"
    "\"type\":\"object\",\"properties\":{\"domain\":" STRING ",\"recipients\":" WHOLE
    ",\"bounces\":" WHOLE ",\"complaints\":" WHOLE ",\"unsubscribed\":" WHOLE
    "},\"required\":[\"recipients\",\"bounces\",\"complaints\"]}}" COUNTS_TAIL(
	",\"decisions\",\"domains\"");
