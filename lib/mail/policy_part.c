/* policy_part.c - the small pieces of a policy. */
#include "mail/policy_part.h"

#include "data/when.h"

struct reading
part_enter(
    const struct reading *r, const char *name, const struct doc *d, const char *const *known)
{
	struct reading in = *r;

	if (name[0] != '\0' && r->path[0] != '\0')
		in.path =
		    arena_string(r->arena, arena_printf(r->arena, "%s.%s", r->path, name));
	else if (name[0] != '\0')
		in.path = name;
	in.here = d != NULL ? d : r->here;
	if (d != NULL && d->kind != KIND_OBJECT)
		part_fail(&in, d, "", "is no object");
	const struct doc *stranger = known != NULL ? doc_stranger(d, known) : NULL;
	if (stranger != NULL)
		part_fail(&in, stranger, arena_string(r->arena, stranger->key),
		    "there is no such member");
	return in;
}

void
part_leave(struct reading *r, const struct reading *inner)
{
	r->why = inner->why;
}

int
part_word(struct reading *r, const struct doc *d, const char *const *words, const char *name)
{
	struct buf all = { 0 };
	int at = -1;

	for (int i = 0; words[i] != NULL; i++) {
		if (doc_is(d, words[i]))
			at = i;
		buf_printf(&all, "%s%s", i > 0 ? ", " : "", words[i]);
	}
	if (at < 0)
		part_fail(r, d, name, "is one of %.*s", (int)all.len, all.at);
	buf_free(&all);
	return at;
}

int64_t
part_int(struct reading *r, const struct doc *d, const char *name, int64_t least, int64_t most,
    int64_t usual)
{
	const struct doc *v = doc_get(d, name);
	int64_t n = usual;

	if (v == NULL || (doc_int(v, &n) && n >= least && n <= most))
		return n;
	part_fail(r, v, name, "is no whole number from %lld to %lld", (long long)least,
	    (long long)most);
	return usual;
}

double
part_share(struct reading *r, const struct doc *d, const char *name, double usual)
{
	const struct doc *v = doc_get(d, name);
	double x = usual;

	if (v != NULL && (!doc_real(v, &x) || !(x >= 0 && x <= 1)))
		part_fail(r, v, name, "is no share from 0 to 1");
	return x;
}

bool
part_flag(struct reading *r, const struct doc *d, const char *name, bool usual)
{
	const struct doc *v = doc_get(d, name);

	if (v != NULL && v->kind != KIND_TRUE && v->kind != KIND_FALSE)
		part_fail(r, v, name, "is neither true nor false");
	return v == NULL ? usual : v->kind == KIND_TRUE;
}

void
part_names(struct reading *r, const struct doc *d, const char *name, struct names *names)
{
	const struct doc *list = doc_get(d, name);

	if (list == NULL)
		return;
	if (list->kind != KIND_ARRAY)
		part_fail(r, list, name, "is no list");
	names->of = ARENA_ARRAY(r->arena, str, list->count + 1);
	DOC_EACH (one, list) {
		names->of[names->count] = doc_text(one);
		if (names->of[names->count++].len == 0)
			part_fail(r, one, name, "holds what is no text");
	}
}

void
part_domains(struct reading *r, const struct doc *d, const char *name, struct names *names)
{
	part_names(r, d, name, names);
	for (size_t i = 0; i < names->count; i++)
		if (names->of[i].len > 0 && !domain_read(r->arena, names->of[i], &names->of[i]))
			part_fail(r, doc_item(doc_get(d, name), i), name, "'%.*s' is no domain",
			    STR_F(names->of[i]));
}

void
part_addresses(struct reading *r, const struct doc *d, const char *name, struct names *names)
{
	part_names(r, d, name, names);
	for (size_t i = 0; i < names->count; i++) {
		struct address m;
		str *one = &names->of[i], domain;
		bool whole = one->len > 0 && one->at[0] == '@';
		if (whole && domain_read(r->arena, str_from(*one, 1), &domain))
			*one = arena_printf(r->arena, "@%.*s", STR_F(domain));
		else if (address_envelope(r->arena, *one, &r->p->canonical, &m) == NULL)
			*one = m.canonical;
		else
			part_fail(r, doc_item(doc_get(d, name), i), name,
			    "'%.*s' is no address and no @domain", STR_F(*one));
	}
}

/* [[300, 3600], [1000, 86400]]: so many in so many seconds. */
void
part_limits(struct reading *r, const struct doc *d, const char *name, struct limits *l)
{
	if (d == NULL)
		return;
	if (d->kind != KIND_ARRAY)
		part_fail(r, d, name, "is no list of [number, seconds]");
	l->of = ARENA_ARRAY(r->arena, struct limit, d->count + 1);
	DOC_EACH (one, d) {
		int64_t most, seconds;
		if (doc_kind(one) != KIND_ARRAY || one->count != 2 ||
		    !doc_int(doc_item(one, 0), &most) || !doc_int(doc_item(one, 1), &seconds) ||
		    most < 0 || most > 1000000000 || seconds < 1 ||
		    seconds > INT64_C(86400) * 31) {
			part_fail(r, one, name,
			    "is no [number, seconds], with at most 31 days of seconds");
			return;
		}
		l->of[l->count++] = (struct limit){ most, seconds * WHEN_SECOND };
	}
}

void
part_recipient_limits(
    struct reading *r, const struct doc *d, const char *name, struct limits *l)
{
	part_limits(r, d, name, l);
	for (size_t i = 0; i < l->count; i++)
		if (l->of[i].most > POLICY_PAST)
			part_fail(r, d, name, "is of at most %d to one recipient", POLICY_PAST);
}
