// The air: molecules, ozone, one aerosol and a layer of fog with a billowed lid.
//
// Radiance is relative to the sun's irradiance above the air, per wavelength (1/sr), so that the
// sun above the air is white. Extinction in 1/m at 680, 550 and 440 nm.
//
// Light: the beam once scattered, with the sun's shadow, plus what was scattered before from the
// delta-Eddington column (src/render/air_column.h):
//   J = sum s_i { p_i T V + HG(g_i^2) (T' - T) + I0 + g_i I1 cos(zenith of v) }
#include "lib/noise.glsl"
#include "lib/view.glsl"

const float AIR_RAYLEIGH_HEIGHT = 8435.0; // m
const float AIR_TOP = 60000.0;            // m, AIR_COLUMN_TOP_M
const float AIR_BOTTOM = -600.0;          // m, lowest altitude of the transmittance table
const float AIR_LOBE_BACK = -0.62;        // src/render/air_column.c has the same lobe
const float AIR_LOBE_FORWARD_WEIGHT = 0.983;
const float AIR_PI = 3.14159265;

float air_henyey_greenstein(float c, float g)
{
    float d = 1.0 + g * g - 2.0 * g * c;
    return (1.0 - g * g) / (4.0 * AIR_PI * d * sqrt(d));
}

float air_rayleigh_phase(float c)
{
    return 3.0 / (16.0 * AIR_PI) * (1.0 + c * c);
}

// Double Henyey-Greenstein.
float air_lobe(float c, float forward)
{
    return AIR_LOBE_FORWARD_WEIGHT * air_henyey_greenstein(c, forward) +
           (1.0 - AIR_LOBE_FORWARD_WEIGHT) * air_henyey_greenstein(c, AIR_LOBE_BACK);
}

float air_lobe_mean(float forward)
{
    return AIR_LOBE_FORWARD_WEIGHT * forward + (1.0 - AIR_LOBE_FORWARD_WEIGHT) * AIR_LOBE_BACK;
}

float air_ozone_profile(float z)
{
    return max(0.0, 1.0 - abs(z - 25000.0) / 15000.0);
}

// Shares of the datum's molecules and aerosol.
vec2 air_clear_profile(float z)
{
    // Under the lowest ground the air does not grow denser without end.
    return exp(-max(z, AIR_BOTTOM) / vec2(AIR_RAYLEIGH_HEIGHT, params.air_height));
}

vec3 air_clear_extinction(float z)
{
    vec2 d = air_clear_profile(z);
    return d.x * frame.beta_rayleigh.rgb + d.y * frame.beta_aerosol.rgb +
           air_ozone_profile(z) * frame.beta_ozone.rgb;
}

// Integral of the step that smoothstep makes between -1/2 and 1/2.
float air_smooth_integral(float x)
{
    float u = clamp(x + 0.5, 0.0, 1.0);
    return u * u * u * (1.0 - 0.5 * u) + max(0.0, x - 0.5);
}

// Share of the full fog at an altitude against an unbillowed lid.
float air_fog_profile(float z)
{
    float h = 0.5 * params.fog_lid;
    return smoothstep(params.fog_base - h, params.fog_base + h, z) *
           (1.0 - smoothstep(params.fog_top - h, params.fog_top + h, z));
}

// Metres of full fog above an altitude.
float air_fog_above(float z)
{
    float lid = params.fog_lid;
    return lid * (air_smooth_integral((params.fog_top - z) / lid) -
                  air_smooth_integral((params.fog_base - z) / lid));
}

// Share of the full fog over a step between two altitudes: the mean of the profile.
float air_fog_between(float z0, float z1)
{
    float dz = z1 - z0;
    return abs(dz) < 0.01 * params.fog_lid ? air_fog_profile(0.5 * (z0 + z1))
                                           : (air_fog_above(z0) - air_fog_above(z1)) / dz;
}

