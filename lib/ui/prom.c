/* prom.c - Prometheus' text format. */
#include "ui/prom.h"

#include <stdio.h>

void
prom_text(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\n')
			fputs("\\n", stdout);
		else if (s.at[i] == '"' || s.at[i] == '\\')
			printf("\\%c", s.at[i]);
		else
			putchar(s.at[i]);
}

void
prom_head(const char *metric, const char *type, const char *help)
{
	printf("# HELP %s %s\n# TYPE %s %s\n", metric, help, metric, type);
}

void
prom_begin(const char *metric)
{
	printf("%s{", metric);
}

void
prom_label(const char *name, str value, bool first)
{
	printf("%s%s=\"", first ? "" : ",", name);
	prom_text(value);
	putchar('"');
}
