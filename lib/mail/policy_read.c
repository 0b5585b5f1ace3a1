/* policy_read.c - a policy from JSON, every member of it checked. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/hash.h"
#include "data/when.h"
#include "io/doc.h"
#include "ledger/suspend.h"
#include "mail/policy_part.h"

static const char *const stage_names[] = { "kill", "parse", "auth", "identity", "headers",
	"recipients", "suppression", "content", "dedupe", "quiet", "breaker", "limits", NULL };
static const char *const default_roles[] = { "abuse", "postmaster", "hostmaster", "webmaster",
	"mailer-daemon", "noreply", "no-reply", "donotreply", "do-not-reply", "security",
	"root", "spam", "usenet", "uucp", "noc", "bounce", "bounces", "unsubscribe" };

static void
read_order(struct reading *r, const struct doc *list)
{
	bool seen[STAGES] = { false };
	size_t n = 0;

	for (size_t i = 0; i < STAGES; i++)
		r->p->order[i] = (enum stage)i;
	if (list == NULL)
		return;
	DOC_EACH (one, list) {
		int at = part_word(r, one, stage_names, "order");
		if (at < 0)
			return;
		if (seen[at])
			part_fail(r, one, "order", "'%s' is there twice", stage_names[at]);
		seen[at] = true;
		if (n < STAGES)
			r->p->order[n++] = (enum stage)at;
	}
	if (n != STAGES)
		part_fail(r, list, "order",
		    "has %zu checks of %d: a check is never left out, it is given nothing to "
		    "do",
		    n, (int)STAGES);
	else if (r->p->order[0] != STAGE_KILL || r->p->order[1] != STAGE_PARSE)
		part_fail(r, list, "order", "begins with kill and parse");
}

static void
read_verdicts(struct reading *r, const struct doc *list)
{
	static const char *const words[] = { "accept", "defer", "quarantine", "reject", NULL };

	DOC_EACH (one, list)
		part_word(r, one, words, "verdicts");
}

/* b+{token}@ one of its domains: where bounces come back to. */
static void
read_return_path(struct reading *r, const struct doc *d, struct agent *a)
{
	const struct doc *v = doc_get(d, "return_path");
	struct address m;

	a->return_path = doc_text(v);
	if (v == NULL)
		return;
	size_t at = str_search(a->return_path, "{token}");
	str tried = arena_printf(r->arena, "%.*sx%.*s", (int)at,
	    a->return_path.at != NULL ? a->return_path.at : "",
	    STR_F(str_from(a->return_path, at + 7)));
	if (at == a->return_path.len ||
	    address_envelope(r->arena, tried, &r->p->canonical, &m) != NULL ||
	    !names_have(&a->from_domains, m.domain))
		part_fail(r, v, "return_path",
		    "is no address with {token} at one of the agent's domains");
}

