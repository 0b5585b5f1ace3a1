/* scan_fast.h - a record read with vectors; included once for each set of instructions.
 *
 * Before it: TARGET, an attribute of every function; WIDTH, bytes looked at together;
 * stops(p), a bit for each of WIDTH bytes from p on that is a quote, a backslash, a control
 * character or no ASCII; differ(p, q), a bit for each of WIDTH bytes that is not the same;
 * WAY, the name of the struct scan_way that is defined.
 *
 * Pointers never go more than WIDTH behind the record's end, where bytes can be read; that a
 * value ends inside the record is checked where it ends. */
#include <string.h>

#include "base/utf8.h"
#include "io/scan_level.h"

/* What may begin here: a value's kind by its first byte. */
static const unsigned char kinds[256] = {
	['"'] = KIND_STRING,
	['{'] = KIND_OBJECT,
	['['] = KIND_ARRAY,
	['t'] = KIND_TRUE,
	['f'] = KIND_FALSE,
	['n'] = KIND_NULL,
	['-'] = KIND_NUMBER,
	['0'] = KIND_NUMBER,
	['1'] = KIND_NUMBER,
	['2'] = KIND_NUMBER,
	['3'] = KIND_NUMBER,
	['4'] = KIND_NUMBER,
	['5'] = KIND_NUMBER,
	['6'] = KIND_NUMBER,
	['7'] = KIND_NUMBER,
	['8'] = KIND_NUMBER,
	['9'] = KIND_NUMBER,
};

/* Behind an escape whose backslash is at p; NULL: it is none. */
TARGET static const char *
pass_escape(const char *p)
{
	if (p[1] != 'u')
		return p[1] != '\0' && strchr("\"\\/bfnrt", p[1]) != NULL ? p + 2 : NULL;
	for (int i = 2; i < 6; i++)
		if ((unsigned)(p[i] - '0') > 9 && (unsigned)((p[i] | 32) - 'a') > 5)
			return NULL;
	return p + 6;
}

/* From a byte of a string that is not plain: behind what it begins; NULL: it must not stand
 * there. */
TARGET static const char *
pass_special(const struct scan_pass *s, const char *p, bool *escaped)
{
	if (*p == '\\') {
		*escaped = true;
		return pass_escape(p);
	}
	if ((unsigned char)*p < ' ')
		return NULL;
	size_t n = utf8_length((str){ p, (size_t)(s->end - p) });
	return n > 0 ? p + n : NULL;
}

/* Behind the closing quote of the string whose first quote is at p; NULL: it has none, or is
 * not well-formed. */
TARGET static inline __attribute__((always_inline)) const char *
pass_string(const struct scan_pass *s, const char *p, bool *escaped)
{
	for (p++; p < s->end;) {
		mask m = stops(p);
		if (m == 0) {
			p += WIDTH;
			continue;
		}
		p += first_bit(m);
		if (p >= s->end)
			return NULL;
		if (*p == '"')
			return p + 1;
		p = pass_special(s, p, escaped);
		if (p == NULL)
			return NULL;
	}
	return NULL;
}

/* Digits from p on, at most 16 of them looked at together. */
TARGET static inline __attribute__((always_inline)) unsigned
digit_run(const char *p)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i no = _mm_cmpgt_epi8(
	    _mm_add_epi8(x, _mm_set1_epi8((char)(128 - '0'))), _mm_set1_epi8(-128 + 9));

	return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(no) | 0x10000);
}

TARGET static inline __attribute__((always_inline)) const char *
pass_digits(const struct scan_pass *s, const char *p)
{
	unsigned n = digit_run(p);

	for (p += n; n == 16 && p < s->end; p += n)
		n = digit_run(p);
	return p;
}

