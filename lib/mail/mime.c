/* mime.c - MIME through GMime. */
#include "mail/mime.h"

#include <gmime/gmime.h>

#include "base/buf.h"

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

/* The bytes of a part without its transfer encoding. */
static str
decoded(struct arena *a, GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *memory = g_mime_stream_mem_new();
	str text = { 0 };

	if (content != NULL && g_mime_data_wrapper_write_to_stream(content, memory) >= 0) {
		GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
		text = arena_keep(a, (str){ (const char *)bytes->data, bytes->len });
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
put(struct mime *m, str type, str text)
{
	if (m->count == MIME_PARTS)
		m->deep = true;
	else
		m->parts[m->count++] = (struct mime_part){ type, text };
}

static void
walk(struct arena *a, GMimeObject *o, struct mime *m, int depth)
{
	if (o == NULL || depth > MIME_DEPTH) {
		m->deep = m->deep || o != NULL;
		return;
	}
	if (GMIME_IS_MULTIPART(o)) {
		for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(o)); i++)
			walk(a, g_mime_multipart_get_part(GMIME_MULTIPART(o), i), m, depth + 1);
	} else if (GMIME_IS_MESSAGE_PART(o)) {
		GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
		char *text = inner != NULL ?
		    g_mime_object_get_headers(GMIME_OBJECT(inner), NULL) :
		    NULL;
		put(m, type_of(a, o), arena_keep(a, str_of(text)));
		g_free(text);
		if (inner != NULL)
			walk(a, g_mime_message_get_mime_part(inner), m, depth + 1);
	} else if (GMIME_IS_PART(o)) {
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
		GMimeObject *root = g_mime_message_get_mime_part(message);
		if (root != NULL) {
			m->type = type_of(a, root);
			m->report_type = arena_keep(a,
			    str_of(g_mime_object_get_content_type_parameter(
				root, "report-type")));
		}
		walk(a, root, m, 0);
		g_object_unref(message);
	}
	g_object_unref(parser);
	g_object_unref(stream);
}
