/* fault.c - misfortunes on request. */
#include "fault.h"

#include "data/hash.h"
#include "data/random.h"

static bool
kind_of(str name, struct fault *f)
{
	static const char *const names[] = { "cut", "slow", "reset" };
	static const enum fault_kind kinds[] = { FAULT_CUT, FAULT_SLOW, FAULT_RESET };
	int64_t status;

	for (size_t i = 0; i < 3; i++)
		if (str_is(name, names[i])) {
			f->kind = kinds[i];
			return true;
		}
	if (!str_int(name, &status) || status < 400 || status > 599)
		return false;
	f->kind = FAULT_STATUS;
	f->status = (int)status;
	return true;
}

const char *
fault_parse(struct faults *faults, const struct in_list *list)
{
	double all = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct fault f = { .share = 1 };
		str share = str_of(list->items[i]), name = str_cut(&share, ':');
		if (!kind_of(name, &f))
			return "neither a status from 400 to 599 nor cut, slow or reset";
		bool percent = str_ends(share, "%");
		share.len -= percent;
		if (share.at != NULL && !str_real(share, &f.share))
			return "the share is no number";
		f.share /= percent ? 100 : 1;
		all += f.share;
		if (!(f.share > 0) || all > 1 + 1e-9)
			return "shares lie between 0 and 1, and so does their sum";
		if (faults->count == sizeof faults->of / sizeof *faults->of)
			return "too many faults";
		faults->of[faults->count++] = f;
	}
	return NULL;
}

struct fault
fault_of(const struct faults *faults, str call, uint32_t attempt)
{
	struct arena a = { 0 };
	uint64_t state = faults->seed ^
	    hash_short(arena_printf(&a, "%u %.*s", attempt, (int)call.len, call.at));
	double u = random_unit(&state);

	arena_free(&a);
	for (size_t i = 0; i < faults->count; i++) {
		if (u < faults->of[i].share)
			return faults->of[i];
		u -= faults->of[i].share;
	}
	return (struct fault){ .kind = FAULT_NONE };
}
