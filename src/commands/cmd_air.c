/* `stillair air`: what is in a preset's air, and what follows from it. */
#include "app/air_warning.h"
#include "app/app.h"
#include "base/consts.h"
#include "base/figure.h"
#include "commands/command_input.h"

#include "air/report.h"
#include "base/colour.h"
#include "base/json.h"

#include <math.h>
#include <stdio.h>

#define PER_UG  1e9 /* kg/m3 in ug/m3 */
#define PER_PPB 1e9
#define PER_KM  1e3 /* 1/m in 1/km */

struct job {
    struct app_common common;
    struct preset_input input;
    struct option_list positionals;
    struct log log;
    bool json;
};

/* ---- words ---- */

/* The sun's colour as "#rrggbb", "-" when there is no sun. */
static struct figure hex(const double colour[AIR_WAVES])
{
    struct figure t = {"-"};
    const float rgb[3] = {(float)colour[0], (float)colour[1], (float)colour[2]};
    if (!isnan(colour[0]))
        snprintf(t.s, sizeof t.s, "#%06x", (unsigned)colour_nearest_hex(rgb));
    return t;
}

static bool is_there(const struct air_report_layer *l)
{
    return !l->empty || l->unmet;
}

static const char *layer_name(int kind)
{
    return air_layer_name((enum air_layer_kind)kind);
}

static const char *quality(double pm25)
{
    return air_quality_name(air_quality_of(pm25));
}

/* ---- text ---- */

static void print_breath(const char *where, double visibility, double pm25, double no2)
{
    printf("%-22s %10s %15s %11s  %s", where, figure_length(visibility).s,
           figure_write(pm25 * PER_UG, 3).s, figure_write(no2 * PER_PPB, 3).s, quality(pm25));
}

static void print_breaths(const struct air_report *r)
{
    printf("%-22s %10s %15s %11s  %s\n", "AIR", "VISIBILITY", "PM2.5 [ug/m3]", "NO2 [ppb]",
           "AIR QUALITY");
    print_breath("on the ground, 0 m", r->ground.visibility, r->ground.pm25, r->ground.no2);
    putchar('\n');
    for (int i = 0; i < AIR_LAYERS; i++) {
        const struct air_report_layer *l = &r->layer[i];
        char where[32];
        if (!is_there(l))
            continue;
        snprintf(where, sizeof where, "the %s's base", layer_name(i));
        print_breath(where, l->visibility, l->pm25, l->no2);
        if (l->unmet)
            printf("; %s was asked for", figure_length(l->visibility_asked).s);
        putchar('\n');
    }
}

/* A row of the layers' table: label, and the figure of each layer that is there. */
struct row {
    const char *label;
    double value[AIR_LAYERS];
};

static void print_row(const struct air_report *r, const struct row *row, int digits)
{
    printf("%-36s", row->label);
    for (int i = 0; i < AIR_LAYERS; i++)
        if (is_there(&r->layer[i]))
            printf(" %10s", figure_write(row->value[i], digits).s);
    putchar('\n');
}

#define LAYER_ROW(r, digits, label_, member, factor)                                               \
    print_row(r,                                                                                   \
              &(struct row){label_,                                                                \
                            {(r)->layer[0].member * (factor), (r)->layer[1].member * (factor),     \
                             (r)->layer[2].member * (factor)}},                                    \
              digits)

/* The same, a row a wavelength. */
#define LAYER_WAVES(r, digits, label, member, factor)                                              \
    do {                                                                                           \
        LAYER_ROW(r, digits, label ", 680 nm", member[0], factor);                                 \
        LAYER_ROW(r, digits, label ", 550 nm", member[1], factor);                                 \
        LAYER_ROW(r, digits, label ", 440 nm", member[2], factor);                                 \
    } while (0)

static void print_masses(const struct air_report *r)
{
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
        char label[48];
        double most = 0;
        for (int i = 0; i < AIR_LAYERS; i++)
            most = fmax(most, r->layer[i].mass[k]);
        snprintf(label, sizeof label, "%s [ug/m3]", air_ingredient_name((enum air_ingredient)k));
        if (most > 0)
            LAYER_ROW(r, 3, label, mass[k], PER_UG);
    }
}

