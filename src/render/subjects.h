/* The subjects of a scene, which stills and the window's pictures loop over. The table of all kinds
 * stands at the top of subjects.c. */
#ifndef STILLAIR_RENDER_SUBJECTS_H
#define STILLAIR_RENDER_SUBJECTS_H

#include "render/frame/subject.h"

#define SUBJECTS_MAX 16

struct subjects {
    void *self[SUBJECTS_MAX]; /* one of each kind, by the table of subjects.c */
};

bool subjects_init(struct subjects *s, const struct subject_site *site, struct error *err);
void subjects_fini(struct subjects *s);
/* Pass on what has changed, and do one piece of work of one subject; false: nothing is left. */
void subjects_forget(struct subjects *s, unsigned changed);
bool subjects_fill(struct subjects *s, const struct subject_site *site);

/* Build the programs of stills; and of the window's pictures. */
void subjects_describe(const struct subjects *s, struct frame *f);
bool subjects_begin(struct subjects *s, const struct subject_site *site, struct error *err);
bool subjects_begin_live(struct subjects *s, const struct subject_site *site, struct error *err);
/* Draws all surfaces into the G-buffer, between gbuffer_begin() and _end(); `live`: for the
 * window's picture. Returns triangles. */
long long subjects_draw(struct subjects *s, const struct subject_site *site,
                        const struct gbuffer *g, const struct frame *f, bool live);
/* Lights all but MATERIAL_SOLID, between gbuffer_begin_light() and _end_light(). */
void subjects_light(struct subjects *s, const struct subject_site *site, const struct gbuffer *g,
                    const struct frame *f);
/* Draws all roofs of a level, between clipmap_begin_roofs() and _end_roofs(). */
void subjects_draw_roofs(struct subjects *s, const struct subject_site *site, int level);
/* Whether any subject throws shadows, and whether any is of MATERIAL_SOLID. */
bool subjects_have_roofs(void);
bool subjects_have_solid(void);

#endif
