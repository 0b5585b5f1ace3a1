/* split_pcre.c - any other pattern, by PCRE2 with its just-in-time compiler.
 *
 * The patterns are written for the engines of Rust and Oniguruma.  Where those read the
 * same words otherwise, the pattern is rewritten: \s is White_Space exactly (PCRE2 adds
 * U+180E), \w is Oniguruma's (with the small numbers of Latin-1), a script's name means the
 * script and not its extensions, $ is the end only, and [A&&[^B]] becomes
 * (?:(?![B])[A]).
 * Properties get the characters that this PCRE2 may be too old for. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "token/split_scan.h"

#define SPACES                                                                                 \
	"\\x09-\\x0d\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}"         \
	"\\x{202f}\\x{205f}\\x{3000}"

#define WORDS "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{b2}\\x{b3}\\x{b9}\\x{bc}-\\x{be}"

struct split_pcre {
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	pcre2_match_data *data; /* a splitter belongs to one thread */
};

/* Characters of Unicode 15 and 16 by property.  Of letters that have no case Lm and Lo are
 * not told apart: patterns name both. */
static const struct {
	const char *name, *ranges;
	unsigned classes;
} properties_new[] = {
	{ "L", NULL, 1u << UC_UPPER | 1u << UC_LOWER | 1u << UC_LETTER },
	{ "Lu", NULL, 1u << UC_UPPER },
	{ "Ll", NULL, 1u << UC_LOWER },
	{ "Lo", NULL, 1u << UC_LETTER },
	{ "M", NULL, 1u << UC_MARK },
	{ "N", NULL, 1u << UC_NUMBER },
	{ "Nd",
	    "\\x{10d40}-\\x{10d49}\\x{116d0}-\\x{116e3}\\x{11bf0}-\\x{11bf9}"
	    "\\x{11f50}-\\x{11f59}\\x{16130}-\\x{16139}\\x{16d70}-\\x{16d79}"
	    "\\x{1ccf0}-\\x{1ccf9}\\x{1e4f0}-\\x{1e4f9}\\x{1e5f1}-\\x{1e5fa}",
	    0 },
	{ "P", NULL, 1u << UC_PUNCT },
	{ "S", NULL, 1u << UC_SYMBOL },
	{ "Han", "\\x{2b739}\\x{2ebf0}-\\x{2ee5d}\\x{31350}-\\x{323af}", 0 },
	{ "Hiragana", "\\x{1b132}", 0 },
	{ "Katakana", "\\x{1b155}", 0 },
};

/* What the property lacks, as members of a class. */
static void
add_new(struct buf *to, str name)
{
	size_t known = 0, count = sizeof properties_new / sizeof *properties_new;
	while (known < count && !str_is(name, properties_new[known].name))
		known++;
	if (known < count && properties_new[known].ranges != NULL)
		buf_text(to, properties_new[known].ranges);
	for (size_t i = 0; known < count && i + 1 < unicode_new_count; i++)
		if (properties_new[known].classes >> (unicode_new[i] & 15) & 1)
			buf_printf(to, "\\x{%x}-\\x{%x}", unicode_new[i] >> 4,
			    (unicode_new[i + 1] >> 4) - 1);
}

/* \p{Han}: a name of more than two letters is a script's.  Outside a class it becomes one,
 * with the new characters in it; inside one, where it is not negated, they are added. */
static size_t
rewrite_property(struct buf *to, str from, bool in_class)
{
	size_t close = str_find(from, '}');
	if (from.len < 4 || from.at[2] != '{' || close == from.len)
		return 0;
	str name = { from.at + 3, close - 3 };
	size_t skip = name.len > 0 && name.at[0] == '^';
	bool negated = (from.at[1] == 'P') != (skip > 0);
	if (!in_class)
		buf_text(to, negated ? "[^\\p{" : "[\\p{");
	else
		buf_add(to, (str){ from.at, 3 + skip });
	name = str_from(name, skip);
	if (str_starts(name, "Script="))
		name = str_from(name, 7);
	static const char *const properties[] = { "Any", "Alphabetic", "Join_Control", "Emoji",
		"Extended_Pictographic", "White_Space", NULL };
	size_t known = 0;
	while (properties[known] != NULL && !str_is(name, properties[known]))
		known++;
	if (properties[known] == NULL && name.len > 2 && str_find(name, '=') == name.len &&
	    str_find(name, ':') == name.len)
		buf_text(to, "sc:");
	buf_add(to, name);
	buf_byte(to, '}');
	if (!in_class || !negated)
		add_new(to, name);
	if (!in_class)
		buf_byte(to, ']');
	return close + 1;
}

