/* deliver.c - SMTP through libcurl, or a command. */
#include "mail/deliver.h"

#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"

#define CONNECT_MS 30000L
#define WHOLE_MS   300000L

struct deliverer {
	CURL *curl;
	const char *command, *url;
};

/* One conversation: which command the next answer belongs to. */
struct talk {
	struct arena *arena;
	str text;
	size_t at;
	int *codes; /* of RCPT, in order */
	size_t count, asked;
	enum { BEFORE, MAIL, RCPT, DATA, BODY } step;
	int mail, data, end; /* answers; 0: none came */
	bool over;           /* QUIT was said: what follows is about that */
	char why[200];
};

static size_t
read_body(char *to, size_t size, size_t n, void *context)
{
	struct talk *t = context;
	size_t left = t->text.len - t->at, room = size * n;
	size_t take = left < room ? left : room;

	memcpy(to, t->text.at + t->at, take);
	t->at += take;
	t->step = BODY;
	return take;
}

static void
answer(struct talk *t, str line)
{
	int64_t code;
	str digits = { line.at, line.len < 3 ? line.len : 3 };

	if (t->over || (line.len > 3 && line.at[3] == '-') || !str_int(digits, &code))
		return; /* more lines of it follow */
	if (code >= 400)
		snprintf(t->why, sizeof t->why, "%.*s", STR_F(str_trim(line)));
	if (t->step == MAIL)
		t->mail = (int)code;
	else if (t->step == RCPT && t->asked > 0 && t->asked <= t->count)
		t->codes[t->asked - 1] = (int)code;
	else if (t->step == DATA)
		t->data = (int)code;
	else if (t->step == BODY)
		t->end = (int)code;
}

static void
command(struct talk *t, str line)
{
	if (str_starts(line, "MAIL FROM:")) {
		t->step = MAIL;
	} else if (str_starts(line, "RCPT TO:")) {
		t->step = RCPT;
		t->asked++;
	} else if (str_starts(line, "DATA")) {
		t->step = DATA;
	} else if (str_starts(line, "QUIT")) {
		t->over = true;
	}
}

static int
overhear(CURL *curl, curl_infotype type, char *data, size_t n, void *context)
{
	(void)curl;
	if (type == CURLINFO_HEADER_IN)
		answer(context, (str){ data, n });
	else if (type == CURLINFO_HEADER_OUT)
		command(context, (str){ data, n });
	return 0;
}

struct deliverer *
deliver_open(const char *where, const char **why)
{
	struct deliverer *d = mem_new(sizeof *d);
	bool smtp = strncmp(where, "smtp://", 7) == 0 || strncmp(where, "smtps://", 8) == 0;

	*why = NULL;
	if (strncmp(where, "command:", 8) == 0 && where[8] != '\0') {
		d->command = where + 8;
		return d;
	}
	d->url = where;
	d->curl =
	    smtp && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
	if (d->curl != NULL)
		return d;
	*why = "is neither smtp://host:port nor command:cmd";
	free(d);
	return NULL;
}

static enum delivery
outcome(const struct talk *t, size_t i, CURLcode code)
{
	int own = t->codes[i];

	if (t->mail >= 500 || own >= 500)
		return DELIVERY_FAILED;
	if (t->mail >= 400 || own >= 400 || t->step < BODY)
		return t->data >= 500 ? DELIVERY_FAILED : DELIVERY_LATER;
	if (t->end >= 500)
		return DELIVERY_FAILED;
	if (t->end >= 400)
		return DELIVERY_LATER;
	return code == CURLE_OK && t->end >= 200 ? DELIVERY_SENT : DELIVERY_UNKNOWN;
}

static struct curl_slist *
recipients(struct arena *a, const struct address *to, size_t count)
{
	struct curl_slist *list = NULL;

	for (size_t i = 0; i < count; i++) {
		struct curl_slist *more = curl_slist_append(
		    list, arena_string(a, arena_printf(a, "<%.*s>", STR_F(to[i].spec))));
		if (more == NULL)
			die(EXIT_SYSTEM, "out of memory");
		list = more;
	}
	return list;
}

/* SMTPUTF8 (RFC 6531) is not spoken: what would need it is not sent half. */
static bool
needs_utf8(const struct composed *c, const struct address *to, size_t count)
{
	bool ascii = str_ascii(str_of(c->sender));

	for (size_t i = 0; i < count; i++)
		ascii = ascii && str_ascii(to[i].spec);
	return !ascii;
}

