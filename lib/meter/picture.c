/* picture.c - how large a picture is, and what that costs. */
#include <math.h>
#include <string.h>

#include "meter/terms.h"
#include "trace/prompt.h"

struct size {
	int64_t width, height;
};

/* The first bytes of base64; more than the header of any picture. */
static size_t
unpack(str base64, unsigned char *to, size_t room)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n = 0;
	uint32_t word = 0;
	for (size_t i = 0, bits = 0; i < base64.len && n < room; i++) {
		const char *d = memchr(digits, base64.at[i], 64);
		if (d == NULL)
			break;
		word = word << 6 | (uint32_t)(d - digits);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			to[n++] = (unsigned char)(word >> bits);
		}
	}
	return n;
}

static int64_t
big(const unsigned char *p, unsigned n)
{
	int64_t v = 0;
	for (unsigned i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

static int64_t
little(const unsigned char *p, unsigned n)
{
	int64_t v = 0;
	for (unsigned i = n; i-- > 0;)
		v = v << 8 | p[i];
	return v;
}

/* The frame header (SOF0 to SOF15, not DHT, JPG, DAC) among the segments. */
static struct size
jpeg(const unsigned char *p, size_t n)
{
	for (size_t i = 2; i + 9 < n && p[i] == 0xff; i += 2 + (size_t)big(p + i + 2, 2)) {
		unsigned m = p[i + 1];
		if (m >= 0xc0 && m <= 0xcf && m != 0xc4 && m != 0xc8 && m != 0xcc)
			return (struct size){ big(p + i + 7, 2), big(p + i + 5, 2) };
	}
	return (struct size){ 0, 0 };
}

static struct size
webp(const unsigned char *p, size_t n)
{
	if (n >= 30 && memcmp(p + 12, "VP8X", 4) == 0)
		return (struct size){ 1 + little(p + 24, 3), 1 + little(p + 27, 3) };
	if (n >= 30 && memcmp(p + 12, "VP8 ", 4) == 0)
		return (struct size){ little(p + 26, 2) & 0x3fff, little(p + 28, 2) & 0x3fff };
	if (n >= 25 && memcmp(p + 12, "VP8L", 4) == 0)
		return (struct size){ 1 + (little(p + 21, 4) & 0x3fff),
			1 + (little(p + 21, 4) >> 14 & 0x3fff) };
	return (struct size){ 0, 0 };
}

static struct size
size_of(str url)
{
	static unsigned char p[1 << 16];
	str media, base64;
	if (!prompt_data(url, &media, &base64))
		return (struct size){ 0, 0 };
	size_t n = unpack(base64, p, sizeof p);
	if (n >= 24 && memcmp(p, "\x89PNG\r\n\x1a\n", 8) == 0)
		return (struct size){ big(p + 16, 4), big(p + 20, 4) };
	if (n >= 10 && memcmp(p, "GIF8", 4) == 0)
		return (struct size){ little(p + 6, 2), little(p + 8, 2) };
	if (n >= 16 && memcmp(p, "RIFF", 4) == 0 && memcmp(p + 8, "WEBP", 4) == 0)
		return webp(p, n);
	return n >= 4 && p[0] == 0xff && p[1] == 0xd8 ? jpeg(p, n) : (struct size){ 0, 0 };
}

/* OpenAI, tiles: fit into 2048, the shorter side to 768, then squares of 512. */
static int64_t
tiles(struct size s, int64_t base, int64_t tile)
{
	double w = (double)s.width, h = (double)s.height, longer = w > h ? w : h;
	double shorter;
	if (longer > 2048) {
		w *= 2048 / longer;
		h *= 2048 / longer;
	}
	shorter = w < h ? w : h;
	if (shorter > 768) {
		w *= 768 / shorter;
		h *= 768 / shorter;
	}
	return base + tile * (int64_t)ceil(w / 512) * (int64_t)ceil(h / 512);
}

/* OpenAI, patches of 32 pixels, 1536 at most (a picture of more is shrunk until it has whole
 * ones along one side), times the model's factor in hundredths. */
static int64_t
patches(struct size s, int64_t hundredths)
{
	double w = (double)s.width / 32, h = (double)s.height / 32;
	if (ceil(w) * ceil(h) > 1536) {
		double scale = sqrt(1536 / (w * h));
		double across = w * scale, down = h * scale;
		double whole = fmin(floor(across) / across, floor(down) / down);
		w = across * whole;
		h = down * whole;
	}
	int64_t n = (int64_t)ceil(fmax(w, 1) - 1e-6) * (int64_t)ceil(fmax(h, 1) - 1e-6);
	return ((n > 1536 ? 1536 : n) * hundredths + 99) / 100;
}

/* Anthropic: a pixel in 750, of a picture that is shrunk to 1568 pixels and 1600 tokens. */
static int64_t
pixels(struct size s)
{
	double w = (double)s.width, h = (double)s.height;
	double scale = fmin(1, 1568 / fmax(w, h));
	return (int64_t)fmin(1600, w * scale * h * scale / 750 + 0.5);
}

static const struct {
	const char *model;
	int64_t base, tile, patch; /* patch > 0: in patches */
} openai[] = {
	{ "gpt-4o-mini", 2833, 5667, 0 },
	{ "gpt-4.1-mini", 0, 0, 162 },
	{ "gpt-4.1-nano", 0, 0, 246 },
	{ "gpt-5-mini", 0, 0, 162 },
	{ "gpt-5-nano", 0, 0, 246 },
	{ "o4-mini", 0, 0, 172 },
	{ "gpt-5", 70, 140, 0 },
	{ "o1", 75, 150, 0 },
	{ "o3", 75, 150, 0 },
	{ "", 85, 170, 0 },
};

int64_t
picture_tokens(str rules, str model, str url, str detail)
{
	struct size s = size_of(url);
	size_t i = 0;
	bool known = s.width > 0 && s.height > 0 && s.width < 100000 && s.height < 100000;
	if (str_is(rules, "anthropic"))
		return known ? pixels(s) : -1;
	if (!str_is(rules, "openai"))
		return -1;
	while (!str_starts(model, openai[i].model))
		i++;
	if (openai[i].patch > 0)
		return known ? patches(s, openai[i].patch) : -1;
	if (str_is(detail, "low"))
		return openai[i].base;
	return known ? tiles(s, openai[i].base, openai[i].tile) : -1;
}
