/* records.c - bytes cut into records. */
#include "io/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK ((size_t)256 << 10)

static str
window(const struct records *r)
{
	return (str){ r->at + r->start, r->len - r->start };
}

/* More bytes behind the window: 1, 0 at the end, or what bytes_read() says. */
static ssize_t
more(struct records *r)
{
	if (r->ended)
		return 0;
	if (r->start > 0) {
		memmove(r->at, r->at + r->start, r->len - r->start);
		r->len -= r->start;
		r->start = 0;
	}
	if (r->room - r->len < CHUNK) {
		r->room = r->room > 0 ? r->room * 2 : 2 * CHUNK;
		r->at = mem_grow(r->at, r->room, 1);
	}
	ssize_t n = bytes_read(r->bytes, r->at + r->len, r->room - r->len);
	if (n == 0)
		r->ended = true;
	else if (n > 0)
		r->len += (size_t)n;
	return n > 0 ? 1 : n;
}

static enum records_step
bad(struct records *r, const char *why)
{
	r->why = why;
	return RECORDS_BAD;
}

/* Take n bytes off the window as the record. */
static void
take(struct records *r, size_t n)
{
	r->line = r->next_line;
	r->text = (str){ r->at + r->start, n };
	r->start += n;
	r->looked = 0;
	r->depth = 0;
	r->in_string = r->escaped = false;
	for (const char *p = r->text.at, *end = p + n;
	     (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		r->next_line++;
}

static enum records_step
stopped(struct records *r, ssize_t n)
{
	if (n == BYTES_AGAIN)
		return RECORDS_WAIT;
	r->ended = true;
	return RECORDS_BROKEN;
}

/* The line is too long: forget it up to its end, chunk by chunk. */
static enum records_step
skip_line(struct records *r)
{
	r->skipping = true;
	for (;;) {
		str w = window(r);
		size_t n = str_find(w, '\n');
		if (n < w.len || r->ended) {
			r->skipping = false;
			take(r, n < w.len ? n + 1 : n);
			return bad(r, "line is longer than --max-line");
		}
		r->start = r->len;
		ssize_t got = more(r);
		if (got < 0)
			return stopped(r, got);
	}
}

static enum records_step
next_line(struct records *r)
{
	if (r->skipping)
		return skip_line(r);
	for (;;) {
		str w = window(r);
		size_t n = r->looked + str_find(str_from(w, r->looked), '\n');
		bool complete = n < w.len;
		if (n > r->max_line)
			return skip_line(r);
		if (complete || (r->ended && w.len > 0)) {
			r->whole = complete;
			take(r, complete ? n + 1 : w.len);
			r->text = str_trim(r->text);
			if (r->text.len > 0)
				return RECORDS_ONE;
			continue;
		}
		r->looked = w.len;
		ssize_t got = more(r);
		if (got < 0)
			return stopped(r, got);
		if (got == 0 && window(r).len == 0)
			return RECORDS_END;
	}
}

/* Search on for the end of the value that the window begins with: its length, or 0 if it
 * is not there yet.  A scalar ends before the byte that cannot belong to it. */
static size_t
value_end(struct records *r)
{
	str w = window(r);

	for (size_t i = r->looked; i < w.len; i++) {
		char c = w.at[i];
		if (r->in_string) {
			if (r->escaped)
				r->escaped = false;
			else if (c == '\\')
				r->escaped = true;
			else if (c == '"')
				r->in_string = false;
		} else if (c == '"') {
			r->in_string = true;
		} else if (c == '{' || c == '[') {
			r->depth++;
		} else if (c == '}' || c == ']') {
			if (r->depth == 0)
				return i > 0 ? i : 1;
			if (--r->depth == 0)
				return i + 1;
		} else if (r->depth == 0 && i > 0 && strchr(", \t\r\n", c) != NULL) {
			return i;
		}
	}
	r->looked = w.len;
	return 0;
}

/* Pass over blanks and, inside an array, the one comma between two elements. */
static ssize_t
to_value(struct records *r)
{
	for (;;) {
		while (r->start < r->len && strchr(" \t\r\n", r->at[r->start]) != NULL) {
			r->next_line += r->at[r->start] == '\n';
			r->start++;
		}
		if (r->start < r->len) {
			if (r->mode != RECORDS_ARRAY || r->at[r->start] != ',' || !r->comma)
				return 1;
			r->comma = false;
			r->start++;
			continue;
		}
		ssize_t n = more(r);
		if (n <= 0)
			return n;
	}
}

static enum records_step
next_value(struct records *r)
{
	ssize_t got = 1;
	size_t n;

	if (r->looked == 0) {
		got = to_value(r);
		if (got < 0)
			return stopped(r, got);
		if (got == 0)
			return r->mode == RECORDS_ARRAY ?
			    (r->mode = RECORDS_LINES, r->line = r->next_line,
				bad(r, "the array has no end")) :
			    RECORDS_END;
		if (r->mode == RECORDS_ARRAY && r->at[r->start] == ']') {
			r->mode = RECORDS_LINES;
			r->start++;
			return next_line(r);
		}
		if (r->mode == RECORDS_ARRAY && r->comma) {
			r->mode = RECORDS_LINES;
			r->line = r->next_line;
			return bad(r, "no comma between two elements");
		}
	}
	while ((n = value_end(r)) == 0) {
		if (r->len - r->start > r->max_document || (got = more(r)) == 0) {
			r->mode =
			    RECORDS_LINES; /* give up on it; its lines may still be good */
			r->looked = 0;
			return next_line(r);
		}
		if (got < 0)
			return stopped(r, got);
	}
	take(r, n);
	r->comma = true;
	r->whole = true;
	return RECORDS_ONE;
}

/* What does the member begin with?  Needs its first line, or the end of the first value
 * where that comes earlier. */
static ssize_t
decide(struct records *r)
{
	ssize_t got = to_value(r);
	if (got <= 0)
		return got;
	if (r->at[r->start] == '[') {
		r->start++;
		r->mode = RECORDS_ARRAY;
		return 1;
	}
	r->mode = RECORDS_LINES;
	if (r->at[r->start] != '{')
		return 1;
	for (;;) {
		str w = window(r);
		size_t line = str_find(w, '\n');
		size_t length = r->len;
		r->looked = 0;
		r->depth = 0;
		r->in_string = r->escaped = false;
		r->len = r->start + line;
		size_t n = value_end(r);
		bool open = n == 0 && !r->in_string && line < w.len;
		r->len = length;
		r->looked = 0;
		r->depth = 0;
		r->in_string = r->escaped = false;
		if (open)
			r->mode = RECORDS_VALUES;
		if (n > 0 || line < w.len || w.len > r->max_line)
			return 1;
		got = more(r);
		if (got < 0)
			r->mode = RECORDS_FRESH;
		if (got <= 0)
			return got == 0 ? 1 : got;
	}
}

enum records_step
records_next(struct records *r)
{
	if (r->mode == RECORDS_FRESH) {
		ssize_t n = decide(r);
		if (n < 0)
			return stopped(r, n);
		if (n == 0)
			return RECORDS_END;
		if (r->len - r->start >= 3 &&
		    memcmp(r->at + r->start, "\xef\xbb\xbf", 3) == 0) {
			next_line(r);
			return bad(r, "begins with a byte order mark: remove it");
		}
	}
	return r->mode == RECORDS_LINES ? next_line(r) : next_value(r);
}

void
records_begin(struct records *r, struct bytes *bytes)
{
	*r = (struct records){ .max_line = r->max_line,
		.max_document = r->max_document,
		.at = r->at,
		.room = r->room,
		.bytes = bytes,
		.next_line = 1 };
}

void
records_free(struct records *r)
{
	free(r->at);
	r->at = NULL;
}
