/* policy.c - questions to a policy. */
#include <stdlib.h>

#include "mail/policy_part.h"

const char *const agent_classes[] = { "bulk", "conversational", "internal", "transactional",
	NULL };

bool
names_have(const struct names *n, str name)
{
	for (size_t i = 0; i < n->count; i++)
		if (str_eq(n->of[i], name))
			return true;
	return false;
}

const struct agent *
policy_agent(const struct policy *p, str name)
{
	for (size_t i = 0; i < p->agent_count; i++)
		if (str_eq(p->agents[i].name, name))
			return &p->agents[i];
	return NULL;
}

str
policy_group(const struct policy *p, str domain)
{
	for (size_t i = 0; i < p->group_count; i++)
		if (names_have(&p->groups[i].domains, domain))
			return p->groups[i].name;
	return domain;
}

const struct limits *
policy_limits(const struct named_limits *l, size_t count, str name)
{
	const struct limits *any = NULL;

	for (size_t i = 0; i < count; i++) {
		if (str_eq(l[i].name, name))
			return &l[i].limits;
		if (str_is(l[i].name, "*"))
			any = &l[i].limits;
	}
	return any;
}

const struct named_limits *
policy_org(const struct policy *p, str domain)
{
	for (size_t i = 0; i < p->org_count; i++)
		if (domain_within(domain, p->org[i].name))
			return &p->org[i];
	return NULL;
}

const struct warmup *
policy_warmup(const struct policy *p, str domain)
{
	for (size_t i = 0; i < p->warmup_count; i++)
		if (str_eq(p->warmups[i].domain, domain))
			return &p->warmups[i];
	return NULL;
}

int
names_cmp(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static bool
listed(const struct names *sorted, str name)
{
	return sorted->count > 0 &&
	    bsearch(&name, sorted->of, sorted->count, sizeof name, names_cmp) != NULL;
}

bool
policy_suppressed(const struct policy *p, const struct address *m)
{
	char whole[300] = "@";
	str rest = m->domain;

	if (listed(&p->suppressed, m->canonical))
		return true;
	while (rest.at != NULL && rest.len < sizeof whole - 1) {
		memcpy(whole + 1, rest.at, rest.len);
		if (listed(&p->suppressed, (str){ whole, rest.len + 1 }))
			return true;
		str_cut(&rest, '.');
	}
	return false;
}

void
policy_free(const struct policy *p)
{
	for (size_t i = 0; p != NULL && i < p->content_count; i++)
		pattern_free(p->content[i].pattern);
}
