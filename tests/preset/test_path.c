/* Paths: what a preset may say of them, and where they lead. */
#include "tests/preset/preset_fixture.h"

#include "base/colour.h"
#include "preset/params/param_slider.h"

#include <math.h>

#define NEAR(a, b, within) assert_true(fabs((double)(a) - (double)(b)) <= (within))
#define DEG                0.017453292519943295

/* A preset with one path p, and what it starts from. */
struct flown {
    struct preset *preset;
    struct path path;
    struct params start;
};

static struct flown fly(const struct world *w, const char *text)
{
    struct diagnostics diag = {0};
    struct flown f = {.preset = parse(w, text)};
    if (!preset_get_path(f.preset, NULL, &f.path, &diag))
        fail_msg("%s", diag.lines[0]);
    f.start = resolve(f.preset, f.path.camera);
    return f;
}

static void land(struct flown *f)
{
    path_fini(&f->path);
    preset_destroy(&f->preset);
}

static struct params at(const struct flown *f, double time_s)
{
    struct params out;
    path_at(&f->path, &f->start, time_s, &out);
    return out;
}

static void test_keys_are_met(void **state)
{
    struct flown f = fly(*state, "[path.p]\ncamera.x = 1 s: 0 m, 0.1 min: 120 m, 10: 0.3 km\n"
                                 "sun.elevation = 0 s: 8 deg, 10 s: -4 deg\n");
    assert_string_equal(f.path.name, "p");
    assert_true(f.path.duration_s == 10 && f.path.fps == 24 && f.path.ease == PATH_SMOOTH);
    assert_int_equal(path_frame_count(&f.path, 24), 240);
    assert_true(at(&f, 0).camera_x == 0 && at(&f, 1).camera_x == 0);
    NEAR(at(&f, 6).camera_x, 120, 1e-4);
    assert_true(at(&f, 10).camera_x == 300 && at(&f, 99).camera_x == 300);
    NEAR(at(&f, 5).sun_elevation, 2 * DEG, 1e-6);
    assert_true(at(&f, 0).fog_top == f.start.fog_top);
    land(&f);
}

static void test_settings(void **state)
{
    struct flown f = fly(*state, "base = haven-morning\n[path.p]\nduration = 12 s\nfps = 25\n"
                                 "ease = linear\ncamera = river\nsun.elevation = 2 s: 3 deg\n");
    assert_true(f.path.duration_s == 12 && f.path.fps == 25 && f.path.ease == PATH_LINEAR);
    assert_string_equal(f.path.camera, "river");
    assert_true(f.start.camera_x == -50 && at(&f, 7).camera_x == -50);
    NEAR(at(&f, 0).sun_elevation, 3 * DEG, 1e-6);
    land(&f);
}

/* A long track goes on in another line. */
static void test_a_track_goes_on(void **state)
{
    struct flown f =
        fly(*state, "[path.p]\ncamera.x = 0 s: 0 m, 1 s: 1 m\ncamera.x = 2 s: 2 m, 3 s: 5 m\n");
    assert_int_equal(f.path.tracks[0].count, 4);
    assert_true(at(&f, 3).camera_x == 5);
    NEAR(at(&f, 2).camera_x, 2, 1e-6);
    land(&f);
}

/* Smooth: at rest at both ends, never beyond its keys, no jump of velocity in between. */
static void test_smooth(void **state)
{
    struct flown f = fly(*state, "[path.p]\n"
                                 "fog.top = 0 s: 300 m, 2 s: 310 m, 3 s: 500 m, 6 s: 490 m, "
                                 "8 s: 490 m, 9 s: 700 m\n");
    double before = 0, last = 0;
    NEAR((at(&f, 0.01).fog_top - 300) / 0.01, 0, 0.2);
    NEAR((at(&f, 9).fog_top - at(&f, 8.99).fog_top) / 0.01, 0, 7);
    for (int i = 1; i <= 9000; i++) {
        double now = at(&f, i / 1000.0).fog_top, t = i / 1000.0;
        double velocity = i > 1 ? (now - before) * 1000 : last;
        double low = t <= 3 ? 300 : 490, high = t <= 2 ? 310 : t <= 6 ? 500 : t <= 8 ? 490 : 700;
        assert_true(now >= low - 1e-3 && now <= high + 1e-3);
        NEAR(velocity, last, 4);
        if (t > 6.001 && t < 8)
            NEAR(now, 490, 1e-4);
        before = now;
        last = velocity;
    }
    land(&f);
}

