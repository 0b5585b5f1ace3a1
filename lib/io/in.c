/* in.c - operands, members, lines: one record after the other. */
#include "io/in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "data/when.h"
#include "io/edit.h"
#include "io/records.h"

#define SHOWN 5

struct in {
	const struct in_options *o;
	char **operands;
	struct arena run, rec, *lent; /* lent: by in_lend_arena() */
	struct fields *fields;
	struct scan_value *values;
	struct bytes *bytes;
	struct records records;
	bool in_member, patient, deferred;
	struct path rows;
	const struct doc *row; /* the next one of the document at hand */
	struct arena tree;
	int64_t since, until;
	uint64_t good, bad, outside, timeless;
	int status;
};

static int64_t
clock_now(const char *now)
{
	struct timespec t;
	int64_t ns;

	if (now == NULL) {
		clock_gettime(CLOCK_REALTIME, &t);
		return (int64_t)t.tv_sec * WHEN_SECOND + t.tv_nsec;
	}
	if (!when_parse(str_of(now), &ns))
		die(EXIT_USAGE, "--now: '%s' is no time", now);
	return ns;
}

static int64_t
limit(const char *option, const char *text, const char *now, int64_t none)
{
	int64_t ns;

	if (text == NULL)
		return none;
	if (strspn(text, "0123456789.") != strlen(text) && when_duration(str_of(text), &ns))
		return __builtin_sub_overflow(clock_now(now), ns, &ns) ? INT64_MIN + 1 : ns;
	if (!when_date(str_of(text), &ns))
		die(EXIT_USAGE, "%s: '%s' is neither a time nor a duration", option, text);
	return ns;
}

static double
max_bad(const struct in_options *o, double total)
{
	str text = str_of(o->max_bad);
	double n;

	bool percent = str_ends(text, "%");
	text.len -= percent;
	if (!str_real(text, &n) || n < 0)
		die(EXIT_USAGE, "--max-bad: '%s' is neither a count nor a percentage",
		    o->max_bad);
	return percent ? n / 100 * total : n;
}

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
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };
	struct in *in = mem_new(sizeof *in);

	max_bad(o, 0);
	clock_now(o->now);
	*in = (struct in){ .o = o, .operands = operands[0] != NULL ? operands : standard };
	in->since = limit("--since", o->since, o->now, INT64_MIN);
	in->until = limit("--until", o->until, o->now, INT64_MAX);
	parse_rows(in);
	in->fields = fields_new(&in->run, names, o->map.items, o->map.count);
	in->values = ARENA_ARRAY(&in->run, struct scan_value, fields_count(in->fields) + 1);
	in->records.max_line = (size_t)o->max_line;
	in->records.max_document = (size_t)o->max_document;
	return in;
}

static void
bad_line(struct in *in, const char *file, uint64_t line, const char *why)
{
	in->bad++;
	if (in->bad <= SHOWN || in->o->strict)
		warn("%s:%llu: %s", file, (unsigned long long)line, why);
	if (in->o->strict) {
		err_flush();
		exit(EXIT_DATA);
	}
}

/* Open the next operand; false when there is none left. */
static bool
next_operand(struct in *in)
{
	for (; *in->operands != NULL; in->operands++) {
		bool standard = strcmp(*in->operands, "-") == 0;
		int fd = standard ? STDIN_FILENO : open(*in->operands, O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			in->bytes = bytes_open(fd, standard ? "standard input" : *in->operands);
			bytes_patient(in->bytes, in->patient);
			in->operands++;
			return true;
		}
		warn("%s: %s", *in->operands, strerror(errno));
		in->status = err_worse(in->status, EXIT_SYSTEM);
	}
	return false;
}

static void
broken(struct in *in)
{
	warn("%s: %s", bytes_name(in->bytes), bytes_why(in->bytes));
	in->status = err_worse(in->status, bytes_system(in->bytes) ? EXIT_SYSTEM : EXIT_DATA);
	in->in_member = false;
	if (bytes_member_only(in->bytes))
		return;
	bytes_close(in->bytes);
	in->bytes = NULL;
}

/* The next text that may be a record. */
static enum in_step
next_text(struct in *in)
{
	for (;;) {
		if (in->bytes == NULL && !next_operand(in))
			return IN_END;
		if (!in->in_member) {
			ssize_t n = bytes_next(in->bytes);
			if (n == BYTES_AGAIN)
				return IN_WAIT;
			if (n < 0) {
				broken(in);
			} else if (n == 0) {
				bytes_close(in->bytes);
				in->bytes = NULL;
			} else {
				records_begin(&in->records, in->bytes);
				in->in_member = true;
			}
			continue;
		}
		switch (records_next(&in->records)) {
		case RECORDS_ONE: return IN_ONE;
		case RECORDS_WAIT: return IN_WAIT;
		case RECORDS_END: in->in_member = false; break;
		case RECORDS_BROKEN: broken(in); break;
		case RECORDS_BAD:
			bad_line(in, bytes_name(in->bytes), in->records.line, in->records.why);
			if (in->records.lost)
				in->status = err_worse(in->status, EXIT_DATA);
			break;
		}
	}
}

