#include "tests/picture/exr_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <OpenEXR/openexr.h>

/* Decodes the block that begins at row y into the channels. Returns the rows of a block. */
static void decode(struct exr_reading *r, int y)
{
    exr_chunk_info_t chunk;
    exr_decode_pipeline_t pipe = EXR_DECODE_PIPELINE_INITIALIZER;
    assert_int_equal(exr_read_scanline_chunk_info(r->context, 0, y, &chunk), EXR_ERR_SUCCESS);
    assert_int_equal(exr_decoding_initialize(r->context, 0, &chunk, &pipe), EXR_ERR_SUCCESS);
    assert_int_equal(pipe.channel_count, r->channel_count);
    for (int i = 0; i < pipe.channel_count; i++) {
        exr_coding_channel_info_t *c = &pipe.channels[i];
        assert_string_equal(c->channel_name, r->channels[i].name);
        c->user_data_type = EXR_PIXEL_FLOAT;
        c->user_bytes_per_element = 4;
        c->user_pixel_stride = 4;
        c->user_line_stride = r->width * 4;
        c->decode_to_ptr = (uint8_t *)(r->channels[i].samples + (size_t)y * (size_t)r->width);
    }
    assert_int_equal(exr_decoding_choose_default_routines(r->context, 0, &pipe), EXR_ERR_SUCCESS);
    assert_int_equal(exr_decoding_run(r->context, 0, &pipe), EXR_ERR_SUCCESS);
    exr_decoding_destroy(r->context, &pipe);
}

void exr_reader_open(struct exr_reading *r, const char *path)
{
    exr_attr_box2i_t window;
    const exr_attr_chlist_t *list;
    int lines;
    *r = (struct exr_reading){0};
    assert_int_equal(exr_start_read(&r->context, path, NULL), EXR_ERR_SUCCESS);
    assert_int_equal(exr_get_data_window(r->context, 0, &window), EXR_ERR_SUCCESS);
    assert_true(window.min.x == 0 && window.min.y == 0);
    r->width = window.max.x + 1;
    r->height = window.max.y + 1;
    assert_int_equal(exr_get_channels(r->context, 0, &list), EXR_ERR_SUCCESS);
    assert_in_range(list->num_channels, 1, EXR_READER_CHANNELS);
    r->channel_count = list->num_channels;
    for (int i = 0; i < r->channel_count; i++) {
        r->channels[i].name = list->entries[i].name.str;
        r->channels[i].half = list->entries[i].pixel_type == EXR_PIXEL_HALF;
        r->channels[i].samples = calloc((size_t)r->width * (size_t)r->height, sizeof(float));
        assert_non_null(r->channels[i].samples);
    }
    assert_int_equal(exr_get_scanlines_per_chunk(r->context, 0, &lines), EXR_ERR_SUCCESS);
    for (int y = 0; y < r->height; y += lines)
        decode(r, y);
}

void exr_reader_close(struct exr_reading *r)
{
    for (int i = 0; i < r->channel_count; i++)
        free(r->channels[i].samples);
    exr_finish(&r->context);
}

const float *exr_reader_channel(const struct exr_reading *r, const char *name, bool half)
{
    for (int i = 0; i < r->channel_count; i++)
        if (strcmp(r->channels[i].name, name) == 0) {
            assert_int_equal(r->channels[i].half, half);
            return r->channels[i].samples;
        }
    fail_msg("no channel %s", name);
    return NULL;
}

const char *exr_reader_text(const struct exr_reading *r, const char *name)
{
    const char *text = NULL;
    int32_t length;
    if (exr_attr_get_string(r->context, 0, name, &length, &text) != EXR_ERR_SUCCESS)
        fail_msg("no text %s", name);
    return text;
}

void exr_reader_triple(const struct exr_reading *r, const char *name, float out[3])
{
    exr_attr_v3f_t v;
    if (exr_attr_get_v3f(r->context, 0, name, &v) != EXR_ERR_SUCCESS)
        fail_msg("no three numbers %s", name);
    memcpy(out, v.arr, sizeof v.arr);
}
