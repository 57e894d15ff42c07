/* The panel: what the window shows over the picture, drawn by Dear ImGui.
 *
 * The panel knows rows of params_table and what stands in struct panel_model, and changes only what
 * is marked there. All else it wishes for, and explore does it. The panel is C++; this is its C
 * face. It draws into the framebuffer that is bound, and leaves the GL's state as it was. */
#ifndef STILLAIR_EXPLORE_PANEL_PANEL_H
#define STILLAIR_EXPLORE_PANEL_PANEL_H

#include "base/error.h"
#include "picture/tones.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct flight;
struct panel;
struct params;
struct viewer_state;
struct window;
struct window_event;

enum { PANEL_MARKS = 9, PANEL_FRAMES = 240, PANEL_MESSAGES = 5, PANEL_WISHES = 8 };

/* What the user wants; text and number as said. */
enum panel_wish_type {
    WISH_NONE,
    WISH_UNDO,
    WISH_REDO,
    WISH_RESET_ALL,  /* to the preset as it is */
    WISH_RESET_MOOD, /* the same, but for the view */
    WISH_STILL,
    WISH_COPY,       /* the command line */
    WISH_MOOD,       /* number: of the mood */
    WISH_NEXT_MOOD,  /* number: steps on, or back */
    WISH_RENAME,     /* number: of an own mood, text: its new name */
    WISH_DELETE,     /* number: of an own mood */
    WISH_BLEND_WITH, /* number: of the mood */
    WISH_BLEND,      /* the slider moved */
    WISH_RANDOM,
    WISH_VIEW,    /* number: of the preset's cameras */
    WISH_MARK_GO, /* number: 0 to 8 */
    WISH_MARK_SET,
    WISH_SAVE,
    WISH_SAVE_AS, /* text: a name */
    WISH_WALK,    /* toggles */
    WISH_RELOAD,
    WISH_FULL_SCREEN,
    WISH_FORGET,   /* number: of the message */
    WISH_KEY_ADD,  /* the view becomes a key of the path */
    WISH_KEY_BACK, /* the last key goes */
    WISH_KEY_GO,   /* number: of the key */
    WISH_PLAY,     /* toggles */
    WISH_SAVE_AND_LEAVE,
    WISH_LEAVE, /* without saving */
    WISH_STAY,  /* the question goes, and nothing else happens */
    WISH_TAKE_UP,
    WISH_DROP,
};
struct panel_wish {
    enum panel_wish_type type;
    int number;
    char text[96];
};

/* Files that a still can become. */
enum panel_format { PANEL_PNG, PANEL_PNG_16, PANEL_JPEG, PANEL_EXR, PANEL_FORMATS };

/* What is asked, over the picture. */
enum panel_question {
    PANEL_QUESTION_NONE,
    PANEL_QUESTION_LEAVE,   /* something is not saved */
    PANEL_QUESTION_TAKE_UP, /* something was not saved when the last window ended */
};

struct panel_mood {
    char *name, *title, *about; /* owned by explore */
    bool own;
    unsigned thumbnail; /* a GL texture, 0: none (yet) */
};

struct panel_message {
    char text[1024];
    bool bad;
    int cause;      /* of a bad one: enum explore_cause */
    double until_s; /* of the clock; 0: until it is mended or closed */
};

/* What the panel changes; everything in it may be set by the window, too. */
struct panel_controls {
    struct params *params;
    bool *locked; /* PARAM_ROWS */
    bool show_panel, show_help, show_times;
    bool paused, day_runs, keep_place;
    float latitude_deg, hours_per_minute; /* of the day that runs */
    float fps, random_strength, blend;    /* fps: wanted of a moving picture */
    int still_width, still_height;        /* pixels; height 0: of the mood's shape */
    int still_quality, still_format;      /* of render_quality_names, panel_formats */
    struct panel_wish wishes[PANEL_WISHES];
    int wish_count;
    int edited_row;  /* of this frame; -1: none */
    bool edit_ended; /* the slider was let go */
    bool thumbnails_wanted;
    bool tones_wanted; /* the histogram is on the screen */
};

/* What the panel shows, and does not change. */
struct panel_model {
    struct panel_controls *controls;
    const struct params *base; /* the preset's values */
    struct panel_mood *moods;
    int mood_count, mood, blend_mood; /* -1: none */
    const char *name, *title, *about;
    bool own;     /* the preset can be saved over */
    bool unsaved; /* it is changed, and not saved */
    const char *const *views;
    int view_count;
    bool marks[PANEL_MARKS];
    int keys;                /* of the recorded path */
    bool playing;            /* it plays */
    float key_gap_s;         /* from key to key */
    const char *undo, *redo; /* NULL: nothing */
    const struct flight *flight;
    const struct viewer_state *viewer;
    double day_hours;
    struct tones tones; /* of the picture; count 0: not known */
    const char *still;  /* "drawing stillair-0003.png: 40%", or NULL */
    struct panel_message messages[PANEL_MESSAGES];
    int message_count;
    bool hint;        /* the first steps */
    char readout[64]; /* a value that is being changed, or "" */
    enum panel_question question;
    bool mouse_captured;
    float frame_ms[PANEL_FRAMES]; /* a ring */
    int frame_next;
};

/* Wants a current context. NULL with ERROR_FAILED. */
struct panel *panel_create(struct window *w, struct error *err);
void panel_destroy(struct panel **p);

/* Takes an event of the window. Each press, release and step of a drag wants a panel_answer() or
 * panel_draw() before the next. True when the panel keeps it for itself. */
bool panel_event(struct panel *p, const struct window_event *e);
/* Something of it was drawn last. */
bool panel_visible(const struct panel *p);
/* Returns how many pixels of the framebuffer it stands on, from the left: the picture's place is
 * beside it. While its edge is dragged that is what it was before. */
int panel_left(const struct panel *p);
/* A button of the mouse is down over it. */
bool panel_drags(const struct panel *p);
/* Keys are being typed into a field. */
bool panel_types(const struct panel *p);
/* The panel animates something: another frame, please. */
bool panel_restless(const struct panel *p);

/* Lets the last event act on what the model shows, without drawing. */
void panel_answer(struct panel *p, const struct panel_model *m);
/* Draws what the model shows; nothing at all when there is nothing to show. */
void panel_draw(struct panel *p, const struct panel_model *m);
/* A screen of its own while a world is built: what is done, 0 to 1. */
void panel_draw_loading(struct panel *p, const char *title, const char *what, double done);

#ifdef __cplusplus
}
#endif

#endif
