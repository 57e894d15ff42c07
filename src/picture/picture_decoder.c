/* stb_image, compiled once: PNG and JPEG from memory (picture/png.h writes PNG, and reads none). */
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_MAX_DIMENSIONS 16384 /* pixels a side: larger pictures are refused */
#include <stb/stb_image.h>
