/* hash.h - SHA-256 (FIPS 180-4, through libcrypto), keyed or not, and its
 * hexadecimal form. */
#ifndef HASH_H
#define HASH_H

#include "base/arena.h"

#define HASH_HEX 64

struct hash {
	unsigned char bytes[32];
};

struct hash hash_of(str);
str hash_hex(struct arena *, str);            /* 64 lower-case digits */
str hash_keyed(struct arena *, str key, str); /* HMAC-SHA-256 (RFC 2104), 64 digits */
uint64_t hash_short(str);                     /* the first eight bytes, for tables */
uint64_t hash_word(const struct hash *);

#endif
