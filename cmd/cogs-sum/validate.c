/* validate.c - what is wrong with the input, all of it. */
#include "validate.h"

#include <stdio.h>

#include "tally.h"

int
validate_run(const struct plan *plan, char **files)
{
	struct fold fold = tally_fold(plan);
	struct tally *t = fold.start(plan);
	struct in_options all = plan->o->in;
	int64_t calls = 0, priced = 0;
	struct rec r;
	struct cost c;

	all.all_bad = true;
	struct in *in = in_open(&all, plan->names, files);
	while (in_record(in, &r)) {
		if (str_is(r.kind, "run"))
			continue;
		const char *why = tally_price(t, in_intake(in), &r, &c);
		if (why != NULL) {
			in_reject(in, &r, "%s", why);
			continue;
		}
		calls++;
		priced += c.usage && c.state == PRICE_FOUND;
	}
	const struct scanner *s = in_intake(in)->scanner;
	printf("%llu records good, %lld calls, %lld with a price; %llu with a key twice, %llu "
	       "with half a surrogate pair\n",
	    (unsigned long long)in_count(in), (long long)calls, (long long)priced,
	    (unsigned long long)scanner_duplicates(s),
	    (unsigned long long)scanner_surrogates(s));
	int status = in_status(in);
	in_close(in);
	tally_free(t);
	return status;
}
