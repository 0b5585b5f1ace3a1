/* address.c - one mailbox. */
#include "mail/address.h"

#include <idn2.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "mail/plain.h"

#define LOCAL_MOST  64
#define DOMAIN_MOST 253

static const char syntax[] = "address-syntax", group[] = "group-syntax",
		  injection[] = "header-injection";

static str
lower(struct arena *a, str s)
{
	char *at = arena_bytes(a, s.len);

	for (size_t i = 0; i < s.len; i++)
		at[i] = (char)(s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] | 0x20 : s.at[i]);
	return (str){ at, s.len };
}

/* Letters, digits and inner hyphens, at most 63 of them, in at least two labels. */
static bool
is_host(str s)
{
	str rest = s;
	size_t labels = 0;

	if (s.len == 0 || s.len > DOMAIN_MOST)
		return false;
	for (; rest.at != NULL; labels++) {
		str label = str_cut(&rest, '.');
		if (label.len == 0 || label.len > 63 || label.at[0] == '-' ||
		    label.at[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++)
			if (!(label.at[i] >= 'a' && label.at[i] <= 'z') &&
			    !(label.at[i] >= '0' && label.at[i] <= '9') && label.at[i] != '-')
				return false;
	}
	return labels > 1;
}

/* IDNA 2008 after the mapping of UTS 46.  What is ASCII and none of it (labels from before
 * 2008) is a name in the DNS all the same, and stands for itself. */
static bool
to_labels(struct arena *a, str text, str *domain)
{
	uint8_t *out = NULL;
	const char *name = arena_string(a, text);
	bool good = idn2_lookup_u8((const uint8_t *)name, &out,
			IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT) == IDN2_OK;

	if (good)
		*domain = arena_keep(a, str_of((const char *)out));
	idn2_free(out);
	return good;
}

bool
domain_read(struct arena *a, str text, str *domain)
{
	if (text.len == 0 || text.len > (size_t)4 * DOMAIN_MOST ||
	    memchr(text.at, '\0', text.len) != NULL || utf8_valid(text) != text.len)
		return false;
	bool ascii = str_ascii(text);
	*domain = lower(a, text);
	if ((!ascii || memmem(domain->at, domain->len, "xn--", 4) != NULL) &&
	    !to_labels(a, *domain, domain) && !ascii)
		return false;
	if (domain->len > 0 && domain->at[domain->len - 1] == '.')
		domain->len--;
	return is_host(*domain);
}

bool
domain_within(str domain, str parent)
{
	return str_eq(domain, parent) ||
	    (domain.len > parent.len && domain.at[domain.len - parent.len - 1] == '.' &&
		str_eq(str_from(domain, domain.len - parent.len), parent));
}

/* No controls, blanks, format characters (those that turn the reading direction round, those
 * that are not seen), nothing unassigned. */
static bool
is_visible(str s)
{
	utf8proc_int32_t code;

	for (size_t i = 0; i < s.len;) {
		utf8proc_ssize_t n = utf8proc_iterate(
		    (const utf8proc_uint8_t *)s.at + i, (utf8proc_ssize_t)(s.len - i), &code);
		if (n <= 0)
			return false;
		utf8proc_category_t c = utf8proc_category(code);
		if (c == UTF8PROC_CATEGORY_CN || c >= UTF8PROC_CATEGORY_ZS ||
		    utf8proc_get_property(code)->ignorable)
			return false;
		i += (size_t)n;
	}
	return true;
}

/* A dot-atom that no mailer takes for a route, an option, a pipe or a file. */
static bool
is_local(str s)
{
	if (s.len == 0 || s.len > LOCAL_MOST || strchr("-|/.", s.at[0]) != NULL ||
	    s.at[s.len - 1] == '.')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((s.at[i] == '.' && s.at[i - 1] == '.') ||
		    strchr("()<>[]:;@\\,\"%! \t", s.at[i]) != NULL)
			return false;
	return is_visible(s);
}

static str
fold(struct arena *a, str s)
{
	return str_ascii(s) ? lower(a, s) :
			      plain_map(a, s, UTF8PROC_CASEFOLD | UTF8PROC_COMPAT);
}

static bool
is_gmail(str domain)
{
	return str_is(domain, "gmail.com") || str_is(domain, "googlemail.com");
}

static str
canonical_of(struct arena *a, const struct address *m, const struct canonical *c)
{
	struct buf b = { 0 };
	str local = c->fold_local ? fold(a, m->local) : m->local;
	bool gmail = c->gmail_dots && is_gmail(m->domain);
	size_t plus = c->strip_plus ? str_find(local, '+') : local.len;

	if (plus > 0)
		local.len = plus;
	for (size_t i = 0; i < local.len; i++)
		if (!gmail || local.at[i] != '.')
			buf_byte(&b, local.at[i]);
	buf_byte(&b, '@');
	buf_add(&b, gmail ? STR("gmail.com") : m->domain);
	str text = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static const char *
read_spec(struct arena *a, str s, const struct canonical *c, struct address *m)
{
	const char *at = s.len > 0 ? memrchr(s.at, '@', s.len) : NULL;
	str local, domain;

	if (at == NULL)
		return syntax;
	local = (str){ s.at, (size_t)(at - s.at) };
	domain = (str){ at + 1, s.len - local.len - 1 };
	if (local.len >= 2 && local.at[0] == '"' && local.at[local.len - 1] == '"')
		local = (str){ local.at + 1, local.len - 2 };
	if (!is_local(local) || !domain_read(a, domain, &domain))
		return syntax;
	m->spec = arena_printf(a, "%.*s@%.*s", STR_F(local), STR_F(domain));
	m->local = (str){ m->spec.at, local.len };
	m->domain = str_from(m->spec, local.len + 1);
	m->canonical = canonical_of(a, m, c);
	return NULL;
}

const char *
address_envelope(struct arena *a, str text, const struct canonical *c, struct address *m)
{
	*m = (struct address){ 0 };
	if (str_breaks(text))
		return injection;
	if (text.len >= 2 && text.at[0] == '<' && text.at[text.len - 1] == '>')
		text = (str){ text.at + 1, text.len - 2 };
	return read_spec(a, text, c, m);
}

/* Where the address begins behind a display name, a < outside of quotes; syntax or group when
 * the name holds what cannot stand there. */
static const char *
pass_name(str s, size_t *at)
{
	bool quoted = false;

	for (*at = 0; *at < s.len; ++*at) {
		char c = s.at[*at];
		if (quoted && c == '\\')
			++*at;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '<')
			return NULL;
		else if (!quoted && (c == ':' || c == ';'))
			return group;
		else if (!quoted && strchr("(),>[]\\", c) != NULL && c != '\0')
			return syntax;
	}
	return quoted ? syntax : NULL;
}

const char *
address_read(struct arena *a, str text, const struct canonical *c, struct address *m)
{
	size_t open;

	*m = (struct address){ 0 };
	if (str_breaks(text))
		return injection;
	if (utf8_valid(text) != text.len)
		return syntax;
	text = str_trim(text);
	const char *why = pass_name(text, &open);
	if (why != NULL)
		return why;
	if (open == text.len)
		return read_spec(a, text, c, m);
	if (text.at[text.len - 1] != '>')
		return syntax;
	m->display = str_trim((str){ text.at, open });
	return read_spec(a, (str){ text.at + open + 1, text.len - open - 2 }, c, m);
}
