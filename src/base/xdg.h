/* Where a user's files belong: the XDG Base Directory Specification, 0.8. */
#ifndef STILLAIR_BASE_XDG_H
#define STILLAIR_BASE_XDG_H

/* The folder for what can be made again, to be freed: $XDG_CACHE_HOME/stillair, or
 * $HOME/.cache/stillair. It need not exist. NULL when neither variable holds an absolute path (the
 * specification wants relative ones ignored), or out of memory. */
char *xdg_cache_folder(void);

/* The folder for what the user chose and made, likewise: $XDG_CONFIG_HOME/stillair, or
 * $HOME/.config/stillair. */
char *xdg_config_folder(void);

/* The folder for what should last from one start to the next, likewise: $XDG_STATE_HOME/stillair,
 * or $HOME/.local/state/stillair. */
char *xdg_state_folder(void);

/* The user's pictures, to be freed: XDG_PICTURES_DIR of $XDG_CONFIG_HOME/user-dirs.dirs
 * (freedesktop.org's xdg-user-dirs), which need not exist; else $HOME/Pictures where that is a
 * folder; else $HOME. NULL when there is no home. */
char *xdg_pictures_folder(void);

#endif
