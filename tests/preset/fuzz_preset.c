/* Nothing that anyone may open can crash: presets, and pictures that carry one.
 *
 * The first byte chooses: even, the rest is a preset's text (which, when it is sound, must also
 * survive being written out and saved); odd, a PNG. Seeds lie in fuzz-seeds/. */
#include "picture/png.h"
#include "preset/preset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct preset *parse(const char *text, size_t size)
{
    const struct resources res = {NULL, NULL};
    struct diagnostics diag = {0};
    struct preset *p = preset_parse(&res, "fuzz.ini", text, size, &diag);
    /* Either a preset or a reason. */
    if (!p == !diag.count)
        abort();
    diagnostics_fini(&diag);
    return p;
}

/* The text must be sound and mean `values`. */
static void check_text(char *text, const struct params *values)
{
    struct diagnostics diag = {0};
    struct params back;
    struct preset *p = text ? parse(text, strlen(text)) : NULL;
    if (!p || !preset_resolve(p, NULL, &back, &diag) || memcmp(&back, values, sizeof back) != 0)
        abort();
    diagnostics_fini(&diag);
    preset_destroy(&p);
    free(text);
}

/* Every path can be flown and saved. */
static void try_paths(const struct preset *p, const struct params *start)
{
    const char *name;
    for (size_t i = 0; (name = preset_path_name(p, i)) != NULL; i++) {
        struct diagnostics diag = {0};
        struct path path;
        struct params at;
        if (!preset_get_path(p, name, &path, &diag))
            abort();
        for (int t = -1; t < 12; t++)
            (void)preset_path_at(p, &path, start, path.duration_s * t / 10, &at, &diag);
        char *text = preset_save_path(p, &path);
        struct preset *saved = text ? parse(text, strlen(text)) : NULL;
        preset_destroy(&saved);
        free(text);
        path_fini(&path);
        diagnostics_fini(&diag);
    }
}

static void try_preset(const char *text, size_t size)
{
    struct diagnostics diag = {0};
    struct params values;
    struct preset *p = parse(text, size);
    if (p && preset_resolve(p, NULL, &values, &diag)) {
        check_text(preset_write_resolved(p, NULL, &values), &values);
        check_text(preset_save(p, &values), &values);
        try_paths(p, &values);
        values.camera_x += 1;
        free(preset_save(p, &values));
    }
    diagnostics_fini(&diag);
    preset_destroy(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] % 2 == 0) {
        try_preset((const char *)data + 1, size - 1);
        return 0;
    }
    struct error err = {0};
    char *text = png_read_text(data + 1, size - 1, PRESET_PNG_KEYWORD, &err);
    if (text)
        try_preset(text, strlen(text));
    free(text);
    return 0;
}