/* The value of 1 to 8 digits that end at p + n, where 8 bytes can be read. */
TARGET static inline __attribute__((always_inline)) int32_t
digits_value(const char *p, unsigned n)
{
	uint64_t x;

	memcpy(&x, p, sizeof x);
	x = (x - UINT64_C(0x3030303030303030)) << (64 - n * 8);
	x = (x * 10 + (x >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
	x = (x * 100 + (x >> 16)) & UINT64_C(0x0000ffff0000ffff);
	return (int32_t)((x * 10000 + (x >> 32)) & 0xffffffff);
}

/* The rest of a number that is no plain integer: p is behind its first digits. */
TARGET static const char *
pass_fraction(const struct scan_pass *s, const char *p)
{
	const char *from;

	if (*p == '.') {
		from = ++p;
		p = pass_digits(s, p);
		if (p == from)
			return NULL;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '+' || *p == '-';
		from = p;
		p = pass_digits(s, p);
		if (p == from)
			return NULL;
	}
	return p;
}

TARGET static inline __attribute__((always_inline)) const char *
pass_number(const struct scan_pass *s, const char *p)
{
	p += *p == '-';
	const char *from = p, *end = pass_digits(s, p);

	if (end == from || (*from == '0' && end - from > 1))
		return NULL;
	return *end == '.' || *end == 'e' || *end == 'E' ? pass_fraction(s, end) : end;
}

TARGET static inline const char *
pass_word(const char *p, enum kind kind)
{
	if (kind == KIND_TRUE)
		return memcmp(p, "true", 4) == 0 ? p + 4 : NULL;
	if (kind == KIND_NULL)
		return memcmp(p, "null", 4) == 0 ? p + 4 : NULL;
	return memcmp(p, "false", 5) == 0 ? p + 5 : NULL;
}

TARGET static inline __attribute__((always_inline)) const char *
pass_blanks(const struct scan_pass *s, const char *p)
{
	while (p < s->end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	return p;
}

TARGET static const char *walk_value(
    struct scan_pass *, const char *, const struct scan_node *, int depth);

/* A scalar, or NULL. */
TARGET static inline __attribute__((always_inline)) const char *
pass_scalar(const struct scan_pass *s, const char *p, enum kind kind, bool *escaped)
{
	if (kind == KIND_STRING)
		return pass_string(s, p, escaped);
	return kind == KIND_NUMBER ? pass_number(s, p) : pass_word(p, kind);
}

TARGET static inline void
note(struct scan_pass *s, enum shape_what what, int depth, const char *from, const char *end,
    const struct scan_node *wanted, enum kind kind)
{
	if (s->steps == NULL)
		return;
	if (s->step_count == SHAPE_MAX_STEPS) {
		s->steps = NULL; /* too many: nothing is learnt */
		return;
	}
	s->steps[s->step_count++] = (struct shape_step){ from, end, wanted, what, depth, kind };
}

TARGET static inline void
fill(struct scan_value *values, const struct scan_node *n, enum kind kind, bool escaped,
    const char *from, const char *end)
{
	size_t len = (size_t)(end - from);
	struct scan_value v = { kind, { from, len }, !escaped, false, 0 };

	if (kind == KIND_NUMBER && len <= 8 && digit_run(from) == len) {
		v.counted = true;
		v.whole = digits_value(from, (unsigned)len);
	}
	for (size_t i = 0; i < n->slot_count; i++)
		values[n->slots[i]] = v;
}

/* Before the value of a wanted key: what an earlier one held is forgotten. */
TARGET static inline void
begin_wanted(struct scan_pass *s, const struct scan_node *n)
{
	if (n != NULL && scan_clear(n, s->values)) {
		s->duplicate = true;
		s->steps = NULL;
	}
}

TARGET static const char *
walk_object(struct scan_pass *s, const char *p, const struct scan_node *n, int depth)
{
	p = pass_blanks(s, p + 1);
	if (*p == '}')
		return p + 1;
	while (p < s->end && *p == '"') {
		bool escaped = false;
		const char *key = p + 1;
		p = pass_string(s, p, &escaped);
		if (p == NULL)
			return NULL;
		str name = { key, (size_t)(p - 1 - key) };
		p = pass_blanks(s, p);
		if (*p != ':')
			return NULL;
		const struct scan_node *hit = NULL;
		if (n != NULL)
			hit = escaped ? scan_key_escaped(n, name) : scan_key(n, name);
		begin_wanted(s, hit);
		p = walk_value(s, pass_blanks(s, p + 1), hit, depth);
		if (p == NULL)
			return NULL;
		p = pass_blanks(s, p);
		if (*p == '}')
			return p + 1;
		if (*p != ',')
			return NULL;
		p = pass_blanks(s, p + 1);
	}
	return NULL;
}

TARGET static const char *
walk_array(struct scan_pass *s, const char *p, const struct scan_node *n, int depth)
{
	p = pass_blanks(s, p + 1);
	if (*p == ']')
		return p + 1;
	for (int64_t i = 0; p < s->end; i++) {
		const struct scan_node *hit = n != NULL ? scan_index(n, i) : NULL;
		p = walk_value(s, p, hit, depth);
		if (p == NULL)
			return NULL;
		p = pass_blanks(s, p);
		if (*p == ']')
			return p + 1;
		if (*p != ',')
			return NULL;
		p = pass_blanks(s, p + 1);
	}
	return NULL;
}

#define SMALL 160 /* bytes: an object that is not looked into, but part of the shape */

/* An object or array.  In a shape, one that nobody looks into is one value, unless it is a
 * small object: those nearly always have the same members. */
TARGET static const char *
walk_container(
    struct scan_pass *s, const char *p, const struct scan_node *n, enum kind kind, int depth)
{
	const struct scan_node *inner = n != NULL && n->child != NULL ? n : NULL;
	bool wanted = n != NULL && n->slot_count > 0;
	struct shape_step *steps = s->steps;
	size_t before = s->step_count;

	if (depth >= s->max_depth)
		return NULL;
	if (inner == NULL && (kind == KIND_ARRAY || wanted))
		s->steps = NULL;
	else if (wanted)
		note(s, STEP_BEGIN, depth, p, p, n, kind);
	const char *end = kind == KIND_OBJECT ? walk_object(s, p, inner, depth + 1) :
						walk_array(s, p, inner, depth + 1);
	if (end == NULL)
		return NULL;
	if (inner == NULL && (kind == KIND_ARRAY || wanted || end - p > SMALL)) {
		s->steps = steps;
		s->step_count = before;
		note(s, STEP_OPAQUE, depth, p, end, n, kind);
	} else if (wanted) {
		note(s, STEP_END, depth, end, end, n, kind);
	}
	return end;
}

TARGET static const char *
walk_value(struct scan_pass *s, const char *p, const struct scan_node *n, int depth)
{
	enum kind kind = p < s->end ? (enum kind)kinds[(unsigned char)*p] : KIND_NONE;
	const char *end;
	bool escaped = false;

	if (kind == KIND_NONE)
		return NULL;
	if (kind >= KIND_ARRAY) {
		end = walk_container(s, p, n, kind, depth);
	} else {
		end = pass_scalar(s, p, kind, &escaped);
		if (end != NULL)
			note(s, STEP_VALUE, depth, p, end, n, kind);
	}
	if (end != NULL && n != NULL) {
		s->escaped |= escaped;
		fill(s->values, n, kind, escaped, p, end);
	}
	return end;
}

TARGET static bool
walk(struct scan_pass *s, const struct scan_node *root, str record)
{
	const char *p = walk_value(s, pass_blanks(s, record.at), root, 0);

	return p != NULL && pass_blanks(s, p) == s->end;
}

/* A literal of more than WIDTH bytes. */
TARGET static __attribute__((noinline)) bool
long_literal(const struct scan_pass *s, const struct shape *n, const char *p)
{
	uint32_t i = 0;

	for (; n->len - i > WIDTH; i += WIDTH)
		if (p + i >= s->end || differ(p + i, n->literal + i) != 0)
			return false;
	return p + i < s->end &&
	    differ(p + i, n->literal + i) << (8 * sizeof(mask) - (n->len - i)) == 0;
}

/* Does the literal stand here, with a value behind it that it can have? */
TARGET static inline __attribute__((always_inline)) bool
stands(const struct scan_pass *s, const struct shape *n, const char *p)
{
	uint32_t len = n->len;

	if (len > WIDTH ? !long_literal(s, n, p) :
			  differ(p, n->literal) << (8 * sizeof(mask) - len) != 0)
		return false;
	p += len;
	if (n->last || p >= s->end)
		return n->last && p == s->end;
	unsigned char kind = kinds[(unsigned char)*p];
	return kind != KIND_NONE && (kind < KIND_ARRAY || n->opaque);
}

TARGET static void
take_marks(struct scan_pass *s, const struct shape *n, const char *p)
{
	for (size_t i = 0; i < n->mark_count; i++) {
		const struct shape_mark *m = &n->marks[i];
		const char *at = p + m->offset;
		if (!m->ends)
			fill(s->values, m->wanted, m->kind, true, at, at);
		else
			for (size_t k = 0; k < m->wanted->slot_count; k++) {
				struct scan_value *v = &s->values[m->wanted->slots[k]];
				v->raw.len = (size_t)(at - v->raw.at);
			}
	}
}

#define STEADY 8

/* The end of the value, by its length where that is always the same. */
TARGET static inline __attribute__((always_inline)) const char *
behind(struct shape *n, const char *p, const char *end)
{
	uint32_t len = (uint32_t)(end - p), guess = n->guess;

	if (n->run >= STEADY && len == guess) {
		__asm__("" : "+r"(guess)); /* not to be replaced by what it was compared with */
		return p + guess;
	}
	n->run = len == guess ? n->run + 1 : 0;
	n->guess = len;
	return end;
}

/* Values that are neither plain strings nor plain whole numbers. */
TARGET static __attribute__((noinline)) const char *
pass_rare(struct scan_pass *s, const struct shape *n, const char *p)
{
	enum kind kind = (enum kind)kinds[(unsigned char)*p];
	bool escaped = false;
	const char *end = kind < KIND_ARRAY ? pass_scalar(s, p, kind, &escaped) :
	    kind == KIND_OBJECT             ? walk_object(s, p, NULL, n->depth + 1) :
					      walk_array(s, p, NULL, n->depth + 1);

	if (end != NULL && n->wanted != NULL) {
		s->escaped |= escaped;
		fill(s->values, n->wanted, kind, escaped, p, end);
	}
	return end;
}

/* A string without escapes, of less than WIDTH bytes. */
TARGET static inline __attribute__((always_inline)) const char *
pass_short(struct scan_pass *s, const struct shape *n, const char *p)
{
	mask m = stops(p + 1);
	const char *end = p + 1 + (m != 0 ? first_bit(m) : 0);

	if (m == 0 || *end != '"')
		return pass_rare(s, n, p);
	end++;
	if (n->wanted != NULL)
		for (size_t i = 0; i < n->wanted->slot_count; i++)
			s->values[n->wanted->slots[i]] = (struct scan_value){ KIND_STRING,
				{ p, (size_t)(end - p) }, true, false, 0 };
	return end;
}

/* A number of 1 to 8 digits and nothing else. */
TARGET static inline __attribute__((always_inline)) const char *
pass_whole(struct scan_pass *s, const struct shape *n, const char *p)
{
	unsigned run = digit_run(p);
	char behind = p[run];

	if (run - 1 > 7 || behind == '.' || (behind | 32) == 'e' || (*p == '0' && run > 1))
		return pass_rare(s, n, p);
	if (n->wanted != NULL)
		for (size_t i = 0; i < n->wanted->slot_count; i++)
			s->values[n->wanted->slots[i]] = (struct scan_value){ KIND_NUMBER,
				{ p, run }, true, true, digits_value(p, run) };
	return p + run;
}

TARGET static const struct shape *
match(struct scan_pass *s, struct shapes *t, str record)
{
	const char *p = record.at, *end;
	struct shape *n = t->root.next;

	for (;;) {
		while (n != NULL && !stands(s, n, p))
			n = n->other;
		if (n == NULL)
			return NULL;
		if (n->mark_count > 0)
			take_marks(s, n, p);
		p += n->len;
		if (n->last)
			return n;
		if (*p == '"')
			end = pass_short(s, n, p);
		else if (kinds[(unsigned char)*p] == KIND_NUMBER)
			end = pass_whole(s, n, p);
		else
			end = pass_rare(s, n, p);
		if (end == NULL || end > s->end)
			return NULL;
		p = behind(n, p, end);
		n = n->next;
	}
}

const struct scan_way WAY = { match, walk };
