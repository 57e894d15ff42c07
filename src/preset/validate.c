#include "preset/validate.h"

const struct validate_order validate_orders[] = {
    {"fog.base", "fog.top"},
};
const size_t validate_order_count = sizeof validate_orders / sizeof validate_orders[0];

/* How likely a place is what the reader last touched: the command line, the preset itself, a base.
 */
static int rank(const struct preset_origin *origin, const char *file)
{
    if (!origin->file)
        return 0;
    return origin->line == 0 ? 3 : origin->file == file ? 2 : 1;
}

static struct preset_origin blame(const struct preset_resolved *r, const struct param_info *low,
                                  const struct param_info *high, const char *file)
{
    struct preset_origin a = r->origins[preset_row_index(low)];
    struct preset_origin b = r->origins[preset_row_index(high)];
    struct preset_origin whole = {file, 0};
    if (rank(&a, file) > rank(&b, file))
        return a;
    return b.file ? b : whole;
}

bool preset_validate(const struct preset_resolved *r, const char *file, struct diagnostics *diag)
{
    bool ok = true;
    for (size_t i = 0; i < validate_order_count; i++) {
        const struct param_info *low = params_find(validate_orders[i].low);
        const struct param_info *high = params_find(validate_orders[i].high);
        union param_value below, above;
        char below_text[PARAM_TEXT_MAX], above_text[PARAM_TEXT_MAX];
        if (!low || !high)
            continue; /* a row went away; a test tells */
        param_get(low, &r->values, &below);
        param_get(high, &r->values, &above);
        if (below.f < above.f)
            continue;
        param_format(low, &r->values, PARAM_FORM_EXACT, below_text);
        param_format(high, &r->values, PARAM_FORM_EXACT, above_text);
        struct preset_origin at = blame(r, low, high, file);
        ok = diagnostics_add(diag, at.file, at.line,
                             "%s (%s) is not above %s (%s); raise one or lower the other",
                             high->key, above_text, low->key, below_text);
    }
    return ok;
}
