/* compare.c - a corpus by two tokenizers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "counted.h"
#include "io/emit.h"
#include "io/out.h"
#include "prices.h"
#include "slurp.h"
#include "token/bpe.h"
#include "ui/term.h"

#define MOST 5

enum { X_TEXT = COUNTED_FIELDS };

/* The records that change most, by the ratio of their counts either way. */
struct affected {
	char name[80];
	uint64_t counts[2];
};

struct comparison {
	const struct options *o;
	struct coders *coders;
	struct arena arena;
	struct coder *coder[2];
	str names[2];
	uint64_t totals[2], entries;
	struct affected most[MOST];
	size_t most_count;
	uint64_t shared, renumbered; /* tokens that both have; those with another id */
	struct {
		str text;
		uint32_t ids[2];
	} examples[3];
	struct in *in;
	int status;
};

static double
change(const uint64_t counts[2])
{
	double a = (double)counts[0], b = (double)counts[1];
	return a > 0 && b > 0 ? (a > b ? a / b : b / a) : 1;
}

static void
note(struct comparison *c, str name, const uint64_t counts[2])
{
	struct affected new = { .counts = { counts[0], counts[1] } };
	size_t at = c->most_count;
	c->totals[0] += counts[0];
	c->totals[1] += counts[1];
	c->entries++;
	if (counts[0] == counts[1])
		return;
	name = utf8_prefix(name, sizeof new.name - 1);
	snprintf(new.name, sizeof new.name, "%.*s", (int)name.len, name.at);
	while (at > 0 && change(c->most[at - 1].counts) < change(counts))
		at--;
	if (at == MOST)
		return;
	size_t behind = (c->most_count < MOST ? c->most_count : MOST - 1) - at;
	memmove(&c->most[at + 1], &c->most[at], behind * sizeof new);
	c->most[at] = new;
	c->most_count += c->most_count < MOST;
}

static const char *
count_both(struct comparison *c, str name, str text)
{
	uint64_t counts[2] = { 0, 0 };
	const char *why = NULL;
	for (unsigned i = 0; i < 2 && why == NULL; i++)
		count_text(c->coder[i], text, &counts[i], NULL, &why);
	if (why == NULL)
		note(c, name, counts);
	return why;
}

static void
compare_file(void *context, const char *name, str text)
{
	struct comparison *c = context;
	const char *why = count_both(c, str_of(name), text);
	if (why == NULL)
		return;
	warn("%s: %s", name, why);
	c->status = err_worse(c->status, EXIT_DATA);
}

static const char *
compare_request(struct comparison *c, struct rec *r)
{
	uint64_t counts[2];
	for (unsigned i = 0; i < 2; i++) {
		struct counted counted = { .coder = c->coder[i] };
		if (vocab_named(c->names[i]) == NULL)
			counted.model = c->names[i];
		const char *why = counted_by(c->in, r, &counted);
		if (why != NULL)
			return why;
		counts[i] = (uint64_t)counted.tokens;
	}
	str id = in_text(c->in, r, T_ID);
	note(c,
	    id.len > 0 ?
		id :
		arena_printf(in_arena(c->in), "line %llu", (unsigned long long)r->line),
	    counts);
	return NULL;
}

static const char *
compare_field(struct comparison *c, struct rec *r)
{
	str id = in_text(c->in, r, T_ID);
	if (r->values[X_TEXT].kind != KIND_STRING)
		return "no text there";
	if (id.len == 0)
		id = arena_printf(in_arena(c->in), "line %llu", (unsigned long long)r->line);
	return count_both(c, id, in_text(c->in, r, X_TEXT));
}

static void
compare_records(struct comparison *c, char **files)
{
	const char *names[] = { COUNTED_NAMES, "text", NULL };
	struct in_options in = c->o->in;
	struct rec r;
	if (c->o->field != NULL)
		in_map(&in, &c->arena, "text", str_of(c->o->field));
	c->in = in_open(&in, names, files);
	while (in_record(c->in, &r)) {
		if (str_is(r.kind, "run"))
			continue;
		const char *why =
		    c->o->field != NULL ? compare_field(c, &r) : compare_request(c, &r);
		if (why != NULL)
			in_reject(c->in, &r, "%s", why);
	}
	c->status = err_worse(c->status, in_status(c->in));
	in_close(c->in);
}

/* Tokens that both vocabularies have, and those of them that moved. */
static void
renumber(struct comparison *c)
{
	const struct image *a = &c->coder[0]->vocab.image, *b = &c->coder[1]->vocab.image;
	for (uint32_t id = 0; id < a->facts.ids; id++) {
		uint32_t inside = a->inside[id];
		if (inside == IMAGE_NONE || inside >= a->facts.made)
			continue;
		uint32_t other = bpe_whole(b, image_token(a, inside));
		if (other == IMAGE_NONE || b->outside[other] == IMAGE_NONE)
			continue;
		c->shared++;
		if (b->outside[other] == id)
			continue;
		if (c->renumbered < 3) {
			c->examples[c->renumbered].text = image_token(a, inside);
			c->examples[c->renumbered].ids[0] = id;
			c->examples[c->renumbered].ids[1] = b->outside[other];
		}
		c->renumbered++;
	}
}

