/* fuzz_postfix - a question of the policy protocol is read or refused, and an answer is one
 * line whatever stood in the question. */
#include <assert.h>

#include "mail/postfix.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char text_of_policy[] =
    "{\"version\":1,\"agents\":{\"bot\":{\"class\":\"bulk\",\"from_domains\":[\"a.test\"]}}}";

static void
check_action(str action)
{
	assert(action.len > 0);
	for (size_t i = 0; i < action.len; i++)
		assert(action.at[i] >= ' ' && action.at[i] <= '~');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena kept;
	static const struct policy *policy;
	struct arena a = { 0 };
	struct postfix_request r;
	str text = { (const char *)data, size }, why = { 0 };
	struct mail m;

	if (policy == NULL)
		policy = policy_read(&kept, str_of(text_of_policy), &why);
	if (postfix_read(&a, text, &r) == NULL) {
		assert(r.size >= 0 && r.recipient_count >= 0 && !(r.rcpt && r.end));
		postfix_mail(&a, policy, &r, STR("bot"), &m);
		assert(m.to_count <= 1 &&
		    (m.null_sender || m.from.spec.len > 0 ||
			m.problems[STAGE_PARSE].reason != NULL));
		for (int k = 0; k < VERDICT_KINDS; k++)
			check_action(postfix_action(&a,
			    &(struct verdict){
				(enum verdict_kind)k, "kill", r.sender, 0, 0, { 0 } }));
	}
	arena_free(&a);
	return 0;
}
