/* replay - run a fuzz target over the files of its corpus, without a fuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		if (f == NULL)
			return 2;
		uint8_t *bytes = malloc(1 << 20);
		size_t n = bytes != NULL ? fread(bytes, 1, 1 << 20, f) : 0;
		LLVMFuzzerTestOneInput(bytes, n);
		for (size_t cut = 0; cut < n && n <= 1024;
		     cut++) /* and every prefix of a short one */
			LLVMFuzzerTestOneInput(bytes, cut);
		free(bytes);
		fclose(f);
	}
	return 0;
}
