/* `stillair places`: where a camera stands well in a world. */
#include "app/app.h"
#include "commands/command_input.h"

#include "base/clock.h"
#include "base/consts.h"
#include "base/json.h"
#include "world/places/places.h"

#include <math.h>
#include <stdio.h>

struct listing {
    struct app_common common;
    struct preset_input input;
    struct option_list positionals;
    struct log log;
    bool json;
};

static double rounded(double value, double per_unit)
{
    double r = floor(value * per_unit + 0.5) / per_unit;
    return r == 0 ? 0 : r; /* no minus zero */
}

static void print_text(const struct places *p)
{
    printf("%-8s %8s %8s %9s %8s %6s  %s\n", "PLACE", "X [m]", "Y [m]", "ALTITUDE", "BEARING",
           "PITCH", "WHY");
    for (int i = 0; i < PLACE_KIND_COUNT; i++) {
        const struct place *at = &p->kind[i];
        printf("%-8s %8.0f %8.0f %7.0f m %4.0f deg %6.1f  %s\n", place_name((enum place_kind)i),
               at->x, at->y, (double)at->altitude_m, at->yaw * PER_DEG,
               rounded(at->pitch * PER_DEG, 10), at->reason);
    }
}

static void print_json(const struct places *p, const struct params *params)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_integer(&j, "seed", params->land_seed);
    json_array_begin(&j, "places");
    for (int i = 0; i < PLACE_KIND_COUNT; i++) {
        const struct place *at = &p->kind[i];
        json_object_begin(&j, NULL);
        json_string(&j, "name", place_name((enum place_kind)i));
        json_number(&j, "x_m", at->x);
        json_number(&j, "y_m", at->y);
        json_number(&j, "altitude_m", rounded(at->altitude_m, 10));
        json_number(&j, "above_playa_m", rounded(at->above_m, 10));
        json_number(&j, "yaw_deg", rounded(at->yaw * PER_DEG, 100));
        json_number(&j, "pitch_deg", rounded(at->pitch * PER_DEG, 100));
        json_number(&j, "height_m", rounded(at->height_m, 100));
        json_number(&j, "score", rounded(at->score, 10000));
        json_string(&j, "reason", at->reason);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

static int list(struct listing *l)
{
    struct macro macro;
    struct places places;
    struct error err = {0};
    int code = command_input_load(&l->input, &l->log);
    if (code == APP_DONE)
        code = command_input_build(&l->input, &l->log, &macro);
    if (code != APP_DONE)
        return code;
    double start = clock_seconds();
    bool ok = places_find(&places, &macro, &err);
    macro_fini(&macro);
    if (!ok)
        return app_fail(&l->log, &err);
    log_verbose(&l->log, "found: %d places (%.3f s)", PLACE_KIND_COUNT, clock_seconds() - start);
    if (l->json)
        print_json(&places, &l->input.params);
    else
        print_text(&places);
    return app_end(&l->log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct listing l = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        PRESET_INPUT_ROWS(&l.input),
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &l.json, 0, 0, NULL},
        APP_COMMON_ROWS(&l.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &l.common, &l.positionals, &l.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = preset_input_take_name(&l.input, &l.positionals, 0, &err)
                   ? list(&l)
                   : app_fail_usage(&l.log, self, &err);
    }
    option_list_fini(&l.positionals);
    preset_input_fini(&l.input);
    return code;
}

const struct command command_places = {
    .name = "places",
    .summary = "list where a camera stands well",
    .arguments = "[PRESET]",
    .about =
        "Finds places by itself in the preset's world, one of each kind in any: metres east and\n"
        "north, altitude, the bearing of the best view and a pitch for it. A camera uses one by\n"
        "its name, whatever the seed: camera.place=terrace; its x, y, yaw and pitch then count\n"
        "from the place. PRESET as for 'stillair render'.",
    .example = "  stillair places --seed 12\n"
               "  stillair render --seed 12 --set camera.place=shore",
    .run = run,
};
