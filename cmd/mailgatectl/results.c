/* results.c - what became of mails that went on down the pipe: {id, result}. */
#include <stdio.h>

#include "ctl.h"
#include "data/when.h"
#include "io/emit.h"
#include "mail/token.h"

enum {
	RESULT_ID = IN_FIELDS,
	RESULT_GATE,
	RESULT_TOKEN,
	RESULT_RESULT,
	RESULT_TO,
	RESULT_AGENT,
	RESULT_FIELDS
};
static const char *const result_names[] = { IN_NAMES, "id", "gate_id", "token", "result",
	"recipient", "agent", NULL };

/* By our own number, by the token, or by the sender's own id. */
static int64_t
find(struct ctl *c, struct in *in, const struct rec *rec, bool *several)
{
	str gate = in_text(in, rec, RESULT_GATE), token = in_text(in, rec, RESULT_TOKEN);
	str id = in_text(in, rec, RESULT_ID);
	int64_t seq = 0;

	*several = false;
	if (gate.len > 0)
		return gate.at[0] == 'g' && str_int(str_from(gate, 1), &seq) ? seq : 0;
	if (token.len > 0)
		return token_read(&c->ledger, token);
	seq = store_find(&c->ledger, id, in_text(in, rec, RESULT_AGENT), several);
	if (seq == 0 && id.len > 1 && id.at[0] == 'g')
		str_int(str_from(id, 1), &seq);
	return seq;
}

static bool
state_of(str word, enum send_state *state)
{
	for (int i = SEND_SENT; send_states[i] != NULL; i++)
		if (str_is(word, send_states[i])) {
			*state = (enum send_state)i;
			return true;
		}
	return false;
}

static void
put(struct ctl *c, struct in *in, const struct rec *rec)
{
	str result = in_text(in, rec, RESULT_RESULT), to = in_text(in, rec, RESULT_TO);
	enum send_state state = SEND_UNKNOWN;
	struct address address = { 0 };
	struct canonical strict = { true, true, true };
	bool several;
	int64_t seq = find(c, in, rec, &several);

	if (!state_of(result, &state)) {
		in_reject(in, rec, "result is sent, failed or unknown");
		return;
	}
	if (to.len > 0 && address_read(in_arena(in), to, &strict, &address) != NULL) {
		in_reject(in, rec, "recipient is no address");
		return;
	}
	if (several) {
		in_reject(in, rec, "more than one agent has that id: say which, with agent");
		return;
	}
	if (seq == 0 || !store_result(&c->ledger, seq, address.canonical, state, c->now)) {
		in_reject(in, rec, "there is no such mail");
		return;
	}
	ctl_log(c, send_states[state], arena_printf(in_arena(in), "g%lld", (long long)seq),
	    STR(""));
}

#define AT_ONCE 256

int
ctl_commit_results(struct ctl *c, char **operands)
{
	struct in *in = in_open(&c->o->in, result_names, operands);
	struct rec rec;
	int64_t n = 0;

	while (in_record(in, &rec)) {
		if (n++ % AT_ONCE == 0)
			ctl_begin(c);
		put(c, in, &rec);
		if (n % AT_ONCE == 0)
			ctl_commit(c);
		arena_reset(&c->arena);
	}
	if (n % AT_ONCE != 0)
		ctl_commit(c);
	int status = in_status(in);
	in_close(in);
	return status;
}
