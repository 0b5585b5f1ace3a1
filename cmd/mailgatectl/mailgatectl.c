/* mailgatectl - mailgate's other side, for people and cron: what is held, what is let go, what
 * came back, and what happened. */
#include <string.h>

#include "ctl.h"
#include "mail/schema.h"
#include "trace/schema.h"

static const char *const formats[] = { "text", "json", "prom", NULL };

static struct options o = { .in = IN_DEFAULTS };

static const struct opt options[] = {
	OPT_HEAD("Where"),
	OPT_FILE('p', "policy", &o.policy, "file", "the policy"),
	OPT_FILE('s', "state", &o.state, "dir", "the folder of the ledger"),
	OPT_HEAD("What"),
	OPT_STR('b', "by", &o.by, "who", "who decides: goes into the audit log"),
	OPT_STR('w', "why", &o.why, "text", "of suspend and suppress: for those who ask later"),
	OPT_FLAG(0, "trusted", &o.trusted,
	    "of feedback: it comes from where nobody can forge it; needs no token"),
	OPT_FLAG(0, "body", &o.body, "of held: with the mails themselves"),
	OPT_STR(
	    'd', "deliver", &o.deliver, "where", "of release: smtp://host:port or command:cmd"),
	OPT_FILE(0, "svg", &o.svg, "file", "of report: a picture of the day"),
	OPT_PICK('f', "format", &o.format, "form", formats, "the form of the answer"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_mail_result, schema_mail_feedback_in,
	schema_mail_held, schema_mail_agent, schema_mail_day, schema_mail_decision,
	schema_mail_feedback, schema_mail_act, schema_mail_outcome, schema_finding, NULL };

static const struct tool tool = {
	.name = "mailgatectl",
	.brief = "what mailgate holds, and what happened: release, suspend, report, feedback",
	.operands = "command [operand ...]",
	.kind = TOOL_REPORT,
	.exits = "0123456",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

/* needs: p a policy, s a state, b somebody who decides, o operands; n: it takes none;
 * more: which of the other options it looks at, by letter of a
 * word in them. */
static const struct word {
	const char *name, *needs, *more;
	int (*run)(struct ctl *, char **);
} words[] = {
	{ "held", "sn", "fm", ctl_held },
	{ "release", "psbo", "d", ctl_release },
	{ "refuse", "sbo", "w", ctl_refuse },
	{ "suspend", "sbo", "w", ctl_suspend },
	{ "resume", "sbo", "", ctl_resume },
	{ "top", "sn", "fs", ctl_top },
	{ "report", "sn", "fgs", ctl_report },
	{ "explain", "so", "f", ctl_explain },
	{ "feedback", "ps", "tr", ctl_feedback },
	{ "commit", "s", "r", ctl_commit_results },
	{ "suppress", "psbo", "w", ctl_suppress },
	{ "unsuppress", "psbo", "", ctl_unsuppress },
	{ "know", "psbo", "", ctl_know },
	{ "prune", "sn", "", ctl_prune },
	{ "rewind", "sbn", "", ctl_rewind },
	{ "verify-log", "sn", "", ctl_verify },
	{ "test", "p", "r", ctl_test },
};

static const struct word *
find_word(const char *name)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (name != NULL && strcmp(words[i].name, name) == 0)
			return &words[i];
	if (name == NULL)
		opt_usage(&tool, "a command is needed: held, release, suspend, report, ...");
	opt_usage(&tool, "there is no command '%s'", name);
}

static void
check_options(const struct word *w, bool operands)
{
	const struct in_options *in = &o.in, usual = IN_DEFAULTS;
	bool reads = in->map.count > 0 || in->show_map || in->strict ||
	    strcmp(in->max_bad, usual.max_bad) != 0 || in->max_line != usual.max_line ||
	    in->max_document != usual.max_document || in->max_depth != usual.max_depth;
	bool times = in->since != NULL || in->until != NULL;
	const struct opt_rule rules[] = {
		{ reads, strchr(w->more, 'r') != NULL,
		    "how records are read goes with feedback, commit and test" },
		{ times, strchr(w->more, 'r') != NULL || strchr(w->more, 's') != NULL,
		    "--since and --until are not for this" },
		{ strchr(w->needs, 'p') != NULL, o.policy != NULL, "--policy is needed" },
		{ strchr(w->needs, 's') != NULL, o.state != NULL, "--state is needed" },
		{ strchr(w->needs, 'b') != NULL, o.by != NULL && o.by[0] != '\0',
		    "--by is needed: who decides" },
		{ strchr(w->needs, 'o') != NULL, operands, "it needs an operand" },
		{ operands, strchr(w->needs, 'n') == NULL, "it takes no operand" },
		{ o.by != NULL, strchr(w->needs, 'b') != NULL, "--by is not for this" },
		{ o.why != NULL, strchr(w->more, 'w') != NULL, "--why is not for this" },
		{ o.trusted, strchr(w->more, 't') != NULL, "--trusted goes with feedback" },
		{ o.deliver != NULL, strchr(w->more, 'd') != NULL,
		    "--deliver goes with release" },
		{ o.svg != NULL, strchr(w->more, 'g') != NULL, "--svg goes with report" },
		{ o.body, strchr(w->more, 'm') != NULL, "--body goes with held" },
		{ o.format != TEXT, strchr(w->more, 'f') != NULL, "--format is not for this" },
		{ o.format == PROM, strcmp(w->name, "report") == 0,
		    "--format=prom goes with report" },
	};

	opt_rules(&tool, rules, sizeof rules / sizeof *rules);
}

static void
read_policy(struct ctl *c)
{
	str text, why = { 0 };
	const char *bad = in_file(&c->arena, o.policy, &text);

	if (bad != NULL)
		die(EXIT_USAGE, "--policy: %s: %s", o.policy, bad);
	c->policy = policy_read(&c->arena, text, &why);
	if (c->policy == NULL)
		die(EXIT_USAGE, "%s: %.*s", o.policy, STR_F(why));
}

int
main(int argc, char **argv)
{
	static struct ctl c = { .o = &o, .tool = &tool };

	argv = opt_parse(&tool, argc, argv);
	const struct word *w = find_word(*argv);
	check_options(w, argv[1] != NULL);
	c.now = in_now(&o.in);
	if (o.policy != NULL)
		read_policy(&c);
	const char *why = o.state != NULL && strchr(w->needs, 's') != NULL ?
	    ledger_open(&c.ledger, o.state, LEDGER_FULL, store_tables) :
	    NULL;
	if (why != NULL)
		die(EXIT_SYSTEM, "%s", why);
	int status = w->run(&c, argv + 1);
	if (o.state != NULL && c.ledger.dir != NULL)
		ledger_close(&c.ledger);
	policy_free(c.policy);
	arena_free(&c.arena);
	return status;
}