static void test_linear(void **state)
{
    struct flown f = fly(*state, "[path.p]\nease = linear\ncamera.x = 0 s: 0 m, 4 s: 100 m\n"
                                 "fog.top = 0 s: 300 m, 1 s: 400 m, 3 s: 500 m\n");
    NEAR(at(&f, 1).camera_x, 25, 1e-5);
    NEAR(at(&f, 0.5).fog_top, 350, 1e-3);
    NEAR(at(&f, 2).fog_top, 450, 1e-3);
    land(&f);
}

/* Logarithmic rows on their sliders, decays by their inverse, colours in OKLab. */
static void test_spaces(void **state)
{
    struct flown f = fly(*state, "[path.p]\ncamera.focal = 0 s: 20 mm, 2 s: 80 mm\n"
                                 "haze.decay = 0 s: 1000 m, 2 s: 0 m\n"
                                 "ground.soil = 0 s: #000000, 2 s: #ffffff\n"
                                 "fog.soot = 0 s: 0 ug/m3, 2 s: 100 ug/m3\n"
                                 "land.seed = 0 s: 1, 2 s: 9\n");
    struct params p = at(&f, 1);
    const double grey[3] = {0.5, 0, 0};
    float rgb[3];
    colour_from_oklab(grey, rgb);
    NEAR(p.camera_focal, 0.040, 1e-6);
    NEAR(p.haze_decay, 2000, 1e-2);
    for (int c = 0; c < 3; c++)
        NEAR(p.ground_soil[c], rgb[c], 1e-4);
    const struct param_info *soot = params_find("fog.soot");
    NEAR(param_slider_position(soot, p.fog_soot), param_slider_position(soot, 100e-9f) / 2, 1e-5);
    assert_true(p.land_seed == 1 && at(&f, 2).land_seed == 9);
    land(&f);
}

static void test_bearings_go_the_short_way(void **state)
{
    struct flown f = fly(*state, "[path.p]\nease = linear\ncamera.yaw = 0 s: 350 deg, 2 s: 10 deg, "
                                 "4 s: -150 deg\nsun.azimuth = 0 s: -170 deg, 2 s: 170 deg\n");
    NEAR(remainder(at(&f, 0.5).camera_yaw - 355 * DEG, 360 * DEG), 0, 1e-5);
    NEAR(remainder(at(&f, 1.5).camera_yaw - 5 * DEG, 360 * DEG), 0, 1e-5);
    NEAR(remainder(at(&f, 3).camera_yaw - -70 * DEG, 360 * DEG), 0, 1e-5);
    NEAR(remainder(at(&f, 1).sun_azimuth - 180 * DEG, 360 * DEG), 0, 1e-5);
    for (int i = 0; i <= 40; i++)
        assert_true(fabs(at(&f, i / 10.0).camera_yaw) <= 360.001 * DEG);
    land(&f);
}

/* The same flight turned by 45 degrees is the same flight, and a corner is no stop. */
static void test_places_are_one_curve(void **state)
{
    struct flown a = fly(*state, "[path.p]\ncamera.x = 0 s: 0 m, 1 s: 10 m, 2 s: 10 m\n"
                                 "camera.y = 0 s: 0 m, 1 s: 0 m, 2 s: 10 m\n");
    struct flown b = fly(*state, "[path.p]\ncamera.x = 0 s: 0 m, 1 s: 7.0710678 m, 2 s: 0 m\n"
                                 "camera.y = 0 s: 0 m, 1 s: 7.0710678 m, 2 s: 14.1421356 m\n");
    for (int i = 0; i <= 20; i++) {
        struct params p = at(&a, i / 10.0), q = at(&b, i / 10.0);
        NEAR((p.camera_x - p.camera_y) * sqrt(0.5), q.camera_x, 1e-4);
        NEAR((p.camera_x + p.camera_y) * sqrt(0.5), q.camera_y, 1e-4);
    }
    assert_true(hypot(at(&a, 1.01).camera_x - at(&a, 0.99).camera_x,
                      at(&a, 1.01).camera_y - at(&a, 0.99).camera_y) > 0.1);
    land(&a);
    land(&b);
}

