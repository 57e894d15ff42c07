#include "shot/probe.h"

#include "render/frame/radiometry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COORDINATE_MAX = 16383 }; /* of the largest picture */

static bool parse_one(const char *text, struct probe *out)
{
    char x[8];
    size_t length = strcspn(text, ",");
    if (text[length] != ',' || length >= sizeof x)
        return false;
    memcpy(x, text, length);
    x[length] = '\0';
    return options_parse_integer(x, 0, COORDINATE_MAX, &out->x) &&
           options_parse_integer(text + length + 1, 0, COORDINATE_MAX, &out->y);
}

bool probes_parse(const struct option_list *list, struct probe **probes, size_t *count,
                  struct error *err)
{
    *count = list->count;
    *probes = calloc(list->count + 1, sizeof **probes);
    if (!*probes)
        return error_set(err, ERROR_FAILED, "no memory for the probes");
    for (size_t i = 0; i < list->count; i++)
        if (!parse_one(list->items[i], &(*probes)[i]))
            return error_set(err, ERROR_USAGE,
                             "--probe wants X,Y in pixels from the top left, such as 480,200, not "
                             "'%s'",
                             list->items[i]);
    return true;
}

bool probes_check(const struct probe *probes, size_t count, int x, int y, int width, int height,
                  struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct probe *p = &probes[i];
        if (p->x < x || p->y < y || p->x >= x + width || p->y >= y + height)
            return error_set(err, ERROR_USAGE,
                             "--probe %d,%d is outside the picture, which goes from %d,%d to %d,%d",
                             p->x, p->y, x, y, x + width - 1, y + height - 1);
    }
    return true;
}

static const float *value_of(const struct layers *layers, enum layer layer,
                             const struct probe *probe, int x, int y)
{
    return plane_at(&layers->planes[layer], probe->x - x, probe->y - y);
}

void probe_print(FILE *out, const struct probe *probe, const struct layers *layers, int x, int y)
{
    const float *light = value_of(layers, LAYER_RADIANCE, probe, x, y);
    const float *through = value_of(layers, LAYER_TRANSMITTANCE, probe, x, y);
    const float *at = value_of(layers, LAYER_POSITION, probe, x, y);
    double distance = (double)*value_of(layers, LAYER_DISTANCE, probe, x, y);
    fprintf(out, "%d,%d: %.4g %.4g %.4g W/(m2 sr nm), %.4g cd/m2, transmittance %.4g %.4g %.4g",
            probe->x, probe->y, (double)light[0], (double)light[1], (double)light[2],
            radiometry_luminance(light), (double)through[0], (double)through[1],
            (double)through[2]);
    if (distance > 0)
        fprintf(out, ", %.1f m away, altitude %.1f m\n", distance, (double)at[2]);
    else
        fprintf(out, ", sky\n");
}

/* A float's nine digits are enough; as a double it would have seventeen. */
static double shortest(float value)
{
    char text[32];
    snprintf(text, sizeof text, "%.9g", (double)value);
    return strtod(text, NULL);
}

/* Null when there is nothing: `some` is false. */
static void write_triple(struct json *j, const char *key, const float value[3], bool some)
{
    if (!some) {
        json_number(j, key, NAN);
        return;
    }
    json_array_begin(j, key);
    for (int i = 0; i < 3; i++)
        json_number(j, NULL, shortest(value[i]));
    json_array_end(j);
}

void probe_write_json(struct json *j, const struct probe *probe, const struct layers *layers, int x,
                      int y)
{
    const float *v[LAYER_COUNT];
    for (int i = 0; i < LAYER_COUNT; i++)
        v[i] = value_of(layers, (enum layer)i, probe, x, y);
    bool some = *v[LAYER_DISTANCE] > 0;
    json_object_begin(j, NULL);
    json_integer(j, "x", probe->x);
    json_integer(j, "y", probe->y);
    write_triple(j, "radiance_w_m2_sr_nm", v[LAYER_RADIANCE], true);
    json_number(j, "luminance_cd_m2", shortest((float)radiometry_luminance(v[LAYER_RADIANCE])));
    write_triple(j, "inscatter_w_m2_sr_nm", v[LAYER_INSCATTER], true);
    write_triple(j, "transmittance", v[LAYER_TRANSMITTANCE], true);
    write_triple(j, "optical_depth", v[LAYER_OPTICALDEPTH], true);
    json_number(j, "distance_m", some ? shortest(*v[LAYER_DISTANCE]) : NAN);
    json_number(j, "east_m", some ? shortest(v[LAYER_POSITION][0]) : NAN);
    json_number(j, "north_m", some ? shortest(v[LAYER_POSITION][1]) : NAN);
    json_number(j, "altitude_m", some ? shortest(v[LAYER_POSITION][2]) : NAN);
    write_triple(j, "albedo", v[LAYER_ALBEDO], some);
    write_triple(j, "normal", v[LAYER_NORMAL], some);
    json_object_end(j);
}
