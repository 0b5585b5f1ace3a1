/* out.c - records on standard output. */
#include "io/out.h"

#include <stdio.h>

#include "base/err.h"

void
out_line(str record)
{
	fwrite(record.at, 1, record.len, stdout);
	putchar('\n');
	if (ferror(stdout)) /* nobody reads on: do not work on */
		err_flush();
}
