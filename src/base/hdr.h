/* Radiance pictures (.hdr): three channels that share an exponent, by stb_image_write.
 *
 * A number is cut to a 256th of the power of two above the pixel's largest channel, as Radiance
 * itself does: readers that add half a step (Radiance) are right on average, others read up to
 * 0.8% low. Format: G. Ward, "Real Pixels", Graphics Gems II, 1991. */
#ifndef STILLAIR_BASE_HDR_H
#define STILLAIR_BASE_HDR_H

#include "base/file_writer.h"
#include "base/plane.h"

/* Puts a whole file into an open writer, which the caller commits. notes: lines of the header, each
 * ended by a newline. p has three channels. */
bool hdr_write(const struct plane *p, const char *notes, struct file_writer *out,
               struct error *err);

#endif
