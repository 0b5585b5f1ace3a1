/* picture.c - the decisions of a time as an SVG. */
#include "picture.h"

#include "data/when.h"
#include "io/out.h"
#include "ui/page.h"

#define WIDTH  960
#define LEFT   70
#define RIGHT  20
#define TOP    64
#define PLOT   240
#define HEIGHT (TOP + PLOT + 60)

static const char style[] =
    "<style>text{font:13px system-ui,sans-serif;fill:#333}.h{font-size:16px;font-weight:600}"
    ".accept{fill:#2a7fba}.defer{fill:#e0a82e}.quarantine{fill:#8a5fbf}.reject{fill:#c8443c}"
    ".grid{stroke:#ccc;stroke-width:1}@media(prefers-color-scheme:dark){svg{background:#16181c}"
    "text{fill:#ddd}.grid{stroke:#444}}</style>";

static int64_t
tallest(const struct log *l)
{
	int64_t most = 1;

	for (size_t i = 0; i < LOG_BINS; i++) {
		int64_t n = 0;
		for (size_t k = 0; k < VERDICT_KINDS; k++)
			n += l->bins[i][k];
		most = n > most ? n : most;
	}
	return most;
}

static void
bars(struct buf *b, const struct log *l, int64_t most)
{
	double wide = (double)(WIDTH - LEFT - RIGHT) / LOG_BINS;

	for (size_t i = 0; i < LOG_BINS; i++) {
		double y = TOP + PLOT;
		for (size_t k = 0; k < VERDICT_KINDS; k++) {
			double high = PLOT * (double)l->bins[i][k] / (double)most;
			if (l->bins[i][k] == 0)
				continue;
			y -= high;
			page_printf(b,
			    "<rect class=\"%s\" x=\"%.1f\" y=\"%.2f\" width=\"%.1f\" "
			    "height=\"%.2f\"><title>%s %lld</title></rect>\n",
			    verdict_names[k], LEFT + wide * (double)i + 1, y, wide - 2, high,
			    verdict_names[k], (long long)l->bins[i][k]);
		}
	}
}

static void
axes(struct buf *b, struct arena *a, const struct log *l, int64_t most)
{
	for (int i = 0; i <= 4; i++) {
		double y = TOP + PLOT - PLOT * i / 4.0;
		page_printf(b,
		    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
		    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>\n",
		    LEFT, WIDTH - RIGHT, y, y, LEFT - 8, y + 4, (double)most * i / 4.0);
	}
	for (int i = 0; i <= 4; i++) {
		int64_t t = l->since + (l->until - l->since) / 4 * i;
		str text = when_print(a, t / (WHEN_SECOND * 60) * (WHEN_SECOND * 60));
		page_printf(b,
		    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%.5s %.5s</text>\n",
		    LEFT + (WIDTH - LEFT - RIGHT) * i / 4.0, TOP + PLOT + 20,
		    i == 0     ? "start" :
			i == 4 ? "end" :
				 "middle",
		    text.at + 5, text.at + 11);
	}
}

static void
legend(struct buf *b, const struct log *l)
{
	for (int k = 0; k < VERDICT_KINDS; k++)
		page_printf(b,
		    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>"
		    "<text x=\"%d\" y=\"%d\">%s %lld</text>\n",
		    verdict_names[k], LEFT + 200 * k, HEIGHT - 24, LEFT + 18 + 200 * k,
		    HEIGHT - 13, verdict_names[k], (long long)l->n[k]);
}

const char *
picture(const struct log *l, const char *file)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	int64_t most = tallest(l);

	page_printf(&b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
	    "aria-label=\"decisions of mailgate by time\">\n",
	    WIDTH, HEIGHT);
	page_put(&b, style);
	page_printf(&b,
	    "<text class=\"h\" x=\"%d\" y=\"28\">Decisions in %.3g minutes each, UTC: ", LEFT,
	    log_bin_minutes(l));
	page_text(&b, when_print(&a, l->since / WHEN_SECOND * WHEN_SECOND));
	page_put(&b, " to ");
	page_text(&b, when_print(&a, l->until / WHEN_SECOND * WHEN_SECOND));
	page_put(&b, "</text>\n");
	axes(&b, &a, l, most);
	bars(&b, l, most);
	legend(&b, l);
	page_put(&b, "</svg>\n");
	const char *why = out_file(file, buf_str(&b));
	buf_free(&b);
	arena_free(&a);
	return why;
}
