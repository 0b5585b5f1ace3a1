/* base64.h - RFC 4648, section 4, through libcrypto. */
#ifndef BASE64_H
#define BASE64_H

#include "base/arena.h"

/* Line ends and blanks are passed over; false: it is no base64. */
bool base64_decode(struct arena *, str text, str *bytes);
str base64_encode(struct arena *, str bytes);

#endif
