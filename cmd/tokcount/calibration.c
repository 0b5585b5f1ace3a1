/* calibration.c - calibrations in a file: a record a line. */
#include "calibration.h"

#include <string.h>

#include "io/doc.h"
#include "io/emit.h"
#include "token/names.h"

__extension__ typedef __int128 wide; /* products of counts */

#define MOST (INT64_C(1) << 60) /* more than any limit that can be given */

int64_t
ratio_of(struct ratio r, int64_t tokens)
{
	wide up = ((wide)tokens * r.billed * 2 + r.local) / (2 * (wide)r.local);
	return up < MOST ? (int64_t)up : MOST;
}

int
ratio_cmp(struct ratio a, struct ratio b)
{
	wide x = (wide)a.billed * b.local;
	wide y = (wide)b.billed * a.local;
	if (x != y)
		return x < y ? -1 : 1;
	return a.local < b.local ? -1 : a.local > b.local; /* so that no order decides */
}

static bool
read_ratio(const struct doc *d, struct ratio *r)
{
	return doc_int(doc_item(d, 0), &r->billed) && doc_int(doc_item(d, 1), &r->local) &&
	    r->billed >= 0 && r->local > 0 && r->billed < INT64_C(1) << 48 &&
	    r->local < INT64_C(1) << 48;
}

static bool
read_item(const struct doc *d, struct calibrated *c)
{
	c->model = doc_text(doc_get(d, "model"));
	c->encoding = doc_text(doc_get(d, "encoding"));
	c->content = content_named(doc_text(doc_get(d, "class")));
	return doc_is(doc_get(d, "record"), "calibration") && c->content < CONTENTS &&
	    doc_int(doc_get(d, "n"), &c->n) && c->n > 0 &&
	    read_ratio(doc_get(d, "p5"), &c->low) &&
	    read_ratio(doc_get(d, "median"), &c->median) &&
	    read_ratio(doc_get(d, "p95"), &c->high) && read_ratio(doc_get(d, "max"), &c->most);
}

void
calibrations_read(struct calibrations *c, const char *file)
{
	str text;
	size_t line = 0, room = 1;
	const char *why = in_file(&c->arena, file, &text);
	if (why != NULL)
		die(EXIT_USAGE, "--calibration: %s: %s", file, why);
	for (size_t i = 0; i < text.len; i++)
		room += text.at[i] == '\n';
	c->items = ARENA_ARRAY(&c->arena, struct calibrated, room);
	while (text.at != NULL && text.len > 0) {
		const struct doc *d = doc_read(&c->arena, str_cut(&text, '\n'));
		line++;
		if (!read_item(d, &c->items[c->count++]))
			die(EXIT_USAGE, "--calibration: %s:%zu: no calibration record", file,
			    line);
	}
}

/* -2024-08-06, -20250514, @20250514, -latest */
static bool
is_date(str s)
{
	size_t digits = 0;
	if (s.len == 0 || (*s.at != '-' && *s.at != '@'))
		return false;
	if (str_is(s, "-latest"))
		return true;
	for (size_t i = 1; i < s.len; i++) {
		digits += s.at[i] >= '0' && s.at[i] <= '9';
		if ((s.at[i] < '0' || s.at[i] > '9') && s.at[i] != '-')
			return false;
	}
	return digits >= 6;
}

/* Is it this model, or a dated release of it? */
static bool
is_release(str release, str model)
{
	char a[VOCAB_MODEL], b[VOCAB_MODEL];
	release = vocab_model(release, a);
	model = vocab_model(model, b);
	return str_eq(release, model) ||
	    (release.len > model.len && memcmp(release.at, model.at, model.len) == 0 &&
		is_date(str_from(release, model.len)));
}

const struct calibrated *
calibration_for(const struct calibrations *c, str model, str encoding, enum content content)
{
	const struct calibrated *best = NULL;
	for (size_t i = 0; i < c->count; i++) {
		const struct calibrated *k = &c->items[i];
		if (k->content != content || !str_eq(k->encoding, encoding))
			continue;
		if (model.len > 0 && str_eq(k->model, model))
			return k;
		bool any = model.len == 0 || str_eq(model, encoding);
		if ((any || is_release(k->model, model)) &&
		    (best == NULL || ratio_cmp(k->high, best->high) > 0))
			best = k;
	}
	return best;
}

void
calibrations_free(struct calibrations *c)
{
	arena_free(&c->arena);
}

static void
emit_ratio(struct buf *b, const char *key, struct ratio r)
{
	emit_key(b, key);
	emit_open(b, '[');
	emit_int(b, r.billed);
	emit_int(b, r.local);
	emit_close(b, ']');
}

void
calibrated_emit(struct buf *b, const struct calibrated *c)
{
	emit_kstr(b, "model", c->model);
	emit_kstr(b, "encoding", c->encoding);
	emit_ktext(b, "class", content_names[c->content]);
	emit_kint(b, "n", c->n);
	emit_ratio(b, "p5", c->low);
	emit_ratio(b, "median", c->median);
	emit_ratio(b, "p95", c->high);
	emit_ratio(b, "max", c->most);
}