static void
read_agent(struct reading *r, const struct doc *d, struct agent *a)
{
	static const char *const known[] = { "class", "from_domains", "selectors", "to_domains",
		"recipients", "limits", "per_recipient", "max_recipients", "uids",
		"review_sample", "known_only", "hold_first_contact", "hold_new_threads",
		"inbound_recipients", "default_from", "unsubscribe", "return_path", NULL };
	const char *path =
	    arena_string(r->arena, arena_printf(r->arena, "agents.%.*s", STR_F(d->key)));
	struct reading in = part_enter(r, path, d, known);

	a->name = d->key;
	if (!suspend_name(a->name) || str_is(a->name, SUSPEND_ALL))
		part_fail(
		    &in, d, "", "is no name of an agent: letters, digits, ._- and not 'all'");
	int class = part_word(&in, doc_get(d, "class"), agent_classes, "class");
	a->class = class < 0 ? CLASS_BULK : (enum agent_class) class;
	part_domains(&in, d, "from_domains", &a->from_domains);
	part_domains(&in, d, "to_domains", &a->to_domains);
	part_names(&in, d, "selectors", &a->selectors);
	part_addresses(&in, d, "recipients", &a->recipients);
	part_names(&in, d, "uids", &a->uids);
	part_limits(&in, doc_get(d, "limits"), "limits", &a->limits);
	part_recipient_limits(
	    &in, doc_get(d, "per_recipient"), "per_recipient", &a->per_recipient);
	a->max_recipients = part_int(&in, d, "max_recipients", 1, 100000, 1);
	a->review = part_share(&in, d, "review_sample", 0);
	a->known_only = part_flag(&in, d, "known_only", false);
	a->first_contact = part_flag(&in, d, "hold_first_contact", false);
	a->new_threads = part_flag(&in, d, "hold_new_threads", false);
	a->inbound = part_flag(&in, d, "inbound_recipients", false);
	a->default_from = doc_text(doc_get(d, "default_from"));
	a->unsubscribe = doc_text(doc_get(d, "unsubscribe"));
	if (a->unsubscribe.len > 0 && !str_starts(a->unsubscribe, "https://"))
		part_fail(
		    &in, doc_get(d, "unsubscribe"), "unsubscribe", "is no https:// address");
	if (a->from_domains.count == 0)
		part_fail(&in, d, "from_domains", "is needed: the domains it may send from");
	for (size_t i = 0; i < a->from_domains.count; i++)
		if (a->class != CLASS_TRANSACTIONAL &&
		    names_have(&r->p->transactional, a->from_domains.of[i]))
			part_fail(&in, doc_get(d, "from_domains"), "from_domains",
			    "%.*s is a transactional domain, and the agent is none",
			    STR_F(a->from_domains.of[i]));
	read_return_path(&in, d, a);
	part_leave(r, &in);
}

static void
read_agents(struct reading *r, const struct doc *d)
{
	struct policy *p = r->p;

	if (doc_kind(d) != KIND_OBJECT || d->count == 0) {
		part_fail(r, d, "agents", "is needed: an object of agents by name");
		return;
	}
	p->agents = ARENA_ARRAY(r->arena, struct agent, d->count);
	DOC_EACH (one, d) {
		if (policy_agent(p, one->key) != NULL)
			part_fail(r, one, "agents", "'%.*s' is there twice", STR_F(one->key));
		read_agent(r, one, &p->agents[p->agent_count]);
		p->agent_count++;
	}
}

static bool
is_group(const struct policy *p, str name)
{
	for (size_t i = 0; i < p->group_count; i++)
		if (str_eq(p->groups[i].name, name))
			return true;
	return false;
}

/* An object of limits by name. */
static size_t
read_named(struct reading *r, const struct doc *d, const char *name, bool domains,
    struct named_limits **list)
{
	size_t n = 0;
	struct reading in = part_enter(r, name, d, NULL);

	*list = ARENA_ARRAY(r->arena, struct named_limits, d != NULL ? d->count + 1 : 1);
	DOC_EACH (one, d) {
		struct named_limits *l = &(*list)[n++];
		const char *key = arena_string(r->arena, one->key);
		l->name = one->key;
		if (domains && !str_is(one->key, "*") && !is_group(r->p, one->key) &&
		    !domain_read(r->arena, one->key, &l->name))
			part_fail(&in, one, key, "is no domain, and no group of them");
		part_limits(&in, one, key, &l->limits);
	}
	part_leave(r, &in);
	return n;
}

static void
read_org(struct reading *r, const struct doc *d)
{
	struct reading in = part_enter(r, "organizational_domain_daily", d, NULL);

	r->p->org = ARENA_ARRAY(r->arena, struct named_limits, d != NULL ? d->count + 1 : 1);
	DOC_EACH (one, d) {
		struct named_limits *l = &r->p->org[r->p->org_count++];
		int64_t most;
		const char *key = arena_string(r->arena, one->key);
		if (!domain_read(r->arena, one->key, &l->name))
			part_fail(&in, one, key, "is no domain");
		if (!doc_int(one, &most) || most < 0)
			part_fail(&in, one, key, "is no whole number");
		l->limits = (struct limits){ ARENA_NEW(r->arena, struct limit), 1 };
		*l->limits.of = (struct limit){ most, WHEN_SECOND * 86400 };
	}
	part_leave(r, &in);
}

