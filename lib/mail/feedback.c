/* feedback.c - does it count, and what follows from it. */
#include "mail/feedback.h"

#include <sqlite3.h>

#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"
#include "mail/token.h"

const char *const feedback_events[] = { "none", "ignored", "hard_bounce", "soft_bounce",
	"policy_bounce", "complaint", "unsubscribe", NULL };

bool
feedback_suppresses(enum feedback_event e)
{
	return e == EVENT_HARD || e == EVENT_COMPLAINT || e == EVENT_UNSUBSCRIBE;
}

static void
ignore(struct feedback *f, const char *reason)
{
	f->event = EVENT_IGNORED;
	f->reason = reason;
}

static bool
belongs(struct feedback *f, str *recipients, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (f->to.canonical.len == 0 && n == 1) /* redacted */
			f->to.canonical = recipients[0];
		if (str_eq(f->to.canonical, recipients[i]))
			return true;
		if (str_eq(f->original.canonical, recipients[i])) {
			f->to = f->original; /* it was forwarded */
			return true;
		}
	}
	return false;
}

void
feedback_check(
    struct arena *a, struct feedback *f, feedback_owner *owner, void *context, bool trusted)
{
	str *recipients = NULL;

	if (f->event == EVENT_NONE || f->event == EVENT_IGNORED)
		return;
	if (f->token.len == 0 && !trusted) {
		ignore(f, "token-missing");
		return;
	}
	/* without a token, whoever had a mail from here last */
	str asked = f->token.len > 0 ? f->token : f->to.canonical;
	size_t n = owner(context, a, asked, &f->seq, &recipients);
	if (n == 0)
		ignore(f, f->token.len > 0 ? "token-unknown" : "recipient-unknown");
	else if (!belongs(f, recipients, n))
		ignore(f, "token-recipient-mismatch");
}

size_t
feedback_ledger(void *context, struct arena *a, str token, int64_t *seq, str **recipients)
{
	struct ledger *l = context;
	size_t n = 0;
	struct sqlite3_stmt *s;

	*recipients = ARENA_ARRAY(a, str, FEEDBACK_MOST);
	if (str_find(token, '@') < token.len) {
		s = sql_ask(&l->sql,
		    "SELECT seq FROM sent WHERE rcpt = ? ORDER BY t DESC LIMIT 1", "s", token);
		*seq = sql_row(&l->sql, s) ? sql_int(s, 0) : 0;
	} else {
		*seq = token_read(l, token);
	}
	if (*seq == 0)
		return 0;
	s = sql_ask(&l->sql, "SELECT rcpt FROM sent WHERE seq = ? LIMIT 256", "i", *seq);
	while (sql_row(&l->sql, s) && n < FEEDBACK_MOST)
		(*recipients)[n++] = sql_keep(a, s, 0);
	return n;
}

static void
log_it(struct ledger *l, const struct feedback *f, int64_t now, str from_domain)
{
	struct arena a = { 0 };
	struct buf b = { 0 };

	emit_ktext(&b, "record", "feedback");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "time", when_print(&a, now));
	emit_ktext(&b, "event", feedback_events[f->event]);
	emit_kstr(&b, "recipient", f->to.canonical);
	emit_ktext(&b, "reason", f->reason);
	if (f->seq > 0)
		emit_kstr(&b, "gate_id", arena_printf(&a, "g%lld", (long long)f->seq));
	emit_kstr(&b, "from_domain", from_domain);
	emit_kbool(&b, "suppressed", feedback_suppresses(f->event));
	audit_add(l, buf_str(&b));
	buf_free(&b);
	arena_free(&a);
}

/* A policy bounce counts for the breaker as a hard one does. */
static void
count(struct ledger *l, const struct feedback *f, int64_t t, str from)
{
	struct arena a = { 0 };

	if (f->event == EVENT_HARD || f->event == EVENT_POLICY)
		window_add(l, store_name(&a, COUNT_BOUNCE, from), t, 1);
	else if (f->event == EVENT_COMPLAINT)
		window_add(l, store_name(&a, COUNT_COMPLAINT, from), t, 1);
	arena_free(&a);
}

/* Was it counted for the breaker already, whatever the report called it? */
static bool
known_bounce(struct ledger *l, const struct feedback *f)
{
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT 1 FROM event WHERE seq = ? AND rcpt = ? AND kind IN (?, ?) LIMIT 1", "isss",
	    f->seq, f->to.canonical, str_of(feedback_events[EVENT_HARD]),
	    str_of(feedback_events[EVENT_POLICY]));

	return sql_row(&l->sql, s);
}

/* Which domain the mail was sent from, and when: nothing comes back before. */
static str
sent_from(struct ledger *l, struct arena *a, int64_t seq, int64_t *t)
{
	struct sqlite3_stmt *s =
	    sql_ask(&l->sql, "SELECT from_domain, t FROM sent WHERE seq = ? LIMIT 1", "i", seq);

	if (!sql_row(&l->sql, s))
		return STR("");
	if (*t < sql_int(s, 1))
		*t = sql_int(s, 1);
	return sql_keep(a, s, 0);
}

static bool
put_event(struct ledger *l, const struct feedback *f, int64_t t)
{
	l->must = true;
	sql_do(&l->sql, "INSERT OR IGNORE INTO event VALUES(?, ?, ?, ?)", "issi", f->seq,
	    f->to.canonical, str_of(feedback_events[f->event]), t);
	return l->sql.why[0] == '\0' && sqlite3_changes(l->sql.db) > 0;
}

bool
feedback_apply(struct ledger *l, struct feedback *f, int64_t now)
{
	struct arena a = { 0 };
	int64_t t = f->time > 0 && f->time <= now ? f->time : now;
	bool counts = f->event != EVENT_NONE && f->event != EVENT_IGNORED;
	bool bounce = f->event == EVENT_HARD || f->event == EVENT_POLICY;
	str from = counts ? sent_from(l, &a, f->seq, &t) : STR("");
	bool again = bounce && known_bounce(l, f);
	bool fresh = counts && put_event(l, f, t);

	if (fresh && !again)
		count(l, f, t, from);
	if (fresh && bounce)
		store_result(l, f->seq, f->to.canonical, SEND_FAILED, now);
	if (fresh && feedback_suppresses(f->event))
		store_suppress(l, f->to.canonical, str_of(feedback_events[f->event]),
		    STR("feedback"), now);
	if (fresh || f->event == EVENT_IGNORED)
		log_it(l, f, now, from);
	arena_free(&a);
	return fresh;
}
