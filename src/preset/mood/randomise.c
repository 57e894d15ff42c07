#include "preset/mood/randomise.h"

#include "base/colour.h"
#include "base/random.h"
#include "preset/params/param_slider.h"
#include "preset/params/param_value.h"
#include "preset/params/units.h"
#include "preset/validate.h"

#include <math.h>
#include <string.h>

/* Tuned by eye. */
#define REACH          0.25  /* of a slider, at strength 1 */
#define GRADE_SHARE    0.25  /* the grade's steps against the others' */
#define WAKE_CHANCE    0.2   /* that a row at 0 leaves it, at strength 1 */
#define SWITCH_CHANCE  0.3   /* that a choice changes, at strength 1 */
#define LIGHTNESS_STEP 0.6   /* OKLab's L, for a whole slider */
#define TINT_STEP      0.15  /* OKLab's a and b */
#define ALTITUDE_FOOT  100.0 /* m: logarithmic above, linear below */
#define SUN_LOWEST     (-2 * UNIT_FACTOR_deg)
#define DECAY_LOWEST   50.0 /* m */

/* The dice of one row. */
struct dice {
    uint32_t row, seed, thrown;
    double strength;
};

static double throw_unit(struct dice *d)
{
    return random_unit(random_hash3(d->row, d->thrown++, d->seed));
}

/* A step on a slider, at most +-REACH. */
static double throw_step(struct dice *d, const struct param_info *row)
{
    double share = row->affects & AFFECTS_PRINT ? GRADE_SHARE : 1;
    double first = throw_unit(d);
    return (first + throw_unit(d) - 1) * REACH * share * d->strength;
}

static double reflect(double x, double low, double high)
{
    if (x < low)
        x = low + (low - x);
    if (x > high)
        x = high - (x - high);
    return x > low ? x : low;
}

static bool is_altitude(const struct param_info *row)
{
    return row->scale == PARAM_SCALE_LINEAR && strcmp(row->unit, "m") == 0 && row->max >= 1000;
}

static float step_altitude(const struct param_info *row, float value, double step)
{
    double low = asinh(row->min / ALTITUDE_FOOT), high = asinh(row->max / ALTITUDE_FOOT);
    double at = asinh(value / ALTITUDE_FOOT) + step * (high - low);
    double x = ALTITUDE_FOOT * sinh(reflect(at, low, high));
    return (float)fmin(fmax(x, row->min), row->max);
}

/* Within half a turn of 0, where every bearing's range reaches. */
static float step_bearing(const struct param_info *row, float value, double step)
{
    const double turn = 360 * UNIT_FACTOR_deg;
    return (float)remainder(value + step * (row->max - row->min) * row->factor, turn);
}

/* Where a step is reflected, short of the slider's end. */
static double lowest_position(const struct param_info *row)
{
    if (strcmp(row->key, "sun.elevation") == 0)
        return param_slider_position(row, (float)SUN_LOWEST);
    return (row->kind & KIND_DECAY) ? param_slider_position(row, (float)DECAY_LOWEST) : 0;
}

static float step_slider(const struct param_info *row, float value, double step, struct dice *d)
{
    double at = param_slider_position(row, value);
    bool woken = throw_unit(d) < WAKE_CHANCE * d->strength;
    if (row->scale == PARAM_SCALE_LOG0 && value == 0 && !woken)
        return value;
    if ((row->kind & KIND_DECAY) && value == 0)
        at = 1;
    double low = fmin(at, lowest_position(row));
    float to = param_slider_value(row, reflect(at + step, low, 1));
    /* what is there stays there */
    return row->scale == PARAM_SCALE_LOG0 && to == 0 ? value : to;
}

static void step_colour(const struct param_info *row, float rgb[3], struct dice *d)
{
    double lab[3];
    colour_to_oklab(rgb, lab);
    lab[0] = reflect(lab[0] + throw_step(d, row) * LIGHTNESS_STEP, 0, 1);
    lab[1] += throw_step(d, row) * TINT_STEP;
    lab[2] += throw_step(d, row) * TINT_STEP;
    colour_from_oklab(lab, rgb);
}

static int32_t step_choice(const struct param_info *row, int32_t value, struct dice *d)
{
    bool choice = row->type == PARAM_TYPE_CHOICE;
    double low = choice ? 0 : row->min, high = choice ? param_choice_count(row) - 1 : row->max;
    if (throw_unit(d) >= SWITCH_CHANCE * d->strength)
        return value;
    return (int32_t)(low + floor(throw_unit(d) * (high - low + 1)));
}

static void step_row(const struct param_info *row, struct params *p, uint32_t seed, double strength)
{
    struct dice d = {
        .row = random_hash1((uint32_t)row->offset), .seed = seed, .strength = strength};
    union param_value value;
    param_get(row, p, &value);
    if (row->type == PARAM_TYPE_COLOUR) {
        step_colour(row, value.rgb, &d);
    } else if (row->type != PARAM_TYPE_FLOAT) {
        value.i = step_choice(row, value.i, &d);
    } else {
        double step = throw_step(&d, row);
        if (row->kind & KIND_BEARING)
            value.f = step_bearing(row, value.f, step);
        else if (is_altitude(row))
            value.f = step_altitude(row, value.f, step);
        else
            value.f = step_slider(row, value.f, step, &d);
    }
    param_put(row, p, &value);
}

/* The picture's shape is no mood, nor is its number among others, nor who finds its black. A layer
 * that is given by visibility stays so, and so does one that is not. */
static bool stays(const struct param_info *row, const struct params *p)
{
    if (row->kind & KIND_FRAMING)
        return true;
    for (size_t i = 0; i < validate_layer_count; i++) {
        const struct validate_layer *layer = &validate_layers[i];
        union param_value visibility;
        param_get(params_find(layer->visibility), p, &visibility);
        if (strcmp(row->key, visibility.f > 0 ? layer->load : layer->visibility) == 0)
            return true;
    }
    return false;
}

/* A top that went under its floor changes places with it, or both stay where they were. */
static void keep_order(struct params *p, const struct params *before, const bool locked[PARAM_ROWS],
                       const struct validate_order *order)
{
    const struct param_info *low = params_find(order->low), *high = params_find(order->high);
    union param_value below, above;
    param_get(low, p, &below);
    param_get(high, p, &above);
    if (below.f < above.f)
        return;
    if (below.f == above.f || locked[low - params_table] || locked[high - params_table]) {
        param_get(high, before, &below); /* changes places below */
        param_get(low, before, &above);
    }
    param_put(low, p, &above);
    param_put(high, p, &below);
}

void params_randomise(struct params *p, const bool locked[PARAM_ROWS], uint32_t seed,
                      double strength)
{
    const struct params before = *p;
    strength = fmin(fmax(strength, 0), 1);
    if (strength == 0)
        return;
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (!locked[i] && !stays(&params_table[i], &before))
            step_row(&params_table[i], p, seed, strength);
    for (size_t i = 0; i < validate_order_count; i++)
        keep_order(p, &before, locked, &validate_orders[i]);
}

void params_lock(bool locked[PARAM_ROWS], unsigned parts, bool lock)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (params_table[i].part & parts)
            locked[i] = lock;
}
