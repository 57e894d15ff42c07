// What is in the air, and where: molecules, ozone and three layers - haze, slab, fog - as the x, y and
// z of their vectors. src/air/air.h has the model; its profiles are the same as these.
//
// Radiance is relative to the sun's irradiance above the air, per wavelength (1/sr), so that the
// sun above the air is white. Extinction in 1/m at 680, 550 and 440 nm.
#include "lib/noise.glsl"
#include "lib/view.glsl"


float air_rayleigh_phase(float c)
{
    return 3.0 / (16.0 * PI) * (1.0 + c * c);
}

float air_ozone_profile(float z)
{
    return max(0.0, 1.0 - abs(z - 25000.0) / 15000.0);
}

float air_rayleigh_profile(float z)
{
    return exp(-max(z, AIR_LOWEST_M) / AIR_RAYLEIGH_HEIGHT_M);
}

// Integral of the step that smoothstep makes between -1/2 and 1/2.
vec3 air_smooth_integral(vec3 x)
{
    vec3 u = clamp(x + 0.5, 0.0, 1.0);
    return u * u * u * (1.0 - 0.5 * u) + max(vec3(0.0), x - 0.5);
}

// Thinning with height, from the base or from where src/air/air.h lets it begin.
vec3 air_layer_thinning(vec3 z)
{
    return exp(-max(z - frame.layer_thin_from.xyz, 0.0) * frame.layer_thin.xyz);
}

// Shares of the layers' full strength, each at its own altitude: against an unbillowed lid. Tears do
// not count here.
vec3 air_layer_profile(vec3 z)
{
    vec3 u = clamp((z - frame.layer_base.xyz) / frame.layer_base_edge.xyz + 0.5, 0.0, 1.0);
    vec3 v = clamp((z - frame.layer_top.xyz) / frame.layer_lid.xyz + 0.5, 0.0, 1.0);
    return u * u * (3.0 - 2.0 * u) * (1.0 - v * v * (3.0 - 2.0 * v)) * air_layer_thinning(z);
}

// The mean of the same over a step between two altitudes: edges by their integral, and the
// thinning between them.
vec3 air_layer_between(vec3 z0, vec3 z1)
{
    vec3 dz = z1 - z0;
    vec3 b = frame.layer_base_edge.xyz;
    vec3 t = frame.layer_lid.xyz;
    // Beyond the edges nothing adds, not the rounding of large integrals either.
    vec3 low = frame.layer_base.xyz - 0.5 * b;
    vec3 high = frame.layer_top.xyz + 0.5 * t;
    vec3 a0 = clamp(z0, low, high);
    vec3 a1 = clamp(z1, low, high);
    vec3 base0 = air_smooth_integral((a0 - frame.layer_base.xyz) / b) * b;
    vec3 base1 = air_smooth_integral((a1 - frame.layer_base.xyz) / b) * b;
    vec3 top0 = air_smooth_integral((a0 - frame.layer_top.xyz) / t) * t;
    vec3 top1 = air_smooth_integral((a1 - frame.layer_top.xyz) / t) * t;
    vec3 middle = 0.5 * (a0 + a1);
    // The mean of exp over the step's part inside: sinh x / x.
    vec3 x = 0.5 * (a1 - a0) * frame.layer_thin.xyz;
    vec3 thinning = air_layer_thinning(middle) * (1.0 + x * x * (1.0 / 6.0 + x * x / 120.0));
    thinning = min(thinning, vec3(1.0)); // a step about where it begins
    vec3 mean = (base1 - base0 - top1 + top0) / mix(vec3(1.0), dz, greaterThan(abs(dz), vec3(1e-3)));
    return mix(air_layer_profile(0.5 * (z0 + z1)), clamp(mean, 0.0, 1.0) * thinning,
               greaterThan(abs(dz), 0.05 * b));
}

// One billowed layer as the noise needs it.
struct air_sheet {
    ivec2 cell;   // the eye on the billows' lattice
    vec2 off;     // and between its points, 0..1
    float billow; // height, m
    float size;   // of the largest, m
    float patchy, tear;
    uint salt;
};

air_sheet air_fog_sheet()
{
    return air_sheet(frame.sheet_cell.xy, frame.sheet_off.xy, params.fog_billow,
                     params.fog_billow_size, params.fog_patch, params.fog_tear, 500u);
}

air_sheet air_slab_sheet()
{
    return air_sheet(frame.sheet_cell.zw, frame.sheet_off.zw, params.slab_billow,
                     params.slab_billow_size, params.slab_patch, params.slab_tear, 700u);
}