static void print_layers(const struct air_report *r)
{
    bool any = false;
    for (int i = 0; i < AIR_LAYERS; i++)
        any = any || is_there(&r->layer[i]);
    if (!any)
        return;
    printf("\n%-36s", "LAYER, at its base");
    for (int i = 0; i < AIR_LAYERS; i++)
        if (is_there(&r->layer[i]))
            printf(" %10s", layer_name(i));
    putchar('\n');
    LAYER_ROW(r, FIGURE_WHOLE, "from [m]", base, 1);
    LAYER_ROW(r, FIGURE_WHOLE, "to [m]", top, 1);
    print_masses(r);
    LAYER_WAVES(r, 3, "extinction [1/km]", extinction, PER_KM);
    LAYER_WAVES(r, 3, "single-scattering albedo", albedo, 1);
    LAYER_WAVES(r, 2, "asymmetry", asymmetry, 1);
    LAYER_ROW(r, 3, "Angstrom exponent, 440-680 nm", angstrom, 1);
}

static void print_depth(const char *label, const double depth[AIR_WAVES])
{
    printf("%-36s", label);
    for (int w = 0; w < AIR_WAVES; w++)
        printf(" %10s", figure_write(depth[w], 3).s);
    putchar('\n');
}

static void print_depths(const struct air_report *r)
{
    printf("\n%-36s %10s %10s %10s\n", "OPTICAL DEPTH above 0 m", "680 nm", "550 nm", "440 nm");
    print_depth("molecules", r->rayleigh_depth);
    print_depth("ozone", r->ozone_depth);
    for (int i = 0; i < AIR_LAYERS; i++)
        if (!r->layer[i].empty)
            print_depth(layer_name(i), r->layer[i].optical_depth);
    print_depth("all", r->optical_depth);
}

static struct figure sun_place(const struct air_report_sun *s)
{
    struct figure t;
    if (s->layer < 0)
        snprintf(t.s, sizeof t.s, "on the ground, 0 m");
    else
        snprintf(t.s, sizeof t.s, "above the %s, %.0f m", layer_name(s->layer), s->altitude);
    return t;
}

static void print_suns(const struct air_report *r)
{
    printf("\n%-24s %9s %9s %9s %10s %8s %10s\n", "SUN, transmittance", "680 nm", "550 nm",
           "440 nm", "RED/GREEN", "COLOUR", "SKY'S PART");
    for (int i = 0; i < r->sun_count; i++) {
        const struct air_report_sun *s = &r->sun[i];
        printf("%-24s", sun_place(s).s);
        for (int w = 0; w < AIR_WAVES; w++)
            printf(" %9s", figure_write(s->transmittance[w], 3).s);
        printf(" %10s %8s %8s %%\n", figure_write(s->red_over_green, 3).s, hex(s->colour).s,
               figure_write(100 * s->sky_share[1], 3).s);
    }
}

static void print_text(const struct job *job, const struct air_report *r)
{
    printf("%s, the sun %g deg high\n\n", preset_name(job->input.preset),
           figure_round(r->sun_elevation * PER_DEG, 4));
    print_breaths(r);
    print_layers(r);
    print_depths(r);
    print_suns(r);
}

/* ---- JSON ---- */

static void put(struct json *j, const char *key, double value)
{
    json_number(j, key, figure_round(value, 5));
}

static void put_waves(struct json *j, const char *key, const double values[AIR_WAVES])
{
    json_array_begin(j, key);
    for (int w = 0; w < AIR_WAVES; w++)
        put(j, NULL, values[w]);
    json_array_end(j);
}

static void put_layer(struct json *j, const struct air_report_layer *l, const char *name)
{
    json_object_begin(j, NULL);
    json_string(j, "name", name);
    put(j, "base_m", l->base);
    put(j, "top_m", l->top);
    put(j, "lid_m", l->lid);
    put(j, "visibility_m", l->visibility);
    put(j, "visibility_asked_m", l->visibility_asked > 0 ? l->visibility_asked : NAN);
    json_bool(j, "visibility_unmet", l->unmet);
    put_waves(j, "extinction_per_m", l->extinction);
    put_waves(j, "single_scattering_albedo", l->albedo);
    put_waves(j, "asymmetry", l->asymmetry);
    put(j, "angstrom_exponent_440_680", l->angstrom);
    put_waves(j, "optical_depth", l->optical_depth);
    json_object_begin(j, "ingredients_ug_m3");
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
        put(j, air_ingredient_name((enum air_ingredient)k), l->mass[k] * PER_UG);
    json_object_end(j);
    put(j, "no2_ppb", l->no2 * PER_PPB);
    put(j, "pm25_ug_m3", l->pm25 * PER_UG);
    json_string(j, "air_quality", quality(l->pm25));
    json_object_end(j);
}

