/* decode.c - ids back to bytes, and texts cut to a number of tokens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "io/doc.h"
#include "slurp.h"
#include "tokcount.h"

/* Numbers with anything but digits between. */
static int
decode_ids(struct coder *coder, const char *name, str text)
{
	int64_t id;
	for (size_t i = 0; i < text.len;) {
		size_t end = i;
		while (end < text.len && text.at[end] >= '0' && text.at[end] <= '9')
			end++;
		if (end == i) {
			i++;
			continue;
		}
		str bytes;
		if (!str_int((str){ text.at + i, end - i }, &id) || id > UINT32_MAX ||
		    !count_decode(&coder->vocab.image, (uint32_t)id, &bytes)) {
			warn("%s: %.*s is no token of %s", name, (int)(end - i), text.at + i,
			    coder->name);
			return EXIT_DATA;
		}
		fwrite(bytes.at, 1, bytes.len, stdout);
		i = end;
	}
	return EXIT_YES;
}

static bool
are_ids(const struct doc *list)
{
	int64_t id;
	bool ok = doc_kind(list) == KIND_ARRAY;
	DOC_EACH (item, list)
		ok = ok && doc_int(item, &id) && id >= 0;
	return ok;
}

/* Lines of ids, or records that have token_ids. */
static int
decode(struct coder *coder, const char *name, str text)
{
	struct arena a = { 0 };
	int status = EXIT_YES;
	while (text.at != NULL && text.len > 0) {
		str line = str_cut(&text, '\n');
		bool record = str_starts(str_trim(line), "{");
		const struct doc *ids =
		    record ? doc_get(doc_read(&a, line), "token_ids") : NULL;
		if (record && !are_ids(ids)) {
			warn("%s: a record without a list of token_ids", name);
			status = EXIT_DATA;
		} else {
			status = err_worse(
			    status, decode_ids(coder, name, record ? doc_raw(ids) : line));
		}
		arena_reset(&a);
	}
	arena_free(&a);
	return status;
}

struct cut {
	const struct options *o;
	struct coder *coder;
	int status;
};

static void
decode_file(void *context, const char *name, str text)
{
	struct cut *c = context;
	c->status = err_worse(c->status, decode(c->coder, name, text));
}

int
decode_run(const struct options *o, struct coders *coders, char **files)
{
	struct cut c = { o, coder_need(coder_default(coders)), EXIT_YES };
	int status = slurp_files(files, decode_file, &c);
	return err_worse(status, c.status);
}

static uint64_t
tokens_of(const struct cut *c, str text)
{
	uint64_t count = 0;
	const char *why = NULL;
	if (!count_text(c->coder, text, &count, NULL, &why))
		die(EXIT_DATA, "%s", why);
	return count;
}

/* Is the offset inside a character?  Bytes that are none can be parted anywhere. */
static size_t
inside(str text, size_t at)
{
	for (size_t k = 1; k < 4 && k <= at && at < text.len; k++) {
		size_t len = utf8_length(str_from(text, at - k));
		if (len > 0)
			return len > k ? k : 0;
	}
	return 0;
}

/* The start of the character at or before an offset. */
static size_t
back(str text, size_t at)
{
	return at - inside(text, at);
}

static str
side(str text, size_t len, bool from_end)
{
	return from_end ? (str){ text.at + text.len - len, len } : (str){ text.at, len };
}

/* The offset of a cut that leaves len bytes, moved so that no character is cut: to fewer. */
static size_t
whole(str text, size_t len, bool from_end)
{
	if (!from_end)
		return back(text, len);
	size_t at = text.len - len;
	while (inside(text, at) > 0)
		at++;
	return text.len - at;
}

/* How many bytes the first n tokens are, where tokens are the bytes of the text. */
static bool
by_tokens(const struct cut *c, str text, uint64_t n, bool from_end, size_t *len)
{
	struct ids ids = { 0 };
	uint64_t count = 0;
	const char *why = NULL;
	if (!count_text(c->coder, text, &count, &ids, &why))
		die(EXIT_DATA, "%s", why);
	size_t all = 0, kept = 0;
	for (size_t i = 0; i < ids.count; i++) {
		str bytes;
		bool in = from_end ? i + n >= ids.count : i < n;
		if (!count_decode(&c->coder->vocab.image, ids.at[i], &bytes))
			break;
		if (all + bytes.len > text.len ||
		    memcmp(text.at + all, bytes.at, bytes.len) != 0)
			break; /* normalized: what was counted is not the text */
		all += bytes.len;
		kept += in ? bytes.len : 0;
	}
	free(ids.at);
	*len = kept;
	return all == text.len;
}

/* The longest part of at most n tokens, by halving, where the text was normalized. */
static size_t
by_halving(const struct cut *c, str text, uint64_t n, bool from_end)
{
	size_t low = 0, high = text.len;
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2, len = whole(text, middle, from_end);
		if (len <= low)
			len = low;
		if (tokens_of(c, side(text, len, from_end)) <= n && len > low)
			low = len;
		else if (len == low && middle < high)
			low = middle;
		else
			high = middle - 1;
	}
	return whole(text, low, from_end);
}

/* The cut is counted again: a character that is not cut may have moved it, and tokens may
 * come out otherwise without what followed. */
static void
truncate_file(void *context, const char *name, str text)
{
	struct cut *c = context;
	const struct options *o = c->o;
	uint64_t n = (uint64_t)o->truncate;
	bool from_end = o->end == 1;
	size_t len = text.len;
	uint64_t all = 0;
	const char *why = NULL;
	if (!count_text(c->coder, text, &all, NULL, &why)) {
		warn("%s: %s", name, why);
		c->status = err_worse(c->status, EXIT_DATA);
		return;
	}
	if (all > n) {
		if (!by_tokens(c, text, n, from_end, &len))
			len = by_halving(c, text, n, from_end);
		len = whole(text, len, from_end);
		while (len > 0 && tokens_of(c, side(text, len, from_end)) > n)
			len = whole(text, len - 1, from_end);
	}
	str kept = side(text, len, from_end);
	fwrite(kept.at, 1, kept.len, stdout);
}

int
truncate_run(const struct options *o, struct coders *coders, char **files)
{
	struct cut c = { o, coder_need(coder_default(coders)), EXIT_YES };
	int status = slurp_files(files, truncate_file, &c);
	return err_worse(status, c.status);
}
