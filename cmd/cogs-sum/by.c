/* by.c - the dimensions of --by. */
#include <string.h>

#include "cogs.h"

static const struct {
	const char *name;
	enum dimension_kind kind;
	const char *field; /* NULL: the name itself */
} known[] = {
	{ "hour", BY_HOUR, NULL },
	{ "day", BY_DAY, NULL },
	{ "week", BY_WEEK, NULL },
	{ "month", BY_MONTH, NULL },
	{ "model", BY_MODEL, NULL },
	{ "provider", BY_PROVIDER, NULL },
	{ "tenant", BY_FIELD, NULL },
	{ "feature", BY_FIELD, NULL },
	{ "agent", BY_FIELD, NULL },
	{ "task", BY_FIELD, NULL },
	{ "session", BY_FIELD, NULL },
	{ "service", BY_FIELD, NULL },
	{ "user", BY_FIELD, NULL },
	{ "locale", BY_FIELD, NULL },
	{ "region", BY_FIELD, NULL },
	{ "env", BY_FIELD, NULL },
	{ "release", BY_FIELD, NULL },
	{ "traffic", BY_FIELD, NULL },
	{ "api", BY_FIELD, NULL },
	{ "tier", BY_FIELD, "service_tier" },
	{ "prompt", BY_FIELD, "prompt.name" },
	{ "prompt.version", BY_FIELD, NULL },
	{ "router", BY_FIELD, "router.rule" },
	{ "status", BY_FIELD, NULL },
	{ "id", BY_FIELD, NULL },
};

/* The number of a field of that name, added behind the others if need be. */
static size_t
field_of(struct plan *p, const char *name)
{
	size_t n = 0;

	for (; p->names[n] != NULL; n++)
		if (strcmp(p->names[n], name) == 0)
			return n;
	p->names[n] = name;
	return n;
}

static struct dimension
dimension(struct plan *p, const char *name)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(name, known[i].name) == 0) {
			struct dimension d = { .name = name, .kind = known[i].kind };
			if (d.kind == BY_FIELD)
				d.field =
				    field_of(p, known[i].field != NULL ? known[i].field : name);
			return d;
		}
	if (strncmp(name, "tags.", 5) != 0 && name[0] != '.')
		die(EXIT_USAGE,
		    "--by: no dimension '%s': hour, day, week, month, model, provider, tenant, "
		    "feature, agent, task, session, service, user, region, env, release, "
		    "traffic, tier, prompt, ..., tags.NAME, or a path like .a.b",
		    name);
	return (struct dimension){ name, BY_FIELD, field_of(p, name + (name[0] == '.')) };
}

void
plan_by(struct plan *p, struct arena *a)
{
	static const char *const fixed[] = { C_NAMES, NULL };
	str rest = str_of(p->o->by);

	memcpy(p->names, fixed, sizeof fixed);
	while (rest.len > 0) {
		str name = str_trim(str_cut(&rest, ','));
		if (name.len == 0)
			die(EXIT_USAGE, "--by: an empty name");
		if (p->by_count == MAX_BY)
			die(EXIT_USAGE, "--by: more than %d dimensions", MAX_BY);
		p->by[p->by_count] = dimension(p, arena_string(a, name));
		for (size_t i = 0; i < p->by_count; i++)
			if (strcmp(p->by[i].name, p->by[p->by_count].name) == 0)
				die(EXIT_USAGE, "--by: '%s' twice", p->by[i].name);
		p->by_count++;
	}
}
