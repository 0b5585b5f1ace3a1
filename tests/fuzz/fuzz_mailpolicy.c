/* fuzz_mailpolicy - a policy is read, or refused with a line; and a mail is judged by any. */
#include <assert.h>
#include <stdlib.h>

#include "mail/gate.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char text_of_intent[] =
    "{\"agent\":\"bot\",\"from\":\"s@a.test\",\"to\":[\"x@b.test\",\"y@gmail.com\"],"
    "\"subject\":"
    "\"card 4111 1111 1111 1111\",\"text\":\"t\",\"recipient_tz\":\"Europe/Berlin\"}";

static void
judge(struct arena *a, const struct policy *p)
{
	struct ledger l;
	struct intent in;
	struct mail m;

	intent_of(&in, doc_read(a, str_of(text_of_intent)));
	if (ledger_open(&l, NULL, LEDGER_PROCESS, store_tables) != NULL ||
	    ledger_begin(&l) != NULL)
		abort();
	for (int i = 0; i < 3; i++) {
		struct gate g = { .policy = p,
			.ledger = &l,
			.arena = a,
			.now = INT64_C(1795424400) * 1000000000 };
		struct verdict v;
		intent_read(a, p, &in, &(struct intent_from){ 0 }, &m);
		gate_judge(&g, &m, &v);
		assert(v.reason != NULL && v.message.len > 0 && l.sql.why[0] == '\0');
		assert((v.kind == VERDICT_ACCEPT) == (v.token.len > 0));
		gate_free(&g);
	}
	ledger_close(&l);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	str why = { 0 };
	const struct policy *p = policy_read(&a, (str){ (const char *)data, size }, &why);

	assert((p == NULL) == (why.len > 0));
	if (p != NULL)
		judge(&a, p);
	else
		assert(str_starts(why, "line "));
	policy_free(p);
	arena_free(&a);
	return 0;
}
