/* part.c - partial aggregates as lines. */
#include "io/part.h"

#include "base/key.h"
#include "io/out.h"

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