static void
read_streams(struct reading *r, const struct doc *d)
{
	r->p->stream_count = read_named(r, d, "streams", false, &r->p->streams);
	for (size_t i = 0; i < r->p->stream_count; i++) {
		bool known = false;
		for (size_t c = 0; c < CLASSES; c++)
			known = known || str_is(r->p->streams[i].name, agent_classes[c]);
		if (!known)
			part_fail(r, d, "streams", "'%.*s' is no class of agents",
			    STR_F(r->p->streams[i].name));
	}
}

static void
read_groups(struct reading *r, const struct doc *d)
{
	struct reading in = part_enter(r, "domain_groups", d, NULL);

	r->p->groups = ARENA_ARRAY(r->arena, struct domain_group, d != NULL ? d->count + 1 : 1);
	DOC_EACH (one, d) {
		struct domain_group *g = &r->p->groups[r->p->group_count++];
		g->name = one->key;
		part_domains(&in, d, arena_string(r->arena, one->key), &g->domains);
	}
	part_leave(r, &in);
}

static void
read_canonical(struct reading *r, const struct doc *d)
{
	static const char *const known[] = { "fold", "strip_plus", "gmail_dots", "idn",
		"trailing_dot", NULL };
	static const char *const folds[] = { "domain", "local", NULL };
	struct reading in = part_enter(r, "canonical", d, known);
	struct canonical *c = &r->p->canonical;

	*c = (struct canonical){ d == NULL, part_flag(&in, d, "strip_plus", true),
		part_flag(&in, d, "gmail_dots", true) };
	DOC_EACH (one, doc_get(d, "fold"))
		c->fold_local |= part_word(&in, one, folds, "fold") == 1;
	if (d != NULL && doc_get(d, "fold") == NULL)
		c->fold_local = true;
	if (doc_get(d, "idn") != NULL && !doc_is(doc_get(d, "idn"), "uts46"))
		part_fail(&in, doc_get(d, "idn"), "idn", "is 'uts46' and nothing else");
	if (!part_flag(&in, d, "trailing_dot", true))
		part_fail(
		    &in, d, "trailing_dot", "a dot at the end never makes another domain");
	part_leave(r, &in);
}

static void
read_suppressed(struct reading *r, const struct doc *d)
{
	part_addresses(r, d, "suppression", &r->p->suppressed);
	if (r->p->suppressed.count > 1)
		qsort(r->p->suppressed.of, r->p->suppressed.count, sizeof(str), names_cmp);
}

static void
read_roles(struct reading *r, const struct doc *d)
{
	size_t n = sizeof default_roles / sizeof *default_roles;

	part_names(r, d, "role_addresses", &r->p->roles);
	if (doc_get(d, "role_addresses") != NULL)
		return;
	r->p->roles = (struct names){ ARENA_ARRAY(r->arena, str, n), n };
	for (size_t i = 0; i < n; i++)
		r->p->roles.of[i] = str_of(default_roles[i]);
}

static void
read_content(struct reading *r, const struct doc *list)
{
	static const char *const known[] = { "id", "re", "do", "check", NULL };
	static const char *const does[] = { "quarantine", "reject", NULL };
	static const char *const checks[] = { "luhn", NULL };

	r->p->content =
	    ARENA_ARRAY(r->arena, struct content_rule, list != NULL ? list->count + 1 : 1);
	DOC_EACH (one, list) {
		struct content_rule *c = &r->p->content[r->p->content_count++];
		char why[160];
		struct reading in = part_enter(r, "content", one, known);
		c->id = doc_text(doc_get(one, "id"));
		if (c->id.len == 0)
			part_fail(&in, one, "id", "is needed");
		c->reject = part_word(&in, doc_get(one, "do"), does, "do") == 1;
		c->luhn = doc_get(one, "check") != NULL &&
		    part_word(&in, doc_get(one, "check"), checks, "check") == 0;
		c->pattern = pattern_new(doc_text(doc_get(one, "re")), why);
		if (c->pattern == NULL || doc_text(doc_get(one, "re")).len == 0)
			part_fail(&in, one, "re", "%s", c->pattern == NULL ? why : "is needed");
		part_leave(r, &in);
	}
}

