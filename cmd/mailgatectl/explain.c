/* explain.c - one mail: what was said of it, what came of it. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "data/when.h"
#include "io/out.h"
#include "ledger/audit.h"
#include "ui/term.h"

enum { X_SEQ = IN_FIELDS, X_GATE, X_SUBJECT, X_ID, X_FIELDS };
static const char *const explain_names[] = { IN_NAMES, "seq", "gate_id", "subject", "id",
	NULL };

struct wanted {
	str id;   /* as it was given */
	str gate; /* "g17"; empty: it was the sender's own id */
	int64_t seen;
};

static void
print_member(const struct doc *d)
{
	static const char *const left_out[] = { "record", "v", "seq", "prev", "policy_sha256",
		"content", NULL };

	for (size_t i = 0; left_out[i] != NULL; i++)
		if (str_is(d->key, left_out[i]))
			return;
	printf("  %-12.*s ", STR_F(d->key));
	term_put(d->kind == KIND_STRING ? d->text : d->raw);
	putchar('\n');
}

static void
print(const struct ctl *c, const struct rec *rec, const struct doc *d)
{
	if (c->o->format == JSON) {
		out_line(rec->text);
		return;
	}
	printf("%.*s, line %lld of the log\n", STR_F(doc_text(doc_get(d, "record"))),
	    (long long)rec->line);
	DOC_EACH (one, d)
		print_member(one);
}

/* Its own line, and those that speak of it. */
static bool
is_about(struct in *in, const struct rec *rec, const struct wanted *w)
{
	str number = str_from(w->gate, 1);

	if (w->gate.len == 0)
		return str_is(rec->kind, "decision") && str_eq(in_text(in, rec, X_ID), w->id);
	return (str_is(rec->kind, "decision") && str_eq(in_text(in, rec, X_SEQ), number)) ||
	    str_eq(in_text(in, rec, X_GATE), w->gate) ||
	    str_eq(in_text(in, rec, X_SUBJECT), w->gate);
}

/* What is told without the log: whether somebody knows how it ended. */
static void
print_state(struct ctl *c, int64_t seq)
{
	struct sqlite3_stmt *s = sql_ask(&c->ledger.sql,
	    "SELECT rcpt, state, changed FROM sent WHERE seq = ? ORDER BY n", "i", seq);

	while (sql_row(&c->ledger.sql, s)) {
		fputs("now\n  ", stdout);
		term_put(sql_text(s, 0));
		printf(": %s, since %s\n", send_states[sql_int(s, 1) & 3],
		    arena_string(&c->arena, when_print(&c->arena, sql_int(s, 2))));
	}
}

static void
explain(struct ctl *c, struct wanted *w)
{
	char path[4096];
	char *files[] = { path, NULL };
	struct rec rec;
	int64_t seq = 0;

	snprintf(path, sizeof path, "%s/" AUDIT_FILE, c->o->state);
	struct in *in = in_open(&c->o->in, explain_names, files);
	while (in_record(in, &rec))
		if (is_about(in, &rec, w)) {
			w->seen++;
			str_int(in_text(in, &rec, X_SEQ), &seq);
			print(c, &rec, in_doc(in, &rec));
		}
	in_close(in);
	if (w->gate.len > 0)
		str_int(str_from(w->gate, 1), &seq);
	if (w->seen > 0 && c->o->format != JSON)
		print_state(c, seq);
}

int
ctl_explain(struct ctl *c, char **ids)
{
	int status = EXIT_YES;

	for (; *ids != NULL; ids++) {
		int64_t seq;
		bool ours = (*ids)[0] == 'g' && str_int(str_of(*ids + 1), &seq) && seq > 0;
		struct wanted w = { .id = str_of(*ids), .gate = str_of(ours ? *ids : NULL) };
		explain(c, &w);
		if (w.seen == 0) {
			warn("%s: the log knows nothing of it", *ids);
			status = EXIT_NO;
		}
	}
	return status;
}
