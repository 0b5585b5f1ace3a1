/* mime.c - MIME through GMime. */
#include "mail/mime.h"

#include <gmime/gmime.h>
#include <strings.h>

#include "base/buf.h"
#include "data/base64.h"

void
mime_start(void)
{
	static bool started;

	if (!started)
		g_mime_init();
	started = true;
}

str
mime_words(struct arena *a, str value)
{
	if (value.len < 6 || memmem(value.at, value.len, "=?", 2) == NULL)
		return value;
	mime_start();
	char *text = g_mime_utils_header_decode_text(NULL, arena_string(a, value));
	str decoded = arena_keep(a, str_of(text));
	g_free(text);
	return decoded;
}

static str
type_of(struct arena *a, GMimeObject *o)
{
	GMimeContentType *t = g_mime_object_get_content_type(o);
	char *name = t != NULL ? g_mime_content_type_get_mime_type(t) : NULL;
	char *lower = name != NULL ? g_ascii_strdown(name, -1) : NULL;
	str type = arena_keep(a, str_of(lower));

	g_free(name);
	g_free(lower);
	return type;
}

static str
stream_bytes(struct arena *a, GMimeStream *memory)
{
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));

	return arena_keep(a, (str){ (const char *)bytes->data, bytes->len });
}

/* The bytes of a part without its transfer encoding. */
static str
decoded(struct arena *a, GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *memory = g_mime_stream_mem_new();
	str text = { 0 };

	if (content != NULL && g_mime_data_wrapper_write_to_stream(content, memory) >= 0)
		text = stream_bytes(a, memory);
	g_object_unref(memory);
	return text;
}

/* The same as it came. */
static str
encoded(struct arena *a, GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *memory = g_mime_stream_mem_new();
	str text = { 0 };

	if (content != NULL) {
		GMimeStream *from = g_mime_data_wrapper_get_stream(content);
		g_mime_stream_reset(from);
		if (g_mime_stream_write_to_stream(from, memory) >= 0)
			text = stream_bytes(a, memory);
	}
	g_object_unref(memory);
	return text;
}

static str
part_text(struct arena *a, GMimeObject *o)
{
	if (!GMIME_IS_TEXT_PART(o))
		return decoded(a, GMIME_PART(o));
	char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(o));
	str s = arena_keep(a, str_of(text));
	g_free(text);
	return s.len > 0 ? s : decoded(a, GMIME_PART(o));
}

static void
find_strange(struct mime *m, const char *why)
{
	if (m->strange == NULL)
		m->strange = why;
}

static void
put(struct mime *m, str type, str text)
{
	if (m->count == MIME_PARTS)
		find_strange(m, "it has more parts than are looked at");
	else
		m->parts[m->count++] = (struct mime_part){ type, text };
}

/* type/subtype, and nothing else before a semicolon; there need not be one. */
static bool
type_is_plain(GMimeObject *o, GMimeHeader *field)
{
	str raw =
	    field != NULL ? str_trim(str_of(g_mime_header_get_raw_value(field))) : STR("");
	GMimeContentType *t = g_mime_object_get_content_type(o);
	char *name = t != NULL ? g_mime_content_type_get_mime_type(t) : NULL;
	str type = str_of(name);
	bool plain = field == NULL ||
	    (type.len > 0 && raw.len >= type.len &&
		strncasecmp(raw.at, type.at, type.len) == 0 &&
		str_trim(str_cut(&(str){ raw.at + type.len, raw.len - type.len }, ';')).len ==
		    0);

	g_free(name);
	return plain;
}

/* A field twice, or an encoding that not everybody reads alike. */
static void
check_fields(struct mime *m, GMimeObject *o)
{
	static const char *const once[] = { "Content-Type", "Content-Transfer-Encoding",
		"Content-Disposition" };
	static const char *const codings[] = { "7bit", "8bit", "binary", "base64",
		"quoted-printable", NULL };
	GMimeHeaderList *all = g_mime_object_get_header_list(o);
	int seen[3] = { 0 };

	for (int i = 0; i < g_mime_header_list_get_count(all); i++)
		for (size_t k = 0; k < 3; k++)
			seen[k] += strcasecmp(g_mime_header_get_name(
						  g_mime_header_list_get_header_at(all, i)),
				       once[k]) == 0;
	if (seen[0] > 1 || seen[1] > 1 || seen[2] > 1)
		find_strange(m, "a part has two fields of one name");
	GMimeHeader *coding = g_mime_header_list_get_header(all, once[1]);
	str word = coding != NULL ? str_trim(str_of(g_mime_header_get_raw_value(coding))) :
				    STR("7bit");
	bool known = false;
	for (size_t i = 0; codings[i] != NULL; i++)
		known = known ||
		    (word.len == strlen(codings[i]) &&
			strncasecmp(word.at, codings[i], word.len) == 0);
	if (!known)
		find_strange(m, "a part has a transfer encoding that not everybody knows");
	if (!type_is_plain(o, g_mime_header_list_get_header(all, once[0])))
		find_strange(m, "a part has a type that not everybody reads alike");
	if (!GMIME_IS_PART(o) && (word.at[0] | 0x20) != '7' && word.len > 6)
		find_strange(m, "what holds parts is itself encoded");
}

