/* source.c - operands one after the other. */
#include "io/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void
source_open(struct source *s, const struct in_options *o, char **operands)
{
	static char dash[] = "-";
	static char *standard[] = { dash, NULL };

	*s = (struct source){ .operands = operands[0] != NULL ? operands : standard };
	s->records.max_line = (size_t)o->max_line;
	s->records.max_document = (size_t)o->max_document;
}

/* Open the next operand; false when there is none left. */
static bool
next_operand(struct source *s)
{
	for (; *s->operands != NULL; s->operands++) {
		bool standard = strcmp(*s->operands, "-") == 0;
		int fd = standard ? STDIN_FILENO : open(*s->operands, O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			s->bytes = bytes_open(fd, standard ? "standard input" : *s->operands);
			bytes_patient(s->bytes, s->patient);
			bytes_ahead(s->bytes, s->ahead);
			s->operands++;
			return true;
		}
		warn("%s: %s", *s->operands, strerror(errno));
		s->status = err_worse(s->status, EXIT_SYSTEM);
	}
	return false;
}

static void
close_bytes(struct source *s)
{
	if (s->bytes != NULL)
		bytes_close(s->bytes);
	s->bytes = NULL;
}

void
source_broken(struct source *s)
{
	warn("%s: %s", bytes_name(s->bytes), bytes_why(s->bytes));
	s->status = err_worse(s->status, bytes_system(s->bytes) ? EXIT_SYSTEM : EXIT_DATA);
	s->in_member = false;
	if (!bytes_member_only(s->bytes))
		close_bytes(s);
}

void
source_leave(struct source *s)
{
	s->in_member = false;
}

enum in_step
source_ready(struct source *s)
{
	while (!s->in_member) {
		if (s->bytes == NULL && !next_operand(s))
			return IN_END;
		ssize_t n = bytes_next(s->bytes);
		if (n == BYTES_AGAIN)
			return IN_WAIT;
		if (n < 0) {
			source_broken(s);
		} else if (n == 0) {
			close_bytes(s);
		} else {
			records_begin(&s->records, s->bytes);
			s->in_member = true;
		}
	}
	return IN_ONE;
}

bool
source_line(struct source *s, str *line)
{
	while (source_ready(s) == IN_ONE) {
		switch (records_next(&s->records)) {
		case RECORDS_ONE: *line = s->records.text; return true;
		case RECORDS_END: source_leave(s); break;
		case RECORDS_BROKEN: source_broken(s); break;
		case RECORDS_BAD:
			warn("%s:%llu: %s", source_name(s), (unsigned long long)s->records.line,
			    s->records.why);
			s->status = err_worse(s->status, EXIT_DATA);
			break;
		case RECORDS_WAIT: break;
		}
	}
	return false;
}

const char *
source_name(const struct source *s)
{
	return bytes_name(s->bytes);
}

void
source_close(struct source *s)
{
	close_bytes(s);
	records_free(&s->records);
}
