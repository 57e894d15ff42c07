/* What the panel's files share. C++ only because Dear ImGui is; the model is panel.h's. */
#ifndef STILLAIR_EXPLORE_PANEL_PANEL_INTERNAL_HPP
#define STILLAIR_EXPLORE_PANEL_PANEL_INTERNAL_HPP

#define _Alignas alignas /* the headers are C11 */
extern "C" {
#include "base/colour.h"
#include "base/number.h"
#include "camera/flight.h"
#include "explore/panel/panel.h"
#include "gpu/window.h"
#include "picture/lettering.h"
#include "preset/params/param_slider.h"
#include "preset/params/param_value.h"
#include "preset/params/part.h"
#include "render/live/viewer.h"
#include "shot/picture_shape.h"
#include "shot/render_request.h"
}
#undef _Alignas

#include <imgui.h>

struct panel {
    ImGuiContext *context;
    window *win;
    float scale;  /* of fonts and sizes, as built */
    bool ink;     /* something was drawn last time */
    bool down[3]; /* buttons of the mouse, and where it is: as of the event being told */
    ImVec2 pointer;
    int restless; /* frames that ImGui needs after an event */
    /* the rows */
    char search[64];
    bool only_changed;
    int typing_row;        /* -1: none */
    ImGuiID typing_number; /* the bar of panel_number_bar() that is typed into; 0: none */
    char typed[PARAM_TEXT_MAX], wrong[PARAM_WHY_MAX];
    bool typing_begins;
    int held_row; /* a slider of the land, applied when it is let go; -1: none */
    float held;
    float drag_x, drag_position; /* of the slider that is dragged */
    bool dragged;                /* and not only clicked */
    int pointed_row;             /* -1: none */
    double pointed_s;            /* since when, of ImGui's clock */
    /* the rest */
    float width_em; /* wanted, in letters */
    bool widening;  /* its edge is dragged */
    int left;       /* pixels of the framebuffer that it stood on last */
    char save_name[64], new_name[64];
    int mood_in_sight; /* the list was scrolled to it */
    float free_bottom; /* of the picture, above the messages */
};

/* Colours of the panel: sand on soot, one ember. sRGB. */
namespace ink
{
const ImVec4 text(0.87f, 0.83f, 0.76f, 1), dim(0.60f, 0.56f, 0.50f, 1),
    ember(0.89f, 0.61f, 0.30f, 1), label(0.80f, 0.76f, 0.69f, 1), bad(0.93f, 0.45f, 0.33f, 1),
    ground(0.075f, 0.070f, 0.065f, 0.93f);
}

/* Letters that the panel is wide: at first, and at least and most. By eye. */
static const float panel_em = 21, panel_narrowest = 14, panel_widest = 45;

/* --- panel_parts.cpp --- */
/* Returns the width of the panel, pixels. */
float panel_width();
/* Queues a wish for the window. */
void panel_ask(const panel_model *m, panel_wish_type type, int number = 0, const char *text = "");
/* Beside the panel, so that nothing of it is covered. Between the two: ImGui's calls for text. */
void panel_begin_tooltip();
void panel_end_tooltip();
/* The same for one text, when the last item is pointed at. */
void panel_tooltip(const char *text);
/* Draws a button beside the one before, or on the next line where there is no room. True when it
 * was pressed. panel_end_buttons() ends the line. */
bool panel_button(const char *label);
void panel_end_buttons();
/* Draws a tick box with an outline; true when it was ticked or unticked. */
bool panel_check(const char *label, bool *on);
/* Draws the heading of a group of rows. */
void panel_heading(const char *text);

/* --- panel_value.cpp --- */
/* Writes the row's value as people write it: "350 km", "80 µg/m³", "off". UTF-8. */
void panel_value_text(const param_info *info, const params *of, char out[PARAM_TEXT_MAX]);
/* Writes what was typed like that as param_parse() reads it. */
void panel_value_plain(const char *text, char out[PARAM_TEXT_MAX]);

/* Where a slider stands, where the preset has it (below 0: nowhere), and where its filled part
 * begins: 0 to 1. */
struct panel_bar {
    float position, base, origin;
};
enum panel_bar_event { PANEL_BAR_NONE, PANEL_BAR_MOVED, PANEL_BAR_LET_GO, PANEL_BAR_TYPE };
/* Draws a bar that is filled up to bar->position, of the next item's width. A drag moves the
 * position from where it is, by the pointer's way; a click does nothing. */
panel_bar_event panel_slider(panel *p, panel_bar *bar);
/* Writes a row's label at the left and its value at the right of a frame that is drawn. */
void panel_label(ImVec2 at, float width, const char *label, const char *value, bool changed);

/* A number of the panel's own, that is no row of params_table. */
struct panel_number {
    const char *label, *format; /* of printf, with its unit */
    float min, max;
    bool logarithmic;
    float shown; /* times the value is what is shown and typed */
};
/* Draws it as a bar of the next item's width that can be typed into; True when the value is a new
 * one. *ended (may be NULL) becomes true when the hand lets go. */
bool panel_number_bar(panel *p, const panel_number *number, float *value, bool *ended);

/* panel_rows.cpp */
void panel_rows(panel *p, const panel_model *m);
/* panel_histogram.cpp: the tones of the picture, as wide as there is room; asks for them. */
void panel_histogram(const panel_model *m);
/* panel_moods.cpp */
void panel_moods(panel *p, const panel_model *m);
/* panel_tabs.cpp */
void panel_view(panel *p, const panel_model *m);
void panel_frame(panel *p, const panel_model *m);
/* panel_times.cpp */
void panel_times(const panel_model *m);
/* panel_overlay.cpp */
void panel_overlays(panel *p, const panel_model *m, float left);
void panel_help(panel *p, const panel_model *m);

#endif
