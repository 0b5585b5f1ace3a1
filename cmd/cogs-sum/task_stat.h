/* task_stat.h - what tasks cost. */
#ifndef TASK_STAT_H
#define TASK_STAT_H

#include "result.h"

/* Of each row, and of all tasks, each counted once however many groups it is in. */
void task_stats(struct result *);

#endif
