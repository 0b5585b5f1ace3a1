/* served LINES - records of requests for the bench of skew-check, on standard output: about
 * 300 bytes each, a day of them, eight regions, two versions of a prompt that roll out with a
 * stall, 200 tenants, failures of 1 %. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252U;

static uint64_t
next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state * 2685821657736338717U;
}

int
main(int argc, char **argv)
{
	static const char *const regions[] = { "us-east-1", "us-east-2", "us-west-2",
		"eu-west-1", "eu-central-1", "ap-south-1", "ap-northeast-1", "sa-east-1" };
	static const int flips[] = { 30000, 30200, 30400, 30600, 30800, 52000, 52060, 52100 };
	static const char *const hash[] = {
		"9f1c2a7be04d5563c8aa12f0734be9d18c55a0e1f2b3c4d5e6f708192a3b4c5d",
		"03b7d5e9a1c24f6880bd9e7c5a3f1e2d4c6b8a9078563412fedcba9876543210"
	};
	long lines = argc > 1 ? atol(argv[1]) : 1000;

	for (long i = 0; i < lines; i++) {
		double at = 86400.0 * (double)i / (double)lines;
		int second = (int)at, ms = (int)((at - second) * 1000);
		uint64_t r = next();
		int region = (int)(r >> 20 & 7), now = second >= flips[region];
		printf("{\"record\":\"trace\",\"v\":1,\"id\":\"req_%016llx\",\"time\":"
		       "\"2026-05-04T%02d:%02d:%02d.%03dZ\",\"region\":\"%s\",\"tenant\":"
		       "\"t%03d\",\"prompt\":{\"name\":\"extract_invoice\",\"version\":\"v%d\","
		       "\"sha256\":\"%s\"},\"status\":%d,\"usage\":{\"input\":%d,\"output\":%d}"
		       "}\n",
		    (unsigned long long)r, second / 3600, second / 60 % 60, second % 60, ms,
		    regions[region], (int)(r >> 30 & 255) % 200, 46 + now, hash[now],
		    r % 100 == 0 ? 500 : 200, (int)(r >> 40 & 8191), (int)(r >> 53 & 1023));
	}
}
