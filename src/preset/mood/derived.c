#include "preset/mood/derived.h"

#include "preset/ini_lines.h"
#include "preset/params/part.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 60 };
/* What a line may hold, its end not counted; a byte to spare. */
#define LINE_MAX_USED (INI_LINE_MAX - 2)

void derived_add_plain(struct text *t, const char *words)
{
    size_t length = strnlen(words, WORDS_MAX);
    for (size_t i = 0; i < length; i++) {
        char c = words[i];
        if (iscntrl((unsigned char)c) || c == '#' || c == ';')
            c = '_';
        text_add(t, &c, 1);
    }
}

/* ---- the head ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static bool is_path(const char *name)
{
    return strchr(name, '/') || ends_with(name, ".ini") || ends_with(name, ".png");
}

/* The base as another preset may name it, to be freed. */
static char *name_base(const char *name, struct error *err)
{
    char *base = is_path(name) ? realpath(name, NULL) : strdup(name);
    if (!base) {
        error_set(err, ERROR_FAILED, "%s: cannot tell its whole path", name);
    } else if (strpbrk(base, "#;\r\n") || strlen("base=") + strlen(base) > LINE_MAX_USED) {
        error_set(err, ERROR_USAGE,
                  "%s: a preset cannot name this path as its base; move it to one that is shorter "
                  "and has no '#' or ';'",
                  base);
        free(base);
        base = NULL;
    }
    return base;
}

/* All but the rows; to be freed. */
static char *write_head(const struct derived *d, struct error *err)
{
    struct text t = {0};
    char *base = name_base(d->base, err);
    if (!base)
        return NULL;
    bool tight = strlen("base = ") + strlen(base) > LINE_MAX_USED;
    text_addf(&t, "%sbase%s%s\ntitle = %s\n", d->comment, tight ? "=" : " = ", base, d->title);
    if (d->camera)
        text_addf(&t, "\n[camera.%s]\n", d->camera);
    free(base);
    char *text = text_take(&t);
    if (!text)
        error_set(err, ERROR_FAILED, "no memory for a preset's text");
    return text;
}

/* ---- the rows ---- */

static struct preset *parse(const struct derived *d, const char *text, struct error *err)
{
    struct diagnostics diag = {0};
    struct preset *p =
        preset_parse(d->res, d->file ? d->file : "new.ini", text, strlen(text), &diag);
    if (!p)
        error_set(err, ERROR_USAGE, "%s", diag.count > 0 ? diag.lines[0] : "out of memory");
    diagnostics_fini(&diag);
    return p;
}

static bool resolve(const struct preset *p, struct params *out, struct error *err)
{
    struct diagnostics diag = {0};
    bool ok = preset_resolve(p, NULL, out, &diag);
    if (!ok)
        error_set(err, ERROR_USAGE, "%s", diag.count > 0 ? diag.lines[0] : "out of memory");
    diagnostics_fini(&diag);
    return ok;
}

/* The head with all rows but those of a foreign camera. */
static char *put_rows(const struct derived *d, const char *head, struct error *err)
{
    struct params values = *d->values, plain;
    struct preset *p = parse(d, head, err);
    char *text = NULL;
    if (p && (!d->foreign_camera || resolve(p, &plain, err))) {
        if (d->foreign_camera) /* its own rows come later */
            params_take(&values, &plain, PARAMS_CAMERA);
        text = preset_save(p, &values);
        if (!text)
            error_set(err, ERROR_FAILED, "no memory for a preset's text");
    }
    preset_destroy(&p);
    return text;
}

static char *put_camera(const struct derived *d, const char *text, struct error *err)
{
    struct preset *p = parse(d, text, err);
    char *saved = p ? preset_save_camera(p, d->camera, d->values) : NULL;
    if (p && !saved)
        error_set(err, ERROR_FAILED, "no room for a camera '%s'", d->camera);
    preset_destroy(&p);
    return saved;
}

/* What was written is what was meant, to the bit. */
static bool reads_back(const struct derived *d, const char *text, struct error *err)
{
    struct params back;
    struct preset *p = parse(d, text, err);
    bool ok = p && resolve(p, &back, err);
    if (ok && !params_same(&back, d->values, PARAMS_ALL))
        ok = error_set(err, ERROR_FAILED, "the preset's text does not give its values");
    preset_destroy(&p);
    return ok;
}

char *derived_write(const struct derived *d, struct error *err)
{
    char *head = write_head(d, err);
    char *text = head ? put_rows(d, head, err) : NULL;
    free(head);
    if (text && d->foreign_camera) {
        char *with = put_camera(d, text, err);
        free(text);
        text = with;
    }
    if (text && !reads_back(d, text, err)) {
        free(text);
        text = NULL;
    }
    return text;
}
