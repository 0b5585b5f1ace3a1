/* fuzz_csv - rows of cells, however they are broken: every row has as many cells as the
 * header, inside what was read. */
#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct csv c;
	int fd = memfd_create("csv", 0);
	size_t total = 0;
	enum csv_step step;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) != 0)
		return 0;
	c = (struct csv){ .bytes = bytes_open(fd, "fuzz") };
	if (bytes_next(c.bytes) == 1)
		while ((step = csv_next(&c)) != CSV_END && step != CSV_BROKEN) {
			assert(step != CSV_BAD || c.why != NULL);
			for (size_t i = 0; step == CSV_ROW && i < c.columns; i++)
				for (size_t k = 0; k < c.cells[i].len; k++)
					total += (unsigned char)c.cells[i].at[k];
		}
	csv_free(&c);
	bytes_close(c.bytes);
	return total == SIZE_MAX;
}
