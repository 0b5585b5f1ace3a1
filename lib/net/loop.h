/* loop.h - one event loop (libevent) for clients and servers.
 *
 * loop_start() makes SIGPIPE harmless for sockets; err_flush() turns a closed standard
 * output back into it.  SIGINT and SIGTERM end loop_run() and loop_once() quietly;
 * loop_signal() tells which it was. */
#ifndef LOOP_H
#define LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct event_base;

typedef void loop_call(void *context);

struct loop *loop_start(void);
struct event_base *loop_base(struct loop *); /* for the other modules of net */

void loop_run(struct loop *);  /* until a signal or loop_stop() */
void loop_once(struct loop *); /* wait for something to happen, and handle it */
void loop_stop(struct loop *);
int loop_signal(const struct loop *); /* 0: none so far */

void loop_after(struct loop *, int64_t ms, loop_call *, void *context); /* once */
void loop_wake_on(struct loop *, int fd); /* loop_once() returns when fd can be read */
void loop_end(struct loop *);

#endif
