#include "preset/mood/blend.h"

#include "air/ingredient.h"

#include "base/colour.h"
#include "base/consts.h"
#include "preset/params/param_slider.h"
#include "preset/preset_internal.h"
#include "preset/validate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TURN 6.283185307179586

struct blend {
    const struct params *const *sets;
    const double *weights;
    size_t count;
    size_t heaviest; /* the later one of equals */
    struct params *out;
};

/* What a set counts for, by where it stands. */
typedef double weigh(const struct blend *b, const struct validate_layer *layer, size_t set);

static float number_of(const struct params *p, const char *key)
{
    union param_value value;
    param_get(params_find(key), p, &value);
    return value.f;
}

static void set_number(struct params *p, const char *key, double number)
{
    const union param_value value = {.f = (float)number};
    param_put(params_find(key), p, &value);
}

static bool has_particles(const struct params *p, const struct validate_layer *layer)
{
    for (size_t i = 0; i < VALIDATE_PARTICLES; i++)
        if (number_of(p, layer->particles[i]) > 0)
            return true;
    return false;
}

/* The key of another row in the layer's section. */
static const char *key_beside(const struct validate_layer *layer, const char *name,
                              char key[PRESET_KEY_MAX])
{
    int section = (int)strcspn(layer->load, ".");
    snprintf(key, PRESET_KEY_MAX, "%.*s.%s", section, layer->load, name);
    return key;
}

/* Returns the extinction at 550 nm of what the layer holds by mass, 1/m. */
static double extinction_by_mass(const struct params *p, const struct validate_layer *layer)
{
    char key[PRESET_KEY_MAX];
    const struct air_condition condition = {number_of(p, key_beside(layer, "humidity", key)),
                                            number_of(p, key_beside(layer, "droplet", key)),
                                            number_of(p, key_beside(layer, "iron", key))};
    double sum = 0;
    for (int i = 0; i < AIR_INGREDIENT_COUNT; i++)
        sum += air_ingredient_optics((enum air_ingredient)i, &condition, 1).extinction *
               number_of(p, layer->particles[i]);
    return sum * number_of(p, layer->load);
}

static bool has_layer(const struct params *p, const struct validate_layer *layer)
{
    char key[PRESET_KEY_MAX];
    return number_of(p, layer->visibility) > 0 || number_of(p, key_beside(layer, "no2", key)) > 0 ||
           (number_of(p, layer->load) > 0 && has_particles(p, layer));
}

static double weight_of_any(const struct blend *b, const struct validate_layer *layer, size_t set)
{
    (void)layer;
    return b->weights[set];
}

static double weight_with_layer(const struct blend *b, const struct validate_layer *layer,
                                size_t set)
{
    return has_layer(b->sets[set], layer) ? b->weights[set] : 0;
}

/* The set that counts most; count when none does. */
static size_t find_heaviest(const struct blend *b, weigh *weight,
                            const struct validate_layer *layer)
{
    size_t best = b->count;
    double most = 0;
    for (size_t i = 0; i < b->count; i++) {
        double w = weight(b, layer, i);
        if (w > 0 && w >= most) {
            best = i;
            most = w;
        }
    }
    return best;
}

static void take_row(const struct param_info *row, const struct params *from, struct params *to)
{
    union param_value value;
    param_get(row, from, &value);
    param_put(row, to, &value);
}

/* ---- the means ---- */

static float mean_position(const struct blend *b, const struct param_info *row, weigh *weight,
                           const struct validate_layer *layer)
{
    double sum = 0, total = 0;
    for (size_t i = 0; i < b->count; i++) {
        double w = weight(b, layer, i);
        if (w > 0)
            sum += w * param_slider_position(row, number_of(b->sets[i], row->key));
        total += w;
    }
    return param_slider_value(row, sum / total);
}

/* Each set pulls the mean so far toward itself, so that it is even between two, and goes on
 * without a jump while weights change. */
