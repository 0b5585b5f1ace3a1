/* fuzz_address - what is taken as an address can go onto the wire and into a header, and is
 * the same when it is read again. */
#include <assert.h>

#include "base/utf8.h"
#include "mail/address.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(struct arena *a, const struct address *m, const struct canonical *c)
{
	struct address again;

	assert(m->spec.len > 2 && m->spec.len <= 64 + 1 + 253);
	assert(utf8_valid(m->spec) == m->spec.len);
	for (size_t i = 0; i < m->spec.len; i++)
		assert((unsigned char)m->spec.at[i] > ' ' &&
		    strchr("<>,;:\"()[]\\%!", m->spec.at[i]) == NULL);
	assert(m->spec.at[0] != '-' && m->spec.at[0] != '|' && m->spec.at[0] != '/');
	assert(m->local.len + 1 + m->domain.len == m->spec.len);
	assert(str_find(m->local, '@') == m->local.len);
	assert(address_envelope(a, m->spec, c, &again) == NULL);
	assert(str_eq(again.spec, m->spec) && str_eq(again.canonical, m->canonical));
	assert(address_read(a, m->spec, c, &again) == NULL && str_eq(again.spec, m->spec));
	if (address_envelope(a, m->canonical, c, &again) == NULL)
		assert(str_eq(again.canonical, m->canonical));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	str text = { (const char *)data, size }, domain;

	for (int i = 0; i < 8; i++) {
		struct canonical c = { i & 1, i & 2, i & 4 };
		struct address m;
		if (address_read(&a, text, &c, &m) == NULL)
			check(&a, &m, &c);
		if (address_envelope(&a, text, &c, &m) == NULL)
			check(&a, &m, &c);
	}
	if (domain_read(&a, text, &domain)) {
		str again;
		assert(domain_read(&a, domain, &again) && str_eq(again, domain));
	}
	arena_free(&a);
	return 0;
}