/* Does this document hold the array of --rows?  Then its elements are the records. */
static bool
open_rows(struct in *in)
{
	const struct path_step *first = in->rows.steps;
	str text = in->records.text;

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
		*text = in->records.text;
		if (!open_rows(in))
			return IN_ONE;
	}
}

void
in_defer_time(struct in *in)
{
	in->deferred = true;
}

bool
in_inside(struct in *in, str time)
{
	int64_t ns;

	if (in->since == INT64_MIN && in->until == INT64_MAX)
		return true;
	if (!when_parse(time, &ns)) {
		in->timeless++;
		return false;
	}
	bool inside = ns >= in->since && ns < in->until;
	in->outside += !inside;
	return inside;
}

/* Is the record inside --since and --until? */
static bool
wanted(struct in *in)
{
	const struct scan_value *kind = &in->values[IN_RECORD];

	if (in->deferred || (kind->kind == KIND_STRING && str_is(kind->raw, "\"run\"")))
		return true;
	return in_inside(in, scan_text(&in->rec, &in->values[IN_TIME]));
}

/* A record from a document may span lines; on its way out it must not. */
static str
one_line(struct in *in, str text)
{
	struct buf flat = { 0 };

	if (str_find(text, '\n') == text.len && str_find(text, '\r') == text.len)
		return text;
	edit_flatten(&flat, text);
	text = arena_keep(&in->rec, buf_str(&flat));
	buf_free(&flat);
	return text;
}

static bool
accept(struct in *in, str text, struct rec *rec)
{
	struct doc_error error;
	char why[200];

	arena_reset(&in->rec);
	*rec = (struct rec){ .text = one_line(in, text),
		.values = in->values,
		.file = bytes_name(in->bytes),
		.line = in->records.line };
	if (!fields_read(
		in->fields, &in->rec, rec->text, (int)in->o->max_depth, in->values, &error)) {
		snprintf(why, sizeof why, "byte %zu: %s%s", error.offset + 1, error.why,
		    in->records.whole ? "" : " (the last line has no end)");
		bad_line(in, rec->file, rec->line, why);
		return false;
	}
	if (rec->text.at[0] != '{') {
		bad_line(in, rec->file, rec->line, "not an object");
		return false;
	}
	if (!wanted(in))
		return false;
	if (str_is(in->values[IN_V].raw, "1"))
		rec->kind = scan_text(&in->rec, &in->values[IN_RECORD]);
	in->good++;
	return true;
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
	if (!in->patient && in->bytes != NULL)
		bytes_patient(in->bytes, true);
	in->patient = true;
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
	return in->bytes != NULL ? bytes_fd(in->bytes) : -1;
}

struct arena *
in_arena(struct in *in)
{
	return in->lent != NULL ? in->lent : &in->rec;
}

void
in_lend_arena(struct in *in, struct arena *a)
{
	in->lent = a;
}

const struct doc *
in_doc(struct in *in, struct rec *rec)
{
	struct doc_error error;

	return doc_parse(&in->rec, rec->text, (int)in->o->max_depth, &error);
}

str
in_text(struct in *in, const struct rec *rec, size_t field)
{
	const struct scan_value *v = &rec->values[field];

	if (v->kind == KIND_NULL)
		return (str){ 0 };
	return scan_text(&in->rec, v);
}

void
in_reject(struct in *in, const struct rec *rec, const char *fmt, ...)
{
	char why[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof why, fmt, ap);
	va_end(ap);
	in->good--;
	bad_line(in, rec->file, rec->line, why);
}

uint64_t
in_count(const struct in *in)
{
	return in->good;
}

const char *
in_file(struct arena *a, const char *name, str *text)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC);
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
	double total = (double)(in->good + in->bad + in->outside + in->timeless);

	if (in->bad > SHOWN)
		warn("%llu bad lines in all", (unsigned long long)in->bad);
	if (in->timeless > 0)
		warn("%llu records have no time: left out by --since and --until",
		    (unsigned long long)in->timeless);
	if (in->o->show_map)
		fields_show(in->fields);
	if ((double)in->bad > max_bad(in->o, total))
		in->status = err_worse(in->status, EXIT_DATA);
	return in->status;
}

void
in_close(struct in *in)
{
	if (in->bytes != NULL)
		bytes_close(in->bytes);
	records_free(&in->records);
	arena_free(&in->rec);
	arena_free(&in->tree);
	arena_free(&in->run);
	free(in);
}
