/* store.c - what the ledger knows of mails. */
#include "mail/store.h"

#include <sqlite3.h>

#include "data/hash.h"
#include "data/when.h"
#include "io/emit.h"
#include "ledger/audit.h"

const char *const send_states[] = { "reserved", "sent", "failed", "unknown", NULL };

const char store_tables[] =
    "CREATE TABLE IF NOT EXISTS sent(seq INTEGER NOT NULL, n INTEGER NOT NULL,"
    " t INTEGER NOT NULL, agent TEXT NOT NULL, rcpt TEXT NOT NULL, group_ TEXT NOT NULL,"
    " from_domain TEXT NOT NULL, same INTEGER NOT NULL, alike INTEGER NOT NULL,"
    " state INTEGER NOT NULL, changed INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY(seq, "
    "n)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS sent_rcpt ON sent(rcpt, t);"
    "CREATE INDEX IF NOT EXISTS sent_key ON sent(key) WHERE key <> '';"
    "CREATE TABLE IF NOT EXISTS suppressed(address TEXT PRIMARY KEY, why TEXT NOT NULL,"
    " who TEXT NOT NULL, t INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS known(address TEXT PRIMARY KEY, who TEXT NOT NULL,"
    " t INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS held(seq INTEGER PRIMARY KEY, t INTEGER NOT NULL,"
    " agent TEXT NOT NULL, rcpt TEXT NOT NULL, same INTEGER NOT NULL, key TEXT NOT NULL,"
    " reason TEXT NOT NULL, intent TEXT NOT NULL, relayed INTEGER NOT NULL,"
    " again INTEGER NOT NULL DEFAULT 0,"
    " who TEXT, decided INTEGER);"
    "CREATE INDEX IF NOT EXISTS held_same ON held(rcpt, same) WHERE who IS NULL;"
    "CREATE INDEX IF NOT EXISTS held_key ON held(key) WHERE key <> '';"
    "CREATE TABLE IF NOT EXISTS event(seq INTEGER NOT NULL, rcpt TEXT NOT NULL,"
    " kind TEXT NOT NULL, t INTEGER NOT NULL, PRIMARY KEY(seq, rcpt, kind)) WITHOUT ROWID;";

str
store_name(struct arena *a, const char *kind, str of)
{
	char *at = arena_bytes(a, of.len + 2);

	memcpy(at, kind, 2);
	if (of.len > 0)
		memcpy(at + 2, of.at, of.len);
	return (str){ at, of.len + 2 };
}

size_t
store_past(struct ledger *l, struct arena *a, str rcpt, int64_t since, struct past *past)
{
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT seq, t, state, agent, alike FROM sent WHERE rcpt = ? AND t > ? "
	    "ORDER BY t DESC LIMIT 512",
	    "si", rcpt, since);
	size_t n = 0;

	while (sql_row(&l->sql, s) && n < STORE_PAST) {
		past[n++] =
		    (struct past){ sql_int(s, 0), sql_int(s, 1), (enum send_state)sql_int(s, 2),
			    sql_keep(a, s, 3), (uint64_t)sql_int(s, 4) };
	}
	return n;
}

bool
store_same(
    struct ledger *l, str agent, str rcpt, uint64_t same, int64_t since, struct past *past)
{
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT seq, t, state FROM sent WHERE rcpt = ? AND t > ? AND same = ? AND agent = "
	    "? "
	    "ORDER BY t DESC LIMIT 1",
	    "siis", rcpt, since, (int64_t)same, agent);

	if (!sql_row(&l->sql, s))
		return false;
	*past = (struct past){ .seq = sql_int(s, 0),
		.t = sql_int(s, 1),
		.state = (enum send_state)sql_int(s, 2) };
	return true;
}

/* The agent stands behind the key: agents do not share their keys. */
static str
key_of(struct arena *a, str agent, str key)
{
	struct buf b = { 0 };

	if (key.len > 0) {
		buf_add(&b, key);
		buf_byte(&b, '\n');
		buf_add(&b, agent);
	}
	str s = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return s;
}

int64_t
store_key(struct ledger *l, str agent, str key, const char **state)
{
	struct arena a = { 0 };
	str whole = key_of(&a, agent, key);
	int64_t seq = 0;
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT seq, state FROM sent WHERE key = ? AND key <> '' LIMIT 1", "s", whole);

	if (sql_row(&l->sql, s)) {
		seq = sql_int(s, 0);
		*state = send_states[sql_int(s, 1) & 3];
	} else {
		s = sql_ask(&l->sql,
		    "SELECT seq FROM held WHERE key = ? AND key <> '' AND who IS NULL LIMIT 1",
		    "s", whole);
		if (sql_row(&l->sql, s)) {
			seq = sql_int(s, 0);
			*state = "held";
		}
	}
	arena_free(&a);
	return seq;
}

