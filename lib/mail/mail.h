/* mail.h - a mail that an agent wants to send, in whatever form it was brought.
 *
 * Readers fill it and note the first thing that is wrong with it by the check it belongs to;
 * the gate (gate.h) asks in the policy's order.  All of it lives in the arena it was read
 * into. */
#ifndef MAIL_H
#define MAIL_H

#include "io/doc.h"
#include "mail/message.h"
#include "mail/policy.h"

struct mail_problem {
	const char *reason; /* a stable code; NULL: none */
	str what;           /* a sentence */
};

struct mail_texts {
	str *of;
	size_t count, room;
};

struct mail {
	str agent;
	str id;                        /* the sender's own: not sent twice */
	str key;                       /* idempotency_key, else the id */
	struct address from, envelope; /* envelope: empty spec where only From was given */
	bool null_sender;
	struct address *to;       /* to, cc, bcc: all who get it */
	size_t to_count, visible; /* to and cc come first */
	size_t cc_from;           /* of the visible, the first of cc */
	size_t claimed;           /* recipients the MTA speaks of without naming them */
	str subject, text, html, template, zone, selector, in_reply_to;
	struct headers headers;
	struct message message; /* raw.len > 0: it came as one */
	size_t bytes;
	struct mail_texts texts; /* all that it says, in each form that somebody may read */
	bool answers;            /* it answers another */
	bool inbound;            /* the recipient is known from inbound mail alone */
	bool envelope_only;      /* the policy service: nothing else is known */
	bool relayed;            /* from the MTA: it has added fields of its own */
	str line;                /* as a JSON object, for who is to look at it */
	struct mail_problem problems[STAGES];
};

/* The first problem of a stage counts. */
void mail_problem(struct mail *, struct arena *, enum stage, const char *reason,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Fields of an intent by number, for scanners; of a tool call too. */
enum intent_field {
	INTENT_ID,
	INTENT_AGENT,
	INTENT_FROM,
	INTENT_TO,
	INTENT_CC,
	INTENT_BCC,
	INTENT_SUBJECT,
	INTENT_TEXT,
	INTENT_BODY, /* another name for text */
	INTENT_HTML,
	INTENT_HEADERS,
	INTENT_TEMPLATE,
	INTENT_ZONE,
	INTENT_KEY,
	INTENT_REPLY,
	INTENT_SELECTOR,
	INTENT_INBOUND,
	INTENT_RAW,
	INTENT_RAW_B64,
	INTENT_ENVELOPE_FROM,
	INTENT_RECIPIENTS,
	INTENT_ATTACHMENTS,
	INTENT_FIELDS
};
extern const char *const intent_names[]; /* NULL ends */

/* By field, NULL where there is none. */
struct intent {
	const struct doc *of[INTENT_FIELDS];
};
struct intent_from {
	str agent;    /* whose word counts; empty: the intent's */
	bool lf;      /* raw messages have lines that end in LF */
	bool relayed; /* an MTA brought the raw message */
};
void intent_of(struct intent *, const struct doc *);
void intent_read(struct arena *, const struct policy *, const struct intent *,
    const struct intent_from *, struct mail *);

/* A whole message, and who it goes to: recipients, or (from_headers) To, Cc and Bcc. */
struct mail_envelope {
	const char *sender; /* NULL: that of From */
	char **recipients;  /* NULL ends */
	bool from_headers;
	bool relayed;
};
void mail_of_message(struct arena *, const struct policy *, str raw,
    const struct mail_envelope *, str agent, struct mail *);

/* A text for the content rules, and the forms of it that differ. */
void mail_says(struct mail *, struct arena *, str text);

/* What the duplicate check compares, and what the near-duplicate check does (simhash of
 * Charikar 2002, over shingles of three words). */
uint64_t mail_sameness(const struct mail *, bool by_template);
uint64_t mail_likeness(const struct mail *);

#endif