static size_t
line_of(const struct reading *r, const struct doc *d)
{
	size_t line = 1;

	for (const char *c = r->text.at; d != NULL && d->raw.at != NULL && c < d->raw.at; c++)
		line += *c == '\n';
	return line;
}

void
part_fail(struct reading *r, const struct doc *at, const char *name, const char *fmt, ...)
{
	char what[300];
	va_list ap;

	if (r->why.len > 0)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	r->why = arena_printf(r->arena, "line %zu: %s%s%s: %s",
	    line_of(r, at != NULL ? at : r->here), r->path,
	    r->path[0] != '\0' && name[0] != '\0' ? "." : "", name, what);
}

static void
read_all(struct reading *r, const struct doc *d)
{
	struct policy *p = r->p;

	p->name = doc_text(doc_get(d, "name"));
	if (part_int(r, d, "version", 1, 1000, 0) != 1)
		part_fail(r, doc_get(d, "version"), "version", "is needed, and is 1");
	read_order(r, doc_get(d, "order"));
	read_verdicts(r, doc_get(d, "verdicts"));
	part_domains(r, d, "transactional_domains", &p->transactional);
	read_canonical(r, doc_get(d, "canonical"));
	read_agents(r, doc_get(d, "agents"));
	read_org(r, doc_get(d, "organizational_domain_daily"));
	read_groups(r, doc_get(d, "domain_groups"));
	p->to_count = read_named(
	    r, doc_get(d, "recipient_domain_limits"), "recipient_domain_limits", true, &p->to);
	read_streams(r, doc_get(d, "streams"));
	part_recipient_limits(
	    r, doc_get(d, "recipient_limits"), "recipient_limits", &p->per_recipient);
	read_suppressed(r, d);
	read_roles(r, d);
	read_content(r, doc_get(d, "content"));
	part_warmups(r, doc_get(d, "warmup"));
	part_dedupe(r, doc_get(d, "dedupe"));
	part_quiet(r, doc_get(d, "quiet"));
	part_breaker(r, doc_get(d, "breaker"));
	part_headers(r, doc_get(d, "headers"));
	p->max_bytes = part_int(r, d, "max_bytes", 1, INT64_C(1) << 30, 10 << 20);
	p->max_line = part_int(r, d, "max_line", 78, 998, 998);
}

const struct policy *
policy_read(struct arena *a, str text, str *why)
{
	static const char *const known[] = { "version", "name", "order", "verdicts", "agents",
		"transactional_domains", "organizational_domain_daily",
		"recipient_domain_limits", "streams", "recipient_limits", "domain_groups",
		"warmup", "canonical", "suppression", "dedupe", "quiet", "breaker", "headers",
		"content", "max_bytes", "max_line", "role_addresses", NULL };
	struct doc_error error;
	const struct doc *d = doc_parse(a, text, 64, &error);
	struct policy *p = ARENA_NEW(a, struct policy);
	struct reading r = { .arena = a, .text = text, .p = p, .path = "", .here = d };

	if (d == NULL) {
		struct doc at = { .raw = { text.at + error.offset, 0 } };
		*why = arena_printf(a, "line %zu: %s", line_of(&r, &at), error.why);
		return NULL;
	}
	struct reading in = part_enter(&r, "", d, known);
	read_all(&in, d);
	part_leave(&r, &in);
	*why = r.why;
	p->digest = hash_hex(a, text);
	if (why->len == 0)
		return p;
	policy_free(p);
	return NULL;
}
