// The window's picture at its internal size: light through the air, and its look from a table.
#include "lib/air/air_upsample.glsl"
#include "lib/develop/grade.glsl"
#include "lib/live/moving_tables.glsl"
#stage vertex
uniform mat3 u_past_ray; // a ray of the picture where glow and lines are of: clip space (x, y, w) of origin, dx, dy
out vec2 v_uv;
out vec3 v_past;

void main()
{
    v_uv = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
    v_past = u_past_ray * vec3(1.0, v_uv);
    gl_Position = vec4(v_uv * 2.0 - 1.0, 0.0, 1.0);
}

#stage fragment
in vec2 v_uv;
in vec3 v_past;
layout(location = 0) out vec4 out_colour; // display values; crest
layout(location = 1) out vec4 out_light;  // that glows

uniform sampler2D tex_radiance;
uniform sampler2D tex_distance;
uniform sampler2D tex_crest;    // render/frame/gbuffer.h
uniform sampler2D tex_bloom;    // of a frame before, as far as the eye has turned since
uniform sampler2DArray tex_look;
uniform float u_bloom;          // its share
uniform sampler2D tex_clarity;  // of that frame, too
uniform float u_clarity;        // its amount

const float BLOOM_WIDE = 0.8; // share of the still's glows that are wider than a pixel here: four of five

const float CREST_STEP = 1.03; // of the distance: what is behind a crest is so much farther off

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

void main()
{
    ivec2 pixel = ivec2(gl_FragCoord.xy);
    float reach = texelFetch(tex_distance, pixel, 0).r;
    float under = texelFetch(tex_distance, max(pixel - ivec2(0, 1), ivec2(0)), 0).r;
    bool parted = under > 0.0 && (reach <= 0.0 || reach > CREST_STEP * under);
    air_along air = air_upsample(pixel, reach);
    vec3 light = texelFetch(tex_radiance, pixel, 0).rgb * air.through + air.inscatter;
    out_light = vec4(grade_cap(light, grade_over_white(GRADE_GLOW)), 1.0);
    vec2 past = v_past.xy / max(v_past.z, 1e-6) * 0.5 + 0.5;
    float luma = grade_luma(light), most = grade_over_white(GRADE_DISC);
    vec3 shown = light * (most / max(luma, most));
    float stops = 0.0;
    if (u_clarity != 0.0)
        stops = clarity_stops(log2(max(min(luma, most), CLARITY_DARK)), texture(tex_clarity, past).rg, u_clarity);
    vec3 glow = texture(tex_bloom, past).rgb;
    vec3 c = look(mix(shown, glow, BLOOM_WIDE * u_bloom) * grade_vignette(v_uv), stops);
    out_colour = vec4(c, parted ? texelFetch(tex_crest, pixel, 0).r : 0.0);
}
