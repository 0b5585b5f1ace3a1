/* report_worst.c - answers that differ most, side by side or word by word. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "diff.h"
#include "io/canon.h"
#include "ui/term.h"
#include "words.h"

#define WIDTH 92

/* Where two texts part, a little before it, so that the difference is in sight. */
static size_t
parting(str a, str b)
{
	size_t n = 0, back;

	while (n < a.len && n < b.len && a.at[n] == b.at[n])
		n++;
	back = n > 40 ? n - 40 : 0;
	if (n < WIDTH - 24)
		back = 0;
	while (
	    back > 0 && ((unsigned char)a.at[back < a.len ? back : a.len - 1] & 0xc0) == 0x80)
		back--;
	return back;
}

static void
quote(const char *label, str text, size_t from, const char *empty)
{
	printf("       %s  ", label);
	if (text.len == 0) {
		puts(empty);
		return;
	}
	if (from > 0)
		printf("%s", term_sign("\u2026", "..."));
	str shown = utf8_prefix(str_from(text, from), WIDTH - 14);
	term_put(shown);
	puts(shown.len + from < text.len ? term_sign("\u2026", "...") : "");
}

/* A call's arguments, member by member: only what is not the same. */
static void
arguments(struct arena *a, const struct doc *was, const struct doc *now)
{
	DOC_EACH (m, was) {
		const struct doc *other = doc_find(now, m->key);
		if (other != NULL && str_eq(canon_text(a, m->raw), canon_text(a, other->raw)))
			continue;
		printf("         ");
		term_put(utf8_prefix(m->key, 60));
		printf(": ");
		term_put(utf8_prefix(m->raw, 200));
		printf(" %s ", term_sign("\u2192", "->"));
		if (other != NULL)
			term_put(utf8_prefix(other->raw, 200));
		else
			printf("(left out)");
		putchar('\n');
	}
	DOC_EACH (m, now)
		if (doc_find(was, m->key) == NULL) {
			printf("         ");
			term_put(utf8_prefix(m->key, 60));
			printf(": (new) ");
			term_put(utf8_prefix(m->raw, 200));
			putchar('\n');
		}
}

/* "f({...}); g({...})": one call off the front. */
static str
next_call(str *rest, str *name)
{
	size_t open = str_find(*rest, '('), end = str_search(*rest, "); ");

	*name = (str){ rest->at, open };
	str inner = str_from(*rest, open + 1);
	inner.len = end < rest->len ? end - open - 1 : inner.len > 0 ? inner.len - 1 : 0;
	*rest = str_from(*rest, end < rest->len ? end + 3 : rest->len);
	return inner;
}

static void
call_difference(str was, str now)
{
	struct arena a = { 0 };

	while (was.len > 0 || now.len > 0) {
		str old_name = { 0 }, new_name = { 0 }, old = { 0 }, new = { 0 };
		if (was.len > 0)
			old = next_call(&was, &old_name);
		if (now.len > 0)
			new = next_call(&now, &new_name);
		const struct doc *x = doc_read(&a, old), *y = doc_read(&a, new);
		printf("       call ");
		term_put(utf8_prefix(old_name.len > 0 ? old_name : STR("(none)"), 80));
		if (!str_eq(old_name, new_name)) {
			printf(" %s ", term_sign("\u2192", "->"));
			term_put(utf8_prefix(new_name.len > 0 ? new_name : STR("(none)"), 80));
		}
		putchar('\n');
		if (doc_kind(x) == KIND_OBJECT && doc_kind(y) == KIND_OBJECT) {
			arguments(&a, x, y);
		} else if (!str_eq(old, new)) {
			quote("was", old, 0, "(nothing)");
			quote("now", new, 0, "(nothing)");
		}
	}
	arena_free(&a);
}

/* Words that went and came, as wdiff writes them: [-went-] {+came+}. */
static void
word_difference(str was, str now)
{
	struct arena a = { 0 };
	const struct word *w = words_compare(&a, was, now);
	bool colour = term_colour();

	printf("       ");
	for (; w != NULL; w = w->next) {
		const char *open = w->is == WORDS_GONE ? "[-" : w->is == WORDS_NEW ? "{+" : "";
		const char *close = w->is == WORDS_GONE ? "-]" : w->is == WORDS_NEW ? "+}" : "";
		printf("%s%s",
		    !colour || w->is == WORDS_SAME ? "" :
			w->is == WORDS_GONE        ? "\033[31m" :
						     "\033[32m",
		    open);
		term_put(w->text);
		printf("%s%s%s", close, colour && w->is != WORDS_SAME ? "\033[0m" : "",
		    w->next != NULL ? " " : "");
	}
	putchar('\n');
	arena_free(&a);
}

static void
in_short(const struct worst *w)
{
	bool calls = !str_eq(w->was_calls, w->now_calls);
	str was = w->was_calls.len > 0 && (calls || w->was.len == 0) ? w->was_calls : w->was;
	str now = w->now_calls.len > 0 && (calls || w->now.len == 0) ? w->now_calls : w->now;
	size_t from = parting(was, now);

	quote("was", was, from < was.len ? from : 0, "(nothing)");
	quote("now", now, from < now.len ? from : 0, "(no answer)");
}

static void
in_full(const struct worst *w)
{
	if (w->level == LOST || w->now.len + w->now_calls.len == 0) {
		in_short(w);
		return;
	}
	if (!str_eq(w->was_calls, w->now_calls))
		call_difference(w->was_calls, w->now_calls);
	if (!str_eq(w->was, w->now))
		word_difference(w->was, w->now);
}

static void
head(const struct report *r, const struct worst *w, size_t n)
{
	const struct measure *of = r->t->measures->of;

	printf("  %zu. ", n + 1);
	term_put(utf8_prefix(w->id, 100));
	if (w->session.len > 0) {
		printf(" (session ");
		term_put(utf8_prefix(w->session, 60));
		putchar(')');
	}
	printf(": %s", w->measure > 0 ? of[w->measure].name : "other answer");
	if (w->measure > 0 && w->fault.len > 0) {
		printf(": ");
		term_put(utf8_prefix(w->fault, 120));
	}
	putchar('\n');
}

void
report_worst(const struct report *r)
{
	const struct worst *w;

	if (totals_worst(r->t, 0) == NULL)
		return;
	puts("\nWorst differences");
	for (size_t n = 0; n < (size_t)r->p->show && (w = totals_worst(r->t, n)) != NULL; n++) {
		head(r, w, n);
		if (!r->bodies ||
		    w->was.len + w->was_calls.len + w->now.len + w->now_calls.len == 0)
			continue;
		if (r->details)
			in_full(w);
		else
			in_short(w);
	}
}