static void
check_base64(struct arena *a, struct mime *m, GMimePart *part)
{
	str bytes;

	if (g_mime_part_get_content_encoding(part) == GMIME_CONTENT_ENCODING_BASE64 &&
	    !base64_decode(a, encoded(a, part), &bytes))
		find_strange(m, "a part is not quite base64");
}

/* UTF-16 that does not say so; a body that is elsewhere, or in pieces. */
static void
check_text(struct arena *a, struct mime *m, GMimeObject *o)
{
	const char *charset = g_mime_object_get_content_type_parameter(o, "charset");
	str bytes = GMIME_IS_TEXT_PART(o) ? decoded(a, GMIME_PART(o)) : STR(""),
	    type = type_of(a, o);
	bool wide = charset != NULL &&
	    (strncasecmp(charset, "utf-16", 6) == 0 || strncasecmp(charset, "utf-32", 6) == 0 ||
		strncasecmp(charset, "ucs-", 4) == 0);

	if (!wide && bytes.len > 0 && memchr(bytes.at, '\0', bytes.len) != NULL)
		find_strange(m, "a text holds NUL bytes");
	if (str_is(type, "message/external-body") || str_is(type, "message/partial"))
		find_strange(m, "the text is not in it");
}

static void walk(struct arena *, GMimeObject *, struct mime *, int depth);

static void
walk_parts(struct arena *a, GMimeMultipart *parts, struct mime *m, int depth)
{
	const char *boundary = g_mime_multipart_get_boundary(parts);

	put(m, STR("text/plain"), arena_keep(a, str_of(g_mime_multipart_get_prologue(parts))));
	put(m, STR("text/plain"), arena_keep(a, str_of(g_mime_multipart_get_epilogue(parts))));
	if (g_mime_multipart_get_count(parts) == 0 || boundary == NULL || boundary[0] == '\0')
		find_strange(m, "it is to have parts, and has none");
	for (int i = 0; i < g_mime_multipart_get_count(parts); i++)
		walk(a, g_mime_multipart_get_part(parts, i), m, depth + 1);
}

static void
walk_message(struct arena *a, GMimeObject *o, struct mime *m, int depth)
{
	GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
	char *text =
	    inner != NULL ? g_mime_object_get_headers(GMIME_OBJECT(inner), NULL) : NULL;

	put(m, type_of(a, o), arena_keep(a, str_of(text)));
	g_free(text);
	if (inner != NULL)
		walk(a, g_mime_message_get_mime_part(inner), m, depth + 1);
}

static void
walk(struct arena *a, GMimeObject *o, struct mime *m, int depth)
{
	if (o == NULL)
		return;
	if (depth > MIME_DEPTH) {
		find_strange(m, "its parts are deeper than is looked at");
		return;
	}
	check_fields(m, o);
	if (GMIME_IS_MULTIPART(o)) {
		walk_parts(a, GMIME_MULTIPART(o), m, depth);
	} else if (GMIME_IS_MESSAGE_PART(o)) {
		walk_message(a, o, m, depth);
	} else if (GMIME_IS_PART(o)) {
		check_base64(a, m, GMIME_PART(o));
		check_text(a, m, o);
		put(m, STR("text/plain"),
		    arena_keep(a, str_of(g_mime_part_get_filename(GMIME_PART(o)))));
		put(m, type_of(a, o), part_text(a, o));
	}
}

void
mime_read(struct arena *a, str raw, struct mime *m)
{
	*m = (struct mime){ .parts = ARENA_ARRAY(a, struct mime_part, MIME_PARTS) };
	mime_start();
	GMimeStream *stream =
	    g_mime_stream_mem_new_with_buffer(raw.at != NULL ? raw.at : "", raw.len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	if (message != NULL) {
		walk(a, g_mime_message_get_mime_part(message), m, 0);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
}
