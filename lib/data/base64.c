/* base64.c - RFC 4648. */
#include "data/base64.h"

#include <limits.h>
#include <openssl/evp.h>

bool
base64_decode(struct arena *a, str text, str *bytes)
{
	char *packed = arena_bytes(a, text.len + 1);
	size_t n = 0, pad = 0;

	for (size_t i = 0; i < text.len; i++)
		if (strchr(" \t\r\n", text.at[i]) == NULL || text.at[i] == '\0')
			packed[n++] = text.at[i];
	while (pad < 2 && pad < n && packed[n - 1 - pad] == '=')
		pad++;
	if (n % 4 != 0 || n > INT_MAX || memchr(packed, '=', n - pad) != NULL)
		return false;
	unsigned char *out = (unsigned char *)arena_bytes(a, n / 4 * 3 + 1);
	int got = EVP_DecodeBlock(out, (const unsigned char *)packed, (int)n);
	if (got < 0)
		return false;
	*bytes = (str){ (const char *)out, (size_t)got - pad };
	return true;
}

str
base64_encode(struct arena *a, str bytes)
{
	unsigned char *out = (unsigned char *)arena_bytes(a, (bytes.len + 2) / 3 * 4 + 1);

	if (bytes.len > INT_MAX / 2)
		return (str){ 0 };
	int n = EVP_EncodeBlock(
	    out, (const unsigned char *)(bytes.at != NULL ? bytes.at : ""), (int)bytes.len);
	return (str){ (const char *)out, (size_t)n };
}
