/* fuzz_opinion - a judge's reply: whatever it is, what is read of it survives the journal. */
#include "../../cmd/judge/question.c"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct opinion o, back;

	opinion_read(&a, (str){ (const char *)data, size }, &o);
	opinion_recall(&a, opinion_write(&a, &o), &back);
	if (o.word != back.word)
		__builtin_trap();
	opinion_recall(&a, (str){ (const char *)data, size }, &back);
	arena_free(&a);
	return 0;
}
