// Shadows of things, from maps along the sun (render/things/shade.h).
uniform sampler2DArray tex_shade;
uniform sampler2D tex_contact;

// Whether something stands at least `over` metres toward the sun from the place (across, up, toward the sun): of
// the four texels round it, bilinear.
float thing_shade_tap(vec2 uv, int layer, float toward, float over)
{
    vec2 at = (uv * 0.5 + 0.5) * vec2(textureSize(tex_shade, 0).xy) - 0.5;
    vec2 low = floor(at), f = at - low;
    ivec2 c = ivec2(low);
    vec4 d = vec4(texelFetch(tex_shade, ivec3(c, layer), 0).r, texelFetch(tex_shade, ivec3(c + ivec2(1, 0), layer), 0).r,
                  texelFetch(tex_shade, ivec3(c + ivec2(0, 1), layer), 0).r,
                  texelFetch(tex_shade, ivec3(c + ivec2(1, 1), layer), 0).r) - toward;
    vec4 hid = step(vec4(over), d);
    vec2 row = mix(hid.xz, hid.yw, f.x);
    return mix(row.x, row.y, f.y);
}

// Share of the sun's disc that things leave, 0..1, at a place relative to the eye; what is nearer to it than `over`
// metres, in the fine map, is itself. Where samples are many each looks at its own point of the disc, so that
// shadows are as soft as the sun is wide.
float thing_shade(vec3 rel, float over)
{
    float lit = 1.0;
    WHEN(frame.shade_half.x > 0.0)
    {
        vec3 way = vec3(dot(frame.shade_axis[0].xyz, rel), dot(frame.shade_axis[1].xyz, rel),
                        dot(frame.shade_axis[2].xyz, rel));
        vec2 fine = abs(way.xy + frame.shade_from[0].xy) / frame.shade_half.xy;
        vec2 wide = abs(way.xy + frame.shade_from[1].xy) / frame.shade_half.zw;
        int layer = max(fine.x, fine.y) < 0.97 ? 0 : 1;
        vec3 at = way + frame.shade_from[layer].xyz;
        vec2 half_size = layer == 0 ? frame.shade_half.xy : frame.shade_half.zw;
        over *= layer == 0 ? 1.0 : 4.0;
        WHEN(max(wide.x, wide.y) < 0.97)
        {
            vec2 spread = vec2(0.0);
            if (frame.surface.x < frame.eye.z) {
                float turn = 6.2831853 * noise_dither(gl_FragCoord.xy, frame.shot.x);
                float r = sqrt(fract(0.5 + 0.7548777 * float(frame.shot.x) + 0.37 * turn));
                spread = r * vec2(cos(turn), sin(turn));
            }
            vec2 first = (at.xy + 0.1 * spread) / half_size;
            ivec2 texel = ivec2((first * 0.5 + 0.5) * vec2(textureSize(tex_shade, 0).xy));
            float away = max(texelFetch(tex_shade, ivec3(texel, layer), 0).r - at.z, 0.0);
            vec2 uv = (at.xy + frame.sun.w * min(away, 60.0) * spread) / half_size;
            float fade = 1.0 - smoothstep(0.85, 0.97, max(wide.x, wide.y));
            lit = 1.0 - fade * thing_shade_tap(uv, layer, at.z, over);
        }
    }
    return lit;
}

// Share of the sky that the feet of things leave to the ground at a place relative to the eye.
float thing_contact(vec2 rel)
{
    float open = 1.0;
    vec2 at = abs(rel + frame.contact.xy);
    WHEN(max(at.x, at.y) < 0.98 * frame.contact.z)
    {
        open = 1.0 - texture(tex_contact, (rel + frame.contact.xy) / frame.contact.z * 0.5 + 0.5).r;
    }
    return open;
}
