// The air along each ray of a reduced picture: what it adds (inscatter) and what it lets through.
//
// One march: steps grow with the distance; near a billowed layer they follow the distance to its lid,
// so that a crisp lid is found from far away; inside they follow the mean free path.
#include "lib/air/air_ray.glsl"
#include "lib/ground/clipmap.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_inscatter;
layout(location = 1) out vec4 out_transmittance;

uniform sampler2D tex_distance;

const int STEPS = 56;
const int REST_STEPS = 3;
const float FIRST = 0.004;     // the first step in clear air, of the whole ray
const float FIRST_MAX = 250.0; // m
const float FIRST_DEPTH = 0.02; // or its optical depth
// A draft may be a per cent or two off.
#ifdef AIR_DRAFT
const float COARSE = 1.5;
#else
const float COARSE = 1.0;
#endif
const float GROWTH = 0.65 * COARSE;     // of the distance: a step in clear air
const float DUSK = 0.03;       // rad: with a lower sun its light changes along a ray, and steps shorten
const float DUSK_GROWTH = 0.3;
const float LID_SLOPE = 0.25;  // steepest lid that the step is safe for
// In a layer, tuned for errors under 1% against fine steps: a step in free paths, its growth by the one
// before, and what of the lid's edge, the free path below it and the distance is never undercut.
const float IN_FREE_PATH = 0.35 * COARSE;
const float IN_GROWTH = 1.12;
const float IN_FINEST = 0.008; // of the distance
const float LID_FINEST = 0.3;  // of the edge
const float LID_FREE_PATH = 0.2 * COARSE;
const float LID_DISTANCE = 0.018 * COARSE;
const float LID_GROWTH = COARSE > 1.0 ? 1.08 : 1.05; // rays that glide along a lid must get somewhere
const float OPAQUE = 0.004;    // transmittance below which nothing more is seen

// What a billowed layer is to the march.
struct march_layer {
    float low, high; // its base's and its top's edge, unbillowed, m
    float lid, reach;
    float free_path; // m
};

march_layer march_layer_of(int i, float billow)
{
    float e = frame.layer_extinction[i].g;
    if (e <= 0.0) // nothing there: far from everywhere
        return march_layer(1e9, -1e9, 1.0, 0.0, 1e12);
    return march_layer(frame.layer_base[i] - 0.5 * frame.layer_base_edge[i],
                       frame.layer_top[i] + 0.5 * frame.layer_lid[i], frame.layer_lid[i],
                       AIR_LID_REACH * billow, 1.0 / e);
}

// How far outside an altitude is, negative inside.
float march_gap(march_layer l, float z)
{
    return max(z - l.high, l.low - z) - l.reach;
}

// How much longer steps have become, inside layers and just outside.
struct march_pace {
    float inside, outside;
};

