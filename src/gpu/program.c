#include "gpu/program.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX_COUNT 32
/* #line numbers are file * LINE_BASE + line: drivers agree on a line, not on a source string. */
#define LINE_BASE 10000

static void text_add_line_number(struct text *t, int file, int line)
{
    text_addf(t, "#line %d\n", file * LINE_BASE + line);
}

/* The files that one stage is made of; index + 1 is the file number in #line. */
struct source {
    const struct resources *res;
    char names[FILE_MAX_COUNT][64];
    int count;
    struct text out;
    const char *stage; /* "vertex" or "fragment" */
    bool has_stage;    /* the wanted stage was seen in the pass file */
};

static bool add_text(struct source *s, const char *name, const char *text, struct error *err);

static bool add_file(struct source *s, const char *name, struct error *err)
{
    for (int i = 0; i < s->count; i++)
        if (strcmp(s->names[i], name) == 0)
            return true; /* pasted once */
    char path[96];
    snprintf(path, sizeof path, "shaders/%s", name);
    char *text = resource_read(s->res, path, NULL, err);
    if (!text)
        return false;
    bool ok = add_text(s, name, text, err);
    free(text);
    return ok;
}

static bool add_include(struct source *s, const char *name, int line_number, const char *line,
                        struct error *err)
{
    char file[64];
    if (sscanf(line, "#include \"%63[^\"]\"", file) != 1)
        return error_set(err, ERROR_FAILED, "%s:%d: include without a \"file\"", name, line_number);
    return add_file(s, file, err);
}

static bool add_text(struct source *s, const char *name, const char *text, struct error *err)
{
    if (s->count == FILE_MAX_COUNT)
        return error_set(err, ERROR_FAILED, "%s: more than %d shader files", name, FILE_MAX_COUNT);
    int file = ++s->count;
    snprintf(s->names[file - 1], sizeof s->names[0], "%s", name);
    text_add_line_number(&s->out, file, 1);
    bool wanted = true;
    int number = 1;
    for (const char *at = text; *at; number++) {
        const char *end = strchr(at, '\n');
        size_t n = end ? (size_t)(end - at) + 1 : strlen(at);
        if (strncmp(at, "#stage ", 7) == 0) {
            size_t m = strlen(s->stage);
            wanted = strncmp(at + 7, s->stage, m) == 0 && strchr(" \r\n", at[7 + m]);
            s->has_stage |= wanted;
            text_add_line_number(&s->out, file, number + 1);
        } else if (wanted && strncmp(at, "#include", 8) == 0) {
            if (!add_include(s, name, number, at, err))
                return false;
            text_add_line_number(&s->out, file, number + 1);
        } else if (wanted) {
            text_add(&s->out, at, n);
        } else {
            text_add(&s->out, "\n", 1);
        }
        at += n;
    }
    text_add(&s->out, "\n", 1);
    return true;
}

/* Rewrites "0:30001(5): message" (Mesa) and "0(30001) : message" (NVIDIA) as "file:1: message":
 * any number of LINE_BASE and more is a location. */
static void locate(const struct source *s, const char *log, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (const char *at = log; *at && used + 96 < size;) {
        char *end;
        long number = strtol(at, &end, 10);
        /* Mesa puts the number of the source string before it: "0:30001". */
        if (*at == '0' && at[1] == ':' && at[2] >= '1' && at[2] <= '9') {
            at += 2;
        } else if (*at >= '0' && *at <= '9' && number >= LINE_BASE &&
                   number / LINE_BASE <= s->count) {
            used += (size_t)snprintf(out + used, size - used, "shaders/%s:%ld",
                                     s->names[number / LINE_BASE - 1], number % LINE_BASE);
            at = end;
        } else if (*at >= '0' && *at <= '9') {
            while (*at >= '0' && *at <= '9' && used + 2 < size)
                out[used++] = *at++;
        } else {
            out[used++] = *at++;
        }
    }
    out[used] = '\0';
}

/* Assembles one stage. */
static bool assemble(struct source *s, const char *name, const char *text,
                     const struct gpu_program_options *opt, struct error *err)
{
    static const char version[] = "#version 330 core\n";
    text_add(&s->out, version, sizeof version - 1);
    for (int i = 0; opt && i < opt->define_count; i++) {
        text_add_string(&s->out, "#define ");
        text_add_string(&s->out, opt->defines[i].name);
        text_add_string(&s->out, " ");
        text_add_string(&s->out, opt->defines[i].value);
        text_add_string(&s->out, "\n");
    }
    if (opt && opt->prelude)
        text_add_string(&s->out, opt->prelude);
    text_add(&s->out, "\n", 1);
    if (!add_text(s, name, text, err))
        return false;
    if (!s->has_stage && strcmp(s->stage, "vertex") == 0) {
        s->out.size = 0;
        text_add(&s->out, version, sizeof version - 1);
        if (!add_file(s, "lib/fullscreen.glsl", err))
            return false;
    }
    return !s->out.failed || error_set(err, ERROR_FAILED, "out of memory");
}

