#include "render/layers.h"

#include "base/nearest.h"
#include "render/frame/radiometry.h"

#include <string.h>

#define RGB(name)                                                                                  \
    3,                                                                                             \
    {                                                                                              \
        name ".R", name ".G", name ".B"                                                            \
    }
#define XYZ(name)                                                                                  \
    3,                                                                                             \
    {                                                                                              \
        name ".X", name ".Y", name ".Z"                                                            \
    }

const struct layer_info layer_table[LAYER_COUNT] = {
    [LAYER_RADIANCE] = {"radiance", 3, {"R", "G", "B"}, RADIOMETRY_UNIT, false},
    [LAYER_DISTANCE] = {"distance", 1, {"distance.Z"}, "m", true},
    [LAYER_TRANSMITTANCE] = {"transmittance", RGB("transmittance"), "1", false},
    [LAYER_INSCATTER] = {"inscatter", RGB("inscatter"), RADIOMETRY_UNIT, false},
    [LAYER_ALBEDO] = {"albedo", RGB("albedo"), "1", false},
    [LAYER_NORMAL] = {"normal", XYZ("normal"), "1", false},
    [LAYER_POSITION] = {"position", XYZ("position"), "m", true},
    [LAYER_OPTICALDEPTH] = {"opticaldepth", RGB("opticaldepth"), "1", true},
};

void layers_fini(struct layers *layers)
{
    for (int i = 0; i < LAYER_COUNT; i++)
        plane_fini(&layers->planes[i]);
}

static bool parse_one(const char *word, unsigned *bits, struct error *err)
{
    struct nearest nearest = {.word = word};
    for (int i = 0; i < LAYER_COUNT; i++) {
        if (strcmp(layer_table[i].name, word) == 0) {
            *bits |= LAYER_BIT(i);
            return true;
        }
        nearest_offer(&nearest, layer_table[i].name);
    }
    if (nearest.best)
        return error_set(err, ERROR_USAGE, "no layer is called '%s'; did you mean '%s'?", word,
                         nearest.best);
    return error_set(err, ERROR_USAGE,
                     "no layer is called '%s'; there are radiance, distance, transmittance, "
                     "inscatter, albedo, normal, position and opticaldepth",
                     word);
}

bool layers_parse(const char *list, unsigned *bits, struct error *err)
{
    *bits = 0;
    for (const char *at = list;; at++) {
        char word[32];
        size_t length = strcspn(at, ",");
        size_t kept = length < sizeof word ? length : sizeof word - 1;
        memcpy(word, at, kept);
        word[kept] = '\0';
        if (!parse_one(word, bits, err))
            return false;
        at += length;
        if (!*at)
            return true;
    }
}
