// The air along each ray of a reduced picture: what it adds (inscatter) and what it lets through.
//
// Three segments: clear air to the layer of fog, the layer, clear air behind it. In the layer the
// step follows the distance to the billowed lid, so that a crisp lid is found from far away.
// Integral of a step: S (1 - exp(-s d)) / s (Hillaire 2015).
#include "lib/air_light.glsl"
#include "lib/clipmap.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_inscatter;
layout(location = 1) out vec4 out_transmittance;

uniform sampler2D tex_distance;

const int CLEAR_STEPS = 12;
const int FOG_STEPS = 36;
const int REST_STEPS = 3;
const float LID_SLOPE = 0.35;   // steepest lid that the step is safe for
const float OPAQUE = 0.004;     // transmittance below which nothing more is seen

struct ray {
    vec3 dir;
    float phase_rayleigh, phase_aerosol, phase_fog; // of the beam
    float peak_aerosol, peak_fog;                   // HG(g^2), of what left the forward peak
    float g_aerosol, g_fog;
    vec3 light, through;
};

ray ray_begin(vec3 dir)
{
    ray r;
    r.dir = dir;
    float c = dot(dir, frame.sun.xyz);
    r.g_aerosol = air_lobe_mean(params.air_forward);
    r.g_fog = air_lobe_mean(params.fog_forward);
    r.phase_rayleigh = air_rayleigh_phase(c);
    r.phase_aerosol = air_lobe(c, params.air_forward);
    r.phase_fog = air_lobe(c, params.fog_forward);
    r.peak_aerosol = air_henyey_greenstein(c, r.g_aerosol * r.g_aerosol);
    r.peak_fog = air_henyey_greenstein(c, r.g_fog * r.g_fog);
    r.light = vec3(0.0);
    r.through = vec3(1.0);
    return r;
}

// One step of length d in the middle of which (rel) stand `fog` of the full fog, `to_sun` metres
// of it toward the sun; column_z: altitude against an unbillowed lid; relief: air_lid_light().
void ray_step(inout ray r, vec3 rel, float altitude, float d, float fog, float to_sun,
              float column_z, float relief)
{
    vec2 clear = air_clear_profile(altitude);
    vec3 aerosol = clear.y * frame.beta_aerosol.rgb;
    vec3 fog_ext = fog * frame.beta_fog.rgb;
    vec3 s_rayleigh = clear.x * frame.beta_rayleigh.rgb;
    vec3 s_aerosol = aerosol * params.air_albedo;
    vec3 s_fog = fog_ext * params.fog_albedo;
    vec3 extinction = s_rayleigh + aerosol + fog_ext +
                      air_ozone_profile(altitude) * frame.beta_ozone.rgb;

    vec3 beam = air_sun_clear(rel, altitude) * exp(-frame.beta_fog.rgb * to_sun);
    vec3 mean = air_column(column_z, 0.0);
    vec3 slope = air_column(column_z, 1.0) * r.dir.z;
    vec3 spread = max(vec3(0.0), air_column(column_z, 2.0) - beam);
    vec3 lit = beam * clipmap_sun(rel, 1.0);

    vec3 source = s_rayleigh * (r.phase_rayleigh * lit + spread / (4.0 * AIR_PI) + mean) +
                  s_aerosol * (r.phase_aerosol * lit + r.peak_aerosol * spread + mean +
                               r.g_aerosol * slope) +
                  s_fog * (r.phase_fog * lit +
                           relief * (r.peak_fog * spread + mean + r.g_fog * slope));
    vec3 t = exp(-extinction * d);
    r.light += r.through * max(vec3(0.0), source) * (1.0 - t) / max(extinction, vec3(1e-12));
    r.through *= t;
}

void march_clear(inout ray r, float t0, float t1, int steps, float jitter)
{
    // Spaced by a power of the distance: fine near, coarse far.
    float length_m = t1 - t0;
    if (length_m <= 0.0)
        return;
    float a = t0;
    for (int i = 1; i <= steps; i++) {
        float u = (float(i) - 1.0 + jitter) / float(steps);
        float b = i == steps ? t1 : t0 + length_m * u * u;
        float t = 0.5 * (a + b);
        vec3 rel = r.dir * t;
        float z = view_altitude(rel);
        ray_step(r, rel, z, b - a, 0.0, air_fog_to_sun(z), z, 1.0);
        a = b;
    }
}

// The share of fog where only the billows' mean is known.
float mean_fog(float z)
{
    float h = 0.5 * params.fog_lid;
    float w = h + 0.6 * params.fog_billow; // the spread of air_lid(), by eye
    return smoothstep(params.fog_base - h, params.fog_base + h, z) *
           (1.0 - smoothstep(params.fog_top - w, params.fog_top + w, z));
}

