/* fuzz_feedback - bounces and complaints, as mails and as records: nothing counts without a
 * token that belongs to the recipient. */
#include <assert.h>

#include "mail/feedback.h"
#include "mail/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char text_of_policy[] =
    "{\"version\":1,\"agents\":{\"bot\":{\"class\":\"bulk\",\"from_domains\":[\"a.test\"]}}}";

static size_t
owner(void *context, struct arena *a, str token, int64_t *seq, str **recipients)
{
	(void)context;
	*recipients = ARENA_NEW(a, str);
	**recipients = STR("gone@example.net");
	*seq = 1;
	return str_starts(token, "v1.t");
}

static void
check(struct arena *a, struct feedbacks *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct feedback *f = &all->of[i];
		feedback_check(a, f, owner, NULL, false);
		assert(f->event < EVENTS);
		if (f->event > EVENT_IGNORED)
			assert(str_is(f->to.canonical, "gone@example.net") && f->token.len > 0);
		if (f->event == EVENT_IGNORED)
			assert(f->reason != NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena kept;
	static const struct policy *policy;
	struct arena a = { 0 };
	struct ledger key = { .key = "0123" };
	str raw = { (const char *)data, size }, why = { 0 };
	struct feedbacks all;

	if (policy == NULL)
		policy = policy_read(&kept, str_of(text_of_policy), &why);
	feedback_message(&a, policy, raw, &all);
	assert(all.count > 0);
	check(&a, &all);
	if (feedback_record(&a, policy, doc_read(&a, raw), &all))
		check(&a, &all);
	token_read(&key, token_in(raw));
	arena_free(&a);
	return 0;
}