// How far the lid stands above its mean at a place, metres, and the slope (x, y) of those of its
// billows that are long against `smooth_m`. Billows: rounded tops, creases between. Octaves finer
// than `footprint` fade out.
vec3 air_lid(vec2 rel, float footprint, float smooth_m)
{
    vec2 q = frame.fog_off.xy + rel / params.fog_billow_size;
    ivec2 cell = frame.fog_cell.xy;
    float size = params.fog_billow_size;
    float sum = 0.0;
    vec2 slope = vec2(0.0);
    float a = 1.0;
    vec2 bend = vec2(0.0);
    for (int k = 0; k < 6; k++) {
        float keep = clamp(log2(size / footprint) - 1.0, 0.0, 1.0);
        if (keep <= 0.0)
            break;
        vec2 f = q + bend + vec2(0.37, 0.71) * float(k);
        vec2 f0 = floor(f);
        vec3 n = noise_gradient(cell + ivec2(f0), f - f0, uint(500 + k));
        // The coarsest is a swell; the others billow, more on the swell's crests.
        float soft = sqrt(n.x * n.x + 0.0016);
        float shape = k == 0 ? n.x * 1.2 : soft * 2.0 - 0.42;
        float turn = k == 0 ? 1.2 : 2.0 * n.x / soft;
        float crest = k == 0 ? 1.0 : clamp(0.55 + 0.6 * sum, 0.15, 1.2);
        sum += a * keep * shape * crest;
        slope += a * keep * crest * turn * n.yz * (size / (size + smooth_m)) / size;
        bend = bend * 2.0 + 0.10 * n.yz;
        a *= k == 0 ? 0.75 : 0.52;
        q = q * 2.0;
        cell = cell * 2;
        size *= 0.5;
    }
    return vec3(sum, slope) * params.fog_billow;
}
const float AIR_LID_REACH = 1.8; // of fog.billow: no lid stands higher or lower

// Unevenness inside the layer, mean 1: exp(s n - s^2/2).
float air_patches(vec2 rel, float z, float footprint)
{
    float s = params.fog_patch * 1.6;
    if (s <= 0.0)
        return 1.0;
    float size = params.fog_billow_size * 0.5;
    float n = 0.0;
    float variance = 0.0;
    float a = 1.0;
    vec2 drift = vec2(z, -0.6 * z);
    vec2 q = frame.fog_off.xy * 2.0 + (rel + drift) / size;
    ivec2 cell = frame.fog_cell.xy * 2;
    for (int k = 0; k < 3; k++) {
        float keep = clamp(log2(size / footprint) - 1.0, 0.0, 1.0);
        vec2 f0 = floor(q);
        n += a * keep * noise_gradient(cell + ivec2(f0), q - f0, uint(600 + k)).x;
        variance += a * a * keep * keep * NOISE_VARIANCE;
        a *= 0.6;
        q = q * 2.0;
        cell = cell * 2;
        size *= 0.5;
    }
    return exp(s * n - 0.5 * s * s * variance);
}

// ---- tables ---------------------------------------------------------------------------------

// The transmittance table after Bruneton & Neyret 2008: u over the distance to the top, v over the
// altitude, so that the horizon is resolved.
const vec2 AIR_TABLE = vec2(256.0, 64.0);

vec2 air_table_uv(float altitude, float mu)
{
    float ground = frame.eye.y + AIR_BOTTOM;
    float top = frame.eye.y + AIR_TOP;
    float span = sqrt(top * top - ground * ground);
    float r = frame.eye.y + clamp(altitude, AIR_BOTTOM + 1.0, AIR_TOP - 1.0);
    float rho = sqrt(max(0.0, r * r - ground * ground));
    float d = max(0.0, -r * mu + sqrt(max(0.0, r * r * (mu * mu - 1.0) + top * top)));
    float d_min = top - r;
    float d_max = rho + span;
    vec2 x = clamp(vec2((d - d_min) / (d_max - d_min), rho / span), 0.0, 1.0);
    return (x * (AIR_TABLE - 1.0) + 0.5) / AIR_TABLE;
}

void air_table_inverse(vec2 uv, out float r, out float mu)
{
    vec2 x = clamp((uv * AIR_TABLE - 0.5) / (AIR_TABLE - 1.0), 0.0, 1.0);
    float ground = frame.eye.y + AIR_BOTTOM;
    float top = frame.eye.y + AIR_TOP;
    float span = sqrt(top * top - ground * ground);
    float rho = span * x.y;
    r = sqrt(rho * rho + ground * ground);
    float d_min = top - r;
    float d = d_min + x.x * (rho + span - d_min);
    mu = d <= 0.0 ? 1.0 : clamp((span * span - rho * rho - d * d) / (2.0 * r * d), -1.0, 1.0);
}
