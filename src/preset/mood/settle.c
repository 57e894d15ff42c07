#include "preset/mood/settle.h"

#include "preset/params/param_value.h"
#include "preset/validate.h"

#include <string.h>

/* What gives way stays so far off, metres. */
static const float gap_m = 10;

static float get(const char *key, const struct params *p)
{
    union param_value value = {.f = 0};
    const struct param_info *row = params_find(key);
    if (row)
        param_get(row, p, &value);
    return value.f;
}

/* As near to the value as the row's range allows. */
static void put(const char *key, struct params *p, float f)
{
    const struct param_info *row = params_find(key);
    if (!row)
        return;
    float low = (float)(row->min * row->factor), high = (float)(row->max * row->factor);
    union param_value value = {.f = f < low ? low : f > high ? high : f};
    param_put(row, p, &value);
}

static void settle_order(struct params *p, const char *changed, const struct validate_order *o)
{
    float low = get(o->low, p), high = get(o->high, p);
    if (low < high)
        return;
    if (strcmp(changed, o->low) == 0)
        put(o->high, p, low + gap_m);
    else
        put(o->low, p, high - gap_m);
    /* At the end of a range the changed one must give way after all. */
    if (get(o->low, p) >= get(o->high, p))
        put(o->low, p, get(o->high, p) - gap_m);
    if (get(o->low, p) >= get(o->high, p))
        put(o->high, p, get(o->low, p) + gap_m);
}

static void settle_layer(struct params *p, const char *changed, const struct validate_layer *l)
{
    if (get(l->visibility, p) <= 0)
        return;
    if (get(l->load, p) != 1.0f) {
        if (strcmp(changed, l->load) == 0)
            put(l->visibility, p, 0);
        else
            put(l->load, p, 1);
    }
    for (size_t i = 0; i < VALIDATE_PARTICLES; i++)
        if (get(l->particles[i], p) > 0)
            return;
    if (strcmp(changed, l->visibility) == 0)
        put(l->particles[0], p, 1e-8f); /* kg/m3: 10 ug/m3, which the visibility scales */
    else
        put(l->visibility, p, 0); /* the last particles were taken out */
}

void settle_params(struct params *p, size_t row)
{
    if (row >= params_table_count)
        return;
    const char *changed = params_table[row].key;
    for (size_t i = 0; i < validate_order_count; i++)
        settle_order(p, changed, &validate_orders[i]);
    for (size_t i = 0; i < validate_layer_count; i++)
        settle_layer(p, changed, &validate_layers[i]);
}
