#include "ctl.h"
int ctl_held(struct ctl *c, char **o){(void)c;(void)o;return 0;}
int ctl_release(struct ctl *c, char **o){(void)c;(void)o;return 0;}
int ctl_refuse(struct ctl *c, char **o){(void)c;(void)o;return 0;}
int ctl_top(struct ctl *c, char **o){(void)c;(void)o;return 0;}
int ctl_report(struct ctl *c, char **o){(void)c;(void)o;return 0;}
int ctl_explain(struct ctl *c, char **o){(void)c;(void)o;return 0;}
int ctl_commit_results(struct ctl *c, char **o){(void)c;(void)o;return 0;}
