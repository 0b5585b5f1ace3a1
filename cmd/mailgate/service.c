/* service.c - Postfix's policy service under spawn(8), on standard input and output.
 *
 * In trouble nothing is answered: Postfix then does what default_action says, and that is not
 * to take the mail. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

/* More of what is asked; false at the end. */
static bool
read_more(struct peer *p)
{
	ssize_t n;

	buf_reserve(&p->in, 8192);
	do
		n = read(STDIN_FILENO, p->in.at + p->in.len, 8192);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		die(EXIT_SYSTEM, "standard input: %s", strerror(errno));
	p->in.len += (size_t)n;
	return n > 0;
}

static void
answer(str action)
{
	struct buf b = { 0 };

	buf_text(&b, "action=");
	buf_add(&b, action);
	buf_text(&b, "\n\n");
	for (size_t done = 0; done < b.len;) {
		ssize_t n = write(STDOUT_FILENO, b.at + done, b.len - done);
		if (n < 0 && errno != EINTR)
			die(EXIT_SYSTEM, "standard output: %s", strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	buf_free(&b);
}

static void
one_question(struct session *s, struct peer *p, str text)
{
	const char *why = session_begin(s), *wrong;

	if (why != NULL)
		die(EXIT_SYSTEM, "%s", why);
	if (!peer_judge(s, p, text, &wrong))
		die(EXIT_DATA, "a question: %s", wrong);
	if (session_commit(s) != NULL)
		die(EXIT_SYSTEM, "no answer is given");
	answer(p->action);
}

int
run_service(struct session *s)
{
	struct peer p = { 0 };
	const char *why;
	str text;

	do
		while (peer_ready(&p, &text, &why)) {
			one_question(s, &p, text);
			peer_next(&p, text.len);
		}
	while (why == NULL && read_more(&p));
	if (why != NULL || p.in.len > 0)
		die(EXIT_DATA, "a question: %s", why != NULL ? why : "it is cut off");
	if (p.count > 0 && session_begin(s) == NULL) {
		peer_gone(s, &p);
		session_commit(s);
	}
	peer_free(&p);
	return s->status;
}
