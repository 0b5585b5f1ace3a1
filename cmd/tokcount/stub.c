#include "tokcount.h"
int compare_run(struct coders *c, char **f) { (void)c; (void)f; return 0; }
