/* outgoing.c - which dialect a record's request is put into, and where it goes. */
#include "replay.h"

/* The batch files and the count endpoints have dialects of their own. */
static const struct dialect *
dialect_for(
    const struct options *o, const struct target *t, const struct source *s, bool baseline)
{
	const struct dialect *d = baseline ? s->dialect : target_dialect(t, s->dialect);

	if (o->emit == EMIT_ANTHROPIC)
		d = &dialect_anthropic;
	else if (o->emit == EMIT_OPENAI && d == &dialect_anthropic)
		d = &dialect_openai_chat;
	if (o->count && d->count_path == NULL) /* chat has no way to count by itself */
		d = &dialect_openai_responses;
	return d;
}

void
outgoing_make(const struct options *o, struct target *t, const struct changes *changes,
    struct source *s, struct outgoing *out, bool baseline)
{
	const struct dialect *d = dialect_for(o, t, s, baseline);
	const struct place *p = target_place(t, d, baseline);
	const str none = { 0 };

	out->made = true;
	out->url = target_url(p, o->count);
	request_make(
	    s, out, changes, target_models(t), d, baseline ? none : target_model(t), baseline);
	out->headers = target_headers(t, &s->arena, p, s->headers);
}
