/* score.c - two opinions, one for each order, as one score.
 *
 * Where both orders name the same answer, it wins.  Where they do not, it is a tie: the
 * judge went by the position, or is not sure. */
#include "io/emit.h"
#include "judge.h"

enum side { NEITHER, OLD, NEW };

static enum side
side_of(enum word w, int order)
{
	if (w == WORD_TIE)
		return NEITHER;
	return (w == WORD_FIRST) == (order == BASELINE_FIRST) ? OLD : NEW;
}

/* Did the same position win both times, whatever stood there? */
static const char *
position(const struct source *s, struct tally *t)
{
	enum word a = s->opinion[0].word, b = s->opinion[1].word;

	if (side_of(a, BASELINE_FIRST) == side_of(b, CANDIDATE_FIRST))
		return "consistent";
	if (a == WORD_TIE || b == WORD_TIE)
		return t->unsure++, "unsure";
	if (a == WORD_FIRST)
		return t->first++, "first";
	return t->second++, "second";
}

static void
emit_judge(struct buf *b, const struct source *s, const struct questions *q, struct tally *t)
{
	static const char *const names[] = { "tie", "baseline", "candidate" };

	emit_key(b, "judge");
	emit_open(b, '{');
	emit_kstr(b, "name", questions_model(q));
	emit_kstr(b, "sha256", questions_sha256(q));
	if (s->same) {
		emit_kbool(b, "asked", false);
	} else {
		emit_ktext(b, "position", position(s, t));
		emit_key(b, "orders");
		emit_open(b, '[');
		for (int i = 0; i < 2; i++)
			emit_text(b, names[side_of(s->opinion[i].word, i)]);
		emit_close(b, ']');
	}
	emit_close(b, '}');
}

str
score_write(struct arena *a, const struct source *s, const char *name,
    const struct questions *q, struct tally *t)
{
	static const char *const labels[] = { "tie", "baseline", "candidate" };
	static const double scores[] = { 0.5, 0, 1 };
	enum side first = side_of(s->opinion[0].word, BASELINE_FIRST),
		  second = side_of(s->opinion[1].word, CANDIDATE_FIRST);
	enum side winner = !s->same && first == second ? first : NEITHER;
	struct buf b = { 0 };

	if (!s->same && (s->opinion[0].word == WORD_NONE || s->opinion[1].word == WORD_NONE))
		return (str){ 0 };
	t->judged += !s->same;
	t->same += s->same;
	emit_open(&b, '{');
	emit_ktext(&b, "name", name);
	emit_kreal(&b, "score", scores[winner]);
	emit_ktext(&b, "label", labels[winner]);
	emit_ktext(&b, "source", "judge");
	emit_judge(&b, s, q, t);
	emit_kstr(&b, "reason", s->opinion[0].reason);
	emit_close(&b, '}');
	str json = arena_keep(a, buf_str(&b));
	buf_free(&b);
	return json;
}
