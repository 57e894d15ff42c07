// The picture of a moving frame at its internal size: what the ground sends, mirrors of water, what stands
// behind the air, the air in between, and its look from a table. A software rasteriser pays for what is not
// seen as well: variants have what stands behind the air (MOVING_BEHIND) and the datum beyond the land
// (MOVING_DATUM), or not.
#include "lib/air/air_upsample.glsl"
#include "lib/develop/grade.glsl"
#include "lib/live/moving_tables.glsl"
#include "lib/air/sky.glsl"
#include "lib/water/water_mirror.glsl"
#stage fragment
in vec2 v_uv;
layout(location = 0) out vec4 out_colour; // display values
layout(location = 1) out vec4 out_light;
layout(location = 2) out float out_depth; // of what is mostly seen: ground, or the air before it

uniform sampler2D tex_radiance; // ground_moving.glsl
uniform sampler2D tex_distance;
uniform sampler2D tex_bloom;    // of the frame before
uniform sampler2DArray tex_look;
uniform float u_bloom;          // its share
uniform sampler2D tex_clarity;  // of the frame before, too
uniform float u_clarity;        // its amount

const float FAR = 1e6;        // m: the sky
const float BLOOM_WIDE = 0.7; // share of the still's BLOOM_LEVELS glows that are wider than a pixel here

// The look of light that is `stops` brighter, from the table of look_table.glsl.
vec3 look(vec3 light, float stops)
{
    const float SIZE = float(LOOK_SIZE);
    const float PI_STOPS = 1.6514961; // log2(pi)
    vec3 u = (log2(max(light, vec3(1e-12))) + PI_STOPS + grade_stops() + stops - LOOK_MIN) /
             (LOOK_MAX - LOOK_MIN);
    vec3 at = clamp(u, 0.0, 1.0) * (SIZE - 1.0);
    float low = min(floor(at.b), SIZE - 2.0);
    vec2 uv = (at.rg + 0.5) / SIZE;
    return mix(texture(tex_look, vec3(uv, low)).rgb, texture(tex_look, vec3(uv, low + 1.0)).rgb,
               at.b - low);
}

// What the sky sends along a mirrored ray: taken from where the picture itself shows it, or at its edge.
vec3 mirrored_sky(vec3 way)
{
    vec4 clip = frame.clip_from_world * vec4(way, 0.0);
    vec2 uv = clamp(clip.xy / max(clip.w, 1e-4) * 0.5 + 0.5, 0.0, 0.999);
    // A block is as likely as it is near: the frames' mean is smooth.
    vec2 off = 0.5 * noise_pair(noise_hash_cell(ivec2(gl_FragCoord.xy), uint(frame.shot.x) + 7u));
    ivec2 block = ivec2(clamp(uv * frame.air_size.xy + off, vec2(0.0), frame.air_size.xy - 1.0));
    return texelFetch(tex_inscatter, block + ivec2(frame.eye_off.zw), 0).rgb;
}

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    vec3 ray = frame.ray_origin.xyz + v_uv.x * frame.ray_dx.xyz + v_uv.y * frame.ray_dy.xyz;
    float shorter = inversesqrt(dot(ray, ray)); // the ray is 1 deep
    vec3 dir = ray * shorter;
    float reach = texelFetch(tex_distance, pixel, 0).r;
    vec4 sent = texelFetch(tex_radiance, pixel, 0);
    vec3 surface = sent.rgb;
#if MOVING_BEHIND
    WHEN(reach <= 0.0)
    {
        surface = sky_behind(dir);
    }
#endif
#if MOVING_DATUM
    WHEN(reach <= 0.0)
    {
        float datum = view_datum(dir);
        WHEN(datum > 0.0)
        {
            surface = surface_radiance(dir * datum, frame.ground_albedo.rgb, vec3(0.0, 0.0, 1.0),
                                       outlook(vec3(0.0, 0.0, 1.0), 0.0, 1.0));
        }
    }
#endif
    WHEN(reach > 0.0 && sent.a < 0.5)
    {
        const vec3 UP = vec3(0.0, 0.0, 1.0);
        vec3 rel = dir * reach;
        float altitude = view_altitude(rel); // billows above are too small to matter, and dear
        vec3 beam = air_light_at(rel, altitude, altitude).beam;
        surface += water_mirror(dir, UP, 0.0, -sent.a, beam, mirrored_sky(water_way(dir, UP)));
    }
    air_along air = air_upsample(pixel, reach);
    vec3 light = surface * air.through + air.inscatter;
    out_light = vec4(light, 1.0);
    float luma = grade_luma(light), most = grade_over_white(GRADE_DISC);
    vec3 shown = light * (most / max(luma, most));
    float stops = 0.0;
    if (u_clarity != 0.0)
        stops = clarity_stops(log2(max(min(luma, most), CLARITY_DARK)), texture(tex_clarity, v_uv).rg, u_clarity);
    vec3 glow = texture(tex_bloom, v_uv).rgb;
    vec3 c = look(mix(shown, glow, BLOOM_WIDE * u_bloom) * grade_vignette(v_uv), stops);
    // Half a step of noise, which the frames' mean takes out again.
    c += (float(noise_hash_cell(pixel, uint(frame.shot.x)) & 0xffffu) / 65535.0 - 0.5) / 255.0;
    out_colour = vec4(c, 1.0);
    float solid = reach > 0.0 ? reach : FAR;
    out_depth = shorter * (air.through.g < 0.5 ? min(air.veil, solid) : solid);
}
