// Film grain: noise of the size that a 1920 pixels wide print has, whatever the size of this one.
#include "lib/noise.glsl"

const float GRAIN_PRINT = 1920.0; // pixels: the width that grain is counted for
const float GRAIN_CELL = 1.2;     // pixels of such a print between the noise's values: blobs of 1.4
const float GRAIN_CHROMA = 0.33;   // sigma of red and blue against luma's

// Triangular noise of -1..1, sigma 1/sqrt(6).
float grain_triangular(uint h)
{
    return (float(h & 0xffffu) + float(h >> 16)) / 65535.0 - 1.0;
}

// Weights of a quadratic B-spline about the middle of three cells.
vec3 grain_weights(float f)
{
    vec3 w = vec3(0.5 * (1.0 - f) * (1.0 - f), 0.0, 0.5 * f * f);
    w.y = 1.0 - w.x - w.z;
    return w;
}

// Grain of luma (x), red and blue (y, z) at a pixel of a picture of that width; sigma 1 and GRAIN_CHROMA,
// less in smaller pictures, whose pixels hold several grains. `seed` differs from frame to frame.
vec3 grain_at(ivec2 pixel, float width, uint seed)
{
    float scale = width / GRAIN_PRINT;
    vec2 at = (vec2(pixel) + 0.5) / max(GRAIN_CELL * scale, 1.0);
    ivec2 cell = ivec2(floor(at));
    vec3 wx = grain_weights(at.x - float(cell.x)), wy = grain_weights(at.y - float(cell.y));
    vec3 sum = vec3(0.0);
    for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 3; i++) {
            uint h = noise_hash_cell(cell + ivec2(i - 1, j - 1), seed);
            uint g = noise_hash(h ^ 0x5bd1e995u);
            vec2 chroma = vec2(float(g & 0xffffu), float(g >> 16)) / 32767.5 - 1.0; // sigma 1/sqrt(3)
            sum += wx[i] * wy[j] * vec3(grain_triangular(h) * 2.44949, chroma * 1.73205 * GRAIN_CHROMA);
        }
    }
    // The weights' root sum of squares differs from place to place in a cell.
    float spread = inversesqrt(dot(wx, wx) * dot(wy, wy));
    return sum * spread * min(1.0, scale * GRAIN_CELL);
}

// How strong grain is at a display luma: full from code 60 to 130, 40% from code 200 on.
float grain_strength(float luma)
{
    float code = luma * 255.0;
    return mix(0.35, 1.0, smoothstep(0.0, 60.0, code)) * mix(1.0, 0.4, smoothstep(130.0, 200.0, code));
}

// Grain of the three channels: its colour leaves luma alone.
vec3 grain_colour(vec3 grain)
{
    float green = -(LUMA_R * grain.y + LUMA_B * grain.z) / LUMA_G;
    return grain.x + vec3(grain.y, green, grain.z);
}

// What grain adds to display values of that luma, in codes of 255; sigma: in such codes.
vec3 grain_codes(vec3 grain, float luma, float sigma)
{
    return sigma * grain_strength(luma) * grain_colour(grain);
}
