/* wordpiece.c - greedy longest match. */
#include "token/wordpiece.h"

#include "base/utf8.h"
#include "token/bpe.h"
#include "token/trie.h"

/* The longest token at the start of text, behind what continues a word if inner. */
static uint32_t
match(const struct image *im, str text, bool inner, size_t *len)
{
	uint32_t node = 0, best = IMAGE_NONE;
	for (uint32_t i = 0; inner && i < im->facts.continues_len; i++)
		if ((node = trie_child(im, node, (unsigned char)im->facts.continues[i])) == 0)
			return IMAGE_NONE;
	for (size_t i = 0; i < text.len; i++) {
		if ((node = trie_child(im, node, (unsigned char)text.at[i])) == 0)
			break;
		if (trie_token(im, node) != IMAGE_NONE) {
			best = trie_token(im, node);
			*len = i + 1;
		}
	}
	return best;
}

void
wordpiece(const struct image *im, str word, struct sink *sink)
{
	uint32_t found[1024];
	size_t n = 0, len = 0;
	bool ok = utf8_count(word) <= im->facts.longest;
	for (size_t at = 0; ok && at < word.len; at += len) {
		uint32_t token = match(im, str_from(word, at), at > 0, &len);
		ok = token != IMAGE_NONE && n < sizeof found / sizeof *found;
		if (ok)
			found[n++] = im->outside[token];
	}
	if (!ok && im->facts.unknown != IMAGE_NONE)
		sink_id(sink, im->facts.unknown);
	for (size_t i = 0; ok && i < n; i++)
		sink_id(sink, found[i]);
}
