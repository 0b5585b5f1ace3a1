/* openai_prompt.c - what both of OpenAI's dialects say alike. */
#include "trace/translate.h"

bool
openai_choice_read(struct prompt *p, const struct doc *d)
{
	if (doc_is(d, "auto"))
		p->choice = CHOICE_AUTO;
	else if (doc_is(d, "none"))
		p->choice = CHOICE_NEVER;
	else if (doc_is(d, "required") || doc_is(d, "any")) /* Mistral's word */
		p->choice = CHOICE_ANY;
	else
		return false;
	if (doc_is(d, "any"))
		prompt_lose(p, "tool_choice", "renamed", d->raw, STR("\"required\""));
	return true;
}

bool
openai_choice_write(const struct prompt *p, struct buf *b)
{
	static const char *const words[] = { NULL, "auto", "none", "required", NULL };

	if (words[p->choice] != NULL)
		emit_ktext(b, "tool_choice", words[p->choice]);
	return words[p->choice] != NULL;
}

void
openai_schema_read(struct prompt *p, const struct doc *d)
{
	p->format = FORMAT_SCHEMA;
	p->format_name = doc_raw(doc_get(d, "name"));
	p->format_schema = doc_raw(doc_get(d, "schema"));
	p->format_description = doc_raw(doc_get(d, "description"));
	p->format_strict = doc_true(doc_get(d, "strict"));
}

void
openai_schema_write(const struct prompt *p, struct buf *b)
{
	emit_kraw(b, "name", p->format_name.len > 0 ? p->format_name : STR("\"answer\""));
	if (p->format_description.len > 0)
		emit_kraw(b, "description", p->format_description);
	emit_kraw(b, "schema", p->format_schema);
	emit_kbool(b, "strict", p->format_strict);
}
