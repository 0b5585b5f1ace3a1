/* config.c - every way that a request could take. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "io/emit.h"
#include "io/out.h"
#include "report.h"
#include "routes.h"
#include "ui/term.h"

/* A way to a target: through the routes from the entry on. */
struct way {
	size_t *routes; /* the entry first */
	size_t count;
};

struct search {
	struct arena arena;
	const struct plan *plan;
	struct routes routes;
	str country, data_class; /* of the subject looked at */
	int64_t ways, bad[VERDICTS];
	size_t results; /* of SARIF */
	struct buf sarif;
	int status;
};

static bool
serves(const struct route *r, str country)
{
	if (r->subjects == NULL)
		return true;
	DOC_EACH (one, r->subjects)
		if (str_eq(doc_text(one), country))
			return true;
	return false;
}

/* "claude (bedrock, eu-central-1)" */
static str
say_target(struct arena *a, const struct target *t)
{
	const struct hop *h = &t->hop;
	const str parts[] = { h->provider, h->region, h->url, h->sku };
	str text = t->name.len > 0 ? t->name : h->model, more = { 0 };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].len > 0)
			more = arena_printf(a, "%.*s%s%.*s", STR_F(more),
			    more.len > 0 ? ", " : "", STR_F(parts[i]));
	return text.len > 0 && more.len > 0 ?
	    arena_printf(a, "%.*s (%.*s)", STR_F(text), STR_F(more)) :
	    text.len > 0 ? text :
			   more;
}

/* The hops before a target, one by one, and the target. */
struct steps {
	str *of;
	size_t count, attempts;
};

static void
add_step(struct search *s, struct steps *steps, const struct route *r, const struct target *t,
    const char *more)
{
	struct arena *a = &s->arena;
	bool attempt = hop_is_attempt(t->hop.kind);
	str what = attempt ? arena_printf(a, "attempt %zu", ++steps->attempts) : t->hop.kind;

	steps->of[steps->count++] = arena_printf(a, "%.*s of %.*s: %.*s%s", STR_F(what),
	    STR_F(r->name), STR_F(say_target(a, t)), more);
}

/* Of a route: attempts up to the target, or all of them where it is only passed through. */
static void
add_route(struct search *s, struct steps *steps, const struct route *r, size_t target)
{
	for (size_t k = 0; k < r->target_count && k <= target; k++)
		if (k == target || hop_is_attempt(r->targets[k].hop.kind))
			add_step(s, steps, r, &r->targets[k], "");
}

/* Of a group any deployment may be first, and a retry goes to another. */
static void
add_group(
    struct search *s, struct steps *steps, const struct route *r, bool last, size_t target)
{
	bool several = r->target_count > 1;

	if (!last) {
		add_step(
		    s, steps, r, &r->targets[0], several ? ", or another of the group" : "");
		return;
	}
	if (several)
		add_step(s, steps, r, &r->targets[target == 0 ? 1 : 0], ", or at once");
	add_step(s, steps, r, &r->targets[target], "");
}

static struct steps
steps_of(struct search *s, const struct way *w, size_t target)
{
	struct steps steps = { 0 };
	size_t room = 1;

	for (size_t i = 0; i < w->count; i++)
		room += s->routes.of[w->routes[i]].target_count + 1;
	steps.of = ARENA_ARRAY(&s->arena, str, room);
	for (size_t i = 0; i < w->count; i++) {
		const struct route *r = &s->routes.of[w->routes[i]];
		bool last = i + 1 == w->count;
		if (!r->any)
			add_route(s, &steps, r, last ? target : SIZE_MAX);
		else if (r->target_count > 0)
			add_group(s, &steps, r, last, target);
	}
	return steps;
}

static str
join_steps(struct search *s, const struct steps *steps)
{
	str text = { 0 };

	for (size_t i = 0; i < steps->count; i++)
		text = arena_printf(&s->arena, "%.*s%s%.*s", STR_F(text), i > 0 ? " -> " : "",
		    STR_F(steps->of[i]));
	return text;
}