static void
report_text(struct comparison *c, const struct doc *prices)
{
	for (unsigned i = 0; i < 2; i++) {
		str cost = prices_cost(&c->arena, prices, c->names[i], c->totals[i]);
		printf("%llu ", (unsigned long long)c->totals[i]);
		term_put(c->names[i]);
		if (i == 1 && c->totals[0] > 0)
			printf("  %+.1f %% (%llu / %llu)",
			    100.0 * ((double)c->totals[1] / (double)c->totals[0] - 1),
			    (unsigned long long)c->totals[1], (unsigned long long)c->totals[0]);
		if (cost.len > 0)
			printf("  $%.*s", STR_F(cost));
		putchar('\n');
	}
	printf("%llu entries; most affected:%s\n", (unsigned long long)c->entries,
	    c->most_count == 0 ? " none" : "");
	for (size_t i = 0; i < c->most_count; i++) {
		printf("  %llu -> %llu ", (unsigned long long)c->most[i].counts[0],
		    (unsigned long long)c->most[i].counts[1]);
		term_put(str_of(c->most[i].name));
		putchar('\n');
	}
	printf("%llu of %llu tokens that both have got another id\n",
	    (unsigned long long)c->renumbered, (unsigned long long)c->shared);
	for (size_t i = 0; i < 3 && i < c->renumbered; i++) {
		printf("  %lu -> %lu \"", (unsigned long)c->examples[i].ids[0],
		    (unsigned long)c->examples[i].ids[1]);
		term_put(c->examples[i].text);
		puts("\"");
	}
}

static void
report_json(struct comparison *c, const struct doc *prices)
{
	struct buf b = { 0 };
	emit_open(&b, '{');
	emit_ktext(&b, "record", "comparison");
	emit_kint(&b, "v", 1);
	emit_kint(&b, "entries", (int64_t)c->entries);
	emit_key(&b, "sides");
	emit_open(&b, '[');
	for (unsigned i = 0; i < 2; i++) {
		emit_open(&b, '{');
		emit_kstr(&b, "name", c->names[i]);
		emit_kint(&b, "tokens", (int64_t)c->totals[i]);
		emit_kstr(
		    &b, "cost", prices_cost(&c->arena, prices, c->names[i], c->totals[i]));
		emit_ktext(&b, "vocab_sha256", c->coder[i]->vocab.sha256);
		emit_close(&b, '}');
	}
	emit_close(&b, ']');
	emit_key(&b, "most_affected");
	emit_open(&b, '[');
	for (size_t i = 0; i < c->most_count; i++) {
		emit_open(&b, '{');
		emit_ktext(&b, "id", c->most[i].name);
		emit_kint(&b, "from", (int64_t)c->most[i].counts[0]);
		emit_kint(&b, "to", (int64_t)c->most[i].counts[1]);
		emit_close(&b, '}');
	}
	emit_close(&b, ']');
	emit_kint(&b, "shared", (int64_t)c->shared);
	emit_kint(&b, "renumbered", (int64_t)c->renumbered);
	emit_close(&b, '}');
	out_line(buf_str(&b));
	buf_free(&b);
}

int
compare_run(const struct options *o, struct coders *coders, char **files)
{
	struct comparison c = { .o = o, .coders = coders };
	str rest = str_of(o->compare);
	const struct doc *prices =
	    c.o->prices != NULL ? prices_read(&c.arena, c.o->prices) : NULL;
	for (unsigned i = 0; i < 2; i++) {
		c.names[i] = str_cut(&rest, ',');
		if (c.names[i].len == 0 || (i == 1 && rest.at != NULL))
			die(EXIT_USAGE, "--compare: two names with a comma between");
		c.coder[i] = coder_need(coder_for(coders, c.names[i]));
		if (c.coder[i]->closed)
			die(EXIT_INCONCLUSIVE,
			    "--compare: %.*s has no public tokenizer; %s is near it",
			    STR_F(c.names[i]), c.coder[i]->name);
	}
	if (c.o->field != NULL || c.o->requests) {
		compare_records(&c, files);
	} else {
		int status = slurp_files(files, compare_file, &c);
		c.status = err_worse(status, c.status);
	}
	renumber(&c);
	if (c.o->format == JSON)
		report_json(&c, prices);
	else
		report_text(&c, prices);
	arena_free(&c.arena);
	return c.status;
}
