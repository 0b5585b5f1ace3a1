/* in.c - operands, members, lines: one record after the other. */
#include "io/in.h"
#include "data/when.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/intake.h"
#include "io/source.h"

struct in {
	const struct in_options *o;
	struct arena run;
	struct intake *intake;
	struct source source;
	struct path rows;
	const struct doc *row; /* the next one of the document at hand */
	struct arena tree;
	uint64_t bad;
	bool answer_bad, hurt; /* hurt: what comes next is a text that could not be read */
};

void
in_map(struct in_options *o, struct arena *a, const char *field, str path)
{
	if (o->map.count == sizeof o->map.items / sizeof *o->map.items)
		die(EXIT_USAGE, "--map: given too often");
	o->map.items[o->map.count++] =
	    arena_string(a, arena_printf(a, "%s=%.*s", field, STR_F(path)));
}

static void
parse_rows(struct in *in)
{
	const char *why =
	    in->o->rows != NULL ? path_parse(&in->run, str_of(in->o->rows), &in->rows) : NULL;

	if (why == NULL && path_enters(&in->rows))
		why = "|fromjson cannot be used here";
	if (why != NULL)
		die(EXIT_USAGE, "--rows: '%s': %s", in->o->rows, why);
}

struct in *
in_open(const struct in_options *o, const char *const *names, char **operands)
{
	struct in *in = mem_new(sizeof *in);

	in->o = o;
	source_open(&in->source, o, operands);
	in->intake = intake_new(o, fields_new(&in->run, names, o->map.items, o->map.count));
	parse_rows(in);
	return in;
}

static void
bad_line(struct in *in, const char *file, uint64_t line, const char *why)
{
	intake_bad(in->o, &in->bad, file, line, why);
}

/* The next text that may be a record. */
static enum in_step
next_text(struct in *in)
{
	struct source *s = &in->source;

	for (;;) {
		enum in_step ready = source_ready(s);
		if (ready != IN_ONE)
			return ready;
		switch (records_next(&s->records)) {
		case RECORDS_ONE: return IN_ONE;
		case RECORDS_WAIT: return IN_WAIT;
		case RECORDS_END: source_leave(s); break;
		case RECORDS_BROKEN: source_broken(s); break;
		case RECORDS_BAD:
			bad_line(in, source_name(s), s->records.line, s->records.why);
			if (s->records.lost)
				s->status = err_worse(s->status, EXIT_DATA);
			in->hurt = in->answer_bad;
			if (in->hurt)
				return IN_ONE;
			break;
		}
	}
}

/* Does this document hold the array of --rows?  Then its elements are the records. */
static bool
open_rows(struct in *in)
{
	const struct path_step *first = in->rows.steps;
	str text = in->source.records.text;

	if (in->rows.count == 0 ||
	    (first->kind == PATH_KEY &&
		memmem(text.at, text.len, first->key.at, first->key.len) == NULL))
		return false;
	arena_reset(&in->tree);
	const struct doc *d =
	    doc_at(doc_parse(&in->tree, text, (int)in->o->max_depth, &(struct doc_error){ 0 }),
		&in->rows);
	if (doc_kind(d) != KIND_ARRAY)
		return false;
	in->row = d->child;
	return true;
}

/* A row of the document at hand, else the next text that may be a record. */
static enum in_step
next_one(struct in *in, str *text)
{
	for (;;) {
		if (in->row != NULL) {
			*text = in->row->raw;
			in->row = in->row->next;
			return IN_ONE;
		}
		enum in_step step = next_text(in);
		if (step != IN_ONE)
			return step;
		*text = in->source.records.text;
		if (in->hurt || !open_rows(in))
			return IN_ONE;
	}
}

void
in_answer_bad(struct in *in)
{
	in->answer_bad = true;
}

void
in_defer_time(struct in *in)
{
	in->intake->deferred = true;
}

bool
in_inside(struct in *in, str time)
{
	return intake_inside(in->intake, time);
}

static bool
accept(struct in *in, str text, struct rec *rec)
{
	char why[INTAKE_WHY];

	*rec =
	    (struct rec){ .file = source_name(&in->source), .line = in->source.records.line };
	if (in->hurt) {
		in->hurt = false;
		rec->bad = true;
		return true;
	}
	bool own = in->row == NULL && text.at == in->source.records.text.at;
	const struct intake_text t = { text, own ? records_slack(&in->source.records) : 0,
		false, in->source.records.whole };
	switch (intake_take(in->intake, &t, rec, why)) {
	case INTAKE_GOOD: return true;
	case INTAKE_OUTSIDE: break;
	case INTAKE_BAD:
		bad_line(in, rec->file, rec->line, why);
		rec->bad = in->answer_bad;
		return rec->bad;
	}
	return false;
}

enum in_step
in_poll(struct in *in, struct rec *rec)
{
	enum in_step step;
	str text;

	do
		step = next_one(in, &text);
	while (step == IN_ONE && !accept(in, text, rec));
	return step;
}

void
in_patient(struct in *in)
{
	if (!in->source.patient && in->source.bytes != NULL)
		bytes_patient(in->source.bytes, true);
	in->source.patient = true;
}

bool
in_record(struct in *in, struct rec *rec)
{
	in_patient(in);
	return in_poll(in, rec) == IN_ONE;
}

int
in_fd(const struct in *in)
{
	return in->source.bytes != NULL ? bytes_fd(in->source.bytes) : -1;
}

struct intake *
in_intake(struct in *in)
{
	return in->intake;
}

struct arena *
in_arena(struct in *in)
{
	return intake_arena(in->intake);
}

void
in_lend_arena(struct in *in, struct arena *a)
{
	in->intake->lent = a;
}

const struct doc *
in_doc(struct in *in, struct rec *rec)
{
	struct doc_error error;

	return doc_parse(&in->intake->rec, rec->text, (int)in->o->max_depth, &error);
}

str
in_text(struct in *in, const struct rec *rec, size_t field)
{
	return intake_text(in->intake, rec, field);
}

void
in_reject(struct in *in, const struct rec *rec, const char *fmt, ...)
{
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	in->intake->good--;
	bad_line(in, rec->file, rec->line, why);
}

int64_t
in_now(const struct in_options *o)
{
	struct timespec t;
	int64_t ns;

	if (o->now != NULL && when_date(str_of(o->now), &ns))
		return ns;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * WHEN_SECOND + t.tv_nsec;
}

uint64_t
in_count(const struct in *in)
{
	return in->intake->good;
}

const char *
in_file(struct arena *a, const char *name, str *text)
{
	bool standard = strcmp(name, "-") == 0;
	int fd = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) :
			    open(name, O_RDONLY | O_CLOEXEC);
	struct buf all = { 0 };
	ssize_t n = 1;

	if (fd < 0)
		return strerror(errno);
	while (n > 0 && all.len < (size_t)64 << 20) {
		buf_reserve(&all, 65536);
		n = read(fd, all.at + all.len, 65536);
		all.len += n > 0 ? (size_t)n : 0;
	}
	const char *why = n < 0 ? strerror(errno) : n > 0 ? "larger than 64 MiB" : NULL;
	close(fd);
	*text = arena_keep(a, buf_str(&all));
	buf_free(&all);
	return why;
}

int
in_status(struct in *in)
{
	in->source.status = err_worse(in->source.status, intake_status(in->intake, in->bad));
	return in->source.status;
}

void
in_close(struct in *in)
{
	source_close(&in->source);
	intake_free(in->intake);
	arena_free(&in->tree);
	arena_free(&in->run);
	free(in);
}
