/* prompt.h - a request in no provider's words, with all that another provider can take.
 *
 * Unlike a view (which is for comparing) it keeps what is needed to write the request
 * again: messages with their parts, tools, settings with their text.  Dialects read a body
 * into it and write a body from it; both note every thing that is not carried over as it
 * was.  Everything lives in the arena and borrows the body. */
#ifndef PROMPT_H
#define PROMPT_H

#include "io/doc.h"

enum part_kind { PART_TEXT, PART_REFUSAL, PART_IMAGE, PART_FILE, PART_CALL, PART_RESULT };

struct part {
	enum part_kind kind;
	str text;           /* TEXT, REFUSAL; IMAGE, FILE: a URL or data: URL */
	str name;           /* CALL; FILE: its name */
	str detail;         /* IMAGE */
	str id;             /* CALL, RESULT */
	str arguments;      /* CALL: JSON text, or any text of a custom tool */
	bool custom;        /* CALL */
	bool failed;        /* RESULT */
	bool plain;         /* RESULT: its content is one string */
	struct part *inner; /* RESULT: its parts */
	struct part *next;
};

enum role { ROLE_SYSTEM, ROLE_DEVELOPER, ROLE_USER, ROLE_ASSISTANT };

struct message {
	enum role role;
	bool plain; /* its content is one string */
	struct part *parts;
	struct message *next;
};

struct prompt_tool {
	str name, description; /* as JSON */
	str schema;            /* JSON; empty: none was given */
	bool custom, strict, strict_given;
	struct prompt_tool *next;
};

/* What can be asked for beside the words.  Values are the JSON that was given. */
enum setting {
	SET_MAX_TOKENS,
	SET_TEMPERATURE,
	SET_TOP_P,
	SET_TOP_K,
	SET_STOP,
	SET_SEED,
	SET_N,
	SET_FREQUENCY,
	SET_PRESENCE,
	SET_LOGIT_BIAS,
	SET_LOGPROBS,
	SET_TOP_LOGPROBS,
	SET_STREAM,
	SET_PARALLEL,
	SET_EFFORT,
	SET_VERBOSITY,
	SET_USER,
	SET_SAFETY_ID,
	SET_METADATA,
	SET_STORE,
	SET_CACHE_KEY,
	SET_CACHE_RETENTION,
	SET_SERVICE_TIER,
	SETTINGS
};

enum choice { CHOICE_NONE_GIVEN, CHOICE_AUTO, CHOICE_NEVER, CHOICE_ANY, CHOICE_NAMED };
enum format { FORMAT_NONE_GIVEN, FORMAT_TEXT, FORMAT_JSON, FORMAT_SCHEMA };

struct prompt {
	struct arena *arena;
	str model; /* JSON */
	struct message *messages, *last;
	struct prompt_tool *tools, *last_tool;
	struct {
		str json;         /* empty: not given */
		const char *name; /* where it stood */
	} settings[SETTINGS];
	enum choice choice;
	str choice_name;
	enum format format;
	str format_name, format_schema, format_description; /* JSON */
	bool format_strict;
	struct losses *losses;
};

/* What a dialect calls a setting; a dot: inside an object.  Of several names for one the
 * first is written, all are read. */
struct knob {
	enum setting is;
	const char *name;
};

/* Building; all return what was added last. */
struct message *prompt_message(struct prompt *, enum role);
struct part *prompt_part(struct prompt *, struct message *, enum part_kind);
struct part *prompt_inner(struct prompt *, struct part *result, enum part_kind);
struct prompt_tool *prompt_tool(struct prompt *);

/* Take a member of the request for a setting; false: there is none of that name. */
bool prompt_set(struct prompt *, const struct knob *, const char *name, const struct doc *);

/* Write all settings under this dialect's names into the open object. */
void prompt_settings(struct prompt *, struct buf *, const struct knob *);

/* Write a member into the open object; "a.b": b goes into its object a. */
void prompt_put(struct prompt *, struct buf *, const char *name, str json);

/* Note the members that nobody reads: `known` ends in NULL. */
void prompt_others(
    struct prompt *, const char *of, const struct doc *object, const char *const *known);

/* Note that something is not carried over as it was: dropped, renamed, clamped, added,
 * moved, merged, converted.  The same field and action are noted once; values are JSON or
 * empty. */
void prompt_lose(struct prompt *, const char *field, const char *action, str from, str to);
str prompt_losses(const struct prompt *); /* elements of translation[] */

/* A data: URL taken apart; false: it is none. */
bool prompt_data(str url, str *media, str *base64);

#endif
