#include "render/frame/passes.h"

static const struct {
    const char *name;
    unsigned makers;
} table[PASS_COUNT] = {
#define PASS(token, name, makers) {name, makers},
#include "render/frame/passes.def"
#undef PASS
};

const char *pass_name(enum pass pass)
{
    return table[pass].name;
}

unsigned pass_makers(enum pass pass)
{
    return table[pass].makers;
}

void passes_init(struct passes *p)
{
    *p = (struct passes){0};
    for (int i = 0; i < PASS_COUNT; i++)
        gpu_timer_init(&p->timers[i]);
}

void passes_fini(struct passes *p)
{
    for (int i = 0; i < PASS_COUNT; i++)
        gpu_timer_fini(&p->timers[i]);
    *p = (struct passes){0};
}

void passes_begin(struct passes *p, enum pass pass)
{
    gpu_timer_begin(&p->timers[pass]);
}

void passes_end(struct passes *p, enum pass pass)
{
    gpu_timer_end(&p->timers[pass]);
    p->timed[pass] = true;
}

void passes_take_ms(struct passes *p, enum pass pass, double ms)
{
    p->ms[pass] = ms;
}

double passes_ms(struct passes *p, enum pass pass)
{
    if (p->timed[pass])
        p->ms[pass] = gpu_timer_ms(&p->timers[pass]);
    return p->ms[pass];
}

double passes_known_ms(struct passes *p, enum pass pass)
{
    return p->timed[pass] && gpu_timer_ready(&p->timers[pass]) ? passes_ms(p, pass) : p->ms[pass];
}