/* Tracks with keys at times of their own still meet them. */
static void test_places_with_other_times(void **state)
{
    struct flown f = fly(*state, "[path.p]\ncamera.x = 0 s: 0 m, 8 s: 80 m\n"
                                 "camera.height = 0 s: 2 m, 3 s: 9 m, 8 s: 4 m\n");
    NEAR(at(&f, 3).camera_height, 9, 1e-5);
    assert_true(at(&f, 8).camera_x == 80 && at(&f, 8).camera_height == 4);
    for (int i = 1; i <= 80; i++)
        assert_true(at(&f, i / 10.0).camera_x > at(&f, (i - 1) / 10.0).camera_x);
    assert_true(at(&f, 4).camera_y == f.start.camera_y);
    land(&f);
}

static void test_the_wind_blows(void **state)
{
    struct params start, out;
    params_init(&start);
    start.wind_time = 100;
    path_at(NULL, &start, 2.5, &out);
    assert_true(out.wind_time == 102.5f);
    out.wind_time = start.wind_time;
    assert_memory_equal(&out, &start, sizeof out);
    struct flown f = fly(*state, "[path.p]\nwind.time = 0 s: 0 s, 2 s: 200 s\n");
    NEAR(at(&f, 1).wind_time, 100, 1e-3);
    land(&f);
    f = fly(*state, "[path.p]\nsun.elevation = 0 s: 1 deg, 2 s: 2 deg\n");
    assert_true(at(&f, 1.5).wind_time == 1.5f && at(&f, 1e6).wind_time == 86400);
    land(&f);
}

/* What the camera moves by while the shutter is open: differences of where it is. */
static void test_velocities(void **state)
{
    const struct param_info *row = params_find("camera.move_east");
    assert_non_null(row);
    struct flown f = fly(*state, "[path.p]\nease = linear\ncamera.x = 0 s: 30000 m, 4 s: 30100 m\n"
                                 "camera.yaw = 0 s: 359 deg, 4 s: 3 deg\n");
    for (int i = 0; i <= 4; i++) {
        struct params p = at(&f, i);
        union param_value east, turn;
        param_get(row, &p, &east);
        param_get(params_find("camera.turn_yaw"), &p, &turn);
        NEAR(east.f, 25, 1e-3);
        NEAR(turn.f, 1 * DEG, 2e-4);
    }
    land(&f);
    f = fly(*state, "[path.p]\ncamera.x = 0 s: 0 m, 4 s: 100 m\n");
    struct params p = at(&f, 0);
    union param_value east;
    param_get(row, &p, &east);
    NEAR(east.f, 0, 0.05);
    land(&f);
}

static void test_visibility_and_load(void **state)
{
    struct flown f = fly(*state, "[fog]\nsulphate = 10 ug/m3\nload = 3\n[path.p]\n"
                                 "fog.visibility = 0 s: 1 km, 2 s: 100 m\n");
    assert_true(at(&f, 1).fog_load == 1 && at(&f, 2).fog_visibility == 100);
    land(&f);
}

static void test_inheritance(void **state)
{
    put_text(*state, "a.ini",
             "[camera.one]\nx = 1 m\n[camera.two]\nx = 2 m\n"
             "[path.rise]\ncamera = one\nfps = 30\ncamera.y = 0 s: 0 m, 5 s: 5 m\n"
             "sun.elevation = 0 s: 1 deg, 8 s: 2 deg\n[path.fall]\nduration = 3 s\n");
    char *base = path_in(*state, "a.ini"), text[500];
    snprintf(text, sizeof text,
             "base = %s\n[path.own]\nduration = 1 s\n[path.rise]\ncamera = two\n"
             "sun.elevation = 0 s: 3 deg, 4 s: 2 deg\n",
             base);
    struct preset *p = parse(*state, text);
    struct diagnostics diag = {0};
    struct path path;
    assert_int_equal(preset_path_count(p), 3);
    assert_string_equal(preset_path_name(p, 0), "own");
    assert_string_equal(preset_path_name(p, 1), "rise");
    assert_string_equal(preset_path_name(p, 2), "fall");
    assert_null(preset_path_name(p, 3));
    assert_true(preset_get_path(p, "rise", &path, &diag));
    assert_true(path.fps == 30 && path.duration_s == 5 && path.track_count == 2);
    assert_string_equal(path.camera, "two");
    struct params start = resolve(p, "two"), out;
    path_at(&path, &start, 0, &out);
    NEAR(out.sun_elevation, 3 * DEG, 1e-6);
    path_fini(&path);
    assert_false(preset_get_path(p, "rize", &path, &diag));
    assert_messages(&diag, (const char *const[]){"x.ini: no path 'rize'; did you mean 'rise'? "
                                                 "paths: own, rise, fall",
                                                 NULL});
    preset_destroy(&p);
    snprintf(text, sizeof text, "base = %s\n[sun]\nelevation = 2 deg\n[camera]\ny = 9 m\n", base);
    p = parse(*state, text);
    assert_true(preset_get_path(p, "rise", &path, &diag)); /* its own sun stays */
    assert_true(path.track_count == 1 && path.duration_s == 8);
    assert_string_equal(params_table[path.tracks[0].row].key, "camera.y");
    path_fini(&path);
    preset_destroy(&p);
    p = parse(*state, "");
    assert_false(preset_get_path(p, NULL, &path, &diag));
    assert_messages(&diag, (const char *const[]){"x.ini: the preset has no path; write a "
                                                 "[path.NAME]",
                                                 NULL});
    preset_destroy(&p);
    free(base);
}

