/* fuzz_places - a table of regions is read or refused; with any table, and the built-in one,
 * any word, host, model or product has an answer that is consistent. */
#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "trace/places.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(struct place p)
{
	assert(p.known || (p.count == 0 && !p.anywhere));
	for (size_t i = 0; i < p.count; i++)
		assert(p.countries[i].len > 0);
}

static void
ask(struct arena *a, const struct places *t, str text)
{
	check(places_region(a, t, text));
	check(places_word(a, t, text));
	check(places_host(a, t, text));
	check(places_profile(a, t, text));
	check(places_sku(a, t, STR("azure"), text, STR("eastus")));
	check(places_sku(a, t, text, STR("DataZoneStandard"), text));
	str host = places_url_host(a, text);
	assert(str_find(host, '/') == host.len && str_find(host, '@') == host.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena kept;
	static const struct places *builtin;
	struct arena a = { 0 };
	str text = { (const char *)data, size }, why = { 0 };
	char name[] = "/tmp/fuzz_places.XXXXXX";

	if (builtin == NULL)
		builtin = places_load(&kept, NULL, &why);
	assert(builtin != NULL);
	ask(&a, builtin, text);
	int fd = mkstemp(name);
	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	const struct places *t = places_load(&a, name, &why);
	assert((t == NULL) == (why.len > 0));
	if (t != NULL) {
		ask(&a, t, STR("basement"));
		ask(&a, t, STR("https://a.logs.example/x"));
		ask(&a, t, STR("eu.some.model"));
	}
	close(fd);
	unlink(name);
	arena_free(&a);
	return 0;
}
