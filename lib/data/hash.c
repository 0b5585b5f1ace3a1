/* hash.c - SHA-256. */
#include "data/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/err.h"

/* The algorithm is looked up once, not for each hash; kept for good.  Threads may race to
 * it, and all find the same. */
struct hash
hash_of(str s)
{
	static EVP_MD *_Atomic sha256;
	struct hash h;

	if (sha256 == NULL)
		sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!EVP_Digest(s.at != NULL ? s.at : "", s.len, h.bytes, NULL, sha256, NULL))
		die(EXIT_SYSTEM, "libcrypto has no SHA-256");
	return h;
}

static str
hex_of(struct arena *a, const struct hash *h)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = arena_bytes(a, HASH_HEX);

	for (size_t i = 0; i < sizeof h->bytes; i++) {
		hex[2 * i] = digits[h->bytes[i] >> 4];
		hex[2 * i + 1] = digits[h->bytes[i] & 15];
	}
	return (str){ hex, HASH_HEX };
}

str
hash_hex(struct arena *a, str s)
{
	struct hash h = hash_of(s);

	return hex_of(a, &h);
}

str
hash_keyed(struct arena *a, str key, str s)
{
	struct hash h;
	unsigned n = sizeof h.bytes;

	HMAC(EVP_sha256(), key.at, (int)key.len,
	    (const unsigned char *)(s.at != NULL ? s.at : ""), s.len, h.bytes, &n);
	return hex_of(a, &h);
}

uint64_t
hash_word(const struct hash *h)
{
	uint64_t word = 0;

	for (size_t i = 0; i < 8; i++)
		word = word << 8 | h->bytes[i];
	return word;
}

uint64_t
hash_short(str s)
{
	struct hash h = hash_of(s);

	return hash_word(&h);
}
