/* picture.c - regions' versions over time, as text and as SVG. */
#include "picture.h"

#include <stdio.h>

#include "io/out.h"
#include "ui/page.h"
#include "ui/term.h"

#define COLUMNS 72

/* What a region shows in a part of the time. */
struct shade {
	int64_t n, conflict;
	size_t version; /* the most frequent one; NO_VERSION: nothing */
	int64_t most;
};

static struct shade
shade_of(const struct report *r, const struct artifact *a, const struct place *p, int64_t from,
    int64_t until)
{
	int64_t width = r->plan->o->bucket;
	struct shade s = { .version = NO_VERSION };

	for (size_t v = 0; v < a->version_count; v++) {
		int64_t n = timeline_count(r->plan, p, v, from, until).n;
		s.n += n;
		if (n > s.most) {
			s.most = n;
			s.version = v;
		}
	}
	for (size_t i = 0; i < p->point_count; i++) {
		int64_t start = p->points[i].bucket * width;
		if (view_relabelled(&p->points[i]) && start >= from && start < until)
			s.conflict += p->points[i].cell->n;
	}
	return s;
}

/* Does a mixture lie over most of the time? */
static bool
is_mixture(const struct report *r, const struct place *p, int64_t from, int64_t until)
{
	int64_t width = r->plan->o->bucket, middle = from + (until - from) / 2;

	for (size_t i = 0; i < p->mixture_count; i++)
		if (p->mixtures[i].from * width <= middle &&
		    middle < (p->mixtures[i].to + 1) * width)
			return true;
	return false;
}

static char
letter(size_t version)
{
	return version < 26 ? (char)('a' + version) : '+';
}

static void
legend(const struct report *r, const struct artifact *a)
{
	str text = STR("  ");

	for (size_t v = 0; v < a->version_count && v < 26; v++)
		text = arena_printf(r->arena, "%.*s%c %.*s   ", STR_F(text), letter(v),
		    STR_F(a->versions[v].name));
	text = arena_printf(r->arena,
	    "%.*s. no records   ~ mixture   ! label and content contradict", STR_F(text));
	term_put(text);
	putchar('\n');
}

static void
text_row(const struct report *r, const struct artifact *a, const struct place *p, int64_t span)
{
	struct arena *m = r->arena;

	term_put(arena_printf(m, "  %-16.*s ", STR_F(p->region)));
	for (int64_t i = 0; i < COLUMNS; i++) {
		int64_t from = a->first + span / COLUMNS * i;
		struct shade s = shade_of(
		    r, a, p, from, i + 1 < COLUMNS ? from + span / COLUMNS : INT64_MAX);
		putchar(s.n == 0                                      ? '.' :
			s.conflict * 2 > s.n                          ? '!' :
			is_mixture(r, p, from, from + span / COLUMNS) ? '~' :
									letter(s.version));
	}
	putchar('\n');
}

void
picture_text(const struct report *r, const struct artifact *a)
{
	int64_t span = a->last - a->first;
	struct arena *m = r->arena;

	if (a->place_count == 0)
		return;
	putchar('\n');
	for (size_t i = 0; i < a->place_count; i++)
		text_row(r, a, &a->places[i], span > COLUMNS ? span : COLUMNS);
	str last = say_time(m, a->last);
	term_put(arena_printf(m, "  %-16s %-*.*s%.*s", "", COLUMNS - (int)last.len,
	    STR_F(say_time(m, a->first)), STR_F(last)));
	putchar('\n');
	legend(r, a);
}

#define LEFT   150
#define WIDTH  800
#define ROW    26
#define BAR    18
#define HEAD   40
#define COLORS 8

static const char style[] =
    "<style>text{font:13px system-ui,sans-serif;fill:#222}.t{font-size:11px;fill:#555}"
    ".h{font-weight:600}.g{stroke:#ccc}.c{fill:none;stroke:#c00;stroke-width:2;"
    "stroke-dasharray:4 3}.m{fill:url(#m)}.w{fill:#f7d070;opacity:.35}"
    ".v0{fill:#7aa6c2}.v1{fill:#2f6f4f}.v2{fill:#c77d2e}.v3{fill:#8455a3}.v4{fill:#b8435a}"
    ".v5{fill:#4c8f9e}.v6{fill:#857a3a}.v7{fill:#6b6b6b}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.t{fill:#aaa}.g{stroke:#555}"
    "svg{background:#16181c}}</style>"
    "<defs><pattern id=\"m\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\" fill=\"#fff\" "
    "opacity=\".6\"/></pattern></defs>";

static double
x_of(const struct artifact *a, int64_t at)
{
	double span = (double)(a->last - a->first);
	double x = span > 0 ? (double)(at - a->first) / span : 0;

	return LEFT + WIDTH * (x < 0 ? 0 : x > 1 ? 1 : x);
}

static void
bar(struct buf *b, const struct artifact *a, int64_t from, int64_t until, double y,
    const char *class)
{
	double x = x_of(a, from), wide = x_of(a, until) - x;

	page_printf(b,
	    "<rect class=\"%s\" x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" height=\"%d\"/>", class, x,
	    y, wide < 1 ? 1 : wide, BAR);
}

/* Where a label contradicts the content, in stretches. */
static void
svg_conflicts(
    struct buf *b, const struct artifact *a, const struct place *p, int64_t width, double y)
{
	int64_t from = 0, to = -2;
	bool any = false;

	for (size_t i = 0; i < p->point_count; i++) {
		int64_t at = p->points[i].bucket;
		if (!view_relabelled(&p->points[i]))
			continue;
		if (any && at > to + 2)
			bar(b, a, from * width, (to + 1) * width, y, "c");
		if (!any || at > to + 2)
			from = at;
		any = true;
		to = at;
	}
	if (any)
		bar(b, a, from * width, (to + 1) * width, y, "c");
}

