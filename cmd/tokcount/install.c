/* install.c - vocabularies put where they are found again. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/bytes.h"
#include "io/out.h"
#include "tokcount.h"

#define LARGEST (INT64_C(1) << 30)

static const struct vocab_name *
known(const char *name)
{
	const struct vocab_name *n = vocab_named(str_of(name));
	if (n == NULL)
		die(EXIT_USAGE, "%s: no vocabulary of that name", name);
	return n;
}

int
where_run(const struct options *o)
{
	const struct vocab_name *n = known(o->where_is);
	if (n->address == NULL)
		die(EXIT_INCONCLUSIVE, "%s: its publisher names no address", n->name);
	printf("%s %s\n", n->address, n->sha256 != NULL ? n->sha256 : "-");
	return EXIT_YES;
}

static bool
named_so(const struct vocab_name *n, const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	const char *member = strrchr(base, '!');
	str files = str_of(n->files);
	base = member != NULL ? member + 1 : base;
	while (files.at != NULL) {
		str file = str_cut(&files, ' ');
		if (str_is(file, base))
			return true;
	}
	return n->pattern == NULL && strcmp(base, "tokenizer.json") == 0;
}

static void
slurp(struct bytes *in, struct buf *to)
{
	ssize_t n = 1;
	while (n > 0) {
		buf_reserve(to, 1 << 16);
		n = bytes_read(in, to->at + to->len, 1 << 16);
		if (n == BYTES_BAD)
			die(EXIT_DATA, "%s: %s", bytes_name(in), bytes_why(in));
		if ((int64_t)(to->len += (size_t)n) > LARGEST)
			die(EXIT_DATA, "%s: larger than 1 GiB", bytes_name(in));
	}
}

/* The file itself, or the member of an archive that is named like it. */
static bool
read_source(const struct vocab_name *n, const char *file, struct buf *to)
{
	int fd = strcmp(file, "-") == 0 ? 0 : open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(EXIT_SYSTEM, "%s: %s", file, strerror(errno));
	struct bytes *in = bytes_open(fd, file);
	ssize_t step;
	bool found = false;
	while (!found && (step = bytes_next(in)) == 1)
		if (strcmp(bytes_name(in), file) == 0 || named_so(n, bytes_name(in))) {
			slurp(in, to);
			found = true;
		}
	if (!found && step == BYTES_BAD)
		die(EXIT_DATA, "%s: %s", file, bytes_why(in));
	bytes_close(in);
	return found;
}

static const struct vocab_name *searched; /* by nftw(3), which takes no context */
static char *hit;

static int
look(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)where;
	if (type != FTW_F || !named_so(searched, path))
		return 0;
	hit = strdup(path);
	return 1;
}

/* A folder (an unpacked package) is searched. */
static const char *
in_folder(const struct vocab_name *n, const char *file)
{
	struct stat st;
	if (stat(file, &st) != 0 || !S_ISDIR(st.st_mode))
		return file;
	searched = n;
	if (nftw(file, look, 16, FTW_PHYS) != 1)
		die(EXIT_DATA, "%s: no file in it is one of: %s", file, n->files);
	return hit;
}

static const char *
ending(const struct vocab_name *n, str bytes)
{
	if (n->pattern != NULL)
		return "tiktoken";
	if (str_starts(bytes, "GGUF"))
		return "gguf";
	return bytes.len > 0 && bytes.at[0] == 0x0a ? "model" : "json";
}

/* It is a vocabulary, and the publisher's where that is known. */
static void
check(struct arena *a, const struct vocab_name *n, const char *file, str bytes, str hash)
{
	struct recipe r = { .arena = a, .unknown = -1 };
	if (n->sha256 != NULL && n->pattern != NULL && !str_is(hash, n->sha256))
		die(EXIT_USAGE, "%s: not the publisher's file: SHA-256 is %.*s, not %s", file,
		    STR_F(hash), n->sha256);
	const char *why = recipe_read(&r, bytes, str_of(n->pattern));
	if (why != NULL)
		die(EXIT_DATA, "%s: %s", file, why);
	recipe_free(&r);
}

int
install_run(const struct options *o, char **files)
{
	struct arena a = { 0 };
	struct buf bytes = { 0 };
	const struct vocab_name *n = known(o->install);
	const char *home = o->by.where.dir != NULL ? o->by.where.dir : vocab_home(&a);
	if (files[0] == NULL || files[1] != NULL)
		die(EXIT_USAGE, "--install: one file, package or archive");
	if (home == NULL)
		die(EXIT_SYSTEM, "no folder for it: neither --vocab-dir nor HOME is set");
	const char *file = in_folder(n, files[0]);
	if (!read_source(n, file, &bytes))
		die(EXIT_DATA, "%s: no member of it is one of: %s", file, n->files);
	str hash = hash_hex(&a, buf_str(&bytes));
	check(&a, n, file, buf_str(&bytes), hash);
	str base = str_of(n->files);
	base = n->pattern != NULL ?
	    str_cut(&base, ' ') :
	    arena_printf(&a, "%s.%s", n->name, ending(n, buf_str(&bytes)));
	const char *to =
	    arena_string(&a, arena_printf(&a, "%s/%.*s", home, (int)base.len, base.at));
	const char *why = vocab_folders(&a, to, 0755);
	if (why == NULL)
		why = out_file(to, buf_str(&bytes));
	if (why != NULL)
		die(EXIT_SYSTEM, "%s: %s", to, why);
	printf("%s %.*s %s\n", to, STR_F(hash), n->sha256 != NULL ? "verified" : "unverified");
	buf_free(&bytes);
	free(hit);
	arena_free(&a);
	return EXIT_YES;
}
