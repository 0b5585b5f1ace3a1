/* path.c - jq's path subset. */
#include "io/path.h"

#include "io/lex.h"

#define MAX_STEPS 64

static bool
word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

static str
word(str *rest)
{
	size_t n = 0;

	while (n < rest->len && word_byte(rest->at[n]))
		n++;
	str head = { rest->at, n };
	*rest = str_from(*rest, n);
	return head;
}

static bool
quoted(struct arena *a, str *rest, str *key)
{
	struct lex l = lex_of(*rest);
	bool escaped;

	if (!lex_string(&l, key, &escaped))
		return false;
	*key = escaped ? lex_text(a, *key) : *key;
	*rest = str_from(*rest, lex_offset(&l));
	return true;
}

static const char *
bracket(struct arena *a, str *rest, struct path_step *step)
{
	*rest = str_from(*rest, 1);
	if (rest->len > 0 && rest->at[0] == '"') {
		if (!quoted(a, rest, &step->key))
			return "bad string in [ ]";
	} else {
		str digits = { rest->at, str_find(*rest, ']') };
		if (digits.len == 0 || digits.at[0] < '0' || digits.at[0] > '9' ||
		    !str_int(digits, &step->index))
			return "[ ] takes a number from 0 or a string";
		step->kind = PATH_INDEX;
		*rest = str_from(*rest, digits.len);
	}
	if (rest->len == 0 || rest->at[0] != ']')
		return "] missing";
	*rest = str_from(*rest, 1);
	return NULL;
}

/* One step off the front of *rest; an empty result means that nothing was there. */
static const char *
next(struct arena *a, str *rest, struct path_step *step)
{
	if (rest->at[0] == '[')
		return bracket(a, rest, step);
	if (rest->at[0] == '|') {
		*rest = str_trim(str_from(*rest, 1));
		if (str_starts(*rest, ".") || str_starts(*rest, "["))
			return next(a, rest, step);
		step->kind = PATH_FROMJSON;
		return str_is(word(rest), "fromjson") ? NULL :
							"behind | stands a path or fromjson";
	}
	if (rest->at[0] != '.')
		return "a step begins with . or [";
	*rest = str_from(*rest, 1);
	if (rest->len > 0 && rest->at[0] == '[')
		return bracket(a, rest, step);
	if (rest->len > 0 && rest->at[0] == '"')
		return quoted(a, rest, &step->key) ? NULL : "bad string";
	step->key = word(rest);
	return step->key.len > 0 ? NULL : "a name is missing";
}

const char *
path_parse(struct arena *a, str text, struct path *path)
{
	struct path_step *steps = ARENA_ARRAY(a, struct path_step, MAX_STEPS);
	str rest = str_trim(text);

	*path = (struct path){ steps, 0 };
	if (rest.len == 0)
		return "empty path";
	if (word_byte(rest.at[0]))
		steps[path->count++].key = word(&rest);
	else if (str_is(rest, "."))
		return NULL;
	else if (str_starts(rest, ".|") || str_starts(rest, ". "))
		rest = str_from(rest, 1);
	for (rest = str_trim(rest); rest.len > 0; rest = str_trim(rest)) {
		if (path->count == MAX_STEPS)
			return "more than 64 steps";
		const char *why = next(a, &rest, &steps[path->count++]);
		if (why != NULL)
			return why;
	}
	return NULL;
}

bool
path_enters(const struct path *path)
{
	for (size_t i = 0; i < path->count; i++)
		if (path->steps[i].kind == PATH_FROMJSON)
			return true;
	return false;
}
