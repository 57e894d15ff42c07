#include "base/file.h"
#include "base/nearest.h"
#include "base/text.h"
#include "picture/png.h"
#include "preset/preset_internal.h"
#include "preset/preset_own.h"
#include "preset/validate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHIPPED_SUFFIX ".ini"

/* Who asks for a preset, and where a message about that belongs. */
struct asker {
    const struct resources *res;
    const struct preset_source *child; /* NULL: the caller of preset_load() */
    const char *file;                  /* NULL: no place */
    int line;
    struct diagnostics *diag;
};

static struct preset *load_base(const struct preset_source *child, const char *base, int line,
                                struct diagnostics *diag); /* a base may have one itself */

static char *print(const char *a, const char *b, const char *c)
{
    struct text t = {0};
    text_addf(&t, "%s%s%s", a, b, c);
    return text_take(&t);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length > tail && strcmp(text + length - tail, end) == 0;
}

static bool is_path(const char *name)
{
    return strchr(name, '/') || ends_with(name, ".ini") || ends_with(name, ".png");
}

/* "a/b/the-zone.ini" -> "a/b/", to be freed. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return strndup(path, slash ? (size_t)(slash - path) + 1 : 0);
}

/* "a/b/the-zone.ini" -> "the-zone", to be freed. */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return strndup(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* The same text for the same file, to be freed: its real path, or what it is called. */
static char *id_of(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : strdup(path);
}

/* "c -> b -> a" from the outermost preset to the innermost. */
static void add_chain(struct text *t, const struct preset_source *source)
{
    if (!source)
        return;
    add_chain(t, source->child);
    text_addf(t, "%s -> ", source->file);
}

/* False with a message when `source` already stands in its own chain, or the chain is too long. */
static bool check_chain(const struct asker *asker, const struct preset_source *source)
{
    int depth = 0;
    bool circle = false;
    for (const struct preset_source *s = source->child; s; s = s->child, depth++)
        circle = circle || strcmp(s->id, source->id) == 0;
    if (!circle && depth <= PRESET_DEPTH_MAX)
        return true;
    struct text t = {0};
    add_chain(&t, source->child);
    text_add_string(&t, source->file);
    char *chain = text_take(&t);
    const char *shown = chain ? chain : source->file;
    if (circle)
        diagnostics_add(asker->diag, asker->file, asker->line,
                        "base goes in a circle: %s; remove one of them", shown);
    else
        diagnostics_add(asker->diag, asker->file, asker->line,
                        "more than %d bases on top of each other: %s; remove some",
                        PRESET_DEPTH_MAX, shown);
    free(chain);
    return false;
}

/* The preset of bytes that were read: the text itself, or what a picture carries. */
static struct preset *read_bytes(const struct asker *asker, const struct preset_source *source,
                                 const char *bytes, size_t size)
{
    struct error err = {0};
    if (!png_is_png(bytes, size))
        return preset_read(source, bytes, size, asker->diag);
    char *text = png_read_text(bytes, size, PRESET_PNG_KEYWORD, &err);
    if (!text) {
        diagnostics_add(asker->diag, source->file, 0, "no preset in this picture: %s", err.text);
        return NULL;
    }
    struct preset_source alone = *source;
    alone.is_picture = true;
    struct preset *p = preset_read(&alone, text, strlen(text), asker->diag);
    free(text);
    return p;
}

static struct preset *out_of_memory(const struct asker *asker)
{
    diagnostics_add(asker->diag, asker->file, asker->line, "out of memory");
    return NULL;
}

/* `path`: of the disk, or the name of a resource. `file`: what messages call it. */
static struct preset *load_file(const struct asker *asker, const char *path, const char *file,
                                const char *on_disk, bool is_resource)
{
    char *name = stem_of(path), *folder = folder_of(path), *id = id_of(on_disk);
    struct preset_source source = {asker->res,  name,  file,         id,       folder,
                                   is_resource, false, asker->child, load_base};
    struct preset *p = NULL;
    struct error err = {0};
    size_t size = 0;
    if (!name || !folder || !id) {
        p = out_of_memory(asker);
    } else if (check_chain(asker, &source)) {
        char *bytes = is_resource ? resource_read(asker->res, path, &size, &err)
                                  : file_read(path, &size, &err);
        if (bytes)
            p = read_bytes(asker, &source, bytes, size);
        else
            diagnostics_add(asker->diag, asker->file, asker->line, "%s", err.text);
        free(bytes);
    }
    free(name);
    free(folder);
    free(id);
    return p;
}

/* A resource is called by its path below a data folder, or by its bare file name when embedded. */
static struct preset *load_resource(const struct asker *asker, const char *resource)
{
    const char *slash = strrchr(resource, '/');
    const char *dir = asker->res->data_dir;
    char *file = dir ? print(dir, ends_with(dir, "/") ? "" : "/", resource)
                     : strdup(slash ? slash + 1 : resource);
    struct preset *p =
        file ? load_file(asker, resource, file, dir ? file : resource, true) : out_of_memory(asker);
    free(file);
    return p;
}

/* The names there are, while one is sought. */
struct names {
    const char *name;
    bool shipped, own;
    char nearest[128];
    size_t distance;
    struct text shipped_list, own_list;
};

static void offer(struct names *n, const char *name, bool *found, struct text *list)
{
    struct nearest nearest = {.word = n->name};
    nearest_offer(&nearest, name);
    if (nearest.best && (!n->nearest[0] || nearest.distance < n->distance)) {
        snprintf(n->nearest, sizeof n->nearest, "%s", name);
        n->distance = nearest.distance;
    }
    *found = *found || strcmp(name, n->name) == 0;
    text_addf(list, "%s%s", list->size ? ", " : "", name);
}

static void visit_shipped(const char *resource, void *user)
{
    struct names *n = user;
    char *name = stem_of(resource);
    if (name && !strchr(resource + strlen(PRESET_SHIPPED_FOLDER), '/'))
        offer(n, name, &n->shipped, &n->shipped_list);
    free(name);
}

static void visit_own(const char *name, void *user)
{
    struct names *n = user;
    offer(n, name, &n->own, &n->own_list);
}

static void complain_names(const struct asker *asker, const struct names *n, const char *shipped,
                           const char *own)
{
    char hint[256] = ";";
    if (n->nearest[0])
        snprintf(hint, sizeof hint, "; did you mean '%s'?", n->nearest);
    diagnostics_add(asker->diag, asker->file, asker->line, "no preset named '%s'%s shipped: %s%s%s",
                    n->name, hint, shipped[0] ? shipped : "none: write a path that ends in .ini",
                    own[0] ? "; your own: " : "", own);
}

static struct preset *load_own(const struct asker *asker, const char *name)
{
    struct error err = {0};
    char *path = preset_own_path(asker->res, name, &err);
    struct preset *p = NULL;
    if (path)
        p = load_file(asker, path, path, path, false);
    else
        diagnostics_add(asker->diag, asker->file, asker->line, "%s", err.text);
    free(path);
    return p;
}

static struct preset *load_shipped(const struct asker *asker, const char *name)
{
    char *resource = print(PRESET_SHIPPED_FOLDER, name, SHIPPED_SUFFIX);
    struct preset *p = resource ? load_resource(asker, resource) : out_of_memory(asker);
    free(resource);
    return p;
}

/* A shipped preset is built on shipped ones only. */
static bool may_be_own(const struct asker *asker)
{
    return !asker->child || !asker->child->is_resource;
}

static struct preset *load_named(const struct asker *asker, const char *name)
{
    struct names n = {.name = name};
    struct error err = {0};
    bool listed =
        resource_each(asker->res, PRESET_SHIPPED_FOLDER, SHIPPED_SUFFIX, visit_shipped, &n, &err) &&
        (!may_be_own(asker) || preset_own_each(asker->res, visit_own, &n, &err));
    char *shipped = text_take(&n.shipped_list), *own = text_take(&n.own_list);
    struct preset *p = NULL;
    if (!shipped || !own)
        p = out_of_memory(asker);
    else if (n.shipped)
        p = load_shipped(asker, name);
    else if (!listed)
        diagnostics_add(asker->diag, asker->file, asker->line, "%s", err.text);
    else if (n.own)
        p = load_own(asker, name);
    else
        complain_names(asker, &n, shipped, own);
    free(shipped);
    free(own);
    return p;
}

static struct preset *load_base(const struct preset_source *child, const char *base, int line,
                                struct diagnostics *diag)
{
    struct asker asker = {child->res, child, child->file, line, diag};
    if (child->is_picture) { /* pictures come from anywhere, and must not have files opened */
        diagnostics_add(diag, child->file, line,
                        "the preset of a picture cannot have a base; 'stillair show --preset' "
                        "prints it, to be saved as an .ini file");
        return NULL;
    }
    if (!base[0]) {
        diagnostics_add(diag, child->file, line, "base names nothing; write 'base = NAME'");
        return NULL;
    }
    if (!is_path(base))
        return load_named(&asker, base);
    char *path = print(base[0] == '/' ? "" : child->folder, base, "");
    struct preset *p = NULL;
    if (!path)
        p = out_of_memory(&asker);
    else if (child->is_resource && base[0] != '/')
        p = load_resource(&asker, path);
    else
        p = load_file(&asker, path, path, path, false);
    free(path);
    return p;
}

/* The last step for a preset that nobody inherits: do its values make sense together? A base need
 * not, so long as what is built on it does. */
static struct preset *validated(struct preset *p, struct diagnostics *diag)
{
    if (!p)
        return NULL;
    struct preset_resolved r;
    preset_resolve_file(p, preset_camera_name(p, 0), &r);
    bool ok = preset_validate(&r, p->file, diag);
    ok = preset_check_placed(p, diag) && ok;
    if (!preset_check_paths(p, diag) || !ok)
        preset_destroy(&p);
    return p;
}

struct preset *preset_load(const struct resources *res, const char *name, struct diagnostics *diag)
{
    struct asker asker = {.res = res, .diag = diag};
    struct preset *p =
        is_path(name) ? load_file(&asker, name, name, name, false) : load_named(&asker, name);
    return validated(p, diag);
}

static struct preset *parse(const struct resources *res, const char *file, const char *text,
                            size_t size, bool is_picture, struct diagnostics *diag)
{
    char *name = stem_of(file), *folder = folder_of(file), *id = id_of(file);
    struct preset_source source = {res, name, file, id, folder, false, is_picture, NULL, load_base};
    struct preset *p = NULL;
    if (name && folder && id)
        p = preset_read(&source, text, size, diag);
    else
        diagnostics_add(diag, file, 0, "out of memory");
    free(name);
    free(folder);
    free(id);
    return validated(p, diag);
}

struct preset *preset_parse(const struct resources *res, const char *file, const char *text,
                            size_t size, struct diagnostics *diag)
{
    return parse(res, file, text, size, false, diag);
}

struct preset *preset_parse_picture(const struct resources *res, const char *file, const char *text,
                                    size_t size, struct diagnostics *diag)
{
    return parse(res, file, text, size, true, diag);
}
