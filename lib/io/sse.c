/* sse.c - an event stream, however it is cut. */
#include "io/sse.h"

#include <string.h>

void
sse_feed(struct sse *s, str chunk)
{
	if (s->start > 0) {
		memmove(s->pending.at, s->pending.at + s->start, s->pending.len - s->start);
		s->pending.len -= s->start;
		s->looked -= s->start;
		s->start = 0;
	}
	buf_add(&s->pending, chunk);
	s->bytes += chunk.len;
}

/* The next whole line.  A CR at the very end of what is there may be half of a CRLF. */
static bool
line(struct sse *s, str *text)
{
	str all = buf_str(&s->pending);

	for (; s->looked < all.len; s->looked++) {
		char c = all.at[s->looked];
		if (c != '\n' && c != '\r')
			continue;
		if (c == '\r' && s->looked + 1 == all.len)
			return false;
		*text = (str){ all.at + s->start, s->looked - s->start };
		s->looked += c == '\r' && all.at[s->looked + 1] == '\n' ? 2 : 1;
		s->start = s->looked;
		return true;
	}
	return false;
}

static void
field(struct sse *s, str text)
{
	str value = text, name = str_cut(&value, ':');

	if (!s->begun && str_starts(name, "\xef\xbb\xbf"))
		name = str_from(name, 3);
	s->begun = true;
	if (str_starts(value, " "))
		value = str_from(value, 1);
	if (str_is(name, "data")) {
		buf_add(&s->data, value);
		buf_byte(&s->data, '\n');
	} else if (str_is(name, "event")) {
		buf_reset(&s->name);
		buf_add(&s->name, value);
	}
}

/* What the fields read so far amount to; nothing if there was no data. */
static bool
dispatch(struct sse *s, struct sse_event *e)
{
	bool any = s->data.len > 0;

	*e = (struct sse_event){ buf_str(&s->name), { s->data.at, any ? s->data.len - 1 : 0 } };
	buf_reset(&s->data);
	buf_reset(&s->name);
	s->events += any;
	return any;
}

bool
sse_next(struct sse *s, struct sse_event *e)
{
	str text;

	while (line(s, &text)) {
		if (text.len > 0)
			field(s, text);
		else if (dispatch(s, e))
			return true;
	}
	return false;
}

bool
sse_last(struct sse *s, struct sse_event *e)
{
	sse_feed(s, STR("\n"));
	s->bytes--;
	if (sse_next(s, e))
		return true;
	return dispatch(s, e);
}

void
sse_free(struct sse *s)
{
	buf_free(&s->pending);
	buf_free(&s->data);
	buf_free(&s->name);
}

bool
sse_like(str body)
{
	if (str_starts(body, "\xef\xbb\xbf"))
		body = str_from(body, 3);
	while (body.len > 0 && (body.at[0] == '\n' || body.at[0] == '\r'))
		body = str_from(body, 1);
	return str_starts(body, "data:") || str_starts(body, "event:") ||
	    str_starts(body, ":") || str_starts(body, "id:") || str_starts(body, "retry:");
}
