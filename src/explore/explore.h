/* The window of `stillair explore`: what its parts share. The parts are
 *   explore.c          the loop: a frame, its time, its trace
 *   explore_note.c     messages, and the queue of wishes
 *   explore_place.c    where the eye stands
 *   explore_edit.c     changes that can be undone
 *   explore_keys.c     events and keys become motion and wishes
 *   explore_wish.c     wishes, of keys and of the panel, are done
 *   explore_panel.c    what the panel was told to do is done
 *   explore_mood.c     presets: load, reload, blend
 *   explore_save.c     what is shown becomes a preset's file
 *   explore_own.c      one's own moods are renamed and deleted
 *   explore_path.c     a path is recorded, and played
 *   explore_unsaved.c  what is not saved is asked about, and kept
 *   explore_still.c    stills, and the command line that draws them
 * Parameters (now) are the only truth; history holds those of before. */
#ifndef STILLAIR_EXPLORE_EXPLORE_H
#define STILLAIR_EXPLORE_EXPLORE_H

#include "app/preset_input.h"
#include "base/watch.h"
#include "camera/flight.h"
#include "camera/recorder.h"
#include "explore/panel/panel.h"
#include "explore/stills.h"
#include "explore/thumbs.h"
#include "preset/mood/daylight.h"
#include "preset/mood/history.h"
#include "preset/mood/randomise.h"
#include "preset/preset_own.h"
#include "render/live/viewer.h"

struct window;

enum { EXPLORE_CAMERAS = 256 };

/* Frames drawn after something was done: ImGui measures a window before it shows it. */
#define EXPLORE_AWAKE 3

struct explore {
    /* borrowed */
    const struct log *log;
    struct preset_input *input;
    const char *pictures;            /* NULL: the user's */
    int wanted_width, wanted_height; /* of the window, pixels */
    int fps;                         /* wanted */
    bool full_screen;                /* at the start */
    FILE *trace;                     /* NULL: none */
    /* owned */
    struct window *window;
    struct viewer *viewer;
    struct panel *panel;
    struct history *history;
    struct watch *presets_watch, *shaders_watch;
    struct stills stills;
    struct thumbs thumbs;
    char still_text[320];

    struct preset *preset; /* NULL: that of input */
    char *preset_name;     /* as `render` takes it */
    const char *views[EXPLORE_CAMERAS];

    struct params now, base, shown;        /* shown: what the viewer has taken */
    bool views_unsaved;                    /* marks, or keys of the path */
    bool has_kept;                         /* there is a file of what is not saved */
    struct params kept;                    /* as it says */
    double keep_s;                         /* of the clock: the last look at it */
    char deleted[PRESET_OWN_NAME_MAX + 1]; /* the own mood that undo brings back, or "" */
    char found[4096];                      /* such a file of a window that is no more, or "" */
    bool locked[PARAM_ROWS];
    struct params blend_from, blend_to;
    struct params marks[PANEL_MARKS];
    char mark_names[PANEL_MARKS][8];
    struct recorder recorder;
    double play_s; /* where the path that plays is; below 0: none does */
    struct viewer_state state;
    bool tones_complete;            /* counted of a picture that gets no better */
    int tones_number;               /* of counts so far */
    double tones_s, tones_ms;       /* when the last count was, and how long it took */
    struct panel_model model;       /* what the panel shows */
    struct panel_controls controls; /* and what it changes */
    bool looks;                     /* the right button is down over the picture */
    double look_at[2], look[2];     /* where its pointer is, and its way since the last frame */
    struct flight flight;
    struct daylight daylight;

    double time_s, start_s,
        watch_s; /* of the clock: this frame, the first, the last look at files */
    int frame;
    uint32_t random_seed;
    int awake;         /* frames that are drawn whatever happens: EXPLORE_AWAKE */
    bool build_failed; /* and it has been said */
    double hint_until_s, readout_until_s; /* of the clock */
    int width, height, left; /* of the framebuffer, and what of it the panel stands on */
    bool quit;
};

const struct preset *explore_preset(const struct explore *x);

/* Runs the window until it is closed, or the program is interrupted. */
bool explore_run(struct explore *x, struct error *err);

