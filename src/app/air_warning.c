#include "app/air_warning.h"

#include "base/figure.h"

void air_warn_of_unmet(const struct air_report *r, struct diagnostics *warnings)
{
    for (int i = 0; i < AIR_LAYERS; i++) {
        const struct air_report_layer *l = &r->layer[i];
        const char *name = air_layer_name((enum air_layer_kind)i);
        if (l->unmet)
            diagnostics_add(
                warnings, NULL, 0,
                "%s.visibility = %s is out of reach: without the %s's particles the air "
                "there leaves %s; thin what else is in it",
                name, figure_length(l->visibility_asked).s, name, figure_length(l->visibility).s);
    }
}

bool air_warn_of_params(const struct params *p, struct diagnostics *warnings, struct error *err)
{
    struct air a;
    struct air_report report;
    bool unmet = false;
    air_derive(&a, p);
    for (int i = 0; i < AIR_LAYERS; i++)
        unmet = unmet || a.layer[i].unmet;
    if (!unmet)
        return true;
    if (!air_report_make(&report, p, err))
        return false;
    air_warn_of_unmet(&report, warnings);
    return true;
}