/* A domain that has been silent for long begins its warm-up anew. */
static void
mark_ramp(struct ledger *l, const struct policy *p, str from_domain, int64_t t)
{
	const struct warmup *w = policy_warmup(p, from_domain);
	struct arena a = { 0 };

	if (w == NULL)
		return;
	const struct window *sent = window_find(l, store_name(&a, COUNT_FROM, from_domain));
	if (sent->n > 0 && t - sent->last >= w->pause_days * 86400 * WHEN_SECOND)
		ledger_set_note(l, store_name(&a, NOTE_RAMP, from_domain),
		    arena_printf(&a, "%lld", (long long)t));
	arena_free(&a);
}

/* The counters that every recipient of a mail counts in. */
static size_t
counters(struct arena *a, const struct policy *p, str agent, str from_domain, str names[4])
{
	const struct agent *known = policy_agent(p, agent);
	const struct named_limits *org = policy_org(p, from_domain);
	size_t n = 0;

	names[n++] = store_name(a, COUNT_AGENT, agent);
	names[n++] = store_name(a, COUNT_FROM, from_domain);
	if (known != NULL)
		names[n++] = store_name(a, COUNT_STREAM, str_of(agent_classes[known->class]));
	if (org != NULL)
		names[n++] = store_name(a, COUNT_ORG, org->name);
	return n;
}

int64_t
store_find(struct ledger *l, str key, str agent, bool *several)
{
	struct arena a = { 0 };
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT seq, key, agent FROM sent WHERE key <> '' AND key >= ?1 || char(10) AND "
	    "key < ?1 || char(11) ORDER BY seq DESC",
	    "s", key);
	int64_t seq = 0;
	str of = { 0 };

	*several = false;
	while (key.len > 0 && sql_row(&l->sql, s)) {
		str whole = sql_text(s, 1), who = sql_text(s, 2);
		if (whole.len != key.len + 1 + who.len ||
		    (agent.len > 0 && !str_eq(agent, who)))
			continue;
		*several = *several || (seq > 0 && !str_eq(of, who));
		if (seq == 0) {
			seq = sql_int(s, 0);
			of = arena_keep(&a, who);
		}
	}
	arena_free(&a);
	return seq;
}

void
store_count(struct ledger *l, const struct policy *p, str agent, str from_domain, int64_t t,
    int64_t how_many)
{
	struct arena a = { 0 };
	str names[4];
	size_t n = counters(&a, p, agent, from_domain, names);

	mark_ramp(l, p, from_domain, t);
	for (size_t i = 0; i < n; i++)
		window_add(l, names[i], t, how_many);
	arena_free(&a);
}

void
store_admit(
    struct ledger *l, const struct policy *p, const struct mail *m, int64_t seq, int64_t t)
{
	struct arena a = { 0 };
	int64_t same = (int64_t)mail_sameness(m, p->by_template);
	int64_t alike = p->near_distance >= 0 ? (int64_t)mail_likeness(m) : 0;
	str key = key_of(&a, m->agent, m->key);

	l->must = l->must || m->to_count > 0;
	store_count(l, p, m->agent, m->from.domain, t, (int64_t)m->to_count);
	for (size_t i = 0; i < m->to_count; i++) {
		str group = policy_group(p, m->to[i].domain);
		window_add(l, store_name(&a, COUNT_TO, group), t, 1);
		sql_do(&l->sql, "INSERT INTO sent VALUES(?,?,?,?,?,?,?,?,?,0,?,?)",
		    "iiissssiiis", seq, (int64_t)i, t, m->agent, m->to[i].canonical, group,
		    m->from.domain, same, alike, t, key);
	}
	arena_free(&a);
}

/* One recipient's. */
static void
take_back(struct ledger *l, const struct policy *p, struct arena *a, struct sqlite3_stmt *s)
{
	str names[4], agent = sql_keep(a, s, 3);
	int64_t t = sql_int(s, 0);
	size_t n = counters(a, p, agent, sql_keep(a, s, 2), names);

	for (size_t i = 0; i < n; i++)
		window_take_back(l, names[i], t);
	window_take_back(l, store_name(a, COUNT_TO, sql_keep(a, s, 1)), t);
}

void
store_outcome(struct ledger *l, int64_t seq, const char *result, str why, int64_t now)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct sqlite3_stmt *s = sql_ask(
	    &l->sql, "SELECT count(*), min(from_domain) FROM sent WHERE seq = ?", "i", seq);
	bool there = sql_row(&l->sql, s);

	emit_ktext(&b, "record", "outcome");
	emit_kint(&b, "v", 1);
	emit_kstr(&b, "time", when_print(&a, now));
	emit_kstr(&b, "gate_id", arena_printf(&a, "g%lld", (long long)seq));
	emit_ktext(&b, "result", result);
	emit_kstr(&b, "why", why);
	emit_kstr(&b, "from_domain", there ? sql_text(s, 1) : STR(""));
	emit_kint(&b, "recipients", there ? sql_int(s, 0) : 0);
	audit_add(l, buf_str(&b));
	buf_free(&b);
	arena_free(&a);
}