/* One escape, inside a class or not; returns how much was read. */
static size_t
rewrite_escape(struct buf *to, str from, bool in_class)
{
	char c = from.len > 1 ? from.at[1] : 0;
	size_t n = c == 'p' || c == 'P' ? rewrite_property(to, from, in_class) : 0;
	if (n > 0)
		return n;
	bool words = c == 'w' || c == 'W', spaces = c == 's' || c == 'S';
	bool negated = c == 'W' || c == 'S';
	if ((!words && !spaces) || (in_class && negated)) {
		buf_add(to, (str){ from.at, from.len > 1 ? 2 : 1 });
		return from.len > 1 ? 2 : 1;
	}
	if (!in_class)
		buf_text(to, negated ? "[^" : "[");
	buf_text(to, words ? WORDS : SPACES);
	for (unsigned i = 0; words && i < 3; i++)
		add_new(to, str_of((const char *[]){ "L", "M", "Nd" }[i]));
	if (!in_class)
		buf_byte(to, ']');
	return 2;
}

/* [A&&[^B]]: from behind the second bracket, B as a condition before A. */
static size_t
rewrite_without(struct buf *to, str from)
{
	size_t i = 0;
	buf_text(to, "(?![");
	while (i < from.len && from.at[i] != ']') {
		if (from.at[i] == '\\')
			i += rewrite_escape(to, str_from(from, i), true);
		else
			buf_byte(to, from.at[i++]);
	}
	buf_text(to, "])");
	return i + 1;
}

static size_t
rewrite_class(struct buf *to, str from, bool *ok)
{
	struct buf class = { 0 }, without = { 0 };
	size_t i = 1;
	buf_byte(&class, '[');
	while (i < from.len && (from.at[i] != ']' || class.len == 1)) {
		str rest = str_from(from, i);
		if (str_starts(rest, "&&[^")) {
			i += 4 + rewrite_without(&without, str_from(rest, 4));
		} else if (from.at[i] == '\\') {
			i += rewrite_escape(&class, rest, true);
		} else {
			*ok = *ok && !str_starts(rest, "&&");
			buf_byte(&class, from.at[i++]);
		}
	}
	buf_byte(&class, ']');
	if (without.len > 0)
		buf_printf(
		    to, "(?:%.*s%.*s)", (int)without.len, without.at, (int)class.len, class.at);
	else
		buf_add(to, buf_str(&class));
	buf_free(&without);
	buf_free(&class);
	return i + 1 < from.len ? i + 1 : from.len;
}

static bool
rewrite(struct buf *to, str from)
{
	bool ok = true;
	for (size_t i = 0; i < from.len;) {
		if (from.at[i] == '\\')
			i += rewrite_escape(to, str_from(from, i), false);
		else if (from.at[i] == '[')
			i += rewrite_class(to, str_from(from, i), &ok);
		else
			buf_byte(to, from.at[i++]);
	}
	return ok;
}

bool
split_match(const struct splitter *sp, str text, size_t from, size_t *start, size_t *end)
{
	const struct split_pcre *p = sp->pcre;
	int rc = pcre2_match(p->code, (PCRE2_SPTR)text.at, text.len, from,
	    PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, p->data, p->context);
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(p->data);
	if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
		die(EXIT_USAGE,
		    "the vocabulary's pattern takes too long for this text (PCRE2: %d)", rc);
	*start = rc < 0 ? text.len : v[0];
	*end = rc < 0 ? text.len : v[1];
	return rc >= 0;
}

/* Matches, and what lies between them. */
static size_t
next_pcre(const struct splitter *sp, str text, size_t *at, uint32_t *ends, size_t room)
{
	size_t n = 0, start, end;
	while (n + 1 < room && *at < text.len) {
		split_match(sp, text, *at, &start, &end);
		if (start > *at)
			ends[n++] = (uint32_t)start;
		if (end > start)
			ends[n++] = (uint32_t)end;
		*at = end;
	}
	return n;
}

struct splitter *
split_pattern(str pattern, char why[160])
{
	unsigned char message[120] = "it has a set operation that is not read";
	struct buf text = { 0 };
	PCRE2_SIZE at = 0;
	int error = 0;
	pcre2_code *code = NULL;
	if (rewrite(&text, pattern) &&
	    (code = pcre2_compile((PCRE2_SPTR)(text.len > 0 ? text.at : ""), text.len,
		 PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C, &error,
		 &at, NULL)) == NULL)
		pcre2_get_error_message(error, message, sizeof message);
	buf_free(&text);
	if (code == NULL) {
		snprintf(why, 160, "%s", (const char *)message);
		return NULL;
	}
	struct splitter *sp = mem_new(sizeof *sp);
	struct split_pcre *p = mem_new(sizeof *p);
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	*p = (struct split_pcre){ code, pcre2_match_context_create(NULL),
		pcre2_jit_stack_create(64 << 10, 64 << 20, NULL),
		pcre2_match_data_create_from_pattern(code, NULL) };
	if (p->context == NULL || p->stack == NULL || p->data == NULL)
		die(EXIT_SYSTEM, "out of memory");
	pcre2_jit_stack_assign(p->context, NULL, p->stack);
	*sp = (struct splitter){ next_pcre, NULL, NULL, p };
	return sp;
}

void
split_pcre_free(struct split_pcre *p)
{
	if (p == NULL)
		return;
	pcre2_match_data_free(p->data);
	pcre2_jit_stack_free(p->stack);
	pcre2_match_context_free(p->context);
	pcre2_code_free(p->code);
	free(p);
}
