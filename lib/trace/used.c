/* used.c - the names of what a call uses. */
#include "trace/used.h"

const char *const used_names[USED_CLASSES] = {
	"input",
	"cache_read",
	"cache_write",
	"cache_write_1h",
	"output",
	"reasoning",
	"audio_input",
	"audio_output",
	"image_input",
	"image_output",
	"request",
	"web_search",
	"picture_input",
	"picture_output",
	"second_input",
	"second_output",
	"character_input",
	"character_output",
	"page",
	"pixel_input",
	"pixel_output",
};

int
used_named(str name)
{
	for (int i = 0; i < USED_CLASSES; i++)
		if (str_is(name, used_names[i]))
			return i;
	return -1;
}
