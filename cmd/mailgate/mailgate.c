/* mailgate - may this agent send this mail now?
 *
 * Intents, messages and questions of an MTA in; verdicts, or the mail itself, out. */
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "mail/schema.h"
#include "peer.h"
#include "session.h"

static const char *const durabilities[] = { "full", "process", NULL };
static const char *const exits[] = { "plain", "sysexits", NULL };

static struct options o = { .in = IN_DEFAULTS };

/* What is decided and not yet sent when the process is killed is unknown: with delivery that is
 * to be few. */
enum { BATCH = 64, BATCH_DELIVERED = 8 };

static const struct opt options[] = {
	OPT_HEAD("By what"),
	OPT_FILE('p', "policy", &o.policy, "file", "who may send what ($MAILGATE_POLICY)"),
	OPT_FILE('s', "state", &o.state, "dir", "the folder of the ledger ($MAILGATE_STATE)"),
	OPT_STR('a', "agent", &o.agent, "name",
	    "who is asking, whatever the intent says ($MAILGATE_AGENT)"),
	OPT_FLAG('n', "dry-run", &o.dry_run, "only tell: nothing is counted, sent or kept"),
	OPT_HEAD("In what form"),
	OPT_FLAG(0, "sendmail", &o.sendmail,
	    "a message on standard input; what follows is sendmail's command line"),
	OPT_FLAG(0, "policy-service", &o.policy_service,
	    "Postfix's policy protocol on standard input and output"),
	OPT_STR(0, "listen", &o.listen, "where",
	    "the same for many connections, at unix:path or address:port"),
	OPT_FLAG(0, "filter", &o.filter,
	    "a message on standard input; sender and recipients follow"),
	OPT_FLAG(0, "lf", &o.lf, "lines of messages in intents end in LF"),
	OPT_FLAG(0, "trusted", &o.trusted, "feedback among the intents needs no token"),
	OPT_HEAD("What then"),
	OPT_STR('d', "deliver", &o.deliver, "where",
	    "smtp://host:port or command:cmd ($MAILGATE_DELIVER)"),
	OPT_PICK(0, "durability", &o.durability, "what", durabilities,
	    "what a decision survives: a power loss, or only the end of the process"),
	OPT_INT(0, "batch", &o.batch, "n", 1, 1024,
	    "decisions in one transaction at most, default 64, with --deliver 8"),
	OPT_STR(0, "clock", &o.clock, "field", "the time of a decision is in the record"),
	OPT_PICK(0, "exit", &o.exit, "how", exits, "the words of the exit status"),
	OPT_INPUT(o.in),
	OPT_END,
};

static const char *const schemas[] = { schema_mail_intent, schema_mail_feedback_in,
	schema_mail_decision, schema_mail_feedback, schema_mail_outcome, NULL };

static const struct tool tool = {
	.name = "mailgate",
	.brief = "may this agent send this mail now?",
	.operands = "[file ...]",
	.kind = TOOL_GATE,
	.exits = "0123456",
	.schemas = schemas,
	.options = options,
	.max_operands = -1,
};

static void
from_environment(void)
{
	if (o.policy == NULL)
		o.policy = getenv("MAILGATE_POLICY");
	if (o.state == NULL)
		o.state = getenv("MAILGATE_STATE");
	if (o.agent == NULL)
		o.agent = getenv("MAILGATE_AGENT");
	if (o.deliver == NULL)
		o.deliver = getenv("MAILGATE_DELIVER");
}

static void
check_options(bool operands)
{
	const struct in_options *in = &o.in, usual = IN_DEFAULTS;
	bool reads = in->map.count > 0 || in->show_map || in->since != NULL ||
	    in->until != NULL || in->strict || strcmp(in->max_bad, usual.max_bad) != 0 ||
	    in->max_line != usual.max_line || in->max_document != usual.max_document ||
	    in->max_depth != usual.max_depth;
	bool message = o.sendmail || o.filter;
	bool service = o.policy_service || o.listen != NULL;
	bool stream = !message && !service;
	const struct opt_rule rules[] = {
		{ true, o.policy != NULL, "--policy is needed: who may send what" },
		{ !o.dry_run, o.state != NULL, "--state is needed: the folder of the ledger" },
		{ o.sendmail + o.filter + o.policy_service + (o.listen != NULL) > 1, false,
		    "--sendmail, --filter, --policy-service and --listen exclude each other" },
		{ message, o.deliver != NULL || o.dry_run,
		    "--deliver is needed: where does an accepted mail go?" },
		{ o.deliver != NULL, !service,
		    "--deliver: behind a policy service Postfix delivers" },
		{ o.lf || o.trusted || o.batch != 0 || o.clock != NULL, stream,
		    "--lf, --trusted, --batch and --clock go with intents" },
		{ operands || reads, stream, "files, and how they are read, go with intents" },
		{ message, o.agent != NULL, "--agent is needed: who is asking?" },
	};

	opt_rules(&tool, rules, sizeof rules / sizeof *rules);
}

/* Everything behind --sendmail or --filter belongs to it. */
static char **
split(int *argc, char **argv, char **none)
{
	for (int i = 1; i < *argc; i++)
		if (strcmp(argv[i], "--sendmail") == 0 || strcmp(argv[i], "--filter") == 0) {
			char **rest = argv + i + 1;
			*argc = i;
			o.sendmail = strcmp(argv[i], "--sendmail") == 0;
			o.filter = !o.sendmail;
			argv[i] = NULL;
			return rest;
		} else if (strcmp(argv[i], "--") == 0) {
			break;
		}
	return none;
}

int
main(int argc, char **argv)
{
	char *none[] = { NULL }, **rest;
	struct session s;

	if (argc > 0 && strcmp(basename(argv[0]), "sendmail") == 0) {
		o.sendmail = true;
		rest = argv + 1;
		err_start(tool.name);
	} else {
		rest = split(&argc, argv, none);
		argv = opt_parse(&tool, argc, argv);
	}
	if (o.exit == EXIT_SYSEXITS || o.sendmail || o.filter)
		err_sysexits();
	from_environment();
	check_options(!o.sendmail && !o.filter && *argv != NULL);
	if (o.batch == 0)
		o.batch = o.deliver != NULL ? BATCH_DELIVERED : BATCH;
	session_open(&s, &o);
	if (o.sendmail)
		run_sendmail(&s, rest);
	else if (o.filter)
		run_filter(&s, rest);
	else if (o.policy_service)
		run_service(&s);
	else if (o.listen != NULL)
		run_listen(&s, o.listen);
	else
		run_stream(&s, argv);
	return err_exit(session_close(&s));
}