// A step of the march: from t on, d long. Returns d.
float march_step(inout air_ray r, float t, float end, float first, float scale, inout march_pace pace,
                 march_layer fog, march_layer slab)
{
    vec3 rel = r.dir * t;
    float z = view_altitude(rel);
    float level = length(r.dir.xy);
    float rise = r.dir.z + t * level * level / frame.eye.y;
    float footprint = max(t * frame.eye.z, 1.0);
    float gap_fog = march_gap(fog, z);
    float gap_slab = march_gap(slab, z);
    bool at_slab = gap_slab < gap_fog;
    march_layer l = at_slab ? slab : fog;
    float gap = min(gap_fog, gap_slab);
    float closing = max(0.0, z > l.high ? -rise : rise);
    float most = max(first, (frame.sun_angle.x < DUSK ? DUSK_GROWTH : GROWTH) * t);
    float d = max(gap, 0.0) / max(closing, 1e-5) + LID_FINEST * l.lid;

    vec3 billow = vec3(0.0);
    air_sheet sheet = air_fog_sheet();
    if (at_slab)
        sheet = air_slab_sheet();
    WHEN(gap <= 0.0)
    {
        // On the slab's lower side the billows are the same.
        float over = z - (z > 0.5 * (l.low + l.high) ? l.high : l.low);
        billow = air_lid(sheet, rel.xy, footprint, 1.5 * l.free_path, over);
        float clearance = max(z - billow.x - l.high, l.low - z + billow.x);
        float least = max(max(LID_FINEST * l.lid, LID_FREE_PATH * l.free_path), LID_DISTANCE * t);
        if (clearance > 0.0) {
            d = max(clearance / (closing + LID_SLOPE * level + 1e-4), least * pace.outside);
            pace.outside *= LID_GROWTH;
        } else {
            // Not by the lid: in thick fog a soft lid is many free paths deep.
            d = max(IN_FREE_PATH * l.free_path, IN_FINEST * t) * pace.inside;
            pace.inside *= IN_GROWTH;
        }
    }
    d = min(min(d, most) * scale, end - t);

    // The middle of the step.
    float z0 = z;
    rel = r.dir * (t + 0.5 * d);
    z = view_altitude(rel);
    float z1 = view_altitude(r.dir * (t + d));
    float lit_z = z;
    float relief = 1.0;
    vec3 shift = at_slab ? vec3(0.0, billow.x, 0.0) : vec3(0.0, 0.0, billow.x);
    vec3 shares = air_layer_between(vec3(z0) - shift, vec3(z1) - shift);
    // Of two sheets that overlap only the nearer one is torn here; the other has its mean.
    shares *= at_slab ? vec3(1.0, 1.0, frame.layer_cover.z) : vec3(1.0, frame.layer_cover.y, 1.0);
    WHEN(gap <= 0.0)
    {
        float patches = air_patches(sheet, rel.xy, z, footprint);
        shares *= at_slab ? vec3(1.0, patches, 1.0) : vec3(1.0, 1.0, patches);
        lit_z = z - billow.x;
    }
    // Billows shade each other: the lid stands otherwise toward the sun. Deep inside nobody can tell.
    float depth = (l.high - z + billow.x) / l.free_path;
    WHEN(gap <= 0.0 && depth < 6.0)
    {
        float under = max(l.high - (z - billow.x), 0.5 * l.lid);
        float toward = min(under / max(frame.sun_slope.z, 0.05), 0.25 * sheet.size);
        // The shade is soft: the finest billows do not show in it.
        float soft = max(footprint, sheet.size / 32.0);
        float lid_sun = air_lid(sheet, rel.xy + frame.sun_slope.xy * toward, soft, 1.0, AIR_LID_ALL).x;
        lit_z = z - mix(billow.x, max(billow.x, lid_sun), 0.7);
        if (!at_slab)
            relief = air_lid_light(billow.yz, depth);
    }
    air_ray_step(r, rel, z, lit_z, d, shares, clipmap_sun(rel, 1.0), relief);
    return d;
}

// Returns how far the eye sees into it: where half of the light is left, or the end.
float march(inout air_ray r, float end, float jitter)
{
    float veil = end;
    march_layer fog = march_layer_of(2, params.fog_billow);
    march_layer slab = march_layer_of(1, params.slab_billow);
    float t = 0.0;
    march_pace pace = march_pace(1.0, 1.0);
    float scale = 0.25 + 0.75 * jitter;
    // Air that takes 2% or less is one step, and no first step is longer than a third of a free path.
    float thickest = frame.beta_rayleigh.g +
                     air_layer_thinning(vec3(frame.eye.x)).x * frame.layer_extinction[0].g;
    if (march_gap(fog, frame.eye.x) < 0.0)
        thickest += frame.layer_extinction[2].g;
    if (march_gap(slab, frame.eye.x) < 0.0)
        thickest += frame.layer_extinction[1].g;
    float first = max(min(FIRST * end, FIRST_MAX), min(FIRST_DEPTH / thickest, 2.0 * FIRST_MAX));
    first = min(first, IN_FREE_PATH / max(thickest, 1e-12));
    for (int i = 0; i < STEPS; i++) {
        if (t >= end || max(r.through.r, max(r.through.g, r.through.b)) < OPAQUE)
            break;
        t += march_step(r, t, end, first, scale, pace, fog, slab);
        veil = r.through.g < 0.5 ? min(veil, t) : veil;
        scale = 1.0;
    }
    // What is left, by the mean of the layers and without the land's shadow: out of steps; or too deep to be seen, but for the sun's
    // disc. Then the airlight that what is left would still bring is that of what was marched: without
    // it the horizon in a fog lacks a few thousandths, a tenth of the contrast at the range.
    float rest = end - t;
    vec3 light = r.light / max(1.0 - r.through, vec3(0.5));
    bool opaque = max(r.through.r, max(r.through.g, r.through.b)) < OPAQUE;
    float a = t;
    for (int i = 1; i <= REST_STEPS && rest > 0.0; i++) {
        float b = t + rest * float(i * i) / float(REST_STEPS * REST_STEPS);
        vec3 rel = r.dir * (0.5 * (a + b));
        float z = view_altitude(rel);
        vec3 shares = air_layer_between(vec3(view_altitude(r.dir * a)), vec3(view_altitude(r.dir * b)));
        air_ray_step(r, rel, z, z, b - a, shares * frame.layer_cover.xyz, 1.0, 1.0);
        a = b;
    }
    if (opaque)
        r.light = light;
    return veil;
}