static void
by_smtp(struct deliverer *d, struct arena *a, const struct composed *c,
    const struct address *to, size_t count, struct delivered *r)
{
	struct talk t = { .arena = a, .text = c->text, .count = count };
	struct curl_slist *list = recipients(a, to, count);
	CURL *curl = d->curl;

	t.codes = ARENA_ARRAY(a, int, count);
	curl_easy_reset(curl); /* the connection stays */
	curl_easy_setopt(curl, CURLOPT_URL, d->url);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(
	    curl, CURLOPT_MAIL_FROM, arena_string(a, arena_printf(a, "<%s>", c->sender)));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_body);
	curl_easy_setopt(curl, CURLOPT_READDATA, &t);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)c->text.len);
	curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, overhear);
	curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &t);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, WHOLE_MS);
	CURLcode code = curl_easy_perform(curl);
	for (size_t i = 0; i < count; i++)
		r->to[i] = outcome(&t, i, code);
	r->why = arena_keep(a,
	    str_of(t.why[0] != '\0'  ? t.why :
		    code != CURLE_OK ? curl_easy_strerror(code) :
				       ""));
	curl_slist_free_all(list);
}

/* All of it into the command, which may stop reading when it likes. */
static bool
feed(int fd, str text)
{
	while (text.len > 0) {
		ssize_t n = write(fd, text.at, text.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		text = str_from(text, (size_t)n);
	}
	return true;
}

static enum delivery
run(struct arena *a, const char *cmd, const struct composed *c, const struct address *to,
    size_t count)
{
	extern char **environ;
	int pair[2], status;
	pid_t child;
	posix_spawn_file_actions_t actions;
	char **argv = ARENA_ARRAY(a, char *, count + 6);
	const char *first[] = { "sh", "-c", cmd, "sh", c->sender };

	memcpy(argv, first, sizeof first);
	for (size_t i = 0; i < count; i++) {
		argv[5 + i] = arena_bytes(a, to[i].spec.len + 1);
		memcpy(argv[5 + i], arena_string(a, to[i].spec), to[i].spec.len + 1);
	}
	if (pipe(pair) != 0)
		return DELIVERY_LATER;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pair[0], STDIN_FILENO);
	posix_spawn_file_actions_addclose(&actions, pair[0]);
	posix_spawn_file_actions_addclose(&actions, pair[1]);
	posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
	int failed = posix_spawn(&child, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(pair[0]);
	bool fed = failed == 0 && feed(pair[1], c->text);
	close(pair[1]);
	if (failed != 0)
		return DELIVERY_LATER;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return DELIVERY_UNKNOWN;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EX_TEMPFAIL)
		return DELIVERY_LATER;
	(void)fed; /* a command that did not read all of it and says 0 has what it needs */
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? DELIVERY_SENT : DELIVERY_UNKNOWN;
}

static void
by_command(struct deliverer *d, struct arena *a, const struct composed *c,
    const struct address *to, size_t count, struct delivered *r)
{
	struct sigaction before;

	sigaction(SIGPIPE, &(struct sigaction){ .sa_handler = SIG_IGN }, &before);
	enum delivery all = run(a, d->command, c, to, count);
	sigaction(SIGPIPE, &before, NULL);
	for (size_t i = 0; i < count; i++)
		r->to[i] = all;
	r->why = all == DELIVERY_LATER ? STR("the command said: not now") :
	    all == DELIVERY_UNKNOWN ? STR("the command failed, nobody knows how far it got") :
				      STR("");
}

void
deliver(struct deliverer *d, struct arena *a, const struct composed *c,
    const struct address *to, size_t count, struct delivered *r)
{
	*r = (struct delivered){ .to = ARENA_ARRAY(a, enum delivery, count), .count = count };
	if (d->command == NULL && needs_utf8(c, to, count)) {
		for (size_t i = 0; i < count; i++)
			r->to[i] = DELIVERY_FAILED;
		r->why = STR("an address needs SMTPUTF8, which is not spoken");
	} else if (d->command != NULL)
		by_command(d, a, c, to, count, r);
	else
		by_smtp(d, a, c, to, count, r);
}

void
deliver_close(struct deliverer *d)
{
	if (d == NULL)
		return;
	curl_easy_cleanup(d->curl);
	free(d);
}
