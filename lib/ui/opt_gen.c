/* opt_gen.c - the option table's other faces: completions, manual lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/opt.h"

static void
bash(const struct opt *o)
{
	printf("--%s%s ", o->name, o->arg != NULL ? "=" : "");
	if (o->kind == OPT_OUTPUT_)
		printf("--%s ", o->name);
	if (o->letter)
		printf("-%c ", o->letter);
}

/* zsh wants brackets and colons in its descriptions escaped. */
static void
zsh_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("[]:\\'", *text) != NULL)
			printf(*text == '\'' ? "'\\'" : "\\");
		putchar(*text);
	}
}

static void
zsh(const struct opt *o)
{
	printf("  ");
	if (o->kind == OPT_LIST_)
		printf("'*'");
	if (o->letter)
		printf("'(-%c --%s)'{-%c%s,--%s%s}'[", o->letter, o->name, o->letter,
		    o->arg != NULL ? "+" : "", o->name, o->arg != NULL ? "=" : "");
	else
		printf("'--%s%s[", o->name,
		    o->kind == OPT_OUTPUT_ ? "=-" :
			o->arg != NULL     ? "=" :
					     "");
	zsh_text(o->help);
	putchar(']');
	if (o->arg != NULL) {
		printf(o->kind == OPT_OUTPUT_ ? "::" : ":");
		zsh_text(o->arg);
		putchar(':');
		if (o->kind == OPT_FILE_ || o->kind == OPT_OUTPUT_)
			printf("_files");
		for (const char *const *c = o->choices; c != NULL && *c != NULL; c++)
			printf("%s%s", c == o->choices ? "(" : " ", *c);
		if (o->choices != NULL)
			putchar(')');
	}
	puts("' \\");
}

static void
fish_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
}

static void
fish(const struct tool *tool, const struct opt *o)
{
	printf("complete -c %s", tool->name);
	if (o->letter)
		printf(" -s %c", o->letter);
	printf(" -l %s -d '", o->name);
	fish_text(o->help);
	putchar('\'');
	if (o->kind == OPT_FILE_)
		printf(" -r -F");
	else if (o->arg != NULL && o->kind != OPT_OUTPUT_)
		printf(" -x");
	for (const char *const *c = o->choices; c != NULL && *c != NULL; c++)
		printf("%s%s", c == o->choices ? " -a '" : " ", *c);
	puts(o->choices != NULL ? "'" : "");
}

static void
mdoc(const struct opt *o)
{
	printf(".It ");
	if (o->letter) {
		printf("Fl %c", o->letter);
		if (o->arg != NULL)
			printf(" Ar %s", o->arg);
		printf(" , ");
	}
	printf("Fl \\-%s", o->name);
	if (o->arg != NULL)
		printf(o->kind == OPT_OUTPUT_ ? " Ns Op = Ns Ar %s" : " Ns = Ns Ar %s", o->arg);
	putchar('\n');
}

static void
exits(const struct tool *tool)
{
	static const char *const words[] = {
		"done, and the answer is yes: no findings",
		"done, and the answer is no: findings, or the gate failed",
		"usage: a bad option or operand; nothing was attempted",
		"data: some input was malformed or cut off; the output covers the rest",
		"system: open, read, write, memory",
		"remote: network or provider failed after retries",
		"inconclusive: the evidence does not decide",
	};

	for (const char *e = tool->exits; *e != '\0'; e++)
		printf(".It %c\n%s\n", *e, words[*e - '0']);
}

void
opt_generate(const struct tool *tool, const char *what)
{
	static const char *const kinds[] = { "filter", "report", "gate", "server" };
	const struct opt *tables[] = { tool->options, opt_common };

	if (strcmp(what, "kind") == 0)
		puts(kinds[tool->kind]);
	else if (strcmp(what, "brief") == 0)
		puts(tool->brief);
	else if (strcmp(what, "exits") == 0)
		exits(tool);
	for (size_t t = 0; t < 2; t++)
		for (const struct opt *o = tables[t]; o->kind != OPT_END_; o++) {
			if (o->kind == OPT_HEAD_)
				continue;
			if (strcmp(what, "bash") == 0)
				bash(o);
			else if (strcmp(what, "zsh") == 0)
				zsh(o);
			else if (strcmp(what, "fish") == 0)
				fish(tool, o);
			else if (strcmp(what, "mdoc") == 0)
				mdoc(o);
		}
	exit(EXIT_YES);
}
