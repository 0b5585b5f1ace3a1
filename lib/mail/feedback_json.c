/* feedback_json.c - bounces and complaints that come as records. */
#include <strings.h>

#include "data/when.h"
#include "mail/feedback.h"
#include "mail/token.h"

/* What is more than FEEDBACK_MOST shares the place behind them, and does not count. */
static struct feedback *
add(struct feedbacks *all, const struct feedback *f)
{
	struct feedback *at = &all->of[all->count];

	all->count += all->count < FEEDBACK_MOST;
	*at = *f;
	return at;
}

static void
put_to(struct arena *a, const struct policy *p, str text, struct feedback *f)
{
	if (address_read(a, text, &p->canonical, &f->to) != NULL)
		f->to = (struct address){ 0 };
}

static int64_t
time_of(const struct doc *d)
{
	int64_t t;

	str text = doc_kind(d) == KIND_NUMBER ? doc_raw(d) : doc_text(d);
	return text.len > 0 && when_parse(text, &t) ? t : 0;
}

static enum feedback_event
event_of(str type)
{
	static const struct {
		const char *word;
		enum feedback_event event;
	} words[] = { { "hard", EVENT_HARD }, { "hard_bounce", EVENT_HARD },
		{ "hard-bounce", EVENT_HARD }, { "bounce", EVENT_HARD }, { "soft", EVENT_SOFT },
		{ "soft_bounce", EVENT_SOFT }, { "soft-bounce", EVENT_SOFT },
		{ "deferred", EVENT_SOFT }, { "blocked", EVENT_POLICY },
		{ "policy", EVENT_POLICY }, { "policy_bounce", EVENT_POLICY },
		{ "policy-bounce", EVENT_POLICY }, { "complaint", EVENT_COMPLAINT },
		{ "spamreport", EVENT_COMPLAINT }, { "abuse", EVENT_COMPLAINT },
		{ "unsubscribe", EVENT_UNSUBSCRIBE },
		{ "group_unsubscribe", EVENT_UNSUBSCRIBE }, { "delivered", EVENT_NONE },
		{ "delivery", EVENT_NONE }, { "processed", EVENT_NONE }, { "open", EVENT_NONE },
		{ "click", EVENT_NONE }, { "dropped", EVENT_NONE } };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (type.len == strlen(words[i].word) &&
		    strncasecmp(type.at, words[i].word, type.len) == 0)
			return words[i].event;
	return EVENTS;
}

/* {recipient, type, token, time} */
static bool
read_own(struct arena *a, const struct policy *p, const struct doc *d, struct feedbacks *all)
{
	enum feedback_event e = event_of(doc_text(doc_get(d, "type")));

	if (e == EVENTS || doc_kind(doc_get(d, "recipient")) != KIND_STRING)
		return false;
	struct feedback *f = add(all,
	    &(struct feedback){ .event = e,
		.token = doc_text(doc_get(d, "token")),
		.time = time_of(doc_get(d, "time")) });
	put_to(a, p, doc_text(doc_get(d, "recipient")), f);
	return true;
}

/* Among the headers of the mail, else in the address it was sent from. */
static str
ses_token(const struct doc *mail)
{
	DOC_EACH (h, doc_get(mail, "headers"))
		if (doc_text(doc_get(h, "name")).len == strlen(TOKEN_HEADER) &&
		    strncasecmp(doc_text(doc_get(h, "name")).at, TOKEN_HEADER,
			strlen(TOKEN_HEADER)) == 0)
			return token_in(doc_text(doc_get(h, "value")));
	return token_in(doc_text(doc_get(mail, "source")));
}

static void
read_ses_recipients(struct arena *a, const struct policy *p, const struct doc *list,
    const struct feedback *common, struct feedbacks *all)
{
	DOC_EACH (one, list)
		put_to(a, p, doc_text(doc_get(one, "emailAddress")), add(all, common));
}

/* https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html */
static bool
read_ses(struct arena *a, const struct policy *p, const struct doc *d, struct feedbacks *all)
{
	str kind = doc_text(doc_get(d, "notificationType"));
	const struct doc *bounce = doc_get(d, "bounce"), *complaint = doc_get(d, "complaint");

	if (kind.len == 0)
		kind = doc_text(doc_get(d, "eventType"));
	if (kind.len == 0)
		return false;
	struct feedback f = { .token = ses_token(doc_get(d, "mail")) };
	if (str_is(kind, "Bounce")) {
		str sub = doc_text(doc_get(bounce, "bounceSubType"));
		f.event = !doc_is(doc_get(bounce, "bounceType"), "Permanent") ? EVENT_SOFT :
		    str_is(sub, "ContentRejected") || str_is(sub, "MessageTooLarge") ?
										EVENT_POLICY :
										EVENT_HARD;
		f.time = time_of(doc_get(bounce, "timestamp"));
		read_ses_recipients(a, p, doc_get(bounce, "bouncedRecipients"), &f, all);
	} else if (str_is(kind, "Complaint")) {
		f.event = doc_is(doc_get(complaint, "complaintFeedbackType"), "not-spam") ?
		    EVENT_NONE :
		    EVENT_COMPLAINT;
		f.time = time_of(doc_get(complaint, "timestamp"));
		read_ses_recipients(a, p, doc_get(complaint, "complainedRecipients"), &f, all);
	}
	return true;
}

/* A token that was given along as a custom argument; https://www.twilio.com/docs/sendgrid */
static bool
read_sendgrid(
    struct arena *a, const struct policy *p, const struct doc *d, struct feedbacks *all)
{
	enum feedback_event e = event_of(doc_text(doc_get(d, "event")));
	const struct doc *token = doc_get(d, "gate_token");

	if (e == EVENTS || doc_kind(doc_get(d, "email")) != KIND_STRING)
		return false;
	if (doc_is(doc_get(d, "type"), "blocked"))
		e = EVENT_POLICY;
	struct feedback *f = add(all,
	    &(struct feedback){ .event = e,
		.token = doc_text(token != NULL ? token : doc_get(d, TOKEN_HEADER)),
		.time = time_of(doc_get(d, "timestamp")) });
	put_to(a, p, doc_text(doc_get(d, "email")), f);
	return true;
}

bool
feedback_record(
    struct arena *a, const struct policy *p, const struct doc *d, struct feedbacks *all)
{
	const struct doc *message = doc_get(d, "Message");

	*all = (struct feedbacks){ ARENA_ARRAY(a, struct feedback, FEEDBACK_MOST + 1), 0 };
	if (doc_is(doc_get(d, "Type"), "Notification") && doc_kind(message) == KIND_STRING)
		d = doc_read(a, doc_text(message));
	return read_own(a, p, d, all) || read_ses(a, p, d, all) || read_sendgrid(a, p, d, all);
}