static float mean_bearing(const struct blend *b, const struct param_info *row)
{
    double mean = 0, total = 0;
    for (size_t i = 0; i < b->count; i++) {
        if (b->weights[i] <= 0)
            continue;
        double x = number_of(b->sets[i], row->key);
        total += b->weights[i];
        mean = total > b->weights[i] ? mean + b->weights[i] / total * remainder(x - mean, TURN) : x;
    }
    double low = row->min * row->factor, high = row->max * row->factor;
    if (mean < low || mean > high)
        mean = remainder(mean, TURN);
    return (float)fmin(fmax(mean, low), high);
}

static float mean_decay(const struct blend *b, const struct param_info *row, weigh *weight,
                        const struct validate_layer *layer)
{
    double inverse = 0, total = 0, longest = row->max * row->factor;
    for (size_t i = 0; i < b->count; i++) {
        double w = weight(b, layer, i), decay = number_of(b->sets[i], row->key);
        if (w > 0 && decay > 0)
            inverse += w / decay;
        total += w;
    }
    return (float)(inverse > 0 ? fmin(total / inverse, longest) : 0);
}

static void mean_colour(const struct blend *b, const struct param_info *row, float rgb[3])
{
    double mean[3] = {0}, total = 0;
    for (size_t i = 0; i < b->count; i++) {
        union param_value value;
        double lab[3];
        param_get(row, b->sets[i], &value);
        colour_to_oklab(value.rgb, lab);
        for (int c = 0; c < 3; c++)
            mean[c] += b->weights[i] * lab[c];
        total += b->weights[i];
    }
    for (int c = 0; c < 3; c++)
        mean[c] /= total;
    colour_from_oklab(mean, rgb);
}

static void blend_row(const struct blend *b, const struct param_info *row, weigh *weight,
                      const struct validate_layer *layer)
{
    size_t one = find_heaviest(b, weight, layer);
    bool differ = false;
    union param_value value = {0};
    for (size_t i = 0; i < b->count; i++)
        differ = differ || (weight(b, layer, i) > 0 && !param_equal(row, b->sets[i], b->sets[one]));
    if (!differ || row->type == PARAM_TYPE_INT || row->type == PARAM_TYPE_CHOICE) {
        take_row(row, b->sets[one], b->out);
        return;
    }
    if (row->type == PARAM_TYPE_COLOUR)
        mean_colour(b, row, value.rgb);
    else if (row->kind & KIND_BEARING)
        value.f = mean_bearing(b, row);
    else if (row->kind & KIND_DECAY)
        value.f = mean_decay(b, row, weight, layer);
    else
        value.f = mean_position(b, row, weight, layer);
    param_put(row, b->out, &value);
}

/* ---- layers of air ---- */

static const struct validate_layer *layer_of(const struct param_info *row)
{
    for (size_t i = 0; i < validate_layer_count; i++) {
        size_t length = strcspn(validate_layers[i].load, ".");
        if (strlen(row->section) == length &&
            strncmp(row->section, validate_layers[i].load, length) == 0)
            return &validate_layers[i];
    }
    return NULL;
}

/* Logarithmic in the extinction down to what the longest visibility has; 0 for none. */
static double clearness(const struct params *p, const struct validate_layer *layer, double longest)
{
    double range = number_of(p, layer->visibility);
    if (range <= 0) {
        double haze = layer == validate_layers ? 0 : number_of(p, validate_layers[0].visibility);
        double extinction = extinction_by_mass(p, layer) / KOSCHMIEDER;
        extinction += haze > 0 ? 1 / haze : 0;
        return asinh(longest * extinction);
    }
    return asinh(longest / range);
}

/* The visibility, when some set gives one. */
static void blend_visibility(const struct blend *b, const struct validate_layer *layer)
{
    const struct param_info *row = params_find(layer->visibility);
    double longest = row->max * row->factor, sum = 0, total = 0;
    bool differ = false;
    for (size_t i = 0; i < b->count; i++) {
        if (b->weights[i] <= 0)
            continue;
        differ = differ || !param_equal(row, b->sets[i], b->sets[b->heaviest]);
        sum += b->weights[i] * clearness(b->sets[i], layer, longest);
        total += b->weights[i];
    }
    if (differ)
        set_number(b->out, layer->visibility, fmin(longest / sinh(sum / total), longest));
    else
        take_row(row, b->sets[b->heaviest], b->out);
    set_number(b->out, layer->load, 1);
}