static str
subject_members(struct search *s, const struct way *w, const struct judged *j)
{
	struct buf b = { 0 };

	emit_kstr(&b, "country", s->country);
	emit_kstr(&b, "data_class", s->data_class);
	emit_kstr(&b, "class", j->class != NULL ? j->class->name : STR(""));
	emit_kstr(&b, "route", s->routes.of[w->routes[0]].name);
	emit_kstr(&b, "place", j->place.name);
	emit_kstr(&b, "countries", j->countries);
	str text = arena_keep(&s->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static void
sarif_result(struct search *s, const struct finding *f)
{
	struct buf *b = &s->sarif;

	emit_open(b, '{');
	emit_ktext(b, "ruleId", f->rule);
	emit_ktext(b, "level", strcmp(f->severity, "notice") == 0 ? "note" : f->severity);
	emit_key(b, "message");
	emit_open(b, '{');
	emit_kstr(b, "text", f->message);
	emit_close(b, '}');
	emit_key(b, "locations");
	emit_open(b, '[');
	emit_open(b, '{');
	emit_key(b, "physicalLocation");
	emit_open(b, '{');
	emit_key(b, "artifactLocation");
	emit_open(b, '{');
	emit_ktext(b, "uri", s->plan->o->config);
	emit_close(b, '}');
	emit_close(b, '}');
	emit_close(b, '}');
	emit_close(b, ']');
	emit_close(b, '}');
	s->results++;
}

static str
say_subject(struct search *s)
{
	return s->data_class.len > 0 ? arena_printf(&s->arena, "%.*s with %.*s data",
					   STR_F(s->country), STR_F(s->data_class)) :
				       s->country;
}

/* A way, hop by hop, and where it ends. */
static void
tell_text(struct search *s, const struct finding *f, const struct steps *steps,
    const struct judged *j)
{
	struct arena *a = &s->arena;

	term_put(arena_printf(a, "%-9s  subject %.*s: %.*s",
	    strcmp(f->rule, "reachable") == 0 ? "violation" : "unknown", STR_F(say_subject(s)),
	    (int)j->message.len, j->message.at));
	putchar('\n');
	for (size_t i = 0; i < steps->count; i++) {
		term_put(arena_printf(a, "           %zu. %.*s", i + 1, STR_F(steps->of[i])));
		putchar('\n');
	}
}

static void
tell(struct search *s, const struct finding *f, const struct steps *steps,
    const struct judged *j)
{
	struct buf b = { 0 };

	switch (s->plan->o->format) {
	case JSON:
		finding_emit(&b, f);
		out_line(buf_str(&b));
		break;
	case SARIF: sarif_result(s, f); break;
	default: tell_text(s, f, steps, j);
	}
	buf_free(&b);
}

static bool
is_worse(enum verdict a, enum verdict b)
{
	static const int rank[VERDICTS] = {
		[VERDICT_OK] = 0, [VERDICT_UNKNOWN] = 1, [VERDICT_VIOLATION] = 2
	};

	return rank[a] > rank[b];
}

static void
judge(struct search *s, const struct way *w, size_t target)
{
	const struct target *t = &s->routes.of[w->routes[w->count - 1]].targets[target];
	struct hop h = t->hop;

	h.country = s->country;
	struct judged plain = verdict_of(&s->arena, s->plan->policy, s->plan->places, &h);
	h.data_class = s->data_class;
	struct judged j = verdict_of(&s->arena, s->plan->policy, s->plan->places, &h);
	if (h.data_class.len > 0 && !is_worse(j.verdict, plain.verdict))
		return; /* told already, without the class of data */
	bool set = j.verdict == VERDICT_UNKNOWN && strcmp(j.reason, "set") == 0;
	/* What may go outside is a way outside: no request has to prove it. */
	bool violation = j.verdict == VERDICT_VIOLATION || set;
	s->ways++;
	s->bad[violation ? VERDICT_VIOLATION : j.verdict]++;
	if (!violation && j.verdict == VERDICT_OK)
		return;
	int status = violation ? EXIT_NO : report_unknown_status(j.class);
	s->status = err_worse(s->status, status);
	struct steps steps = steps_of(s, w, target);
	const struct finding f = { .rule = violation ? "reachable" : "reachable-unknown",
		.severity = status == EXIT_NO   ? "error" :
		    status == EXIT_INCONCLUSIVE ? "warning" :
						  "notice",
		.subject = subject_members(s, w, &j),
		.first = FINDING_NEVER,
		.last = FINDING_NEVER,
		.n = 1,
		.message = arena_printf(&s->arena, "subject %.*s: %.*s: %.*s",
		    STR_F(say_subject(s)), STR_F(join_steps(s, &steps)), STR_F(j.message)) };
	tell(s, &f, &steps, &j);
}

static bool
visited(const struct way *w, size_t route)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->routes[i] == route)
			return true;
	return false;
}

