/* rules.c - named patterns from a file. */
#include "rules.h"

#include "data/pattern.h"
#include "io/in.h"

#define MAX_RULES 64

struct rules {
	struct rule {
		str name;
		struct pattern *pattern;
	} of[MAX_RULES];
	size_t count;
};

static bool
is_name(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return s.len > 0;
}

static size_t
first_blank(str s)
{
	size_t space = str_find(s, ' '), tab = str_find(s, '\t');

	return space < tab ? space : tab;
}

struct rules *
rules_read(struct arena *a, const char *option, const char *file)
{
	struct rules *r = ARENA_NEW(a, struct rules);
	str rest, line;
	char why[160];
	const char *failed = in_file(a, file, &rest);

	if (failed != NULL)
		die(EXIT_USAGE, "%s: %s: %s", option, file, failed);
	for (unsigned number = 1; rest.len > 0; number++) {
		line = str_trim(str_cut(&rest, '\n'));
		if (line.len == 0 || line.at[0] == '#')
			continue;
		str name = { line.at, first_blank(line) },
		    pattern = str_trim(str_from(line, name.len));
		if (!is_name(name) || pattern.len == 0)
			die(EXIT_USAGE, "%s: %s:%u: not a NAME and a PATTERN", option, file,
			    number);
		if (r->count == MAX_RULES)
			die(EXIT_USAGE, "%s: %s:%u: more than %d rules", option, file, number,
			    MAX_RULES);
		struct rule *rule = &r->of[r->count++];
		rule->name = name;
		rule->pattern = pattern_new(pattern, why);
		if (rule->pattern == NULL)
			die(EXIT_USAGE, "%s: %s:%u: %s", option, file, number, why);
	}
	if (r->count == 0)
		die(EXIT_USAGE, "%s: %s: no rule in it", option, file);
	return r;
}

/* Where a rule matches next; start beyond the text: nowhere. */
struct next {
	size_t start, end;
};

static void
look(const struct rule *rule, str text, size_t from, struct next *next)
{
	size_t at = from;

	*next = (struct next){ text.len + 1, text.len + 1 };
	while (at <= text.len) {
		enum pattern_hit hit =
		    pattern_find(rule->pattern, text, at, &next->start, &next->end);
		if (hit == PATTERN_LIMIT) {
			*next = (struct next){ from, text.len };
			return;
		}
		if (hit == PATTERN_NO)
			break;
		if (next->end > next->start && next->start >= from)
			return;
		at = next->end + 1; /* an empty match: look on behind it */
	}
	*next = (struct next){ text.len + 1, text.len + 1 };
}

size_t
rules_apply(const struct rules *r, struct buf *out, str text, rules_stand_in *replacement,
    void *context, uint32_t *hits)
{
	struct next next[MAX_RULES] = { { 0, 0 } };
	size_t from = 0, made = 0;

	for (size_t i = 0; i < r->count; i++)
		look(&r->of[i], text, 0, &next[i]);
	for (;; made++) {
		size_t best = 0;
		for (size_t i = 0; i < r->count; i++) {
			if (next[i].start < from)
				look(&r->of[i], text, from, &next[i]);
			if (next[i].start < next[best].start)
				best = i;
		}
		if (next[best].start > text.len)
			break;
		buf_add(out, (str){ text.at + from, next[best].start - from });
		replacement(context, out, r->of[best].name,
		    (str){ text.at + next[best].start, next[best].end - next[best].start });
		from = next[best].end;
		hits[best]++;
	}
	buf_add(out, str_from(text, from));
	return made;
}

size_t
rules_count(const struct rules *r)
{
	return r->count;
}

str
rules_name(const struct rules *r, size_t rule)
{
	return r->of[rule].name;
}

void
rules_free(struct rules *r)
{
	for (size_t i = 0; r != NULL && i < r->count; i++)
		pattern_free(r->of[i].pattern);
}
