/* dialect.h - what differs between the providers' ways of speaking.
 *
 * A dialect is a constant struct of functions; a new provider is a new file and one line
 * in dialects[].  Bodies come in as docs and stay borrowed; everything made lives in the
 * arena given.  Formats: the providers' API references, and what their servers really
 * send. */
#ifndef DIALECT_H
#define DIALECT_H

#include "io/doc.h"
#include "io/sse.h"
#include "trace/tree.h"
#include "trace/view.h"

#define USAGE_UNKNOWN ((int64_t)-1)

/* Tokens, normalised: input counts all of the prompt, the cache fields are parts of it;
 * reasoning is a part of output, cache_write_1h a part of cache_write. */
struct usage {
	int64_t input, output, cache_read, cache_write, cache_write_1h, reasoning;
};
#define USAGE_NONE                                                                             \
	{                                                                                      \
		-1, -1, -1, -1, -1, -1                                                         \
	}

enum finish {
	FINISH_UNKNOWN,
	FINISH_STOP,
	FINISH_LENGTH,
	FINISH_TOOLS,
	FINISH_REFUSED,
	FINISH_OTHER
};

struct call {
	str id, name;
	str arguments; /* the JSON text the model wrote, whether it parses or not */
	const struct call *next;
};

/* What the model said, whoever it was.  Empty slices are unknown. */
struct answer {
	bool present; /* there is an answer at all, not only an error */
	str id, model, fingerprint;
	str text; /* all text parts, one after the other */
	str refusal;
	const struct call *calls;
	size_t call_count;
	str finish_reason; /* the provider's word */
	enum finish finish;
	struct usage usage;
	str error_type, error_message;
};

/* Copy all that an answer borrows. */
void answer_keep(struct arena *, struct answer *);

struct stream;
struct prompt;

struct dialect {
	const char *name;                         /* "openai.chat" */
	const char *provider;                     /* "openai" */
	const char *path;                         /* behind the base URL: "/chat/completions" */
	const char *count_path;                   /* counts a request's tokens; NULL: none */
	const char *home;                         /* the provider's own base URL */
	const char *base_variable, *key_variable; /* OPENAI_BASE_URL, OPENAI_API_KEY */
	const char *key_header;     /* "authorization: Bearer " with the key behind it */
	const char *const *headers; /* other headers it needs, with their default values */

	/* Is a request to this path (no query), with this body, of this dialect?  NULL: the
	 * body is no JSON. */
	bool (*speaks)(str path, const struct doc *request);

	void (*view)(struct arena *, const struct doc *request, struct view *);
	void (*answer)(struct arena *, const struct doc *response, struct answer *);

	/* The request's text with another system prompt. */
	str (*set_system)(struct arena *, const struct doc *request, str text);

	/* From and to a request in no provider's words: translate.h. */
	void (*read)(struct prompt *, const struct doc *request);
	void (*write)(struct prompt *, struct buf *);

	/* Streams: take one event; write a plain response as events. */
	void (*event)(struct stream *, const struct doc *data);
	void (*finish)(struct stream *);
	void (*render)(struct buf *, const struct doc *response, bool usage);

	/* A body that says what went wrong, in the provider's shape. */
	void (*complain)(struct buf *, int status, str message);

	/* The same inside a stream; and how the events begin with which a stream ends well. */
	void (*stream_error)(struct buf *, str message);
	const char *const *ends;
};

extern const struct dialect dialect_openai_chat, dialect_openai_responses, dialect_anthropic;
extern const struct dialect *const dialects[]; /* ends in NULL */

const struct dialect *dialect_named(str name);                        /* NULL: unknown */
const struct dialect *dialect_of(str url, const struct doc *request); /* NULL: unknown */

/* The path of a URL: no scheme, host, query, fragment. */
str dialect_path(str url);

/* Which dialect is a body that came without an address? By its shape, and that of its
 * response (may be NULL); NULL: none of ours. */
const struct dialect *dialect_guess(const struct doc *request, const struct doc *response);

/* Anthropic's calls and results are blocks of content; everybody else's are OpenAI's.
 * source may have tools, system and other members beside its messages. */
const struct dialect *dialect_of_messages(const struct doc *source, const struct doc *messages);

/* A stream being put together to the plain form that the provider would have sent. */
struct stream {
	const struct dialect *dialect;
	struct arena *arena;
	struct sse sse;
	struct tree *plain;            /* NULL until something came */
	struct tree *open;             /* the dialect's own: the block or choices being built */
	bool done;                     /* the end was announced */
	bool broken;                   /* it ended inside an event */
	str error_type, error_message; /* an error inside the stream */
};

struct stream stream_new(struct arena *, const struct dialect *);
void stream_feed(struct stream *, str chunk);
str stream_end(struct stream *); /* the plain JSON; empty if nothing came.  Frees the rest */

/* Helpers of the dialects. */
void dialect_event(struct buf *, const char *name, const struct buf *data); /* one SSE event */
str dialect_piece(str *rest); /* the next few characters of a text to be streamed */
void dialect_error(struct arena *, const struct doc *body, str *type, str *message);
str dialect_lines(struct arena *, str first, str second); /* both, a line end between */
int64_t dialect_tokens(const struct doc *);               /* a token count or USAGE_UNKNOWN */
struct call *dialect_call(struct arena *, struct answer *, const struct call ***end);

#endif
