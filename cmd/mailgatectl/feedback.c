/* feedback.c - what came back, from mails, mailboxes and records. */
#include "mail/feedback.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl.h"
#include "data/base64.h"
#include "reports.h"

static const char *const record_names[] = { IN_NAMES, NULL };

struct feeding {
	struct ctl *ctl;
	struct arena arena; /* of one report */
	int64_t events[EVENTS], again, reports;
	int status;
};

static void
take_all(struct feeding *f, struct feedbacks *all)
{
	struct ctl *c = f->ctl;

	f->reports++;
	ctl_begin(c);
	for (size_t i = 0; i < all->count; i++) {
		struct feedback *one = &all->of[i];
		feedback_check(&f->arena, one, feedback_ledger, &c->ledger, c->o->trusted);
		bool counts = one->event != EVENT_NONE && one->event != EVENT_IGNORED;
		bool fresh = feedback_apply(&c->ledger, one, c->now);
		f->again += counts && !fresh;
		f->events[one->event] += !counts || fresh;
	}
	ctl_commit(c);
}

static void
take_mail(struct feeding *f, str raw)
{
	struct feedbacks all;

	if (str_starts(raw, "From ")) /* the line before a mail in an mbox */
		str_cut(&raw, '\n');
	feedback_message(&f->arena, f->ctl->policy, raw, &all);
	take_all(f, &all);
	arena_reset(&f->arena);
}

/* mbox: a line "From " behind an empty one begins a mail (RFC 4155). */
static void
take_mbox(struct feeding *f, str text)
{
	size_t start = 0;

	for (size_t i = 0; i < text.len; i++) {
		bool begins = i > start && text.at[i - 1] == '\n' &&
		    str_starts(str_from(text, i), "From ") &&
		    (i < 2 || text.at[i - 2] == '\n' || text.at[i - 2] == '\r');
		if (begins) {
			take_mail(f, (str){ text.at + start, i - start });
			start = i;
		}
	}
	take_mail(f, (str){ text.at + start, text.len - start });
}

static void
take_text(struct feeding *f, str text)
{
	if (str_starts(text, "From ") && str_find(text, '\n') < text.len)
		take_mbox(f, text);
	else
		take_mail(f, text);
}

static void
take_records(struct feeding *f, char **files)
{
	struct in *in = in_open(&f->ctl->o->in, record_names, files);
	struct rec rec;
	struct feedbacks all;

	while (in_record(in, &rec)) {
		if (feedback_record(&f->arena, f->ctl->policy, in_doc(in, &rec), &all))
			take_all(f, &all);
		else
			in_reject(in, &rec, "no feedback: recipient and type are needed");
		arena_reset(&f->arena);
	}
	f->status = err_worse(f->status, in_status(in));
	in_close(in);
}

/* What a file begins with tells what it is: records with a bracket, or packed.  Of a pipe the
 * first byte is looked at and left there. */
static bool
is_records(int fd)
{
	int pair[2];
	char c = '{';

	if (pread(fd, &c, 1, 0) < 0 && errno == ESPIPE && pipe2(pair, O_CLOEXEC) == 0) {
		if (tee(fd, pair[1], 1, 0) == 1 && read(pair[0], &c, 1) != 1)
			c = '{';
		close(pair[0]);
		close(pair[1]);
	}
	return c != '\0' && strchr("{[\x1f\x28\xfd", c) != NULL; /* gzip, zstd, xz */
}

static void
complain(struct feeding *f, const char *name, const char *why)
{
	warn("%s: %s", name, why);
	f->status = err_worse(f->status, EXIT_SYSTEM);
}

static void
take_file(struct feeding *f, const char *name)
{
	struct arena a = { 0 };
	str text;
	char *records[] = { (char *)(uintptr_t)name, NULL };
	bool standard = strcmp(name, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		complain(f, name, strerror(errno));
		return;
	}
	bool are_records = is_records(fd);
	if (!standard)
		close(fd);
	const char *why = are_records ? NULL : in_file(&a, name, &text);
	if (why != NULL)
		complain(f, name, why);
	else if (are_records)
		take_records(f, records);
	else
		take_text(f, text);
	arena_free(&a);
}