void march_fog(inout ray r, float t0, float t1, float jitter)
{
    float level = length(r.dir.xy);
    float t = t0;
    float grow = 1.0;
    float first = jitter;
    for (int i = 0; i < FOG_STEPS; i++) {
        if (t >= t1 || max(r.through.r, max(r.through.g, r.through.b)) < OPAQUE)
            break;
        vec3 rel = r.dir * t;
        float z = view_altitude(rel);
        float footprint = max(t * frame.eye.z, 1.0);
        vec3 billow = air_lid(rel.xy, footprint, 1.5 / frame.beta_fog.g);
        float lid = billow.x;
        float clearance = z - lid - params.fog_top - 0.5 * params.fog_lid;
        float least = max(0.3 * params.fog_lid, 0.008 * t);
        float d;
        if (clearance > 0.0) {
            float closing = max(0.0, -r.dir.z) + LID_SLOPE * level + 1e-4;
            d = max(clearance / closing, least);
        } else {
            float mean_free = 1.0 / frame.beta_fog.g;
            d = max(least, 0.35 * mean_free) * grow;
            grow *= 1.12;
        }
        d = min(d * first, t1 - t);
        first = 1.0;

        // The middle of the step.
        rel = r.dir * (t + 0.5 * d);
        z = view_altitude(rel);
        float z_lid = z - lid;
        float fog = air_fog_between(view_altitude(r.dir * t) - lid,
                                    view_altitude(r.dir * (t + d)) - lid);
        float to_sun = 0.0;
        float relief = 1.0;
        if (z_lid < params.fog_top + params.fog_lid) {
            fog *= fog > 0.0 ? air_patches(rel.xy, z, footprint) : 1.0;
            // Billows shade each other: the lid stands otherwise toward the sun.
            float depth = max(params.fog_top - z_lid, 0.5 * params.fog_lid);
            float toward = min(depth / max(frame.sun_slope.z, 0.05), 0.25 * params.fog_billow_size);
            // The shade is soft: the finest billows do not show in it.
            float soft = max(footprint, params.fog_billow_size / 32.0);
            float lid_sun = air_lid(rel.xy + frame.sun_slope.xy * toward, soft, 1.0).x;
            to_sun = air_fog_to_sun(z - mix(lid, max(lid, lid_sun), 0.7));
            relief = air_lid_light(billow.yz, params.fog_top - z_lid);
        }
        ray_step(r, rel, z, d, fog, to_sun, z_lid, relief);
        t += d;
    }
    float rest = t1 - t;
    float a = t;
    for (int i = 1; i <= REST_STEPS && rest > 0.0; i++) {
        float b = t + rest * float(i * i) / float(REST_STEPS * REST_STEPS);
        vec3 rel = r.dir * (0.5 * (a + b));
        float z = view_altitude(rel);
        ray_step(r, rel, z, b - a, mean_fog(z), air_fog_to_sun(z), z, 1.0);
        a = b;
    }
}

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy) * AIR_BLOCK + frame.shot.zw * (AIR_BLOCK / 2);
    pixel = min(pixel, ivec2(frame.size.xy) - 1);
    vec3 dir = view_ray((vec2(pixel) + 0.5) * frame.size.zw);
    float surface = texelFetch(tex_distance, pixel, 0).r;

    // Interleaved gradient noise (Jimenez 2014), moved on by the golden ratio each sample.
    vec2 at = gl_FragCoord.xy;
    float jitter = fract(52.9829189 * fract(dot(at, vec2(0.06711056, 0.00583715))) +
                         0.61803399 * float(frame.shot.x));

    vec2 atmosphere = view_below(AIR_TOP, dir);
    float datum = view_datum(dir);
    float end = surface > 0.0 ? surface : datum > 0.0 ? datum : max(0.0, atmosphere.y);
    float ceiling = params.fog_top + 0.5 * params.fog_lid + AIR_LID_REACH * params.fog_billow;
    vec2 layer = clamp(view_below(ceiling, dir), 0.0, end);
    if (layer.y <= layer.x)
        layer = vec2(end);
    // Under a layer aloft the air is clear again.
    vec2 under = clamp(view_below(params.fog_base - 0.5 * params.fog_lid, dir), layer.x, layer.y);
    if (under.y <= under.x)
        under = vec2(layer.y);

    ray r = ray_begin(dir);
    float clear_jitter = 0.5 + 0.5 * jitter;
    march_clear(r, 0.0, layer.x, CLEAR_STEPS, clear_jitter);
    vec3 from = vec3(layer.x, under.x, under.y);
    vec3 to = vec3(under.y, layer.y, end);
    for (int i = 0; i < 2; i++) {
        march_fog(r, from.x, from.y, 0.25 + 0.75 * jitter);
        march_clear(r, from.y, to.x, CLEAR_STEPS, clear_jitter);
        from = vec3(under.y, layer.y, end);
        to = vec3(end);
    }
    out_inscatter = vec4(r.light, 1.0);
    out_transmittance = vec4(r.through, surface);
}
