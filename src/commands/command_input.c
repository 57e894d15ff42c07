#include "commands/command_input.h"

#include "base/progress_bar.h"
#include "world/request/world_of.h"

int command_input_end(struct preset_input *in, const struct log *log, bool ok,
                      const struct error *err)
{
    log_findings(log, &in->found);
    return ok ? APP_DONE : app_fail(log, err);
}

int command_input_load(struct preset_input *in, const struct log *log)
{
    struct error err = {0};
    bool ok = preset_input_load(in, &err) && preset_input_resolve(in, &err);
    return command_input_end(in, log, ok, &err);
}

int command_input_build(struct preset_input *in, const struct log *log, struct macro *out)
{
    struct error err = {0};
    *out = (struct macro){0};
    struct macro_params world = world_params(&in->params);
    struct progress_bar bar;
    progress_bar_init(&bar, log);
    const struct machine machine = preset_input_machine(in, &bar.progress, log);
    bool ok = cache_build_world(out, &world, &machine, &err);
    progress_bar_fini(&bar);
    return ok ? APP_DONE : app_fail(log, &err);
}