/* All routes behind an entry, each by the shortest way to it. */
static void
walk(struct search *s, size_t entry)
{
	struct way *ways = ARENA_ARRAY(&s->arena, struct way, s->routes.count + 1);
	bool *seen = ARENA_ARRAY(&s->arena, bool, s->routes.count + 1);
	size_t head = 0, tail = 0;

	ways[tail].routes = ARENA_ARRAY(&s->arena, size_t, 1);
	ways[tail].routes[0] = entry;
	ways[tail++].count = 1;
	seen[entry] = true;
	for (; head < tail; head++) {
		const struct way *w = &ways[head];
		const struct route *r = &s->routes.of[w->routes[w->count - 1]];
		for (size_t i = 0; i < r->target_count; i++)
			judge(s, w, i);
		for (size_t i = 0; i < r->fallback_count; i++) {
			size_t next = routes_find(&s->routes, r->fallbacks[i]);
			if (seen[next] || visited(w, next))
				continue;
			seen[next] = true;
			ways[tail].routes = ARENA_ARRAY(&s->arena, size_t, w->count + 1);
			memcpy(ways[tail].routes, w->routes, w->count * sizeof *w->routes);
			ways[tail].routes[w->count] = next;
			ways[tail++].count = w->count + 1;
		}
	}
}

static void
for_subject(struct search *s, str country)
{
	s->country = country;
	s->data_class = STR("");
	for (size_t i = 0; i < s->routes.count; i++)
		if (serves(&s->routes.of[i], country))
			walk(s, i);
	DOC_EACH (class, s->plan->policy->data_class) {
		s->data_class = class->key;
		for (size_t i = 0; i < s->routes.count; i++)
			if (serves(&s->routes.of[i], country))
				walk(s, i);
	}
}

/* The policy's subjects; and those that only routes name, for whom it has a "*". */
static void
for_all(struct search *s)
{
	const struct doc *subjects = s->plan->policy->subject;
	struct map told = { 0 };

	DOC_EACH (subject, subjects)
		for_subject(s, subject->key);
	for (size_t i = 0; i < s->routes.count; i++)
		DOC_EACH (one, s->routes.of[i].subjects) {
			str country = doc_text(one);
			if (doc_find(subjects, country) != NULL ||
			    map_find(&told, country) != MAP_NONE)
				continue;
			map_slot(&told, country);
			for_subject(s, country);
		}
	map_free(&told);
}

static void
print_sarif(struct search *s)
{
	struct buf b = { 0 };

	buf_text(&b,
	    "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":"
	    "\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"region-check\",\"version\":"
	    "\"" VERSION "\",\"rules\":[{\"id\":\"reachable\"},{\"id\":\"reachable-unknown\"}"
	    "]}},\"results\":[");
	buf_add(&b, buf_str(&s->sarif));
	buf_text(&b, "]}]}");
	out_line(buf_str(&b));
	buf_free(&b);
}

int
config_run(const struct plan *plan)
{
	struct search s = { .plan = plan };
	const char *only = plan->o->subject;

	s.routes = routes_read(&s.arena, plan->o->config);
	if (only != NULL)
		for_subject(&s, str_of(only));
	else
		for_all(&s);
	if (plan->o->format == SARIF)
		print_sarif(&s);
	else if (plan->o->format == TEXT)
		printf("%lld ways of %s: %lld go outside, %lld stay inside, of %lld nobody "
		       "knows\n",
		    (long long)s.ways, plan->o->config, (long long)s.bad[VERDICT_VIOLATION],
		    (long long)s.bad[VERDICT_OK], (long long)s.bad[VERDICT_UNKNOWN]);
	if (s.ways == 0) {
		warn("no route serves any subject of the policy: nothing is decided");
		s.status = err_worse(s.status, EXIT_INCONCLUSIVE);
	}
	int status = s.status;
	buf_free(&s.sarif);
	arena_free(&s.arena);
	return status;
}