#ifdef AIR_REFINE
// A coarser march of the same picture, of one ray in AIR_REFINE each way, told most of it already.
uniform sampler2D tex_inscatter;
uniform sampler2D tex_through;
uniform ivec4 u_coarse; // its corner (x, y) in the textures, and its size

const float ALIKE_THROUGH = 0.1; // so far apart may rays be that what is between them is their mean
const float ALIKE_LIGHT = 0.1;    // of the brighter one

// Returns whether the rays about a texel are alike, and their mean; or it is itself one of them.
bool march_known(ivec2 texel, out vec3 light, out vec4 through_veil)
{
    ivec2 cell = texel / AIR_REFINE;
    vec2 f = vec2(texel - cell * AIR_REFINE) / float(AIR_REFINE);
    float darkest = 1e30, brightest = 0.0, least = 1.0, most = 0.0;
    light = vec3(0.0);
    through_veil = vec4(0.0);
    for (int i = 0; i < 4; i++) {
        ivec2 o = ivec2(i & 1, i >> 1);
        ivec2 t = min(cell + o, u_coarse.zw - 1) + u_coarse.xy;
        vec2 w2 = mix(1.0 - f, f, vec2(o));
        float w = w2.x * w2.y;
        vec4 inscatter = texelFetch(tex_inscatter, t, 0);
        vec4 through = texelFetch(tex_through, t, 0);
        light += w * inscatter.rgb;
        through_veil += w * vec4(through.rgb, inscatter.a);
        bool near = w > 0.0;
        darkest = near ? min(darkest, inscatter.g) : darkest;
        brightest = near ? max(brightest, inscatter.g) : brightest;
        least = near ? min(least, through.g) : least;
        most = near ? max(most, through.g) : most;
    }
    return most - least <= ALIKE_THROUGH && brightest - darkest <= ALIKE_LIGHT * brightest;
}

// Whether a surface stands out of a fog that the eye looks down on while the air about it is opaque, or stands
// in it while that is clear: its shore passes between the rays.
bool march_ashore(vec3 dir, float surface, float through)
{
    march_layer fog = march_layer_of(2, params.fog_billow);
    bool thick = fog.high - fog.low > fog.free_path;
    bool dry = march_gap(fog, view_altitude(dir * surface)) + 2.0 * fog.reach > 0.0;
    return surface > 0.0 && thick && march_gap(fog, frame.eye.x) > 0.0 && (dry ? through < 0.9 : through > 0.1);
}
#endif

uniform ivec2 u_corner; // of the marched air in its textures

void main()
{
    ivec2 texel = ivec2(gl_FragCoord.xy) - u_corner;
    ivec2 pixel = texel * AIR_BLOCK + frame.shot.zw;
    pixel = min(pixel, ivec2(frame.size.xy) - 1);
    vec3 dir = view_ray((vec2(pixel) + 0.5) * frame.size.zw);
    float surface = texelFetch(tex_distance, pixel, 0).r;

#ifdef AIR_STEADY
    float jitter = 0.5; // one sample is all there is, and its noise would stay
#else
    float jitter = noise_dither(vec2(texel + frame.crop.xy / AIR_BLOCK) + 0.5, frame.shot.x);
#endif

    vec2 atmosphere = view_below(AIR_TOP_M, dir);
    float datum = view_datum(dir);
    float end = surface > 0.0 ? surface : datum > 0.0 ? datum : max(0.0, atmosphere.y);
    air_ray r = air_ray_begin(dir);
#ifdef AIR_REFINE
    vec3 light;
    vec4 through_veil;
    bool known = march_known(texel, light, through_veil) && !march_ashore(dir, surface, through_veil.g);
    float veil = through_veil.w;
    WHEN(!known)
    {
        veil = march(r, end, jitter);
        light = r.light;
        through_veil.rgb = r.through;
    }
    r.light = light;
    r.through = through_veil.rgb;
#else
    float veil = march(r, end, jitter);
#endif
    out_inscatter = vec4(r.light, veil);
    out_transmittance = vec4(r.through, surface);
}
