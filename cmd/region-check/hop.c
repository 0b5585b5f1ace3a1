/* hop.c - hops of a record. */
#include "hop.h"

static const char *const kinds[] = { "attempt", "retry", "fallback", "hedge", "embedding",
	"vector", "rerank", "moderation", "cache", "log_sink", "eval", "backup" };
#define ATTEMPTS 4 /* of them: at the call itself */

static size_t
kind_of(str word)
{
	size_t i = 0;

	while (i < sizeof kinds / sizeof *kinds && !str_is(word, kinds[i]))
		i++;
	return i;
}

bool
hop_is_kind(str word)
{
	return kind_of(word) < sizeof kinds / sizeof *kinds;
}

bool
hop_is_attempt(str word)
{
	return kind_of(word) < ATTEMPTS;
}

static const char *const fields[] = { "redacted", "kind", "region", "provider", "url", "model",
	"sku", "evidence", "status", "bytes_sent" };

bool
hop_has_field(str name)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_is(name, fields[i]))
			return true;
	return false;
}

static str
number(struct arena *a, int64_t n)
{
	return n != NO_NUMBER ? arena_printf(a, "%lld", (long long)n) : STR("");
}

str
hop_field(struct arena *a, const struct hop *h, str name)
{
	const str texts[] = { { 0 }, h->kind, h->region, h->provider, h->url, h->model, h->sku,
		h->evidence };

	if (str_is(name, "redacted"))
		return h->redacted == REDACTED_UNKNOWN ? STR("") :
		    h->redacted == REDACTED_YES        ? STR("true") :
							 STR("false");
	if (str_is(name, "status"))
		return number(a, h->status);
	if (str_is(name, "bytes_sent"))
		return number(a, h->bytes);
	for (size_t i = 1; i < sizeof texts / sizeof *texts; i++)
		if (str_is(name, fields[i]))
			return texts[i];
	return STR("");
}

static str
text(struct intake *in, const struct rec *r, enum field f)
{
	enum kind kind = r->values[f].kind;

	if (kind == KIND_NULL || kind == KIND_OBJECT || kind == KIND_ARRAY)
		return STR("");
	return intake_text(in, r, f);
}

static str
first_of(struct intake *in, const struct rec *r, enum field a, enum field b)
{
	str one = text(in, r, a);

	return one.len > 0 ? one : text(in, r, b);
}

static int64_t
whole(const struct scan_value *v)
{
	int64_t n;

	return v->kind == KIND_NUMBER && str_int(v->raw, &n) && n >= 0 ? n : NO_NUMBER;
}

/* A status that is there and neither 0 nor null is an answer, however it is written. */
static bool
is_answer(enum kind kind, str raw)
{
	double x;

	if (kind == KIND_NONE || kind == KIND_NULL || kind == KIND_FALSE)
		return false;
	if (kind == KIND_STRING && raw.len >= 2)
		raw = (str){ raw.at + 1, raw.len - 2 };
	return raw.len > 0 && !(str_real(raw, &x) && x == 0);
}

static bool
answered(const struct scan_value *v)
{
	static const enum field traces[] = { H_STATUS, H_TTFT, H_INPUT };

	for (size_t i = 0; i < sizeof traces / sizeof *traces; i++)
		if (is_answer(v[traces[i]].kind, v[traces[i]].raw))
			return true;
	return false;
}

/* A class of data that is no text is none that a policy can have. */
static str
data_class(struct intake *in, const struct rec *r)
{
	enum field f =
	    r->values[H_DATA_CLASS].kind != KIND_NONE ? H_DATA_CLASS : H_FLAT_DATA_CLASS;
	const struct scan_value *v = &r->values[f];

	if (v->kind == KIND_NONE || v->kind == KIND_NULL)
		return STR("");
	return v->kind == KIND_STRING ? intake_text(in, r, f) : v->raw;
}

static void
read_flat(struct intake *in, const struct rec *r, struct hop *h)
{
	const struct scan_value *v = r->values;

	h->kind = text(in, r, H_KIND);
	h->region = text(in, r, H_REGION);
	h->provider = text(in, r, H_PROVIDER);
	h->url = text(in, r, H_URL);
	h->model = first_of(in, r, H_REQUESTED, H_MODEL);
	if (h->model.len == 0)
		h->model = text(in, r, H_ANSWERED);
	h->sku = text(in, r, H_SKU);
	h->error = first_of(in, r, H_ERROR_TYPE, H_ERROR);
	h->evidence = text(in, r, H_EVIDENCE);
	h->geo = text(in, r, H_GEO);
	h->seq = whole(&v[H_SEQ]);
	h->attempt = whole(&v[H_ATTEMPT]);
	h->status = whole(&v[H_STATUS]);
	h->bytes = whole(&v[H_BYTES]);
	h->answered = answered(v);
	h->redacted = v[H_REDACTED].kind == KIND_TRUE ? REDACTED_YES :
	    v[H_REDACTED].kind == KIND_FALSE          ? REDACTED_NO :
							REDACTED_UNKNOWN;
	if (h->kind.len == 0)
		h->kind = h->attempt > 1 ? STR("retry") : STR("attempt");
	if (h->attempt == NO_NUMBER && hop_is_attempt(h->kind))
		h->attempt = h->seq != NO_NUMBER ? h->seq + 1 : 1;
	h->after_status = NO_NUMBER;
}

