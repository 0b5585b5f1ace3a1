/* term.c - what the reader's terminal can show. */
#include "ui/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char *
setting(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

bool
term_unicode(void)
{
	const char *locale = setting("LC_ALL"), *term = setting("TERM");

	if (locale == NULL)
		locale = setting("LC_CTYPE");
	if (locale == NULL)
		locale = setting("LANG");
	if (locale == NULL || (term != NULL && strcmp(term, "dumb") == 0))
		return false;
	return strcasestr(locale, "utf-8") != NULL || strcasestr(locale, "utf8") != NULL;
}

bool
term_colour(void)
{
	const char *term = setting("TERM");

	return isatty(STDOUT_FILENO) && setting("NO_COLOR") == NULL && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

const char *
term_sign(const char *unicode, const char *ascii)
{
	return term_unicode() ? unicode : ascii;
}

void
term_put(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool c1 = c == 0xc2 && i + 1 < text.len && (unsigned char)text.at[i + 1] < 0xa0;
		putchar(c < ' ' || c == 0x7f || c1 ? ' ' : c);
		i += c1;
	}
}
