/* read_sp.c - sentencepiece's .model: a protobuf message, of which four kinds of fields
 * matter (sentencepiece_model.proto). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "token/sp.h"

#define META "\xe2\x96\x81" /* U+2581 */

/* One field: its number, and its value by wire type. */
struct field {
	uint64_t number, value; /* varint; or fixed bits */
	str bytes;
};

static bool
varint(str *s, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; shift < 64 && s->len > 0; shift += 7) {
		unsigned char c = (unsigned char)*s->at;
		*s = str_from(*s, 1);
		*value |= (uint64_t)(c & 127) << shift;
		if (c < 128)
			return true;
	}
	return false;
}

static bool
take(str *s, uint64_t len, str *to)
{
	if (len > s->len)
		return false;
	*to = (str){ s->at, len };
	*s = str_from(*s, len);
	return true;
}

/* The next field; false at the end, or where the message is broken (*s keeps a rest). */
static bool
next_field(str *s, struct field *f)
{
	uint64_t key, len;
	str rest = *s;
	*f = (struct field){ 0 };
	if (rest.len == 0 || !varint(&rest, &key))
		return false;
	f->number = key >> 3;
	bool ok = false;
	if ((key & 7) == 0)
		ok = varint(&rest, &f->value);
	else if ((key & 7) == 2)
		ok = varint(&rest, &len) && take(&rest, len, &f->bytes);
	else if ((key & 7) == 1 || (key & 7) == 5)
		ok = take(&rest, (key & 7) == 1 ? 8 : 4, &f->bytes);
	if (ok && (key & 7) != 2 && f->bytes.len > 0)
		memcpy(&f->value, f->bytes.at, f->bytes.len);
	if (ok)
		*s = rest;
	return ok;
}

static float
as_float(uint64_t bits)
{
	uint32_t low = (uint32_t)bits;
	float f;
	memcpy(&f, &low, sizeof f);
	return f;
}

static bool
read_piece(struct sp *sp, str message)
{
	struct field f;
	struct sp_piece p = { .type = 1 };
	while (next_field(&message, &f)) {
		if (f.number == 1)
			p.text = f.bytes;
		else if (f.number == 2)
			p.score = (double)as_float(f.value);
		else if (f.number == 3)
			p.type = f.value;
	}
	if (message.len > 0 || isnan(p.score))
		return false;
	sp_piece(sp, p);
	return true;
}

static bool
read_trainer(struct sp *sp, str message)
{
	struct field f;
	while (next_field(&message, &f)) {
		if (f.number == 3)
			sp->model = f.value;
		else if (f.number == 35)
			sp->byte_fallback = f.value != 0;
		else if (f.number == 24)
			sp->suffix = f.value != 0;
	}
	return message.len == 0;
}

static bool
read_normalizer(struct sp *sp, str message)
{
	struct field f;
	while (next_field(&message, &f)) {
		if (f.number == 2)
			sp->charsmap = f.bytes;
		else if (f.number == 3)
			sp->prefix = f.value != 0;
		else if (f.number == 4)
			sp->squeeze = f.value != 0;
		else if (f.number == 5)
			sp->escape = f.value != 0;
	}
	return message.len == 0;
}

const char *
recipe_sentencepiece(struct recipe *r, str file)
{
	struct sp sp = {
		.recipe = r, .model = 1, .prefix = true, .squeeze = true, .escape = true
	};
	struct field f;
	bool ok = true;
	while (ok && next_field(&file, &f)) {
		if (f.number == 1)
			ok = read_piece(&sp, f.bytes);
		else if (f.number == 2)
			ok = read_trainer(&sp, f.bytes);
		else if (f.number == 3)
			ok = read_normalizer(&sp, f.bytes);
	}
	if (!ok || file.len > 0)
		return "the message is broken or cut off";
	return sp_finish(&sp);
}
