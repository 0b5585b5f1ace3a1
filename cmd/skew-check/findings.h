/* findings.h - what is wrong, as findings: for who puts the report together. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "report.h"

void findings_make(struct report *);

/* Its parts.  Labels that contradict the content, and versions that came astray. */
void findings_labels(struct report *, const struct artifact *);
void findings_reuse(struct report *, const struct artifact *);
void findings_expected(struct report *);     /* --expect */
void findings_incompatible(struct report *); /* --compatible */

/* Sessions of an artifact (its index) that were served by more than one version. */
struct examples standing_sessions(const struct report *, size_t index);

/* A finding about an artifact, and a region of it if that is not empty. */
struct found *finding_about(struct report *, const struct artifact *, str region,
    const char *rule, const char *severity);
/* What belongs to one alarm: all that is found about an artifact. */
str finding_group(struct arena *, const struct artifact *);
/* Is it so now, or was it?  Where the question is not how it stands now, all counts. */
bool finding_holds(const struct report *, bool open);
str finding_keep(struct report *, struct buf *); /* in the arena; the buffer is freed */
/* Records and examples of a version (NO_VERSION: any) in a region and a time. */
void finding_cells(struct report *, struct finding *, const struct place *, size_t version,
    int64_t from, int64_t until);

#endif
