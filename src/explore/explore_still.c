/* Stills, and the command line that draws them: one and the same. */
#include "app/command_line.h"
#include "base/still_name.h"
#include "explore/explore.h"
#include "shot/picture_shape.h"
#include "shot/render_request.h"

#include "gpu/window.h"

#include <stdlib.h>
#include <string.h>

/* What each panel_format is called, and --depth where it needs one. */
static const struct {
    const char *suffix, *depth;
} formats[PANEL_FORMATS] = {
    [PANEL_PNG] = {".png", NULL},
    [PANEL_PNG_16] = {".png", "16"},
    [PANEL_JPEG] = {".jpg", NULL},
    [PANEL_EXR] = {".exr", NULL},
};

static int height_of(const struct explore *x)
{
    const struct panel_controls *c = &x->controls;
    return c->still_height ? c->still_height
                           : picture_shape_height(c->still_width, x->now.grade_aspect);
}

static bool words_of(struct explore *x, const char *output, struct option_list *words,
                     struct error *err)
{
    struct params values = x->now;
    if (x->controls.still_height)
        picture_shape_fill(&values, x->controls.still_width, x->controls.still_height);
    struct command_line line = {
        .name = x->preset_name,
        .preset = explore_preset(x),
        .values = &values,
        .width = x->controls.still_width,
        .height = height_of(x),
        .quality = render_quality_names[x->controls.still_quality],
        .depth = formats[x->controls.still_format].depth,
        .output = output,
        .data_dir = x->input->data_dir,
    };
    return command_line_words(&line, words, err);
}

/* What the file is called, without its folder. */
static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void explore_take_still(struct explore *x)
{
    struct error err = {0};
    struct option_list words = {0};
    char *path = still_name_claim(x->pictures, formats[x->controls.still_format].suffix, &err);
    if (path && words_of(x, path, &words, &err) && stills_add(&x->stills, &words, path, &err)) {
        explore_note(x, "%s will be drawn, %d x %d", name_of(path), x->controls.still_width,
                     height_of(x));
        explore_poll_stills(x);
        return;
    }
    explore_fault(x, CAUSE_STILL, "no still: %s", err.text);
    if (path)
        still_name_release(path);
    free(path);
    option_list_fini(&words);
}

void explore_copy_command(struct explore *x)
{
    struct error err = {0};
    struct option_list words = {0};
    char *text = words_of(x, NULL, &words, &err) ? command_line_quote(&words) : NULL;
    if (text) {
        window_set_clipboard(x->window, text);
        explore_cured(x, CAUSE_COPY);
        explore_note(x, "copied: %.200s%s", text, strlen(text) > 200 ? "..." : "");
    } else {
        explore_fault(x, CAUSE_COPY, "nothing copied: %s", err.text);
    }
    free(text);
    option_list_fini(&words);
}

void explore_poll_stills(struct explore *x)
{
    int ended = stills_poll(&x->stills), waiting;
    if (ended >= 0) {
        const struct still_job *s = &x->stills.items[ended];
        if (s->state == STILL_DONE) {
            printf("%s\n", s->path);
            fflush(stdout);
            explore_cured(x, CAUSE_STILL);
            explore_note(x, "%s", s->path);
        } else {
            explore_fault(x, CAUSE_STILL, "%s was not drawn: %s", name_of(s->path), s->why);
        }
        x->awake = EXPLORE_AWAKE;
    }
    const struct still_job *now = stills_current(&x->stills, &waiting);
    char text[sizeof x->still_text] = "";
    if (now)
        snprintf(text, sizeof text, "drawing %.80s%s%.100s%s", name_of(now->path),
                 now->why[0] ? ": " : "", now->why, waiting ? ", and more wait" : "");
    if (strcmp(text, x->still_text) != 0)
        x->awake = EXPLORE_AWAKE;
    memcpy(x->still_text, text, sizeof text);
    x->model.still = now ? x->still_text : NULL;
}
