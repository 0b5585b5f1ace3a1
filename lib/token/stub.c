#include "token/recipe.h"
const char *recipe_hf(struct recipe *r, str f) { (void)r;(void)f; return "stub"; }
const char *recipe_sentencepiece(struct recipe *r, str f) { (void)r;(void)f; return "stub"; }
const char *recipe_gguf(struct recipe *r, str f) { (void)r;(void)f; return "stub"; }
