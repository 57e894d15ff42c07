/* What the panel's files share. C++ only because Dear ImGui is; the model is panel.h's. */
#ifndef STILLAIR_EXPLORE_PANEL_PANEL_INTERNAL_HPP
#define STILLAIR_EXPLORE_PANEL_PANEL_INTERNAL_HPP

#define _Alignas alignas /* the headers are C11 */
extern "C" {
#include "base/colour.h"
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
    int typing_row; /* -1: none */
    char typed[PARAM_TEXT_MAX], wrong[PARAM_WHY_MAX];
    bool typing_begins;
    int held_row; /* a slider of the land, applied when it is let go; -1: none */
    float held;
    /* the rest */
    char save_name[64];
    float free_bottom; /* of the picture, above the messages */
};

/* Colours of the panel: sand on soot, one ember. sRGB. */
namespace ink
{
const ImVec4 text(0.87f, 0.83f, 0.76f, 1), dim(0.60f, 0.56f, 0.50f, 1),
    ember(0.89f, 0.61f, 0.30f, 1), bad(0.93f, 0.45f, 0.33f, 1),
    ground(0.075f, 0.070f, 0.065f, 0.93f);
}

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
/* Draws the heading of a group of rows. */
void panel_heading(const char *text);
/* panel_rows.cpp */
void panel_rows(panel *p, const panel_model *m);
/* panel_histogram.cpp: the tones of the picture, as wide as there is room; asks for them. */
void panel_histogram(const panel_model *m);
/* panel_tabs.cpp */
void panel_moods(panel *p, const panel_model *m);
void panel_view(panel *p, const panel_model *m);
void panel_frame(panel *p, const panel_model *m);
/* panel_times.cpp */
void panel_times(const panel_model *m);
/* panel_overlay.cpp */
void panel_overlays(panel *p, const panel_model *m, float left);
void panel_help(panel *p, const panel_model *m);

#endif
