/* journal.c - answers that survive the program. */
#include "ask/journal_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ask/ask.h"
#include "base/mem.h"
#include "io/emit.h"

struct journal {
	const char *name;
	int fd;
	int64_t end; /* of the file */
	struct entry {
		int64_t at;  /* of its line; -1: there is no answer */
		int64_t len; /* 0: it was only sent */
		bool used, sent;
	} * of;
	size_t count, room;
	int64_t resent, answers, used;
	time_t synced;
	struct buf line;
};

static struct entry *
entry_of(struct journal *j, int64_t number)
{
	size_t n = (size_t)number;

	if (n >= j->room) {
		size_t room = j->room > 0 ? j->room : 256;
		while (room <= n)
			room *= 2;
		j->of = mem_grow(j->of, room, sizeof *j->of);
		for (size_t i = j->room; i < room; i++)
			j->of[i] = (struct entry){ .at = -1 };
		j->room = room;
	}
	if (n >= j->count)
		j->count = n + 1;
	return &j->of[n];
}

static void
append(struct journal *j, str line)
{
	size_t done = 0;

	while (done < line.len) {
		ssize_t n = write(j->fd, line.at + done, line.len - done);
		if (n < 0 && errno != EINTR)
			die(EXIT_SYSTEM, "--resume: %s: %s", j->name, strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	j->end += (int64_t)line.len;
	time_t now = time(NULL); /* a kill loses nothing; a power cut at most a second */
	if (now != j->synced && fdatasync(j->fd) == 0)
		j->synced = now;
}

static void
take(struct journal *j, const struct ask_options *o, int64_t at, str text)
{
	struct arena a = { 0 };
	struct journal_line line;
	const char *why = journal_parse(&a, text, &line);

	if (why != NULL || (at == 0) != (line.is == JOURNAL_HEAD))
		die(EXIT_USAGE, "--resume: %s: byte %lld: %s", j->name, (long long)at,
		    why != NULL ? why : "this is no journal");
	if (line.is == JOURNAL_HEAD) {
		if (!str_is(line.tool, err_tool()))
			die(EXIT_USAGE, "--resume: %s: it is a journal of %.*s", j->name,
			    STR_F(line.tool));
		if (!str_is(line.to, o->base_url != NULL ? o->base_url : ""))
			die(EXIT_USAGE,
			    "--resume: %s: it was written with another --base-url: '%.*s'",
			    j->name, STR_F(line.to));
	} else if (line.is == JOURNAL_SENT) {
		entry_of(j, line.number)->sent = true;
	} else {
		struct entry *e = entry_of(j, line.number);
		j->answers += e->at < 0;
		e->at = at;
		e->len = (int64_t)text.len;
	}
	arena_free(&a);
}

/* Read what is there; a last line without its end is cut off. */
static void
load(struct journal *j, const struct ask_options *o)
{
	FILE *f = fdopen(dup(j->fd), "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (f == NULL)
		die(EXIT_SYSTEM, "--resume: %s: %s", j->name, strerror(errno));
	while ((n = getline(&line, &room, f)) > 0 && line[n - 1] == '\n') {
		take(j, o, j->end, (str){ line, (size_t)n - 1 });
		j->end += n;
	}
	if (ferror(f) || ftruncate(j->fd, (off_t)j->end) != 0)
		die(EXIT_SYSTEM, "--resume: %s: %s", j->name, strerror(errno));
	free(line);
	fclose(f);
	for (size_t i = 0; i < j->count; i++)
		j->resent += j->of[i].sent && j->of[i].at < 0;
}

struct journal *
journal_open(const struct ask_options *o)
{
	struct journal *j = o->journal != NULL ? mem_new(sizeof *j) : NULL;
	struct stat file;

	if (j == NULL)
		return NULL;
	j->name = o->journal;
	j->fd = open(o->journal, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (j->fd < 0)
		die(EXIT_SYSTEM, "--resume: %s: %s", o->journal, strerror(errno));
	if (fstat(j->fd, &file) != 0 || !S_ISREG(file.st_mode))
		die(EXIT_USAGE, "--resume: %s: not a regular file", o->journal);
	if (flock(j->fd, LOCK_EX | LOCK_NB) != 0)
		die(EXIT_SYSTEM, "--resume: %s: another %s is using it", o->journal,
		    err_tool());
	load(j, o);
	if (j->end == 0) {
		emit_open(&j->line, '{');
		emit_ktext(&j->line, "journal", err_tool());
		emit_kint(&j->line, "v", 1);
		emit_ktext(&j->line, "to", o->base_url != NULL ? o->base_url : "");
		emit_close(&j->line, '}');
		buf_byte(&j->line, '\n');
		append(j, buf_str(&j->line));
	}
	return j;
}

static _Noreturn void
mismatch(const struct journal *j, const struct job *job)
{
	die(EXIT_USAGE,
	    "--resume: %s: call %lld is not the one of '%.*s': the same input and the same "
	    "options are needed again",
	    j->name, (long long)job->number, STR_F(job->id));
}

bool
journal_find(struct journal *j, struct job *job)
{
	struct journal_line line;

	if (job->number >= (int64_t)j->count || j->of[job->number].at < 0)
		return false;
	struct entry *e = &j->of[job->number];
	char *text = arena_bytes(&job->arena, (size_t)e->len + 1);
	if (pread(j->fd, text, (size_t)e->len, (off_t)e->at) != (ssize_t)e->len)
		die(EXIT_SYSTEM, "--resume: %s: cannot read it again", j->name);
	if (journal_parse(&job->arena, (str){ text, (size_t)e->len }, &line) != NULL ||
	    !str_eq(line.id, job->id) || !str_eq(line.sha256, job->out->sha256))
		mismatch(j, job);
	job->answer = line.answer;
	j->used += !e->used;
	e->used = true;
	return true;
}

void
journal_sent(struct journal *j, const struct job *job)
{
	entry_of(j, job->number);
	buf_reset(&j->line);
	buf_printf(&j->line, "{\"sent\":%lld}\n", (long long)job->number);
	append(j, buf_str(&j->line));
}

void
journal_keep(struct journal *j, const struct job *job)
{
	buf_reset(&j->line);
	emit_open(&j->line, '{');
	emit_kint(&j->line, "done", job->number);
	emit_kstr(&j->line, "id", job->id);
	emit_kint(&j->line, "sample", job->sample);
	if (job->baseline)
		emit_kbool(&j->line, "baseline", true);
	emit_kstr(&j->line, "request_sha256", job->out->sha256);
	emit_kraw(&j->line, "answer", job->answer);
	emit_close(&j->line, '}');
	buf_byte(&j->line, '\n');
	append(j, buf_str(&j->line));
}

int64_t
journal_resent(const struct journal *j)
{
	return j != NULL ? j->resent : 0;
}

int
journal_close(struct journal *j, bool complete)
{
	if (j == NULL)
		return EXIT_YES;
	bool other = complete && j->used != j->answers;
	if (other)
		warn("%s: it holds answers to calls that this input does not make", j->name);
	if (fdatasync(j->fd) != 0 && errno != EINVAL)
		die(EXIT_SYSTEM, "--resume: %s: %s", j->name, strerror(errno));
	close(j->fd);
	free(j->of);
	buf_free(&j->line);
	free(j);
	return other ? EXIT_DATA : EXIT_YES;
}
