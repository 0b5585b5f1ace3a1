/* sendmail.c - sendmail's command line. */
#include "mail/sendmail.h"

#include <stdio.h>

static const char *const harmless[] = { "-bm", "-om", "-oem", "-oee", "-v", "-G", NULL };

static bool
is_harmless(const char *word)
{
	for (size_t i = 0; harmless[i] != NULL; i++)
		if (strcmp(word, harmless[i]) == 0)
			return true;
	return false;
}

/* -fADDRESS or -f ADDRESS. */
static const char *
value(char ***at)
{
	char **word = *at;

	if (word[0][2] != '\0')
		return word[0] + 2;
	if (word[1] == NULL)
		return NULL;
	(*at)++;
	return word[1];
}

static void
option(struct sendmail *s, char ***at)
{
	const char *word = **at;
	char letter = word[1];

	if (strcmp(word, "-t") == 0) {
		s->envelope.from_headers = true;
	} else if (strcmp(word, "-i") == 0 || strcmp(word, "-oi") == 0) {
		s->dots = true;
	} else if (strcmp(word, "-ti") == 0 || strcmp(word, "-it") == 0) {
		s->dots = s->envelope.from_headers = true;
	} else if (letter == 'f' || letter == 'r') {
		s->envelope.sender = value(at);
		s->refused = s->envelope.sender == NULL ? word : s->refused;
	} else if (letter == 'F') {
		s->name = value(at);
		s->refused = s->name == NULL ? word : s->refused;
	} else if (letter == 'B') {
		s->refused = value(at) == NULL ? word : s->refused;
	} else if (!is_harmless(word)) {
		s->refused = word;
	}
}

void
sendmail_parse(struct arena *a, char **argv, struct sendmail *s)
{
	size_t n = 0, count = 0;
	bool options = true;

	*s = (struct sendmail){ 0 };
	while (argv[count] != NULL)
		count++;
	s->envelope.recipients = ARENA_ARRAY(a, char *, count + 1);
	for (; *argv != NULL && s->refused == NULL; argv++) {
		if (options && strcmp(*argv, "--") == 0)
			options = false;
		else if (options && (*argv)[0] == '-')
			option(s, &argv);
		else
			s->envelope.recipients[n++] = *argv;
	}
}

/* Without -i a line of one dot ends the message; what comes behind it would be lost. */
static bool
has_dot_line(str raw)
{
	for (str rest = raw; rest.at != NULL && rest.len > 0;) {
		str line = str_cut(&rest, '\n');
		if (str_is(str_trim(line), ".") && line.at[0] == '.')
			return true;
	}
	return false;
}

void
sendmail_read(struct arena *a, const struct policy *p, const struct sendmail *s, str raw,
    str agent, struct mail *m)
{
	if (s->refused != NULL) {
		*m = (struct mail){ .agent = agent };
		mail_problem(
		    m, a, STAGE_PARSE, "option", "sendmail's %.10s is not taken", s->refused);
		return;
	}
	mail_of_message(a, p, message_crlf(a, raw), &s->envelope, agent, m);
	if (s->name != NULL && strpbrk(s->name, "\r\n") != NULL)
		mail_problem(m, a, STAGE_HEADERS, "header-injection", "-F holds a line end");
	if (!s->dots && has_dot_line(raw))
		mail_problem(m, a, STAGE_PARSE, "dot-line",
		    "a line of one dot ends the message without -i, and there is more");
}
