/* Which of a few files have changed: polled by stat(), a call a file.
 *
 * A file is told apart by device, inode, size and time of change, so that one that was written in
 * place and one that another was renamed over are both seen. It is reported once it has been quiet
 * for WATCH_QUIET_S: not while an editor still writes. A file that is not there is waited for: it
 * is reported when it comes back. */
#ifndef STILLAIR_BASE_WATCH_H
#define STILLAIR_BASE_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#define WATCH_QUIET_S 0.1

struct watch;

struct watch *watch_create(void); /* NULL when memory ran out */
void watch_destroy(struct watch **w);

/* From now on changes of that file are seen: add it before reading it. It need not exist. Adding it
 * twice is adding it once. False when memory ran out. */
bool watch_add(struct watch *w, const char *path);
void watch_clear(struct watch *w);

/* Looks at all files. time_s: now, of a clock that never goes back (base/clock.h). Returns how many
 * have changed since they were added or last reported; watch_changed() names them until the next
 * call of watch_poll(), watch_add() or watch_clear(). */
size_t watch_poll(struct watch *w, double time_s);
/* The path as it was added, NULL beyond the last. */
const char *watch_changed(const struct watch *w, size_t index);

#endif
