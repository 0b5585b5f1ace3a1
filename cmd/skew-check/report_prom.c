/* report_prom.c - the standing of each artifact for Prometheus' textfile collector. */
#include <stdio.h>

#include "report.h"
#include "ui/prom.h"

static void
each(const struct report *r, const char *name, const char *help,
    int64_t (*value)(const struct standing *))
{
	prom_head(name, "gauge", help);
	for (size_t i = 0; i < r->view.count; i++) {
		prom_begin(name);
		prom_label("kind", r->view.artifacts[i].kind, true);
		prom_label("name", r->view.artifacts[i].name, false);
		printf("} %lld\n", (long long)value(&r->of[i]));
	}
}

static int64_t
covered(const struct standing *s)
{
	return s->coverage.regions.n;
}

static int64_t
regions(const struct standing *s)
{
	return s->coverage.regions.of;
}

static int64_t
stalled(const struct standing *s)
{
	return s->windows.state == STALLED;
}

static int64_t
differs(const struct standing *s)
{
	return s->windows.count > 0 && s->windows.of[s->windows.count - 1].open;
}

void
report_prom(const struct report *r)
{
	each(r, "inferutils_skew_regions_serving", "Regions that serve the newest version.",
	    covered);
	each(r, "inferutils_skew_regions", "Regions that are known.", regions);
	each(
	    r, "inferutils_skew_stalled", "1 when the roll-out has stopped half way.", stalled);
	each(r, "inferutils_skew_open", "1 while regions serve different versions.", differs);
}