static void put_depths(struct json *j, const struct air_report *r)
{
    put_waves(j, "optical_depth", r->optical_depth);
    json_object_begin(j, "optical_depth_of");
    put_waves(j, "molecules", r->rayleigh_depth);
    put_waves(j, "ozone", r->ozone_depth);
    for (int i = 0; i < AIR_LAYERS; i++)
        put_waves(j, layer_name(i), r->layer[i].optical_depth);
    json_object_end(j);
}

static void put_suns(struct json *j, const struct air_report *r)
{
    put_waves(j, "sun_transmittance", r->sun[0].transmittance);
    json_array_begin(j, "sun");
    for (int i = 0; i < r->sun_count; i++) {
        const struct air_report_sun *s = &r->sun[i];
        json_object_begin(j, NULL);
        json_string(j, "above", s->layer < 0 ? "ground" : layer_name(s->layer));
        put(j, "altitude_m", s->altitude);
        put_waves(j, "transmittance", s->transmittance);
        put(j, "red_over_green", s->red_over_green);
        put_waves(j, "colour_linear_srgb", s->colour);
        if (isnan(s->colour[0]))
            put(j, "colour", NAN); /* null */
        else
            json_string(j, "colour", hex(s->colour).s);
        put_waves(j, "sky_share", s->sky_share);
        json_object_end(j);
    }
    json_array_end(j);
}

static void print_json(const struct job *job, const struct air_report *r)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_string(&j, "preset", preset_name(job->input.preset));
    put_waves(&j, "wavelengths_nm", air_nm);
    put(&j, "sun_elevation_deg", r->sun_elevation * PER_DEG);
    put(&j, "visibility_m", r->ground.visibility);
    put_waves(&j, "extinction_per_m", r->ground.extinction);
    put_waves(&j, "single_scattering_albedo", r->ground.albedo);
    put(&j, "no2_ppb", r->ground.no2 * PER_PPB);
    put(&j, "pm25_ug_m3", r->ground.pm25 * PER_UG);
    json_string(&j, "air_quality", quality(r->ground.pm25));
    json_array_begin(&j, "layers");
    for (int i = 0; i < AIR_LAYERS; i++)
        if (is_there(&r->layer[i]))
            put_layer(&j, &r->layer[i], layer_name(i));
    json_array_end(&j);
    put_depths(&j, r);
    put_suns(&j, r);
    json_object_end(&j);
}

/* ---- the command ---- */

static int tell(struct job *job)
{
    struct error err = {0};
    struct air_report report;
    int code = command_input_load(&job->input, &job->log);
    if (code != APP_DONE)
        return code;
    if (!air_report_make(&report, &job->input.params, &err))
        return app_fail(&job->log, &err);
    air_warn_of_unmet(&report, &job->input.found.warnings);
    log_findings(&job->log, &job->input.found);
    if (job->json)
        print_json(job, &report);
    else
        print_text(job, &report);
    return app_end(&job->log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct job job = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        PRESET_SET_ROW(&job.input),
        PRESET_DATA_ROW(&job.input),
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &job.json, 0, 0, NULL},
        APP_COMMON_ROWS(&job.common),
    };
    int code;
    if (app_begin(
            &(struct app_call){self, arg_count, args, &job.common, &job.positionals, &job.log},
            rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = preset_input_take_name(&job.input, &job.positionals, 0, &err)
                   ? tell(&job)
                   : app_fail_usage(&job.log, self, &err);
    }
    option_list_fini(&job.positionals);
    preset_input_fini(&job.input);
    return code;
}

const struct command command_air = {
    .name = "air",
    .summary = "tell what follows from what is in the air",
    .arguments = "[PRESET]",
    .about =
        "Visibility (2% contrast at 550 nm), PM2.5 with the US EPA's class of it (2024, meant for\n"
        "means of 24 hours), extinction and albedo of each layer, optical depths along the\n"
        "vertical, and the sun's transmittance and colour. Amounts are those after a visibility "
        "has\n"
        "scaled them; masses are dry, and the share of PM2.5 in dust, ash and salt is a rounded\n"
        "one. What is told of a layer is its own, at its base; but its visibility is that at\n"
        "altitude 0 where the base lies lower, and counts molecules and the layers before it "
        "(haze,\n"
        "slab, fog). The sky's part is its share of the light on level ground, at 550 nm. Red "
        "over\n"
        "green is 1 above the air. No land is built, and no OpenGL is needed. PRESET as for\n"
        "'stillair render'.",
    .example = "  stillair air the-zone\n"
               "  stillair air haven-morning --set 'fog.visibility=150 m' --json",
    .run = run,
};