/* The runs of a region, from flip to flip, where it was a mixture, and where its label
 * lied. */
static void
svg_row(struct buf *b, const struct report *r, const struct artifact *a, const struct place *p,
    double y)
{
	int64_t width = r->plan->o->bucket;
	char class[16];

	page_printf(b, "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">", LEFT - 8, y + 14);
	page_text(b, p->region);
	page_put(b, "</text>");
	for (size_t i = 0; i < p->run_count; i++) {
		int64_t from = i > 0 ? p->flips[i - 1].at : p->first;
		int64_t until = i < p->flip_count ? p->flips[i].at : p->last;
		snprintf(class, sizeof class, "v%zu", p->runs[i].version % COLORS);
		bar(b, a, from, until, y, class);
	}
	for (size_t i = 0; i < p->mixture_count; i++)
		bar(b, a, p->mixtures[i].from * width, (p->mixtures[i].to + 1) * width, y, "m");
	svg_conflicts(b, a, p, width, y);
}

static void
svg_axis(struct buf *b, struct arena *m, const struct artifact *a, double y)
{
	for (int i = 0; i <= 4; i++) {
		int64_t at = a->first + (a->last - a->first) / 4 * i;
		double x = x_of(a, at);
		page_printf(b,
		    "<line class=\"g\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.0f\" y2=\"%.0f\"/>"
		    "<text class=\"t\" x=\"%.1f\" y=\"%.0f\" text-anchor=\"%s\">",
		    x, x, y - 4, y, x, y + 13,
		    i == 0     ? "start" :
			i == 4 ? "end" :
				 "middle");
		page_text(b, (str){ say_time(m, at).at, 16 });
		page_put(b, "</text>");
	}
}

static void
svg_legend(struct buf *b, const struct artifact *a, double y)
{
	double x = LEFT;

	for (size_t v = 0; v < a->version_count && v < COLORS; v++) {
		page_printf(b,
		    "<rect class=\"v%zu\" x=\"%.0f\" y=\"%.0f\" width=\"12\" "
		    "height=\"12\"/><text class=\"t\" x=\"%.0f\" y=\"%.0f\">",
		    v, x, y, x + 17, y + 11);
		page_text(b, a->versions[v].name);
		page_put(b, "</text>");
		x += 40 + 7 * (double)a->versions[v].name.len;
	}
	page_printf(b,
	    "<rect class=\"c\" x=\"%.0f\" y=\"%.0f\" width=\"12\" height=\"12\"/>"
	    "<text class=\"t\" x=\"%.0f\" y=\"%.0f\">label and content contradict</text>",
	    x, y, x + 17, y + 11);
	page_printf(b,
	    "<rect class=\"w\" x=\"%.0f\" y=\"%.0f\" width=\"12\" height=\"12\"/>"
	    "<text class=\"t\" x=\"%.0f\" y=\"%.0f\">stalled</text>",
	    x + 210, y, x + 227, y + 11);
	page_printf(b,
	    "<rect class=\"v0\" x=\"%.0f\" y=\"%.0f\" width=\"12\" height=\"12\"/>"
	    "<rect class=\"m\" x=\"%.0f\" y=\"%.0f\" width=\"12\" height=\"12\"/>"
	    "<text class=\"t\" x=\"%.0f\" y=\"%.0f\">mixture</text>",
	    x + 290, y, x + 290, y, x + 307, y + 11);
}

static double
height_of(const struct artifact *a)
{
	return HEAD + ROW * (double)a->place_count + 60;
}

static void
svg_artifact(struct buf *b, const struct report *r, size_t index, double y)
{
	const struct artifact *a = &r->view.artifacts[index];
	const struct standing *s = &r->of[index];
	double rows = ROW * (double)a->place_count;

	page_printf(b, "<text class=\"h\" x=\"%d\" y=\"%.0f\">", LEFT, y + 22);
	page_text(b, say_artifact(r->arena, a));
	page_printf(b, ": %s (UTC)</text>", state_names[s->windows.state]);
	for (size_t i = 0; i < s->windows.count; i++)
		for (size_t j = 0; j < s->windows.of[i].stall_count; j++) {
			const struct stall *l = &s->windows.of[i].stalls[j];
			double from = x_of(a, l->from), wide = x_of(a, l->until) - from;
			page_printf(b,
			    "<rect class=\"w\" x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" "
			    "height=\"%.0f\"/>",
			    from, y + HEAD - 6, wide, rows + 6);
		}
	for (size_t i = 0; i < a->place_count; i++)
		svg_row(b, r, a, &a->places[i], y + HEAD + ROW * (double)i);
	svg_axis(b, r->arena, a, y + HEAD + rows + 6);
	svg_legend(b, a, y + HEAD + rows + 30);
}

const char *
picture_svg(const struct report *r, const char *file)
{
	struct buf b = { 0 };
	double height = 10, y = 0;

	for (size_t i = 0; i < r->view.count; i++)
		height += height_of(&r->view.artifacts[i]);
	page_printf(&b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
	    "aria-label=\"versions served by region over time\">",
	    LEFT + WIDTH + 30, height);
	page_put(&b, style);
	for (size_t i = 0; i < r->view.count; i++) {
		svg_artifact(&b, r, i, y);
		y += height_of(&r->view.artifacts[i]);
	}
	page_put(&b, "</svg>\n");
	const char *why = out_file(file, buf_str(&b));
	buf_free(&b);
	return why;
}
