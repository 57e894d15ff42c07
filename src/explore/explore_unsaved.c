/* What is not saved: it is asked about before the window closes, and kept in a file of the state
 * folder meanwhile, which the next start offers when this one came to no good end. */
#include "base/clock.h"
#include "base/file.h"
#include "base/xdg.h"
#include "explore/explore.h"
#include "gpu/window.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Seconds from one look at what is not saved to the next. */
static const double keep_interval_s = 3;

/* "STATE/unsaved-PID.ini"; its first line names the preset that it is a change of. */
static const char prefix[] = "unsaved-", suffix[] = ".ini", first_line[] = "# unsaved: ";

bool explore_is_unsaved(const struct explore *x)
{
    struct params now = x->now;
    params_take(&now, &x->base, PARAMS_CAMERA);
    now.wind_time = x->base.wind_time;
    return x->views_unsaved || memcmp(&now, &x->base, sizeof now) != 0;
}

static void path_of(const char *folder, long pid, char *out, size_t size)
{
    snprintf(out, size, "%s/%s%ld%s", folder, prefix, pid, suffix);
}

/* --- keeping -------------------------------------------------------------------------------- */

static bool write_kept(struct explore *x, const char *folder, const char *path, struct error *err)
{
    char *text = explore_preset_text(x, path);
    size_t size = text ? strlen(text) + strlen(x->preset_name) + sizeof first_line + 1 : 0;
    char *whole = text ? malloc(size) : NULL;
    bool ok = whole != NULL;
    if (ok) {
        snprintf(whole, size, "%s%s\n%s", first_line, x->preset_name, text);
        ok = file_create_folders(folder, err) && file_write_atomic(path, whole, strlen(whole), err);
    } else
        error_set(err, ERROR_FAILED, "out of memory");
    free(whole);
    free(text);
    return ok;
}

/* Writes the file where there is something new to keep, and removes it where there is nothing. */
static void keep(struct explore *x)
{
    char path[4096];
    struct error err;
    char *folder = xdg_state_folder();
    if (!folder)
        return;
    path_of(folder, (long)getpid(), path, sizeof path);
    bool unsaved = explore_is_unsaved(x);
    if (!unsaved && x->has_kept)
        unlink(path);
    bool fresh = unsaved && (!x->has_kept || memcmp(&x->kept, &x->now, sizeof x->kept) != 0);
    if (fresh && !write_kept(x, folder, path, &err))
        explore_fault(x, CAUSE_KEPT, "what is not saved cannot be kept: %s", err.text);
    else if (fresh)
        explore_cured(x, CAUSE_KEPT);
    x->has_kept = unsaved;
    x->kept = x->now;
    free(folder);
}

void explore_keep_unsaved(struct explore *x)
{
    if (x->quit || x->time_s - x->keep_s < keep_interval_s)
        return;
    x->keep_s = x->time_s;
    keep(x);
}

void explore_drop_kept(struct explore *x)
{
    char path[4096];
    char *folder = xdg_state_folder();
    if (!folder || !x->has_kept) {
        free(folder);
        return;
    }
    path_of(folder, (long)getpid(), path, sizeof path);
    unlink(path);
    x->has_kept = false;
    free(folder);
}

/* --- leaving -------------------------------------------------------------------------------- */

void explore_leave(struct explore *x)
{
    if (!explore_is_unsaved(x)) {
        x->quit = true;
        return;
    }
    window_refuse_close(x->window);
    window_capture_mouse(x->window, false);
    x->model.question = PANEL_QUESTION_LEAVE;
    x->awake = EXPLORE_AWAKE;
}

static void save_and_leave(struct explore *x)
{
    explore_save(x, NULL); /* of a shipped preset: asks for a name on the panel, and stays */
    x->quit = !explore_is_unsaved(x);
}

/* --- taking up ------------------------------------------------------------------------------ */

/* The process number in a kept file's name; 0: it is none. */
static long pid_in(const char *name)
{
    char *end;
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return 0;
    long pid = strtol(name + sizeof prefix - 1, &end, 10);
    return strcmp(end, suffix) == 0 ? pid : 0;
}

void explore_find_kept(struct explore *x)
{
    char *folder = xdg_state_folder();
    DIR *dir = folder ? opendir(folder) : NULL;
    time_t newest = 0;
    for (const struct dirent *e; dir && (e = readdir(dir));) {
        long pid = pid_in(e->d_name);
        struct stat info;
        char path[4096];
        if (pid <= 0 || kill((pid_t)pid, 0) == 0 || errno != ESRCH)
            continue; /* of a window that is open */
        path_of(folder, pid, path, sizeof path);
        if (stat(path, &info) == 0 && (!x->found[0] || info.st_mtime > newest)) {
            newest = info.st_mtime;
            snprintf(x->found, sizeof x->found, "%s", path);
        }
    }
    if (dir)
        closedir(dir);
    free(folder);
    if (x->found[0])
        x->model.question = PANEL_QUESTION_TAKE_UP;
}

/* Takes up what was found, on the preset that its first line names. */
static void take_up(struct explore *x)
{
    char name[4096];
    size_t size;
    struct error err;
    char *text = file_read(x->found, &size, &err);
    if (!text) {
        explore_fault(x, CAUSE_FILES, "%s", err.text);
        return;
    }
    bool named = strncmp(text, first_line, sizeof first_line - 1) == 0;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text + sizeof first_line - 1, "\n"),
             text + sizeof first_line - 1);
    free(text);
    if (!named || !explore_take_up(x, name, x->found))
        return;
    x->views_unsaved = true;
    keep(x); /* before the other is gone */
    unlink(x->found);
    explore_note(x, "taken up again");
}

bool explore_unsaved_wish(struct explore *x, const struct panel_wish *w)
{
    switch (w->type) {
    case WISH_SAVE_AND_LEAVE:
        save_and_leave(x);
        break;
    case WISH_LEAVE:
        explore_drop_kept(x);
        x->quit = true;
        break;
    case WISH_STAY:
        break;
    case WISH_TAKE_UP:
        take_up(x);
        break;
    case WISH_DROP:
        unlink(x->found);
        break;
    default:
        return false;
    }
    x->model.question = PANEL_QUESTION_NONE;
    return true;
}
