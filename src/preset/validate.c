#include "preset/validate.h"

const struct validate_order validate_orders[] = {
    {"haze.base", "haze.top"},
    {"slab.base", "slab.top"},
    {"fog.base", "fog.top"},
    {"grade.black", "grade.white"},
};
const size_t validate_order_count = sizeof validate_orders / sizeof validate_orders[0];

const struct validate_layer validate_layers[] = {
    {"haze.visibility",
     "haze.load",
     {
#define AIR_INGREDIENT(name, ...) "haze." #name,
#include "air/ingredients.def"
#undef AIR_INGREDIENT
     }},
    {"slab.visibility",
     "slab.load",
     {
#define AIR_INGREDIENT(name, ...) "slab." #name,
#include "air/ingredients.def"
#undef AIR_INGREDIENT
     }},
    {"fog.visibility",
     "fog.load",
     {
#define AIR_INGREDIENT(name, ...) "fog." #name,
#include "air/ingredients.def"
#undef AIR_INGREDIENT
     }},
};
const size_t validate_layer_count = sizeof validate_layers / sizeof validate_layers[0];

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

static float value_of(const struct preset_resolved *r, const char *key)
{
    union param_value value;
    param_get(params_find(key), &r->values, &value);
    return value.f;
}

/* A visibility says how much there is: it needs something to scale, and nobody else who says so. */
static bool validate_layer(const struct validate_layer *layer, const struct preset_resolved *r,
                           const char *file, struct diagnostics *diag)
{
    const struct param_info *visibility = params_find(layer->visibility);
    const struct param_info *load = params_find(layer->load);
    char text[PARAM_TEXT_MAX];
    if (value_of(r, layer->visibility) <= 0)
        return true;
    if (value_of(r, layer->load) != 1.0f) {
        struct preset_origin at = blame(r, visibility, load, file);
        return diagnostics_add(diag, at.file, at.line,
                               "%s and %s both say how much is in the air; remove one",
                               layer->visibility, layer->load);
    }
    for (size_t i = 0; i < VALIDATE_PARTICLES; i++)
        if (value_of(r, layer->particles[i]) > 0)
            return true;
    struct preset_origin at = blame(r, visibility, visibility, file);
    param_format(visibility, &r->values, PARAM_FORM_EXACT, text);
    return diagnostics_add(
        diag, at.file, at.line,
        "%s = %s has no particles to scale; give some, for example %s = 10 ug/m3",
        layer->visibility, text, layer->particles[0]);
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
    for (size_t i = 0; i < validate_layer_count; i++)
        ok = validate_layer(&validate_layers[i], r, file, diag) && ok;
    return ok;
}
