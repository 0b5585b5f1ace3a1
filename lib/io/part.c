/* part.c - partial aggregates as lines. */
#include "io/part.h"

#include <stdlib.h>

#include "base/key.h"
#include "data/hash.h"
#include "io/out.h"
#include "io/source.h"

void
part_emit(struct buf *b, const void *state, const struct part_member *m)
{
	for (; m->name != NULL; m++)
		emit_kint(
		    b, m->name, *(const int64_t *)(const void *)((const char *)state + m->at));
}

bool
part_parse(void *state, const struct part_member *m, const struct doc *d)
{
	bool ok = true;

	for (; m->name != NULL; m++)
		ok = doc_int(doc_get(d, m->name), (int64_t *)(void *)((char *)state + m->at)) &&
		    ok;
	return ok;
}

bool
part_counts(const void *state, const struct part_member *m)
{
	for (; m->name != NULL; m++) {
		int64_t n = *(const int64_t *)(const void *)((const char *)state + m->at);
		if (n < 0 || n > PART_MOST)
			return false;
	}
	return true;
}

str
part_shape(struct arena *a, str head, const char *const *parts, size_t count,
    const struct in_options *o)
{
	str all = head;

	for (size_t i = 0; i < count; i++)
		all = arena_printf(a, "%.*s\n%s", STR_F(all), parts[i] != NULL ? parts[i] : "");
	for (size_t i = 0; i < o->map.count; i++)
		all = arena_printf(a, "%.*s\n%s", STR_F(all), o->map.items[i]);
	return arena_keep(a, (str){ hash_hex(a, all).at, 16 });
}

const struct part_member part_counter_members[] = { PART_MEMBER(part_counters, records),
	PART_MEMBER(part_counters, bad), PART_MEMBER(part_counters, outside),
	PART_MEMBER(part_counters, timeless), PART_END };

struct part_counters
part_counted(const struct folded *f)
{
	return (struct part_counters){ (int64_t)f->records, (int64_t)f->bad,
		(int64_t)f->outside, (int64_t)f->timeless };
}

void
part_count(struct part_counters *c, const struct part_counters *more)
{
	c->records += more->records;
	c->bad += more->bad;
	c->outside += more->outside;
	c->timeless += more->timeless;
}

int
part_merge(const struct in_options *o, char **operands,
    const char *(*read)(void *context, str line), void *context)
{
	struct source in;
	int status = EXIT_YES;
	str line;

	source_open(&in, o, operands);
	in.patient = true;
	while (source_line(&in, &line)) {
		const char *why = read(context, line);
		if (why == NULL)
			continue;
		warn("%s:%llu: %s", source_name(&in), (unsigned long long)in.records.line, why);
		status = EXIT_DATA;
	}
	status = err_worse(status, in.status);
	source_close(&in);
	return status;
}

int
part_status(const struct in_options *o, const struct part_counters *c)
{
	if (c->bad > 0)
		warn("%lld bad lines in the parts", (long long)c->bad);
	return intake_too_many(o, (uint64_t)c->bad,
		   (uint64_t)(c->records + c->bad + c->outside + c->timeless)) ?
	    EXIT_DATA :
	    EXIT_YES;
}

void
part_begin(struct part_line *p, char kind, str key)
{
	buf_reset(&p->line);
	buf_byte(&p->line, kind);
	buf_byte(&p->line, '|');
	buf_add(&p->line, key);
	buf_reset(&p->state);
	emit_open(&p->state, '{');
	emit_kint(&p->state, "v", 1);
	emit_kstr(&p->state, "shape", p->shape);
}

void
part_finish(struct part_line *p)
{
	emit_close(&p->state, '}');
	buf_byte(&p->line, '\t');
	buf_add(&p->line, buf_str(&p->state));
	out_line(buf_str(&p->line));
}

void
part_free(struct part_line *p)
{
	buf_free(&p->line);
	buf_free(&p->state);
}

const char *
part_take(struct arena *a, str line, str shape, struct part_read *r)
{
	str state = line, key = str_cut(&state, '\t');
	int64_t version;

	r->state = state.at != NULL ? doc_read(a, state) : NULL;
	if (r->state == NULL || key.len < 2 || key.at[1] != '|')
		return "no key, tab and state of a partial";
	if (!doc_int(doc_get(r->state, "v"), &version) || version != 1)
		return "no partial of this version";
	if (!str_eq(doc_text(doc_get(r->state, "shape")), shape))
		return "a partial made with other options: not added";
	r->kind = key.at[0];
	r->key = str_from(key, 2);
	return NULL;
}

bool
part_has(str key, size_t parts)
{
	size_t bars = 0;

	for (size_t i = 0; i < key.len; i++)
		bars += key.at[i] == '|';
	return bars + 1 == parts;
}

bool
part_last(struct arena *a, str *key, str *value)
{
	size_t bar = key->len;
	bool known;

	while (bar > 0 && key->at[bar - 1] != '|')
		bar--;
	if (bar == 0)
		return false;
	*value = key_value(a, str_from(*key, bar), 0, &known);
	key->len = bar - 1;
	return known;
}

void
part_emit_examples(struct buf *b, const struct examples *e)
{
	emit_key(b, "examples");
	emit_open(b, '[');
	for (size_t i = 0; i < e->count; i++)
		emit_str(b, e->of[i].id);
	emit_close(b, ']');
}

void
part_parse_examples(struct examples *e, struct arena *a, const struct doc *list)
{
	DOC_EACH (d, list) {
		struct example one = example_of(doc_text(d));
		examples_add(e, a, &one);
	}
}
