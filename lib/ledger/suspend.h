/* suspend.h - the kill switch: a file for each who may not go on, asked for every time.
 *
 * The folder suspended/ of a ledger holds a file named after an agent, or "all".  It is set
 * and lifted without a lock, by touch and rm too, and works while the ledger is busy or the
 * disk is full.  What cannot be looked at counts as suspended. */
#ifndef SUSPEND_H
#define SUSPEND_H

#include "ledger/ledger.h"

#define SUSPEND_ALL "all"

/* Letters, digits, dot, dash, underscore, at most 64, not beginning with a dot. */
bool suspend_name(str agent);

/* The name of the switch that holds the agent back, or NULL.  exempt: "all" is not for it. */
const char *suspended(const struct ledger *, const char *agent, bool exempt);

/* NULL, or why not.  text: who and why, one line. */
const char *suspend_set(const struct ledger *, const char *agent, str text);
const char *suspend_lift(const struct ledger *, const char *agent, bool *was);

#define SUSPEND_DIR "suspended"

#endif
