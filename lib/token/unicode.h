/* unicode.h - the classes of characters that pre-tokenizers tell apart.
 *
 * General categories and White_Space of Unicode 16.0, pinned: another version splits newly
 * assigned characters in other places, so the version is named in --version of a vocabulary.
 * A table is two levels deep, 128 characters a page; it is written into compiled
 * vocabularies, so that no process builds it at its start. */
#ifndef UNICODE_H
#define UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNICODE_VERSION "16.0"

enum unicode_class {
	UC_OTHER,  /* controls, formats, private, unassigned */
	UC_UPPER,  /* Lu, Lt */
	UC_LOWER,  /* Ll */
	UC_LETTER, /* Lm, Lo */
	UC_MARK,
	UC_NUMBER,
	UC_SPACE,   /* White_Space but CR and LF */
	UC_NEWLINE, /* CR, LF */
	UC_PUNCT,
	UC_SYMBOL,
};

#define UNICODE_PAGES 8704 /* of 128 characters */
#define UNICODE_KINDS 256  /* different pages, at most */

struct unicode {
	uint16_t page[UNICODE_PAGES];
	uint8_t classes[UNICODE_KINDS][128];
};

void unicode_fill(struct unicode *);

/* The class of a scalar value. */
static inline enum unicode_class
unicode_class(const struct unicode *u, uint32_t code)
{
	return (enum unicode_class)u->classes[u->page[code >> 7]][code & 127];
}

static inline bool
unicode_letter(enum unicode_class c)
{
	return c == UC_UPPER || c == UC_LOWER || c == UC_LETTER;
}

/* White_Space */
static inline bool
unicode_white(const struct unicode *u, uint32_t code)
{
	enum unicode_class c = unicode_class(u, code);
	return c == UC_SPACE || c == UC_NEWLINE;
}

/* Ranges: the first character of each, times 16, plus its class. */
extern const uint32_t unicode_ranges[];
extern const size_t unicode_range_count;

/* The same of the characters that Unicode 14.0, which PCRE2 may still know, does not have;
 * all else is UC_OTHER. */
extern const uint32_t unicode_new[];
extern const size_t unicode_new_count;

/* The version of Unicode that a character came with: 8 (or before), 9, or 10 (or later).
 * Hugging Face's normalizers know general categories of 8.0 and normalization of 9.0, so
 * what came later is nothing to them. */
unsigned unicode_age(uint32_t code);

#endif
