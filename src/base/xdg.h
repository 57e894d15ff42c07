/* Where a user's files belong: the XDG Base Directory Specification, 0.8. */
#ifndef STILLAIR_BASE_XDG_H
#define STILLAIR_BASE_XDG_H

/* The folder for what can be made again, to be freed: $XDG_CACHE_HOME/stillair, or
 * $HOME/.cache/stillair. It need not exist. NULL when neither variable holds an absolute path (the
 * specification wants relative ones ignored), or out of memory. */
char *xdg_cache_folder(void);

#endif