void
store_withdraw(struct ledger *l, const struct policy *p, int64_t seq, str why, int64_t now)
{
	struct arena a = { 0 };

	store_outcome(l, seq, "withdrawn", why, now);
	struct sqlite3_stmt *s = sql_ask(
	    &l->sql, "SELECT t, group_, from_domain, agent FROM sent WHERE seq = ?", "i", seq);
	while (sql_row(&l->sql, s))
		take_back(l, p, &a, s);
	sql_do(&l->sql, "DELETE FROM sent WHERE seq = ?", "i", seq);
	arena_free(&a);
}

bool
store_result(struct ledger *l, int64_t seq, str rcpt, enum send_state state, int64_t t)
{
	sql_do(&l->sql,
	    "UPDATE sent SET state = ?1, changed = ?2 WHERE seq = ?3 AND (?4 = '' OR rcpt = "
	    "?4)",
	    "iiis", (int64_t)state, t, seq, rcpt);
	return l->sql.why[0] == '\0' && sqlite3_changes(l->sql.db) > 0;
}

#define DOMAINS 6 /* that are asked for at once */

str
store_suppressed(struct ledger *l, struct arena *a, const struct address *m)
{
	str names[DOMAINS + 1] = { m->canonical }, rest = m->domain;

	for (size_t n = 1; rest.at != NULL; n++) {
		names[n % (DOMAINS + 1)] = arena_printf(a, "@%.*s", STR_F(rest));
		str_cut(&rest, '.');
		if (rest.at != NULL && n % (DOMAINS + 1) < DOMAINS)
			continue;
		struct sqlite3_stmt *s = sql_ask(&l->sql,
		    "SELECT why FROM suppressed WHERE address IN (?, ?, ?, ?, ?, ?, ?) LIMIT 1",
		    "sssssss", names[0], names[1], names[2], names[3], names[4], names[5],
		    names[6]);
		if (sql_row(&l->sql, s))
			return sql_keep(a, s, 0);
	}
	return STR("");
}

void
store_suppress(struct ledger *l, str canonical, str why, str by, int64_t t)
{
	l->must = true;
	sql_do(&l->sql, "INSERT OR IGNORE INTO suppressed VALUES(?, ?, ?, ?)", "sssi",
	    canonical, why, by, t);
}

bool
store_unsuppress(struct ledger *l, str canonical)
{
	sql_do(&l->sql, "DELETE FROM suppressed WHERE address = ?", "s", canonical);
	return l->sql.why[0] == '\0' && sqlite3_changes(l->sql.db) > 0;
}

bool
store_known(struct ledger *l, str agent, str rcpt)
{
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT 1 FROM known WHERE address = ?1 UNION ALL "
	    "SELECT 1 FROM sent WHERE rcpt = ?1 AND agent = ?2 LIMIT 1",
	    "ss", rcpt, agent);

	return sql_row(&l->sql, s);
}

void
store_make_known(struct ledger *l, str canonical, str by, int64_t t)
{
	sql_do(&l->sql, "INSERT OR IGNORE INTO known VALUES(?, ?, ?)", "ssi", canonical, by, t);
}

/* Asked once more, word for word, for the same people by the same agent. */
static uint64_t
held_sameness(const struct mail *m)
{
	struct buf b = { 0 };

	buf_add(&b, m->agent);
	buf_printf(&b, " %016llx %zu %zu", (unsigned long long)mail_sameness(m, false),
	    m->cc_from, m->visible);
	for (size_t i = 0; i < m->to_count; i++) {
		buf_byte(&b, ' ');
		buf_add(&b, m->to[i].spec);
	}
	for (size_t i = 0; m->message.raw.len == 0 && i < m->headers.count; i++) {
		buf_byte(&b, '\n');
		buf_add(&b, m->headers.of[i].name);
		buf_byte(&b, ':');
		buf_add(&b, m->headers.of[i].value);
	}
	uint64_t h = hash_short(buf_str(&b));
	buf_free(&b);
	return h;
}

bool
store_hold(struct ledger *l, const struct mail *m, int64_t *seq, int64_t t, const char *reason)
{
	struct arena a = { 0 };
	int64_t same = (int64_t)held_sameness(m);
	str rcpt = m->to_count > 0 ? m->to[0].canonical : STR("");
	struct sqlite3_stmt *s = sql_ask(&l->sql,
	    "SELECT seq FROM held WHERE rcpt = ? AND same = ? AND who IS NULL LIMIT 1", "si",
	    rcpt, same);
	bool again = sql_row(&l->sql, s);
	l->must = true;

	if (again) {
		*seq = sql_int(s, 0);
		sql_do(&l->sql, "UPDATE held SET again = again + 1 WHERE seq = ?", "i", *seq);
	} else {
		sql_do(&l->sql,
		    "INSERT INTO held(seq, t, agent, rcpt, same, key, reason, intent, relayed) "
		    "VALUES(?,?,?,?,?,?,?,?,?)",
		    "iississsi", *seq, t, m->agent, rcpt, same, key_of(&a, m->agent, m->key),
		    str_of(reason), m->line, (int64_t)m->relayed);
	}
	arena_free(&a);
	return !again;
}