/* --- explore_note.c --- */
/* What a fault is about: when that is mended, its message goes. */
enum explore_cause {
    CAUSE_FILES, /* a preset's file */
    CAUSE_SHADERS,
    CAUSE_VALUES, /* that the viewer refused */
    CAUSE_BUILD,  /* of a land */
    CAUSE_STILL,
    CAUSE_COPY,
    CAUSE_SAVE,
    CAUSE_KEPT, /* what is not saved */
};
/* Shows a message for some seconds. The same text is shown once. */
void explore_note(struct explore *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Shows what is wrong until that is mended or it is closed; logs it. */
void explore_fault(struct explore *x, enum explore_cause cause, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Takes away the faults of that cause. */
void explore_cured(struct explore *x, enum explore_cause cause);
/* Shows a value that is being changed, over the picture. */
void explore_read_out(struct explore *x, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Shows the hint on a user's first start, and how to have it again on later ones. */
void explore_greet(struct explore *x);
/* Shows the hint. */
void explore_show_hint(struct explore *x);
/* Takes a message away; index: of model.messages. */
void explore_forget(struct explore *x, int index);
/* Takes away the messages whose time is over, and the first hint. */
void explore_forget_old(struct explore *x);
/* Queues a wish for explore_do_wishes(); a full queue takes none. */
void explore_wish(struct explore *x, enum panel_wish_type type, int number);

/* --- explore_place.c --- */
/* Returns the ground that a flight asks for its height; valid while the viewer is. */
struct flight_ground explore_ground(struct explore *x);
/* Makes camera.place the spot that it is: who moves, moves from somewhere. */
void explore_leave_place(struct explore *x);

/* --- explore_edit.c --- */
/* Records a change that can be undone. row: of params_table, or HISTORY_NO_ROW; label NULL: the
 * row's key. */
void explore_changed(struct explore *x, const char *label, int row);
/* Shows what undo and redo would do. */
void explore_show_undo(struct explore *x);

/* --- explore_keys.c --- */
void explore_events(struct explore *x);
bool explore_is_escape(const struct window_event *e);
struct flight_input explore_input(struct explore *x, double dt);

/* --- explore_panel.c --- */
/* Makes what the panel changed in its last frame a step that can be undone. */
void explore_take_edits(struct explore *x);
/* Lets the panel act on the last event, without a frame of the picture. */
void explore_answer(struct explore *x);

/* --- explore_wish.c --- */
/* Does all wishes that are queued. */
void explore_do_wishes(struct explore *x);

/* --- explore_mood.c --- */
char *explore_copy(const char *text);
/* Shows all mistakes of a preset as one fault. */
void explore_say_mistakes(struct explore *x, const struct diagnostics *diag);
/* These say what is wrong themselves: NULL, or false. */
struct preset *explore_load(struct explore *x, const char *name);
bool explore_resolve(struct explore *x, const struct preset *p, const char *camera,
                     struct params *out);
/* Lists the moods again. */
bool explore_list_moods(struct explore *x, struct error *err);
/* p (taken) and name (copied) become the preset's; `values` is what it says. */
void explore_become(struct explore *x, struct preset *p, const char *name,
                    const struct params *values);
/* Takes what the preset in the file `path` says, as a change of the preset `name`. */
bool explore_take_up(struct explore *x, const char *name, const char *path);
bool explore_moods_init(struct explore *x, struct error *err);
void explore_moods_fini(struct explore *x);
void explore_take_mood(struct explore *x, int index);
/* Shows what the preset or picture at `path` says, its land and view too. */
void explore_take_file(struct explore *x, const char *path);
void explore_blend_with(struct explore *x, int index);
void explore_go_to_view(struct explore *x, int index);
void explore_watch(struct explore *x);
void explore_reload(struct explore *x);

/* --- explore_save.c --- */
/* Returns the text of a preset at `path` that is what is shown, to be freed; NULL on failure. */
char *explore_preset_text(struct explore *x, const char *path);
/* Returns a title as the name of a file, where blanks are hyphens; to be freed. */
char *explore_name_of(const char *title);
/* Returns a preset's text (taken) with that title, to be freed; NULL when out of memory. */
char *explore_with_title(char *text, const char *title);
/* Saves over the preset's own file, or as a new own preset with that title. */
void explore_save(struct explore *x, const char *title);

/* --- explore_own.c --- */
void explore_rename_own(struct explore *x, int index, const char *title);
void explore_delete_own(struct explore *x, int index);
/* Brings back what was deleted last, unless something was changed since. False when there is
 * nothing. */
bool explore_undelete(struct explore *x);

/* --- explore_path.c --- */
/* False when it is no wish for a path. */
bool explore_path_wish(struct explore *x, const struct panel_wish *w);
/* Moves the view along a path that plays; hands that move stop it. */
void explore_path_step(struct explore *x, bool hands, double dt);
/* The text with the recorded path in it, or as it is when there is none. Takes text. */
char *explore_path_save(struct explore *x, const char *file, char *text);

/* --- explore_unsaved.c --- */
/* Whether something differs from the preset's file that saving would keep, but for the view. */
bool explore_is_unsaved(const struct explore *x);
/* Keeps it in a file, every few seconds. */
void explore_keep_unsaved(struct explore *x);
/* Removes the file. */
void explore_drop_kept(struct explore *x);
/* Ends the window, or asks first. */
void explore_leave(struct explore *x);
/* Looks for a file of a window that ended without a chance to ask, and offers it. */
void explore_find_kept(struct explore *x);
/* False when it is no such wish. */
bool explore_unsaved_wish(struct explore *x, const struct panel_wish *w);

/* --- explore_still.c --- */
void explore_take_still(struct explore *x);
void explore_copy_command(struct explore *x);
void explore_poll_stills(struct explore *x);

#endif