static void test_mistakes(void **state)
{
    REFUSE(
        *state,
        "[path.a]\ncamera.z = 0 s: 1 m\ncamera.x = 1 m, 2 s: 3 m\ncamera.y = 2 s: 1 m, 1 s: 2 m\n"
        "fog.top = 0 s: 3 deg\nsun.elevation = 0 m: 3 deg\nease = bumpy\nfsp = 3\n"
        "camera.place = 0 s: terrace\n[path.a b]\n[path]\nduration = 2 s\n",
        "x.ini:2: unknown key 'camera.z'; 'stillair params' lists all",
        "x.ini:3: path.a.camera.x: '1 m' has no time; write keys as '0 s: VALUE, 4 s: VALUE'",
        "x.ini:4: path.a.camera.y: the key at 1 s does not come after that at 2 s; sort them by "
        "time",
        "x.ini:5: path.a.fog.top is a length, but 'deg' measures an angle; its units are: km, "
        "m, cm, mm, um",
        "x.ini:6: a time of path.a.sun.elevation is a time, but 'm' measures a length; its units "
        "are: s, min, h, yr, Myr",
        "x.ini:7: path.a.ease cannot be 'bumpy'; it is smooth or linear",
        "x.ini:8: unknown key 'path.a.fsp'; did you mean 'fps'?",
        "x.ini:9: camera.place is a choice, which cannot move; set it in [camera] or in the "
        "camera",
        "x.ini:10: 'a b' is no name for a path; take letters, digits, '-' and '_', at most 40",
        "x.ini:11: a path has a name; write '[path.NAME]'");
    REFUSE(*state, "[path.a]\nfps = 24\nfps = 25\nduration = 1 s\n",
           "x.ini:3: 'path.a.fps' is already set in line 2; remove one");
    REFUSE(*state, "[path.a]\nhelp = 1\n",
           "x.ini:2: unknown key 'path.a.help'; write duration, fps, ease, camera or the whole key "
           "of a parameter, as sun.elevation");
    REFUSE(*state, "[path.a]\ncamera.x = 0 s: 1 m,\n",
           "x.ini:2: path.a.camera.x: '' has no time; write keys as '0 s: VALUE, 4 s: VALUE'");
}

static void test_nonsense(void **state)
{
    REFUSE(*state, "\n[path.a]\nsun.elevation = 0 s: 1 deg\n",
           "x.ini:2: [path.a] takes no time; give it keys after 0 s or a duration");
    REFUSE(*state, "[path.a]\nduration = 1 s\nsun.elevation = 0 s: 1 deg, 2 s: 3 deg\n",
           "x.ini:2: [path.a] ends at 1 s, before its last key at 2 s; lengthen the duration or "
           "remove keys");
    REFUSE(*state, "[camera.terrace]\nx = 1 m\n[path.a]\ncamera = terace\nduration = 1 s\n",
           "x.ini:4: no camera named 'terace'; did you mean 'terrace'? cameras: terrace");
    REFUSE(*state, "[fog]\nsulphate = 10 ug/m3\n[path.a]\nfog.visibility = 0 s: 0 m, 2 s: 300 m\n",
           "x.ini:4: path.a.fog.visibility: 0 means something else there, and no way leads to it; "
           "keep all its keys above 0");
    REFUSE(*state, "[fog]\nbase = 0 m\ntop = 100 m\n[path.a]\nfog.base = 0 s: 0 m, 2 s: 300 m\n",
           "x.ini:5: fog.top (100 m) is not above fog.base (300 m); raise one or lower the other");
}

