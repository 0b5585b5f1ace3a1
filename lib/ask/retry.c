/* retry.c - whether another attempt can help, and when.
 *
 * As the providers' own clients do it: no answer, 408, 409, 429 and 5xx are tried again;
 * x-should-retry overrides; retry-after-ms, then retry-after (seconds or a date) say when,
 * else half a second doubles up to eight. */
#include <curl/curl.h>
#include <time.h>

#include "ask/ask.h"

#define LONGEST_WAIT INT64_C(600000)

bool
retry_failed(const struct http_result *r)
{
	return r->error != NULL || r->status == 408 || r->status == 409 || r->status == 429 ||
	    r->status >= 500;
}

bool
retry_funds(const struct http_result *r)
{
	return r->status == 429 && str_search(r->body, "insufficient_quota") < r->body.len;
}

static bool
worth_it(const struct http_result *r)
{
	str wish = http_header(r, "x-should-retry");

	if (r->error != NULL)
		return !r->too_large;
	if (r->status < 400)
		return false;
	if (retry_funds(r))
		return false; /* waiting brings no money */
	if (str_is(wish, "true") || str_is(wish, "false"))
		return str_is(wish, "true");
	return retry_failed(r);
}

static int64_t
asked_for(const struct http_result *r)
{
	str after = http_header(r, "retry-after");
	struct arena a = { 0 };
	double n;

	if (str_real(http_header(r, "retry-after-ms"), &n) && n >= 0)
		return n < (double)LONGEST_WAIT ? (int64_t)n : LONGEST_WAIT;
	if (str_real(after, &n) && n >= 0)
		return n < (double)LONGEST_WAIT / 1000 ? (int64_t)(n * 1000) : LONGEST_WAIT;
	time_t date = after.len > 0 ? curl_getdate(arena_string(&a, after), NULL) : -1;
	arena_free(&a);
	if (date < 0)
		return -1;
	int64_t ms = ((int64_t)date - (int64_t)time(NULL)) * 1000;
	return ms < 0 ? 0 : ms < LONGEST_WAIT ? ms : LONGEST_WAIT;
}

int64_t
retry_wait(const struct http_result *r, int64_t attempt)
{
	int64_t backoff = attempt < 5 ? INT64_C(500) << (attempt - 1) : 8000;

	if (!worth_it(r))
		return -1;
	int64_t asked = asked_for(r);
	return asked >= 0 ? asked : backoff;
}
