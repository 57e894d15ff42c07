/* Radiance pictures, read again by stb_image; and what a picture of floats is refused for. */
#include "tests/export/raster_fixture.h"

#include "picture/hdr.h"
#include "picture/plane.h"

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_HDR
#include <stb/stb_image.h>

static struct plane make_plane(int width, int height)
{
    struct plane p;
    struct error err = {0};
    if (!plane_init(&p, width, height, 3, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < width * height * 3; i++)
        p.values[i] = ldexpf((float)(random_hash1((uint32_t)i) & 0xffffffu) / 16777216.0f,
                             (int)(random_hash1((uint32_t)i / 3 + 7919) % 31u) - 15);
    return p;
}

/* Widths from 8 on are packed by runs. */
static void test_hdr(void **state)
{
    const struct place *place = *state;
    static const int widths[] = {5, 64, 333};
    for (int i = 0; i < 3; i++) {
        struct plane p = make_plane(widths[i], 9);
        struct error err = {0};
        struct file_writer w;
        int width = 0, height = 0, channels = 0;
        memset(plane_at(&p, 1, 1), 0, 3 * sizeof(float));
        assert_true(file_writer_open(&w, place->path, &err) &&
                    hdr_write(&p, "# unit: none\n", &w, &err) && file_writer_commit(&w, &err));
        file_writer_fini(&w);
        float *got = stbi_loadf(place->path, &width, &height, &channels, 0);
        assert_true(got && width == widths[i] && height == 9 && channels == 3);
        for (int k = 0; k < width * height * 3; k++) {
            const float *pixel = p.values + k / 3 * 3;
            int exponent;
            frexpf(fmaxf(pixel[0], fmaxf(pixel[1], pixel[2])), &exponent);
            float step = ldexpf(1, exponent - 8);
            assert_true(got[k] <= p.values[k] && got[k] > p.values[k] - 1.001f * step);
        }
        stbi_image_free(got);
        char *bytes = file_read(place->path, NULL, &err);
        assert_true(strncmp(bytes, "#?RADIANCE\n# unit: none\n", 24) == 0);
        free(bytes);
        plane_fini(&p);
    }
}

static void test_plane_checks(void **state)
{
    (void)state;
    struct error err = {0};
    struct plane p = make_plane(70, 40);
    assert_true(plane_check_finite(&p, "light", &err) && plane_check_not_blank(&p, 1e-9, &err));
    plane_at(&p, 69, 3)[2] = NAN;
    assert_false(plane_check_finite(&p, "light", &err));
    assert_non_null(strstr(err.text, "the light of pixel 69,3 is not a finite number"));
    for (int i = 0; i < 70 * 40 * 3; i++) /* noise about one mean */
        p.values[i] = 3 + 0.1f * (float)(random_hash1((uint32_t)i) & 0xffu) / 255.0f;
    assert_false(plane_check_not_blank(&p, 1e-9, &err));
    assert_non_null(strstr(err.text, "blank"));
    for (int i = 0; i < 70 * 40 * 3; i++)
        p.values[i] = 0;
    assert_false(plane_check_not_blank(&p, 1e-9, &err));
    for (int i = 0; i < 70 * 10; i++) /* an upper part of another blue */
        p.values[3 * i + 2] = 1e-6f;
    assert_true(plane_check_not_blank(&p, 1e-9, &err));
    plane_fini(&p);
    assert_false(plane_init(&p, 0, 4, 3, &err));
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_hdr),
        cmocka_unit_test(test_plane_checks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
