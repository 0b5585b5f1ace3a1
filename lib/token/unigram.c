/* unigram.c - Viterbi. */
#include "token/unigram.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "token/trie.h"

struct node {
	double score;
	size_t from;    /* where the token that ends here starts */
	uint32_t token; /* IMAGE_NONE: an unknown character */
	bool reached;
};

struct unigram {
	const struct image *im;
	struct node *nodes; /* by offset in the piece */
	size_t *path;
	size_t room;
	double carried; /* of the text before, in single precision */
	float user;     /* the score per byte of tokens that come first */
	bool unknown;
};

struct unigram *
unigram_new(const struct image *im)
{
	struct unigram *u = mem_new(sizeof *u);
	u->im = im;
	double most = 0;
	bool any = false;
	for (size_t i = 0; i < im->facts.made; i++)
		if (im->types[i] == PIECE_NORMAL && (!any || im->scores[i] > most)) {
			most = im->scores[i];
			any = true;
		}
	u->user = (float)most;
	return u;
}

void
unigram_free(struct unigram *u)
{
	if (u == NULL)
		return;
	free(u->nodes);
	free(u->path);
	free(u);
}

void
unigram_begin(struct unigram *u, unsigned parts)
{
	if (parts & TEXT_FIRST)
		u->carried = 0;
	u->unknown = false;
}

/* sentencepiece's scores of tokens that come first are doubles, and so is the sum that is
 * compared; what is kept is single. */
static double
score_of(const struct unigram *u, uint32_t token, size_t len)
{
	if (u->im->types[token] == PIECE_USER)
		return (double)((float)len * u->user) - 0.1;
	return u->im->scores[token];
}

static void
reach(struct unigram *u, size_t from, size_t to, uint32_t token, double score)
{
	double sum = u->nodes[from].score + score;
	struct node *n = &u->nodes[to];
	if (n->reached && !(sum > n->score))
		return;
	*n = (struct node){ sum, from, token, true };
	if (u->im->facts.exact_float)
		n->score = (double)(float)sum;
}

/* All tokens that start at an offset; the unknown one where none is one character long. */
static void
extend(struct unigram *u, str text, size_t at)
{
	const struct image *im = u->im;
	size_t one = utf8_length(str_from(text, at));
	bool single = false;
	uint32_t node = 0, token;
	one = one > 0 ? one : 1;
	for (size_t i = at; i < text.len; i++) {
		node = trie_child(im, node, (unsigned char)text.at[i]);
		if (node == 0)
			break;
		token = trie_token(im, node);
		if (token == IMAGE_NONE || im->types[token] == PIECE_UNUSED)
			continue;
		reach(u, at, i + 1, token, score_of(u, token, i + 1 - at));
		single = single || i + 1 - at == one;
	}
	if (!single)
		reach(u, at, at + one, IMAGE_NONE, im->facts.unknown_score);
}

static void
unknown(struct unigram *u, str text, struct sink *sink)
{
	const struct image *im = u->im;
	if (im->facts.byte_fallback) {
		for (size_t i = 0; i < text.len; i++)
			sink_id(sink, im->byte_ids[(unsigned char)text.at[i]]);
		return;
	}
	if (!u->unknown && im->facts.unknown != IMAGE_NONE)
		sink_id(sink, im->facts.unknown);
	u->unknown = im->facts.fuse_unknown;
}

/* The best way to the offset `end`, from the last place where the way was certain. */
static void
put_out(struct unigram *u, str text, size_t start, size_t end, struct sink *sink)
{
	size_t n = 0;
	for (size_t at = end; at > start; at = u->nodes[at].from)
		u->path[n++] = at;
	while (n-- > 0) {
		const struct node *node = &u->nodes[u->path[n]];
		if (node->token == IMAGE_NONE) {
			unknown(
			    u, (str){ text.at + node->from, u->path[n] - node->from }, sink);
			continue;
		}
		u->unknown = false;
		sink_id(sink, u->im->outside[node->token]);
	}
}

void
unigram_piece(struct unigram *u, str text, struct sink *sink)
{
	u->unknown = false;
	if (u->room < text.len + 1) {
		u->room = text.len + text.len / 2 + 1;
		u->nodes = mem_grow(u->nodes, u->room, sizeof *u->nodes);
		u->path = mem_grow(u->path, u->room, sizeof *u->path);
	}
	for (size_t i = 0; i <= text.len; i++)
		u->nodes[i].reached = false;
	u->nodes[0].score = u->im->facts.exact_float ? u->carried : 0;
	u->nodes[0].reached = true;
	for (size_t at = 0; at < text.len; at++)
		if (u->nodes[at].reached)
			extend(u, text, at);
	put_out(u, text, 0, text.len, sink);
	u->carried = u->nodes[text.len].score;
}
