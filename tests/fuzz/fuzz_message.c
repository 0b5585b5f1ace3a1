/* fuzz_message - a message that is taken has line ends, a head and addresses that every reader
 * sees in the same way, and what is composed from it has too. */
#include <assert.h>

#include "mail/compose.h"
#include "mail/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char text_of_policy[] =
    "{\"version\":1,\"agents\":{\"bot\":{\"class\":\"bulk\",\"from_domains\":[\"a.test\"]}}}";

static void
check_lines(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		assert(s.at[i] != '\0');
		assert(s.at[i] != '\n' || (i > 0 && s.at[i - 1] == '\r'));
		assert(s.at[i] != '\r' || (i + 1 < s.len && s.at[i + 1] == '\n'));
	}
}

static void
check(struct arena *a, const struct mail *m)
{
	struct composed c;

	check_lines(m->message.raw);
	for (size_t i = 0; i < m->headers.count; i++)
		assert(header_name(m->headers.of[i].name));
	assert(headers_count(&m->headers, "From") == 1 && m->from.spec.len > 0);
	for (size_t i = 0; i < m->to_count; i++)
		assert(m->to[i].spec.len > 0 && m->to[i].canonical.len > 0);
	if (m->problems[STAGE_HEADERS].reason != NULL)
		return;
	compose(a, NULL, m, STR("v1.1.0"), 0, &c);
	check_lines(c.text);
	assert(strpbrk(c.sender, "\r\n<> ") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena kept;
	static const struct policy *policy;
	struct arena a = { 0 };
	str raw = { (const char *)data, size }, why = { 0 };
	struct mail m;

	if (policy == NULL)
		policy = policy_read(&kept, str_of(text_of_policy), &why);
	for (int i = 0; i < 2; i++) {
		const struct mail_envelope e = { .from_headers = true, .relayed = i == 1 };
		mail_of_message(
		    &a, policy, i == 1 ? message_crlf(&a, raw) : raw, &e, STR("bot"), &m);
		mail_sameness(&m, true);
		mail_likeness(&m);
		if (m.problems[STAGE_PARSE].reason == NULL)
			check(&a, &m);
	}
	arena_free(&a);
	return 0;
}