static bool is_particle(const struct validate_layer *layer, const struct param_info *row)
{
    for (size_t i = 0; i < VALIDATE_PARTICLES; i++)
        if (strcmp(layer->particles[i], row->key) == 0)
            return true;
    return false;
}

static void blend_layer(const struct blend *b, const struct validate_layer *layer)
{
    bool by_visibility = false;
    bool anywhere = find_heaviest(b, weight_with_layer, layer) < b->count;
    for (size_t i = 0; i < b->count; i++)
        by_visibility =
            by_visibility || (b->weights[i] > 0 && number_of(b->sets[i], layer->visibility) > 0);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        bool amount = strcmp(row->key, layer->load) == 0 ||
                      strcmp(row->key, layer->visibility) == 0 || strcmp(row->name, "no2") == 0 ||
                      is_particle(layer, row);
        bool mixture = by_visibility && is_particle(layer, row);
        if (layer_of(row) == layer)
            blend_row(b, row, anywhere && (!amount || mixture) ? weight_with_layer : weight_of_any,
                      layer);
    }
    if (by_visibility)
        blend_visibility(b, layer);
    if (!has_particles(b->out, layer))
        set_number(b->out, layer->visibility, 0);
}

/* ---- views ---- */

static bool agree(const struct blend *b, const char *key)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->weights[i] > 0 && !param_equal(params_find(key), b->sets[i], b->sets[b->heaviest]))
            return false;
    return true;
}

/* Views of different places, heights above different things, have no mean. */
static bool is_switched(const struct blend *b, const struct param_info *row)
{
    if (row->kind & KIND_FROM_PLACE)
        return !agree(b, PRESET_CAMERA_SECTION ".place");
    return strcmp(row->key, PRESET_CAMERA_SECTION ".height") == 0 &&
           !agree(b, PRESET_CAMERA_SECTION ".above");
}

/* ---- all of it ---- */

/* Rounding may have put a top on its floor. */
static void keep_order(const struct blend *b)
{
    for (size_t i = 0; i < validate_order_count; i++) {
        const struct validate_order *order = &validate_orders[i];
        if (number_of(b->out, order->low) < number_of(b->out, order->high))
            continue;
        take_row(params_find(order->low), b->sets[b->heaviest], b->out);
        take_row(params_find(order->high), b->sets[b->heaviest], b->out);
    }
}

static void blend_all(const struct blend *b)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        if (is_switched(b, row))
            take_row(row, b->sets[b->heaviest], b->out);
        else if (!layer_of(row))
            blend_row(b, row, weight_of_any, NULL);
    }
    for (size_t i = 0; i < validate_layer_count; i++)
        blend_layer(b, &validate_layers[i]);
    keep_order(b);
}

void params_blend_weighted(const struct params *const *sets, const double *weights, size_t count,
                           unsigned parts, struct params *out)
{
    struct params mean, result = *sets[0];
    struct blend b = {.sets = sets, .weights = weights, .count = count, .out = &mean};
    size_t counting = 0;
    for (size_t i = 0; i < count; i++)
        counting += weights[i] > 0;
    b.heaviest = find_heaviest(&b, weight_of_any, NULL);
    if (b.heaviest == count)
        b.heaviest = 0;
    mean = *sets[b.heaviest];
    if (counting > 1)
        blend_all(&b);
    params_take(&result, &mean, parts);
    *out = result;
}

void params_blend(const struct params *a, const struct params *b, double t, unsigned parts,
                  struct params *out)
{
    const struct params *const sets[] = {a, b};
    t = t > 0 ? (t < 1 ? t : 1) : 0; /* NaN becomes 0 */
    const double weights[] = {1 - t, t};
    params_blend_weighted(sets, weights, 2, parts, out);
}
