/* peer.c - a program of the user's that judges pairs. */
#include "peer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"

#define ANSWER_MAX ((size_t)16 << 20)
#define WARNING    10000 /* ms without an answer until it is said */
#define PATIENCE   60000 /* and until it is given up */

extern char **environ;

struct peer {
	const char *command;
	bool lasting, dead, warned;
	pid_t pid; /* 0: none runs */
	int to, from;
	struct buf answer;
	size_t taken; /* bytes of the answer that were handed out, its line end included */
	uint64_t asked, failed;
};

struct peer *
peer_new(struct arena *a, str command, bool lasting)
{
	struct peer *p = ARENA_NEW(a, struct peer);

	p->command = arena_string(a, command);
	p->lasting = lasting;
	signal(SIGPIPE, SIG_IGN); /* err_flush() still ends quietly for a closed output */
	return p;
}

static void
start(struct peer *p)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t defaults;
	int in[2], out[2];
	char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char *)(uintptr_t)p->command,
		NULL };

	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
		die(EXIT_SYSTEM, "--check: cannot make a pipe: %s", strerror(errno));
	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	int error = posix_spawn(&p->pid, "/bin/sh", &actions, &attributes, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	close(in[0]);
	close(out[1]);
	if (error != 0)
		die(EXIT_SYSTEM, "--check: cannot start sh: %s", strerror(error));
	p->to = in[1];
	p->from = out[0];
	fcntl(p->to, F_SETFL, O_NONBLOCK);
	buf_reset(&p->answer);
	p->taken = 0;
}

/* Write what is left of the line, read what has come; false: it has closed its output. */
static bool
exchange(struct peer *p, str *line)
{
	struct pollfd fds[] = { { p->from, POLLIN, 0 },
		{ line->len > 0 ? p->to : -1, POLLOUT, 0 } };
	char block[65536];

	int ready = poll(fds, 2, p->warned ? PATIENCE - WARNING : WARNING);
	if (ready < 0)
		return errno == EINTR;
	if (ready == 0) {
		if (!p->warned)
			warn("--check: '%s' has not answered for %d s: does it flush every "
			     "line?",
			    p->command, WARNING / 1000);
		else
			kill(-p->pid, SIGKILL);
		p->warned = true;
		return true;
	}
	if (fds[1].revents != 0) {
		ssize_t n = write(p->to, line->at, line->len);
		*line = n > 0       ? str_from(*line, (size_t)n) :
		    errno == EAGAIN ? *line :
				      (str){ 0 }; /* it reads no more: what it says counts */
	}
	if (fds[0].revents == 0)
		return true;
	ssize_t n = read(p->from, block, sizeof block);
	if (n > 0 && p->answer.len < ANSWER_MAX)
		buf_add(&p->answer, (str){ block, (size_t)n });
	return n > 0 || (n < 0 && errno == EINTR);
}

static bool
reap(struct peer *p)
{
	int status = 0;

	if (p->to >= 0)
		close(p->to);
	close(p->from);
	while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
		;
	p->pid = 0;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The first line of what has come and was not yet taken. */
static bool
next_line(struct peer *p, str *line)
{
	str rest = str_from(buf_str(&p->answer), p->taken);
	size_t n = str_find(rest, '\n');

	if (n == rest.len)
		return false;
	*line = (str){ rest.at, n };
	p->taken += n + 1;
	return true;
}

static str
ask_filter(struct peer *p, str line)
{
	str answer = { 0 };

	if (p->taken == p->answer.len) {
		buf_reset(&p->answer);
		p->taken = 0;
	}
	while (line.len > 0 || !next_line(p, &answer))
		if (!exchange(p, &line)) {
			p->dead = true;
			reap(p);
			break;
		}
	return answer;
}

static str
ask_command(struct peer *p, str line)
{
	str answer = { 0 };

	while (exchange(p, &line))
		if (line.len == 0 && p->to >= 0) {
			close(p->to);
			p->to = -1;
		}
	bool good = reap(p);
	if (!next_line(p, &answer))
		answer = buf_str(&p->answer);
	return good ? answer : (str){ 0 };
}

str
peer_ask(struct peer *p, str line)
{
	str answer = { 0 };

	p->asked++;
	if (!p->dead) {
		if (p->pid == 0)
			start(p);
		answer = p->lasting ? ask_filter(p, line) : ask_command(p, line);
	}
	p->failed += answer.len == 0;
	return answer;
}

bool
peer_end(struct peer *p)
{
	if (p->pid != 0) {
		close(p->to);
		p->to = -1;
		reap(p);
	}
	if (p->failed > 0)
		warn("--check: '%s' gave no answer to %llu of %llu pairs%s", p->command,
		    (unsigned long long)p->failed, (unsigned long long)p->asked,
		    p->dead ? ": it ended too early" : "");
	buf_free(&p->answer);
	return p->failed == 0;
}
