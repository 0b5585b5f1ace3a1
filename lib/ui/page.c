/* page.c - what people look at in a browser. */
#include "ui/page.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1c2024;--soft:#60666c;--paper:#fff;--line:#d8dce0;"
    "--box:#f5f6f8;--pass:#18794e;--fail:#c62a2f;--maybe:#8f5b00;--none:#60666c}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#9aa2aa;--paper:#15181b;"
    "--line:#343a40;--box:#1e2226;--pass:#4cc38a;--fail:#ff6369;--maybe:#f1a10d;"
    "--none:#9aa2aa}}"
    "*{box-sizing:border-box}body{margin:0 auto;max-width:64rem;padding:1rem;"
    "background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}"
    "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h1:not(:first-of-type){"
    "margin-top:3rem;padding-top:2rem;border-top:2px solid var(--line)}h2{font-size:1.1rem;"
    "margin:2rem 0 .5rem}p{margin:.4rem 0}small,.soft{color:var(--soft)}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem;"
    "font-variant-numeric:tabular-nums}th,td{padding:.3rem .6rem;text-align:right;"
    "border-bottom:1px solid var(--line);white-space:nowrap}th{color:var(--soft);"
    "font-weight:600}th:first-child,td:first-child{text-align:left;padding-left:0}"
    ".pass{color:var(--pass)}.fail{color:var(--fail)}.inconclusive{color:var(--maybe)}"
    ".not-comparable{color:var(--none)}.verdict{font-weight:600}"
    ".answer{background:var(--box);border-radius:.4rem;padding:.6rem .8rem;margin:.5rem 0;"
    "overflow-wrap:anywhere}.answer p{margin:.2rem 0}del{color:var(--fail)}"
    "ins{color:var(--pass)}code{font:.875em/1.4 ui-monospace,monospace;"
    "overflow-wrap:anywhere}svg{display:block;min-width:34rem;width:100%;height:auto}"
    "svg text{fill:var(--ink);font:13px system-ui,sans-serif}"
    "svg .soft{fill:var(--soft)}";

void
page_put(struct buf *b, const char *markup)
{
	buf_text(b, markup);
}

void
page_printf(struct buf *b, const char *fmt, ...)
{
	char text[1000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	buf_text(b, text);
}

static const char *
entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	default: return NULL;
	}
}

/* U+FFFE and U+FFFF are no characters of XML. */
static bool
forbidden(str c)
{
	if (c.len == 1)
		return (unsigned char)c.at[0] < ' ' && c.at[0] != '\n' && c.at[0] != '\t';
	return c.len == 3 && c.at[0] == '\xef' && c.at[1] == '\xbf' &&
	    (unsigned char)c.at[2] >= 0xbe;
}

void
page_text(struct buf *b, str text)
{
	while (text.len > 0) {
		size_t n = utf8_length(text);
		str c = { text.at, n > 0 ? n : 1 };
		if (n == 0 || forbidden(c))
			buf_text(b, "\xef\xbf\xbd");
		else if (entity(c.at[0]) != NULL)
			buf_text(b, entity(c.at[0]));
		else
			buf_add(b, c);
		text = str_from(text, c.len);
	}
}

void
page_open(struct buf *b, const char *title)
{
	buf_text(b,
	    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
	    "<title>");
	page_text(b, str_of(title));
	buf_text(b, "</title><style>");
	buf_text(b, style);
	buf_text(b, "</style></head><body>\n");
}

void
page_close(struct buf *b)
{
	buf_text(b, "</body></html>\n");
}

void
page_verdict(struct buf *b, const char *verdict)
{
	page_printf(b, "<span class=\"verdict %s\">%s</span>", verdict, verdict);
}