static void check_saved(const struct world *w, const char *text, const struct path *path,
                        const char *expected)
{
    struct preset *p = parse(w, text);
    char *saved = preset_save_path(p, path);
    assert_non_null(saved);
    assert_string_equal(saved, expected);
    preset_destroy(&p);
    p = parse(w, saved);
    struct diagnostics diag = {0};
    struct path back;
    assert_true(preset_get_path(p, path->name, &back, &diag));
    assert_int_equal(back.track_count, path->track_count);
    for (size_t i = 0; i < back.track_count; i++) {
        assert_int_equal(back.tracks[i].count, path->tracks[i].count);
        for (size_t k = 0; k < back.tracks[i].count; k++) {
            assert_true(back.tracks[i].keys[k].time_s == path->tracks[i].keys[k].time_s);
            assert_true(back.tracks[i].keys[k].value.f == path->tracks[i].keys[k].value.f);
        }
    }
    path_fini(&back);
    preset_destroy(&p);
    free(saved);
}

static void test_saving(void **state)
{
    struct path path = {.name = strdup("recorded"), .fps = 24};
    struct path_track *x =
        path_add_track(&path, (size_t)(params_find("camera.x") - params_table), NULL, 0);
    for (int i = 0; i < 3; i++)
        path_track_add(x, 2.5 * i, &(union param_value){.f = (float)i / 3});
#define ROWS "camera.x = 0 s: 0 m, 2.5 s: 0.33333334 m, 5 s: 0.6666667 m\n"
    check_saved(*state, "", &path, "[path.recorded]\n" ROWS);
    check_saved(*state, "title = T # t\n[sun]\nelevation = 3 deg", &path,
                "title = T # t\n[sun]\nelevation = 3 deg\n\n[path.recorded]\n" ROWS);
    check_saved(*state,
                "[path.recorded] # old\ncamera.y = 0 s: 0 m, 1 s: 4 m\n\n# the sun\n[sun]\n"
                "elevation = 3 deg\n[path.recorded]\nfps = 30\n[path.z]\nduration = 1 s\n",
                &path,
                "[path.recorded]\n" ROWS "\n# the sun\n[sun]\nelevation = 3 deg\n[path.z]\n"
                "duration = 1 s\n");
    for (int i = 3; i < 40; i++) /* more than a line takes */
        path_track_add(x, 2.5 * i, &(union param_value){.f = (float)i / 3});
    struct preset *p = parse(*state, "");
    char *saved = preset_save_path(p, &path);
    check_saved(*state, "", &path, saved);
    free(saved);
    preset_destroy(&p);
    path_fini(&path);
}

/* A save of other things leaves paths alone; a picture's text has none. */
static void test_other_saves(void **state)
{
    const char *text = "[camera.a]\nx = 1 m\n[path.p] # up\nfog.top = 0 s: 300 m, 4 s: 350 m\n";
    struct preset *p = parse(*state, text);
    struct params values = resolve(p, NULL);
    char *saved = preset_save(p, &values);
    assert_string_equal(saved, text);
    free(saved);
    values.camera_x = 4;
    saved = preset_save_camera(p, "b", &values);
    assert_string_equal(saved, "[camera.a]\nx = 1 m\n[camera.b]\nx = 4 m\n\n[path.p] # up\n"
                               "fog.top = 0 s: 300 m, 4 s: 350 m\n");
    free(saved);
    saved = preset_write_resolved(p, NULL, &values);
    assert_null(strstr(saved, "[path"));
    free(saved);
    preset_destroy(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_are_met),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_a_track_goes_on),
        cmocka_unit_test(test_smooth),
        cmocka_unit_test(test_linear),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_bearings_go_the_short_way),
        cmocka_unit_test(test_places_are_one_curve),
        cmocka_unit_test(test_places_with_other_times),
        cmocka_unit_test(test_the_wind_blows),
        cmocka_unit_test(test_velocities),
        cmocka_unit_test(test_visibility_and_load),
        cmocka_unit_test(test_inheritance),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_saving),
        cmocka_unit_test(test_other_saves),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