static int64_t
whole_doc(const struct doc *d)
{
	int64_t n;

	return doc_int(d, &n) && n >= 0 ? n : NO_NUMBER;
}

static str
text_or(const struct doc *d, str other)
{
	return doc_text(d).len > 0 ? doc_text(d) : other;
}

/* One of hops[]. */
static void
read_one(const struct doc *d, struct hop *h, size_t index)
{
	const struct doc *error = doc_get(d, "error"), *redacted = doc_get(d, "redacted");

	h->kind = text_or(doc_get(d, "kind"), STR("attempt"));
	h->region = doc_text(doc_get(d, "region"));
	h->provider = doc_text(doc_get(d, "provider"));
	h->url = doc_text(doc_get(d, "url"));
	h->model = doc_text(doc_get(d, "model"));
	h->sku = doc_text(doc_get(d, "sku"));
	h->error =
	    doc_kind(error) == KIND_OBJECT ? doc_text(doc_get(error, "type")) : doc_text(error);
	h->evidence = doc_text(doc_get(d, "evidence"));
	h->geo = doc_text(doc_get(d, "inference_geo"));
	h->time = text_or(doc_get(d, "time"), h->time);
	h->seq = whole_doc(doc_get(d, "seq"));
	h->seq = h->seq == NO_NUMBER ? (int64_t)index : h->seq;
	h->attempt = whole_doc(doc_get(d, "attempt"));
	const struct doc *status = doc_get(d, "status"), *class = doc_get(d, "data_class");
	h->status = whole_doc(status);
	h->answered = status != NULL && is_answer(status->kind, status->raw);
	h->bytes = whole_doc(doc_get(d, "bytes_sent"));
	if (!doc_null(class))
		h->data_class = doc_kind(class) == KIND_STRING ? doc_text(class) : class->raw;
	h->redacted = doc_kind(redacted) == KIND_TRUE ? REDACTED_YES :
	    doc_kind(redacted) == KIND_FALSE          ? REDACTED_NO :
							REDACTED_UNKNOWN;
	h->after_status = NO_NUMBER;
	h->after_region = STR("");
}

/* What each attempt follows, and its number where it has none. */
static void
link_attempts(struct hops *hops)
{
	const struct hop *before = NULL;
	int64_t n = 0;

	for (size_t i = 0; i < hops->count; i++) {
		struct hop *h = &hops->of[i];
		if (!hop_is_attempt(h->kind))
			continue;
		n++;
		if (h->attempt == NO_NUMBER)
			h->attempt = n;
		if (before != NULL) {
			h->after_status = before->status;
			h->after_region = before->region.len > 0 ? before->region : before->url;
		}
		before = h;
	}
}

static const char *
read_list(struct intake *in, const struct rec *r, const struct hop *call, struct hops *hops)
{
	struct arena *a = intake_arena(in);
	const struct doc *list = doc_read(a, r->values[H_HOPS].raw);
	bool attempt = false;

	hops->of = ARENA_ARRAY(a, struct hop, (list != NULL ? list->count : 0) + 1);
	DOC_EACH (d, list) {
		struct hop *h = &hops->of[hops->count];
		if (doc_kind(d) != KIND_OBJECT)
			return "hops: holds what is no object";
		*h = *call;
		read_one(d, h, hops->count++);
		attempt |= hop_is_attempt(h->kind);
	}
	bool called = call->region.len > 0 || call->url.len > 0 || call->model.len > 0 ||
	    call->provider.len > 0;
	if (hops->count == 0 || (!attempt && called)) {
		hops->of[hops->count] = *call;
		hops->of[hops->count++].kind = STR("attempt");
	}
	link_attempts(hops);
	return NULL;
}

const char *
hops_read(struct intake *in, const struct rec *r, struct hops *hops)
{
	struct hop *h = ARENA_NEW(intake_arena(in), struct hop);

	*hops = (struct hops){ h, 1 };
	h->trace = first_of(in, r, H_TRACE, H_ID);
	h->country = first_of(in, r, H_COUNTRY, H_FLAT_COUNTRY);
	h->data_class = data_class(in, r);
	h->time = intake_text(in, r, IN_TIME);
	read_flat(in, r, h);
	if (r->values[H_HOPS].kind == KIND_ARRAY) {
		*hops = (struct hops){ 0 };
		return read_list(in, r, h, hops);
	}
	return r->values[H_HOPS].kind == KIND_NONE || r->values[H_HOPS].kind == KIND_NULL ?
	    NULL :
	    "hops: not an array";
}
