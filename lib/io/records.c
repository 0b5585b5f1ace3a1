/* records.c - bytes cut into records. */
#include "io/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/lex.h"

#define MAX_OPEN 10000 /* brackets: deeper than any reader would follow */
#define CHUNK    ((size_t)256 << 10)

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
		r->at = mem_grow(r->at, r->room + RECORDS_PAD, 1);
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

/* Begin to search for the end of a value afresh. */
static void
restart(struct records *r)
{
	r->looked = 0;
	r->in_string = r->escaped = false;
	buf_reset(&r->open);
}

static void
count_lines(struct records *r, str text)
{
	for (size_t n; (n = str_find(text, '\n')) < text.len; text = str_from(text, n + 1))
		r->next_line++;
}

/* Take n bytes off the window as the record. */
static void
take(struct records *r, size_t n)
{
	r->line = r->next_line;
	r->text = (str){ r->at + r->start, n };
	r->start += n;
	restart(r);
	count_lines(r, r->text);
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

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

enum found { FOUND_NOTHING, FOUND_END, FOUND_FAULT };

/* One more byte of a value, at offset i: is it over before (*n = i) or behind it? */
static enum found
look(struct records *r, char c, size_t i, size_t *n)
{
	*n = i + 1;
	if (r->in_string) {
		if (!r->escaped && c == '"')
			r->in_string = false;
		r->escaped = !r->escaped && c == '\\';
	} else if (c == '"') {
		r->in_string = true;
	} else if (c == '{' || c == '[') {
		if (r->open.len == MAX_OPEN)
			return FOUND_FAULT;
		buf_byte(&r->open, c == '{' ? '}' : ']');
	} else if (c == '}' || c == ']') {
		if (r->open.len == 0 && i > 0) { /* a scalar is over before it */
			*n = i;
			return FOUND_END;
		}
		if (r->open.len == 0 || r->open.at[r->open.len - 1] != c)
			return FOUND_FAULT;
		r->open.len--;
		return r->open.len == 0 ? FOUND_END : FOUND_NOTHING;
	} else if (r->open.len == 0 && i > 0 && (blank(c) || c == ',')) {
		*n = i;
		return FOUND_END;
	}
	return FOUND_NOTHING;
}

/* Search on, up to `limit`, for the end of the value that the window begins with. */
static enum found
value_end(struct records *r, size_t limit, size_t *n)
{
	str w = window(r);

	for (; r->looked < limit; r->looked++) {
		enum found found = look(r, w.at[r->looked], r->looked, n);
		if (found != FOUND_NOTHING)
			return found;
	}
	return FOUND_NOTHING;
}

/* Pass over blanks and, inside an array, the one comma between two elements. */
static ssize_t
to_value(struct records *r)
{
	for (;;) {
		for (; r->start < r->len && blank(r->at[r->start]); r->start++)
			r->next_line += r->at[r->start] == '\n';
		if (r->start < r->len) {
			if (r->mode != RECORDS_ARRAY || r->at[r->start] != ',' ||
			    r->expect != EXPECT_COMMA)
				return 1;
			r->expect = EXPECT_VALUE;
			r->start++;
			continue;
		}
		ssize_t n = more(r);
		if (n <= 0)
			return n;
	}
}

/* The array or document cannot be followed any further: go on by lines. */
static enum records_step
lose(struct records *r, const char *why)
{
	r->mode = RECORDS_LINES;
	r->line = r->next_line;
	r->lost = true;
	restart(r);
	return bad(r, why);
}

/* Is what has come of a document JSON so far?  Asked while it is small, so that a broken
 * first line does not hold back the lines behind it. */
static bool
plausible(const struct records *r)
{
	struct lex l = lex_of(window(r));
	str raw;

	return window(r).len > ((size_t)1 << 20) || lex_skip(&l, &raw) || l.at >= l.end;
}

/* The value in the window is larger than it may be: forget it, but follow it to its end. */
static void
forget(struct records *r)
{
	count_lines(r, (str){ r->at + r->start, r->looked });
	r->start += r->looked;
	r->looked = 0;
	r->skipping = true;
}

static enum records_step
whole_value(struct records *r, size_t n)
{
	bool too_long = r->skipping || n > r->max_document;

	take(r, n);
	r->expect = EXPECT_COMMA;
	r->whole = true;
	r->skipping = false;
	return too_long ? bad(r, "longer than --max-document") : RECORDS_ONE;
}

/* It was no document: its lines may still be good. */
static enum records_step
by_lines(struct records *r)
{
	r->mode = RECORDS_LINES;
	restart(r);
	return next_line(r);
}

/* From the start of a value to its end. */
static enum records_step
read_value(struct records *r)
{
	enum found found;
	size_t n;

	while ((found = value_end(r, r->len - r->start, &n)) == FOUND_NOTHING) {
		if (r->mode == RECORDS_VALUES && !r->skipping && !plausible(r))
			return by_lines(r);
		if (r->len - r->start > r->max_document)
			forget(r);
		ssize_t got = more(r);
		if (got < 0)
			return stopped(r, got);
		if (got > 0)
			continue;
		if (r->mode == RECORDS_ARRAY || r->skipping)
			return r->start = r->len, lose(r, "ends inside a value");
		return by_lines(r);
	}
	if (found == FOUND_FAULT && r->mode == RECORDS_VALUES && !r->skipping)
		return by_lines(r);
	if (found == FOUND_FAULT) {
		r->start += n;
		return lose(
		    r, "brackets do not match, or are too deep: what follows is read by lines");
	}
	return whole_value(r, n);
}

static enum records_step
next_value(struct records *r)
{
	if (r->looked > 0 || r->skipping)
		return read_value(r);
	ssize_t got = to_value(r);
	if (got < 0)
		return stopped(r, got);
	if (got == 0 && r->mode == RECORDS_VALUES)
		return RECORDS_END;
	if (got == 0)
		return lose(r, "the array has no end");
	if (r->mode == RECORDS_ARRAY && r->at[r->start] == ']') {
		bool comma = r->expect == EXPECT_VALUE;
		r->mode = RECORDS_LINES;
		r->start++;
		r->line = r->next_line;
		return comma ? bad(r, "a comma before the end of the array") : next_line(r);
	}
	if (r->mode == RECORDS_ARRAY && r->expect == EXPECT_COMMA)
		return lose(r, "no comma between two elements");
	return read_value(r);
}

/* A member that begins with a {: a document if its first line ends outside a string and
 * before the value does.  Searches on from where it stopped the last time. */
static ssize_t
decide_object(struct records *r)
{
	for (;;) {
		str w = window(r);
		size_t line = r->looked + str_find(str_from(w, r->looked), '\n'), n;
		enum found found = value_end(r, line, &n);
		if (found != FOUND_NOTHING || line < w.len || w.len > r->max_line) {
			bool document = found == FOUND_NOTHING && !r->in_string && line < w.len;
			r->mode = document ? RECORDS_VALUES : RECORDS_LINES;
			restart(r);
			return 1;
		}
		ssize_t got = more(r);
		if (got < 0)
			return got;
		if (got == 0) {
			r->mode = RECORDS_LINES;
			restart(r);
			return 1;
		}
	}
}

/* What does the member begin with? */
static ssize_t
decide(struct records *r)
{
	if (r->looked > 0)
		return decide_object(r);
	ssize_t got = to_value(r);
	if (got <= 0)
		return got;
	if (r->at[r->start] == '{')
		return decide_object(r);
	r->mode = r->at[r->start] == '[' ? RECORDS_ARRAY : RECORDS_LINES;
	r->start += r->mode == RECORDS_ARRAY;
	return 1;
}

/* At the begin of a member: RECORDS_ONE when records can be read. */
static enum records_step
begin(struct records *r)
{
	static const char mark[] = "\xef\xbb\xbf";
	ssize_t n = decide(r);

	if (n < 0)
		return stopped(r, n);
	if (n == 0)
		return RECORDS_END;
	if (!r->marked && str_starts(window(r), mark)) {
		r->marked = true;
		r->start += strlen(mark);
		r->line = r->next_line;
		r->mode = RECORDS_FRESH;
		return bad(r, "begins with a byte order mark: remove it");
	}
	return RECORDS_ONE;
}

enum records_step
records_next(struct records *r)
{
	r->lost = false;
	if (r->mode == RECORDS_FRESH) {
		enum records_step step = begin(r);
		if (step != RECORDS_ONE)
			return step;
	}
	return r->mode == RECORDS_LINES ? next_line(r) : next_value(r);
}

/* Hand out the first n bytes of the window with the memory that they lie in. */
static void
exchange(struct records *r, struct records_block *b, size_t n)
{
	str rest = str_from(window(r), n);
	char *at = b->at;
	size_t room = b->room;

	if (room < rest.len + CHUNK) {
		room = rest.len + 2 * CHUNK;
		free(at);
		at = mem_grow(NULL, room + RECORDS_PAD, 1);
	}
	if (rest.len > 0)
		memcpy(at, rest.at, rest.len);
	memmove(r->at, r->at + r->start, r->start > 0 ? n : 0);
	*b = (struct records_block){ .at = r->at,
		.len = n,
		.room = r->room,
		.lines = true,
		.whole = n == 0 || r->at[n - 1] == '\n',
		.passed = r->next_line - 1 };
	r->next_line = 1;
	r->at = at;
	r->room = room;
	r->len = rest.len;
	r->start = 0;
	restart(r);
}

enum records_step
records_block(struct records *r, struct records_block *b, size_t enough)
{
	ssize_t got = 1;

	b->lines = false;
	r->lost = false;
	if (r->mode == RECORDS_FRESH) {
		enum records_step step = begin(r);
		if (step != RECORDS_ONE)
			return step;
	}
	if (r->mode != RECORDS_LINES || r->skipping)
		return records_next(r);
	for (;;) {
		str w = window(r);
		const char *last = w.len > 0 ? memrchr(w.at, '\n', w.len) : NULL;
		if (last != NULL && (w.len >= enough || got <= 0)) {
			exchange(r, b, (size_t)(last - w.at) + 1);
			return RECORDS_ONE;
		}
		if (last == NULL && w.len > r->max_line)
			return skip_line(r);
		if (got < 0)
			return stopped(r, got);
		if (got == 0 && w.len == 0)
			return RECORDS_END;
		if (got == 0) {
			exchange(r, b, w.len);
			return RECORDS_ONE;
		}
		got = more(r);
	}
}

void
records_begin(struct records *r, struct bytes *bytes)
{
	*r = (struct records){ .max_line = r->max_line,
		.max_document = r->max_document,
		.at = r->at,
		.room = r->room,
		.open = r->open,
		.bytes = bytes,
		.next_line = 1 };
	restart(r);
}

size_t
records_slack(const struct records *r)
{
	return (size_t)(r->at + r->room + RECORDS_PAD - (r->text.at + r->text.len));
}

void
records_free(struct records *r)
{
	free(r->at);
	r->at = NULL;
	buf_free(&r->open);
}
