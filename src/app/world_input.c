#include "app/world_input.h"

#include "base/progress_bar.h"
#include "world/request/world_of.h"

int world_input_load(struct preset_input *in, const struct log *log)
{
    int code = preset_input_load(in, log);
    return code == APP_DONE ? preset_input_resolve(in, log) : code;
}

int world_input_build(struct preset_input *in, const struct log *log, struct macro *out)
{
    struct error err = {0};
    *out = (struct macro){0};
    struct macro_params world = world_params(&in->params);
    struct progress_bar bar;
    progress_bar_init(&bar, log);
    bool ok = cache_build_world(out, &world, app_cache_open(&in->cache, log), in->threads,
                                &bar.progress, &err);
    progress_bar_fini(&bar);
    return ok ? APP_DONE : app_fail(log, &err);
}
