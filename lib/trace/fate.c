/* fate.c - whether a call failed. */
#include "trace/fate.h"

bool
fate_truthy(const struct scan_value *v)
{
	double x;

	switch (v->kind) {
	case KIND_NONE:
	case KIND_NULL:
	case KIND_FALSE: return false;
	case KIND_STRING: return v->raw.len > 2;
	case KIND_NUMBER: return !(str_real(v->raw, &x) && x == 0);
	case KIND_TRUE:
	case KIND_ARRAY:
	case KIND_OBJECT: break;
	}
	return true;
}

bool
fate_at_least(const struct scan_value *v, int64_t least)
{
	int64_t n;

	if (v->counted)
		return v->whole >= least;
	return str_int(v->raw, &n) && n >= least;
}

bool
fate_failed(const struct scan_value *error)
{
	if (error->kind != KIND_NUMBER)
		return fate_truthy(error);
	return fate_at_least(error, 400) || str_is(error->raw, "1");
}
