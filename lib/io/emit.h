/* emit.h - JSON written into a buffer.
 *
 * Commas come by themselves: a value or key that follows another gets one.  Text that is
 * not UTF-8 is written with U+FFFD in place of each wrong byte, so what is written is
 * always JSON.  emit_raw() takes text that is JSON already and passes it on unchanged. */
#ifndef EMIT_H
#define EMIT_H

#include "base/arena.h"
#include "base/buf.h"

void emit_open(struct buf *, char bracket); /* '{' or '[' */
void emit_close(struct buf *, char bracket);
void emit_key(struct buf *, const char *name);
void emit_name(struct buf *, str name);
void emit_str(struct buf *, str);
void emit_text(struct buf *, const char *); /* NULL gives null */
void emit_int(struct buf *, int64_t);
void emit_real(struct buf *, double); /* shortest form that reads back; NaN gives null */
void emit_bool(struct buf *, bool);
void emit_null(struct buf *);
void emit_raw(struct buf *, str json); /* empty gives null */

/* A text as a JSON string by itself. */
str emit_quoted(struct arena *, str);

/* The same with the key before them; the str forms leave an empty text out. */
void emit_kstr(struct buf *, const char *key, str);
void emit_ktext(struct buf *, const char *key, const char *);
void emit_kint(struct buf *, const char *key, int64_t);
void emit_kreal(struct buf *, const char *key, double);
void emit_kbool(struct buf *, const char *key, bool);
void emit_kraw(struct buf *, const char *key, str json);

#endif