const float AIR_LID_ALL = 1e9; // `above` where every octave counts

// How far the lid stands above its mean at a place, metres, and the slope (x, y) of those of its
// billows that are long against `smooth_m`. Billows: rounded tops, creases between. Octaves finer
// than `footprint` fade out, and so do those that cannot decide: a place `above` metres over the mean
// lid is out, or in, by more than their height.
vec3 air_lid(air_sheet s, vec2 rel, float footprint, float smooth_m, float above)
{
    float size = s.size;
    vec2 q = s.off + rel / size;
    ivec2 cell = s.cell;
    float sum = 0.0;
    vec2 slope = vec2(0.0);
    float a = 1.0;
    vec2 bend = vec2(0.0);
    for (int k = 0; k < 6; k++) {
        // Full within three of their heights, gone at six.
        float far = 2.0 - abs(above - sum * s.billow) / (3.0 * a * s.billow + 1e-6);
        if (above >= AIR_LID_ALL)
            far = 1.0;
        float keep = clamp(log2(size / footprint) - 1.0, 0.0, 1.0) * clamp(far, 0.0, 1.0);
        if (keep <= 0.0)
            break;
        vec2 f = q + bend + vec2(0.37, 0.71) * float(k);
        vec2 f0 = floor(f);
        vec3 n = noise_gradient(cell + ivec2(f0), f - f0, s.salt + uint(k));
        // The coarsest is a swell; the others billow, more on the swell's crests.
        float soft = sqrt(n.x * n.x + 0.0016);
        float shape = k == 0 ? n.x * 1.2 : soft * 2.0 - 0.29;
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
    return vec3(sum, slope) * s.billow;
}
const float AIR_LID_REACH = 1.8; // of the billows' height: no lid stands higher or lower

// Where a sheet is torn open: about `tear` of the area, edges a tenth of it wide. Far away, where the
// tears are too small to be seen, their mean.
float air_tears(air_sheet sheet, vec2 rel, float footprint)
{
    float n = 0.0;
    float size = sheet.size;
    vec2 q = sheet.off + rel / size;
    ivec2 cell = sheet.cell;
    float a = 1.0;
    for (int k = 0; k < 3; k++) {
        vec2 f0 = floor(q);
        n += a * noise_gradient(cell + ivec2(f0), q - f0, sheet.salt + uint(200 + k)).x;
        a *= 0.6;
        q = q * 2.0;
        cell = cell * 2;
    }
    // The noise over its sigma; the logistic curve stands for the Gaussian's share (Bowling 2009).
    const float WEIGHTS = 1.0 + 0.36 + 0.1296; // squares of 1, 0.6, 0.36
    float covered = 1.0 / (1.0 + exp(-1.702 * n * inversesqrt(NOISE_VARIANCE * WEIGHTS)));
    float open = smoothstep(-0.06, 0.06, covered - sheet.tear);
    return mix(1.0 - sheet.tear, open, clamp(log2(size / footprint) - 1.0, 0.0, 1.0));
}

// Unevenness inside a layer, mean 1: exp(s n - s^2/2), and its tears.
float air_patches(air_sheet sheet, vec2 rel, float z, float footprint)
{
    float s = sheet.patchy * 1.6; // patch 1 is as uneven as looks like air, by eye
    float patches = 1.0;
    WHEN(s > 0.0)
    {
        float size = sheet.size * 0.5;
        float n = 0.0;
        float variance = 0.0;
        float a = 1.0;
        vec2 drift = vec2(z, -0.6 * z); // patches lean, so that no column of air is alike
        vec2 q = sheet.off * 2.0 + (rel + drift) / size;
        ivec2 cell = sheet.cell * 2;
        for (int k = 0; k < 3; k++) {
            float keep = clamp(log2(size / footprint) - 1.0, 0.0, 1.0);
            vec2 f0 = floor(q);
            n += a * keep * noise_gradient(cell + ivec2(f0), q - f0, sheet.salt + uint(100 + k)).x;
            variance += a * a * keep * keep * NOISE_VARIANCE;
            a *= 0.6;
            q = q * 2.0;
            cell = cell * 2;
            size *= 0.5;
        }
        patches = exp(s * n - 0.5 * s * s * variance);
    }
    WHEN(sheet.tear > 0.0)
    {
        patches *= air_tears(sheet, rel, footprint);
    }
    return patches;
}
