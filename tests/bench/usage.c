/* usage LINES PRICES - records of model calls for the bench of cogs-sum, on standard output:
 * about 410 bytes each, 5,000 tenants (Zipf, exponent 1.1), 12 models, nested usage, and the
 * cost, exact, so that tools which cannot price can add it.  PRICES is written: the book
 * that the costs follow. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define TENANTS 5000
#define MODELS  12

static uint64_t state = 88172645463325252U;

static uint64_t
next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 2685821657736338717U;
}

static double weights[TENANTS];

static unsigned
tenant(void)
{
	double u = (double)(next() >> 11) / 9007199254740992.0 * weights[TENANTS - 1];
	unsigned low = 0, high = TENANTS - 1;

	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (weights[middle] < u)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Dollars for 10^12 tokens: input, cache read, output of each model. */
static const uint64_t rates[MODELS][3] = {
	{ 1250000, 125000, 10000000 },
	{ 250000, 25000, 2000000 },
	{ 50000, 5000, 400000 },
	{ 2500000, 1250000, 10000000 },
	{ 150000, 75000, 600000 },
	{ 3000000, 300000, 15000000 },
	{ 1000000, 100000, 5000000 },
	{ 5000000, 500000, 25000000 },
	{ 300000, 75000, 2500000 },
	{ 100000, 25000, 400000 },
	{ 546875, 546875, 1093750 },
	{ 2000000, 500000, 8000000 },
};

static void
prices(const char *name)
{
	FILE *f = fopen(name, "w");

	if (f == NULL)
		exit(1);
	fputs("{\"prices\":1,\"currency\":\"USD\",\"models\":[", f);
	for (int m = 0; m < MODELS; m++)
		fprintf(f,
		    "%s{\"model\":\"model-%02d\",\"per\":1000000000000,\"input\":%llu,"
		    "\"cache_read\":%llu,\"output\":%llu}",
		    m > 0 ? "," : "", m, (unsigned long long)rates[m][0],
		    (unsigned long long)rates[m][1], (unsigned long long)rates[m][2]);
	fputs("]}\n", f);
	fclose(f);
}

int
main(int argc, char **argv)
{
	static const char *const regions[] = { "eu-west-1", "us-east-1", "ap-south-1" };
	long lines = argc > 1 ? atol(argv[1]) : 1000;

	prices(argc > 2 ? argv[2] : "prices.json");
	for (int i = 0; i < TENANTS; i++)
		weights[i] = (i > 0 ? weights[i - 1] : 0) + pow(i + 1, -1.1);
	for (long i = 0; i < lines; i++) {
		unsigned t = tenant(), m = (unsigned)(next() % MODELS);
		uint64_t in = 200 + next() % 12000, cached = next() % 3 ? 0 : in / 2,
			 out = next() % 1500, hash = next();
		uint64_t cost =
		    (in - cached) * rates[m][0] + cached * rates[m][1] + out * rates[m][2];
		long s = i / 2;
		printf(
		    "{\"record\":\"trace\",\"v\":1,\"id\":\"req_%016llx\",\"time\":\"2026-05-%"
		    "02ldT%02ld:"
		    "%02ld:%02ld.%03ldZ\",\"tenant\":\"tenant-%04u\",\"feature\":\"feature-%"
		    "llu\","
		    "\"region\":\"%s\",\"model\":{\"requested\":\"model-%02u\",\"answered\":"
		    "\"model-%02u\"},\"status\":200,\"usage\":{\"input\":%llu,\"output\":%llu,"
		    "\"cache_read\":%llu},\"cost\":%llu.%012llu,\"timing\":{\"ttft_ms\":%llu,"
		    "\"total_ms\":%llu},\"finish_reason\":\"stop\",\"tags\":{\"team\":"
		    "\"growth\","
		    "\"build\":\"%08llx\"}}\n",
		    (unsigned long long)hash, 1 + s / 86400 % 28, s / 3600 % 24, s / 60 % 60,
		    s % 60, i % 1000, t, (unsigned long long)(hash % 9), regions[hash % 3], m,
		    m, (unsigned long long)in, (unsigned long long)out,
		    (unsigned long long)cached, (unsigned long long)(cost / 1000000000000),
		    (unsigned long long)(cost % 1000000000000),
		    (unsigned long long)(hash % 900 + 80),
		    (unsigned long long)(hash % 9000 + 400), (unsigned long long)(hash >> 32));
	}
	return 0;
}
