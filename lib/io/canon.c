/* canon.c - one text for all spellings of the same JSON value. */
#include "io/canon.h"

#include <stdlib.h>

#include "io/emit.h"

#define FAR (INT64_C(1) << 60)

static str
strip_zeros(str s)
{
	while (s.len > 0 && s.at[0] == '0')
		s = str_from(s, 1);
	return s;
}

/* Digits and a power of ten: 120.50e3 is 12050 and 1.  Zero has no digits. */
static void
number(struct buf *b, struct arena *a, str raw)
{
	bool minus = raw.at[0] == '-';
	str whole = minus ? str_from(raw, 1) : raw, power = { 0 };
	char *digits = arena_bytes(a, raw.len + 1);
	size_t n = 0;
	int64_t ten = 0;

	for (size_t i = 0; i < whole.len; i++)
		if (whole.at[i] == 'e' || whole.at[i] == 'E') {
			power = str_from(whole, i + 1);
			whole.len = i;
		}
	if (power.len > 0 && (!str_int(power, &ten) || ten > FAR || ten < -FAR)) {
		emit_raw(b, raw); /* an exponent of no use to anybody: as it is spelled */
		return;
	}
	bool after_point = false;
	for (size_t i = 0; i < whole.len; i++) {
		if (whole.at[i] == '.') {
			after_point = true;
			continue;
		}
		digits[n++] = whole.at[i];
		ten -= after_point;
	}
	str value = strip_zeros((str){ digits, n });
	while (value.len > 0 && value.at[value.len - 1] == '0') {
		value.len--;
		ten++;
	}
	if (value.len == 0) {
		emit_raw(b, STR("0"));
		return;
	}
	str head = arena_printf(a, minus ? "-%c" : "%c", value.at[0]);
	emit_raw(b, head);
	buf_add(b, str_from(value, 1));
	for (; ten > 0 && ten <= 20; ten--)
		buf_byte(b, '0');
	if (ten != 0)
		buf_printf(b, "e%lld", (long long)ten);
}

/* Lone surrogates all read as U+FFFD: such a text stays as it is spelled, so that
 * different ones stay different. */
static void
string(struct buf *b, const struct doc *d)
{
	bool replaced = str_search(d->text, "\xef\xbf\xbd") < d->text.len &&
	    str_search(d->raw, "\\u") < d->raw.len;

	if (replaced)
		emit_raw(b, d->raw);
	else
		emit_str(b, d->text);
}

struct member {
	const struct doc *doc;
	size_t order;
};

static int
by_key(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = str_cmp(x->doc->key, y->doc->key);

	return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static bool
listed(str key, const char *const *less)
{
	for (; less != NULL && *less != NULL; less++)
		if (str_is(key, *less))
			return true;
	return false;
}

static void
object(struct buf *b, struct arena *a, const struct doc *d, const char *const *less)
{
	struct member *members = ARENA_ARRAY(a, struct member, d->count + 1);
	size_t n = 0;

	DOC_EACH (m, d) {
		members[n] = (struct member){ m, n };
		n++;
	}
	qsort(members, n, sizeof *members, by_key);
	emit_open(b, '{');
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && str_eq(members[i].doc->key, members[i + 1].doc->key))
			continue;
		if (listed(members[i].doc->key, less))
			continue;
		emit_name(b, members[i].doc->key);
		canon(b, a, members[i].doc);
	}
	emit_close(b, '}');
}

void
canon(struct buf *b, struct arena *a, const struct doc *d)
{
	switch (doc_kind(d)) {
	case KIND_OBJECT: object(b, a, d, NULL); break;
	case KIND_ARRAY:
		emit_open(b, '[');
		DOC_EACH (item, d)
			canon(b, a, item);
		emit_close(b, ']');
		break;
	case KIND_STRING: string(b, d); break;
	case KIND_NUMBER: number(b, a, d->raw); break;
	case KIND_TRUE:
	case KIND_FALSE:
	case KIND_NULL: emit_raw(b, d->raw); break;
	case KIND_NONE: emit_null(b); break;
	}
}

void
canon_less(struct buf *b, struct arena *a, const struct doc *d, const char *const *less)
{
	if (doc_kind(d) == KIND_OBJECT)
		object(b, a, d, less);
	else
		canon(b, a, d);
}

str
canon_text(struct arena *a, str json)
{
	const struct doc *d = doc_read(a, json);
	struct buf b = { 0 };

	if (d == NULL)
		return json;
	canon(&b, a, d);
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}
