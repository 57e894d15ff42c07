#include "shot/render_job.h"

#include "base/file_view.h"
#include "picture/picture_whole.h"
#include "shot/render_texts.h"

#include <stdlib.h>
#include <string.h>

void render_picture_fini(struct render_picture *p)
{
    image_fini(&p->image);
    layers_fini(&p->layers);
}

struct still_options render_picture_options(const struct render_request *r,
                                            const struct machine *machine)
{
    return (struct still_options){
        .projection = r->projection,
        .width = r->size.width,
        .height = r->size.height,
        .samples = r->samples,
        .noise = r->noise,
        .keep = !r->sequence, /* a frame has all its samples, or none */
        .tile_side = r->tile_side,
        .region = r->region,
        .air_block = r->quality->air_block,
        .air_draft = r->quality->air_draft,
        .machine = *machine,
        .wanted = r->probe_count > 0 ? LAYERS_ALL : r->wanted,
    };
}

struct picture_file render_picture_file(const struct render_request *r,
                                        const struct render_texts *texts, const char *path)
{
    bool framed = !picture_format_is_measured(r->format) && !r->region_text;
    return (struct picture_file){
        .path = path,
        .format = r->format,
        .bits = r->bits,
        .jpeg_quality = r->jpeg_quality,
        .wanted = r->wanted,
        .sphere = r->projection == STILL_EQUIRECT,
        .full_floats = r->full_floats,
        .width = framed ? r->size.width : r->inner_width,
        .height = framed ? r->size.height : r->inner_height,
        .texts = texts->texts,
        .text_count = texts->count,
    };
}

/* Another version of the program may draw otherwise, so that its name counts too. */
static bool carries(const struct render_texts *texts, const void *bytes, size_t size)
{
    for (int i = 0; i < texts->count; i++) {
        char *text = picture_file_read_text(bytes, size, texts->texts[i].keyword);
        bool same = text && strcmp(text, texts->texts[i].text) == 0;
        free(text);
        if (!same)
            return false;
    }
    return true;
}

bool render_picture_is_kept(const struct render_request *r, const struct params *params,
                            const char *path)
{
    struct render_texts texts;
    struct file_view view;
    if (!file_view_open(&view, path, NULL))
        return false;
    bool kept = false;
    if (render_texts_init(&texts, r, params, NULL, NULL))
        kept = carries(&texts, view.bytes, view.size) && picture_whole_check(view.bytes, view.size);
    render_texts_fini(&texts);
    file_view_close(&view);
    return kept;
}
