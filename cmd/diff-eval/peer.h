/* peer.h - a program of the user's that judges pairs, a line of JSON for each.
 *
 * It reads {"id","session","request","baseline":{"text","calls","response"},"candidate":
 * {...}} and writes one line {"baseline":V,"candidate":V}, each V true, false, a number, or
 * null for unknown.  A filter lives as long as the run and answers line by line; a command
 * is started for each pair and must end with status 0.  Both run under sh -c.  A filter that
 * ends or is silent for a minute, or an answer that is none, leaves the pair unknown; both are
 * counted and said. */
#ifndef PEER_H
#define PEER_H

#include "base/arena.h"

struct peer;
struct peer *peer_new(struct arena *, str command, bool lasting);

/* The answer to one line, valid until the next; empty: there is none. */
str peer_ask(struct peer *, str line);

/* Ends it; false, with a warning, when some lines got no answer. */
bool peer_end(struct peer *);

#endif
