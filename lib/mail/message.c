/* message.c - one RFC 5322 message. */
#include "mail/message.h"

#include <strings.h>

#include "base/buf.h"

bool
header_name(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] <= ' ' || s.at[i] > '~' || s.at[i] == ':')
			return false;
	return s.len > 0;
}

bool
header_is(const struct header *h, const char *name)
{
	return h->name.len == strlen(name) && strncasecmp(h->name.at, name, h->name.len) == 0;
}

size_t
headers_count(const struct headers *h, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->count; i++)
		n += header_is(&h->of[i], name);
	return n;
}

const struct header *
headers_find(const struct headers *h, const char *name)
{
	for (size_t i = 0; i < h->count; i++)
		if (header_is(&h->of[i], name))
			return &h->of[i];
	return NULL;
}

static struct header *
add(struct arena *a, struct headers *h)
{
	if (h->count == h->room) {
		size_t room = h->room > 0 ? 2 * h->room : 16;
		struct header *more = ARENA_ARRAY(a, struct header, room);
		if (h->count > 0)
			memcpy(more, h->of, h->count * sizeof *more);
		h->of = more;
		h->room = room;
	}
	return &h->of[h->count++];
}

void
headers_add(struct arena *a, struct headers *h, str name, str value)
{
	*add(a, h) = (struct header){ .name = name, .value = value };
}

/* Line ends and lengths, in one go over all of it. */
static const char *
check_lines(str raw, size_t longest)
{
	size_t start = 0;

	for (size_t i = 0; i < raw.len; i++) {
		if (raw.at[i] == '\0')
			return "nul";
		if (raw.at[i] != '\r' && raw.at[i] != '\n')
			continue;
		if (raw.at[i] == '\n' || i + 1 == raw.len || raw.at[i + 1] != '\n')
			return "bare-newline";
		if (i - start > longest)
			return "line-length";
		start = ++i + 1;
	}
	return raw.len - start > longest ? "line-length" : NULL;
}

static bool
is_blank(str s)
{
	return str_trim(s).len == 0;
}

/* The next line without its end; *rest goes on behind it. */
static str
next_line(str *rest)
{
	const char *end = rest->len > 0 ? memmem(rest->at, rest->len, "\r\n", 2) : NULL;
	str line = { rest->at, end != NULL ? (size_t)(end - rest->at) : rest->len };

	*rest = str_from(*rest, line.len + (end != NULL ? 2 : 0));
	return line;
}

static str
unfold(struct arena *a, str value)
{
	if (value.len == 0 || memchr(value.at, '\r', value.len) == NULL)
		return str_trim(value);
	char *at = arena_bytes(a, value.len);
	size_t n = 0;
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] != '\r' && value.at[i] != '\n')
			at[n++] = value.at[i];
	return str_trim((str){ at, n });
}

/* A field and the lines that go on with it; left: bytes of the message from its first line. */
static const char *
read_field(struct arena *a, str line, size_t left, str *rest, struct headers *h)
{
	str whole = line;
	size_t colon = str_find(line, ':');

	if (colon == line.len || !header_name((str){ line.at, colon }))
		return "header-syntax";
	while (rest->len > 0 && (rest->at[0] == ' ' || rest->at[0] == '\t')) {
		line = next_line(rest);
		if (is_blank(line))
			return "obsolete-folding";
		whole.len = (size_t)(line.at + line.len - whole.at);
	}
	struct header *f = add(a, h);
	f->name = (str){ whole.at, colon };
	f->raw = (str){ whole.at, left - rest->len };
	f->value = unfold(a, str_from(whole, colon + 1));
	return NULL;
}

const char *
message_read(struct arena *a, str raw, const struct message_limits *limits, struct message *m)
{
	str rest = raw;
	const char *why = raw.len > limits->bytes ? "size" : check_lines(raw, limits->line);

	*m = (struct message){ .raw = raw };
	while (why == NULL && rest.len > 0) {
		size_t left = rest.len;
		str line = next_line(&rest);
		if (line.len == 0)
			break;
		why = read_field(a, line, left, &rest, &m->headers);
	}
	m->body = rest;
	return why;
}

str
message_crlf(struct arena *a, str raw)
{
	struct buf b = { 0 };

	if (raw.len == 0 || memchr(raw.at, '\r', raw.len) != NULL)
		return raw;
	for (size_t i = 0; i < raw.len; i++) {
		if (raw.at[i] == '\n')
			buf_byte(&b, '\r');
		buf_byte(&b, raw.at[i]);
	}
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}
