/* figures.c - numbers by group. */
#include "figures.h"

#include <string.h>

#include "base/key.h"
#include "sheet.h"
#include "tally.h"

struct reading {
	struct figures *figures;
	const struct plan *plan;
	struct sheet *sheet;
	const struct sheet_row *row;
	const char *measure;
	struct buf key, full;
};

static void
put(struct reading *r, str measure, str key, dec value)
{
	struct figures *f = r->figures;

	buf_reset(&r->full);
	buf_add(&r->full, measure);
	buf_byte(&r->full, '\t');
	buf_add(&r->full, key);
	tally_add(table_put(&f->of, buf_str(&r->full)), value);
	tally_add(table_put(&f->totals, measure), value);
	table_put(&f->keys, key);
}

static bool
is_dimension(const struct plan *p, str name)
{
	for (size_t i = 0; i < p->by_count; i++)
		if (sheet_same_name(name, p->by[i].name))
			return true;
	return false;
}

/* The key of the group that a row speaks of: by its name, or by its cells. */
static bool
row_key(struct reading *r)
{
	key_begin(&r->key);
	if (!r->row->keyed && r->plan->by_count > 0 &&
	    sheet_cell(r->row, r->plan->by[0].name).len == 0) {
		sheet_reject(r->sheet, r->row, "no value for %s", r->plan->by[0].name);
		return false;
	}
	if (r->row->keyed && r->plan->by_count <= 1) {
		key_add(&r->key, r->row->key, true);
		return true;
	}
	if (r->row->keyed) { /* as --partial writes it: a|b */
		buf_add(&r->key, r->row->key);
		return true;
	}
	for (size_t i = 0; i < r->plan->by_count; i++) {
		str value = sheet_cell(r->row, r->plan->by[i].name);
		if (value.len == 0)
			key_add_unknown(&r->key, i == 0);
		else
			key_add(&r->key, value, i == 0);
	}
	return true;
}

static bool
is_no(str s)
{
	static const char *const words[] = { "", "0", "false", "no", "unresolved", NULL };

	for (const char *const *w = words; *w != NULL; w++)
		if (str_is(s, *w))
			return true;
	return false;
}

/* A row that names a task says whether it was resolved. */
static bool
task_row(struct reading *r)
{
	str task = sheet_cell(r->row, "task");
	bool said = false;

	if (task.len == 0 || is_dimension(r->plan, STR("task")) ||
	    strcmp(r->measure, "resolved") != 0)
		return false;
	for (size_t i = 0; i < r->row->count; i++)
		said |= sheet_same_name(r->row->cells[i].name, "resolved");
	*(char *)table_put(&r->figures->tasks, task) =
	    !said || !is_no(sheet_cell(r->row, "resolved"));
	return true;
}

/* Resolved tasks are counted, and nobody has less than nothing to spend. */
static bool
possible(str measure, dec value)
{
	if (sheet_same_name(measure, "resolved"))
		return value >= 0 && value % DEC_ONE == 0;
	return value >= 0 || !sheet_same_name(measure, "budget");
}

static void
cell(struct reading *r, const struct sheet_cell *c)
{
	bool own = c->name.len == 0 || sheet_same_name(c->name, r->measure);
	str measure = own ? str_of(r->measure) : c->name;
	dec value;

	if (is_dimension(r->plan, c->name) || c->text.len == 0)
		return;
	switch (dec_parse(c->text, &value)) {
	case DEC_ROUNDED:
	case DEC_EXACT:
		if (possible(measure, value))
			put(r, measure, buf_str(&r->key), value);
		else
			sheet_reject(r->sheet, r->row, "%.*s: %.*s cannot be", STR_F(measure),
			    STR_F(c->text));
		return;
	case DEC_NONE:
		sheet_reject(r->sheet, r->row,
		    "%.*s: '%.*s' is no decimal number (digits and one point, no separators)",
		    STR_F(measure), STR_F(c->text));
		return;
	case DEC_RANGE:
		sheet_reject(r->sheet, r->row, "%.*s: '%.*s' is too large", STR_F(measure),
		    STR_F(c->text));
	}
}

static void
row(struct reading *r)
{
	if (task_row(r))
		return;
	if (row_key(r))
		for (size_t i = 0; i < r->row->count; i++)
			cell(r, &r->row->cells[i]);
}

void
figures_read(struct figures *f, const struct plan *p, const char *option, const char *file,
    const char *measure)
{
	struct reading r = { .figures = f, .plan = p, .measure = measure };
	struct sheet_row one;
	dec total;

	f->of.size = f->totals.size = sizeof(dec);
	f->keys.size = f->tasks.size = 1;
	if (dec_parse(str_of(file), &total) <= DEC_ROUNDED) { /* the number itself */
		if (!possible(str_of(measure), total))
			die(EXIT_USAGE, "%s: %s cannot be", option, file);
		tally_add(table_put(&f->totals, str_of(measure)), total);
		return;
	}
	r.sheet = sheet_open(option, file, p->by_count > 0 ? p->by[0].name : "task");
	r.row = &one;
	while (sheet_next(r.sheet, &one))
		row(&r);
	f->status = err_worse(f->status, sheet_close(r.sheet));
	bool named = strcmp(measure, "driver") != 0;
	if (named ? !figures_has(f, measure) && table_count(&f->tasks) == 0 :
		    table_count(&f->totals) == 0)
		die(EXIT_USAGE, "%s: %s: no numbers%s%s%s", option, file,
		    named ? " named '" : "", named ? measure : "", named ? "'" : "");
	buf_free(&r.key);
	buf_free(&r.full);
}

bool
figures_has(const struct figures *f, const char *measure)
{
	return table_find(&f->totals, str_of(measure)) != NULL;
}

bool
figures_get(const struct figures *f, str measure, str key, dec *value)
{
	char text[1024];

	*value = 0;
	if (measure.len + key.len + 1 > sizeof text)
		return false;
	memcpy(text, measure.at, measure.len);
	text[measure.len] = '\t';
	memcpy(text + measure.len + 1, key.at, key.len);
	const dec *found = table_find(&f->of, (str){ text, measure.len + 1 + key.len });
	if (found != NULL)
		*value = *found;
	return found != NULL;
}

void
figures_free(struct figures *f)
{
	table_free(&f->of);
	table_free(&f->totals);
	table_free(&f->keys);
	table_free(&f->tasks);
}