static bool compile(GLuint *shader, GLenum kind, const struct resources *res, const char *name,
                    const char *text, const struct gpu_program_options *opt, struct error *err)
{
    struct source s = {.res = res, .stage = kind == GL_VERTEX_SHADER ? "vertex" : "fragment"};
    bool ok = assemble(&s, name, text, opt, err);
    if (ok) {
        *shader = glCreateShader(kind);
        const GLchar *data = s.out.bytes;
        glShaderSource(*shader, 1, &data, NULL);
        glCompileShader(*shader);
        GLint compiled = GL_FALSE;
        glGetShaderiv(*shader, GL_COMPILE_STATUS, &compiled);
        char log[1500];
        GLsizei length = 0;
        glGetShaderInfoLog(*shader, sizeof log, &length, log);
        if (!compiled || (length > 0 && opt && opt->strict)) {
            char located[1800];
            locate(&s, log, located, sizeof located);
            ok = error_set(err, ERROR_FAILED, "shaders/%s: %s", name, located);
        }
    }
    free(s.out.bytes);
    return ok;
}

static bool link_program(GLuint id, const char *name, bool strict, struct error *err)
{
    glLinkProgram(id);
    GLint linked = GL_FALSE;
    glGetProgramiv(id, GL_LINK_STATUS, &linked);
    char log[1500];
    GLsizei length = 0;
    glGetProgramInfoLog(id, sizeof log, &length, log);
    if (!linked || (length > 0 && strict))
        return error_set(err, ERROR_FAILED, "shaders/%s: %s", name, log);
    return true;
}

bool gpu_program_init_text(struct gpu_program *p, const struct resources *res, const char *name,
                           const char *text, const struct gpu_program_options *opt,
                           struct error *err)
{
    GLuint vertex = 0, fragment = 0;
    p->id = 0;
    bool ok = compile(&vertex, GL_VERTEX_SHADER, res, name, text, opt, err) &&
              compile(&fragment, GL_FRAGMENT_SHADER, res, name, text, opt, err);
    if (ok) {
        p->id = glCreateProgram();
        glAttachShader(p->id, vertex);
        glAttachShader(p->id, fragment);
        ok = link_program(p->id, name, opt && opt->strict, err);
    }
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    if (!ok)
        gpu_program_fini(p);
    return ok;
}

/* Names of programs are small numbers, given again when they are free. */
enum { WATCHED = 4096 };

static struct {
    void (*told)(void *user, int built, int used);
    void *user;
    int built, used;
    bool was_used[WATCHED];
} watch;

void gpu_program_watch(void (*told)(void *user, int built, int used), void *user)
{
    memset(&watch, 0, sizeof watch);
    watch.told = told;
    watch.user = user;
}

static void tell_built(void)
{
    watch.built++;
    watch.told(watch.user, watch.built, watch.used);
}

static void tell_used(GLuint id)
{
    if (id >= WATCHED || watch.was_used[id])
        return;
    watch.was_used[id] = true;
    watch.used++;
    watch.told(watch.user, watch.built, watch.used);
}

bool gpu_program_init(struct gpu_program *p, const struct resources *res, const char *name,
                      const struct gpu_program_options *opt, struct error *err)
{
    char path[96];
    p->id = 0;
    snprintf(path, sizeof path, "shaders/%s", name);
    char *text = resource_read(res, path, NULL, err);
    if (!text)
        return false;
    bool ok = gpu_program_init_text(p, res, name, text, opt, err);
    free(text);
    if (ok && watch.told)
        tell_built();
    return ok;
}

void gpu_program_fini(struct gpu_program *p)
{
    if (p->id)
        glDeleteProgram(p->id);
    p->id = 0;
}

void gpu_program_use(const struct gpu_program *p)
{
    if (watch.told)
        tell_used(p->id);
    glUseProgram(p->id);
}

void gpu_program_bind_blocks(const struct gpu_program *p, const struct gpu_block_binding *bindings,
                             int count)
{
    for (int i = 0; i < count; i++) {
        GLuint index = glGetUniformBlockIndex(p->id, bindings[i].block);
        if (index != GL_INVALID_INDEX)
            glUniformBlockBinding(p->id, index, bindings[i].binding);
    }
}

void gpu_program_sampler(const struct gpu_program *p, const char *name, int unit)
{
    GLint location = glGetUniformLocation(p->id, name);
    if (location >= 0)
        glUniform1i(location, unit);
}

GLint gpu_program_uniform(const struct gpu_program *p, const char *name)
{
    return glGetUniformLocation(p->id, name);
}