/* A maildir: what is in new/ and cur/, each file one mail. */
static void
take_folder(struct feeding *f, const char *name)
{
	static const char *const subs[] = { "new", "cur" };

	for (size_t i = 0; i < 2; i++) {
		char path[4096];
		snprintf(path, sizeof path, "%s/%s", name, subs[i]);
		DIR *d = opendir(path);
		if (d == NULL) {
			complain(f, path, strerror(errno));
			continue;
		}
		for (const struct dirent *e; (e = readdir(d)) != NULL;) {
			char file[4096];
			int n = snprintf(file, sizeof file, "%s/%s", path, e->d_name);
			if (e->d_name[0] != '.' && n > 0 && (size_t)n < sizeof file)
				take_file(f, file);
		}
		closedir(d);
	}
}

static void
take_operand(struct feeding *f, const char *name)
{
	struct stat st;

	if (strcmp(name, "-") != 0 && stat(name, &st) == 0 && S_ISDIR(st.st_mode))
		take_folder(f, name);
	else
		take_file(f, name);
}

int
ctl_feedback(struct ctl *c, char **operands)
{
	static struct feeding f;

	f.ctl = c;
	if (*operands == NULL)
		take_operand(&f, "-");
	for (; *operands != NULL; operands++)
		take_operand(&f, *operands);
	printf("%lld reports:", (long long)f.reports);
	for (size_t i = 0; i < EVENTS; i++)
		printf(" %s %lld", feedback_events[i], (long long)f.events[i]);
	printf(", known before %lld\n", (long long)f.again);
	arena_free(&f.arena);
	return f.status;
}

/* The tokens of a case: {"token": {"to", ...}}. */
static size_t
owner_of_case(void *context, struct arena *a, str token, int64_t *seq, str **recipients)
{
	const struct doc *d = doc_find(context, token);

	*recipients = ARENA_NEW(a, str);
	**recipients = doc_text(doc_get(d, "to"));
	*seq = d != NULL;
	return d != NULL;
}

bool
feedback_case(struct arena *a, const struct policy *p, const struct doc *d, str *is)
{
	const struct doc *in = doc_get(d, "in"), *expect = doc_get(d, "expect");
	const struct doc *tokens = doc_get(doc_get(d, "state"), "tokens");
	struct feedbacks all = { 0 };
	str raw = { 0 };

	if (doc_get(in, "record") != NULL) {
		if (!feedback_record(a, p, doc_get(in, "record"), &all))
			all.count = 0;
	} else {
		base64_decode(a, doc_text(doc_get(in, "raw_b64")), &raw);
		feedback_message(a, p, raw, &all);
	}
	struct feedback none = { .event = EVENT_NONE };
	struct feedback *f = all.count > 0 ? &all.of[0] : &none;
	feedback_check(a, f, owner_of_case, (void *)(uintptr_t)tokens, false);
	bool suppresses = feedback_suppresses(f->event);
	*is = arena_printf(a, "%s%s%s %.*s suppress %s", feedback_events[f->event],
	    f->reason != NULL ? " " : "", f->reason != NULL ? f->reason : "",
	    STR_F(f->to.canonical), suppresses ? "true" : "false");
	return doc_is(doc_get(expect, "event"), feedback_events[f->event]) &&
	    doc_true(doc_get(expect, "suppress")) == suppresses &&
	    (doc_get(expect, "to") == NULL ||
		str_eq(doc_text(doc_get(expect, "to")), f->to.canonical)) &&
	    (doc_get(expect, "reason") == NULL ||
		(f->reason != NULL && doc_is(doc_get(expect, "reason"), f->reason)));
}
