/* token.c - tokens for feedback. */
#include "mail/token.h"

#include <openssl/crypto.h>

#include "data/hash.h"

#define MAC 16

str
token_make(struct arena *a, const struct ledger *l, int64_t seq)
{
	char digits[16];
	size_t n = sizeof digits;
	str number = arena_printf(a, "mail %lld", (long long)seq);
	str mac = hash_keyed(a, str_of(l->key), number);

	for (int64_t rest = seq; rest > 0 || n == sizeof digits; rest /= 36)
		digits[--n] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
	return arena_printf(
	    a, "v1.%.*s.%.*s", (int)(sizeof digits - n), digits + n, MAC, mac.at);
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	    c >= 'a' && c <= 'z'    ? c - 'a' + 10 :
	    c >= 'A' && c <= 'Z'    ? c - 'A' + 10 :
				      -1;
}

int64_t
token_read(const struct ledger *l, str token)
{
	struct arena a = { 0 };
	int64_t seq = 0;
	str rest = token;

	str version = str_cut(&rest, '.');
	if (!str_is(version, "v1") && !str_is(version, "V1"))
		return 0;
	str number = str_cut(&rest, '.');
	if (number.len == 0 || number.len > 11 || rest.len != MAC)
		return 0;
	for (size_t i = 0; i < number.len; i++)
		seq = digit(number.at[i]) < 0 ? -1 :
		    seq < 0                   ? seq :
						seq * 36 + digit(number.at[i]);
	if (seq > 0) {
		str right = token_make(&a, l, seq);
		str mac = str_from(right, right.len - MAC);
		char lower[MAC];
		for (size_t i = 0; i < MAC; i++)
			lower[i] =
			    (char)(rest.at[i] >= 'A' && rest.at[i] <= 'F' ? rest.at[i] | 0x20 :
									    rest.at[i]);
		if (CRYPTO_memcmp(lower, mac.at, MAC) != 0)
			seq = 0;
	}
	arena_free(&a);
	return seq > 0 ? seq : 0;
}

str
token_in(str text)
{
	for (size_t i = 0; i + 3 < text.len; i++) {
		size_t n = 3;
		if ((text.at[i] | 0x20) != 'v' || text.at[i + 1] != '1' ||
		    text.at[i + 2] != '.')
			continue;
		while (
		    i + n < text.len && (digit(text.at[i + n]) >= 0 || text.at[i + n] == '.'))
			n++;
		if (n > 3)
			return (str){ text.at + i, n };
	}
	return (str){ 0 };
}
