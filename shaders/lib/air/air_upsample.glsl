// The air at a pixel of the picture. It was marched for one pixel in a block; it is brought to full
// size by the four nearest blocks, each weighted by how like its distance is.

uniform sampler2D tex_inscatter; // w: metres to where half of the light is left
uniform sampler2D tex_through; // w: the distance it was marched for

struct air_along {
    vec3 inscatter; // what the air adds
    vec3 through;   // and what it lets through
    float veil;     // metres to where half of the light is left
};

// reach: metres to the surface in the pixel, 0 where there is none.
air_along air_upsample(ivec2 pixel, float reach)
{
    vec2 at = (vec2(pixel) - vec2(frame.shot.zw)) / float(AIR_BLOCK);
    vec2 base = floor(at);
    vec2 f = at - base;
    vec3 through = vec3(0.0);
    vec4 inscatter = vec4(0.0);
    float total = 0.0;
    for (int i = 0; i < 4; i++) {
        ivec2 o = ivec2(i & 1, i >> 1);
        ivec2 t = clamp(ivec2(base) + o, ivec2(0), ivec2(frame.air_size.xy) - 1);
        vec4 there = texelFetch(tex_through, t + ivec2(frame.eye_off.zw), 0);
        vec2 w2 = mix(1.0 - f, f, vec2(o));
        bool same_kind = (there.w > 0.0) == (reach > 0.0);
        float unlike = reach > 0.0 && there.w > 0.0 ? abs(log2(there.w / reach)) : 0.0;
        float w = (w2.x * w2.y + 1e-3) * (same_kind ? exp2(-24.0 * unlike) : 1e-6) + 1e-9;
        inscatter += w * texelFetch(tex_inscatter, t + ivec2(frame.eye_off.zw), 0);
        through += w * there.rgb;
        total += w;
    }
#if AIR_BLOCK > 2
    // A sliver of sky between blocks that all met the land: the nearest sky above or beside it.
    for (int k = 3; k < 30 && reach <= 0.0 && total < 5e-4; k++) {
        ivec2 o = ivec2(k % 3 - 1, k % 3 == 1 ? 1 : 0) * (k / 3);
        ivec2 t = clamp(ivec2(base + 0.5) + o, ivec2(0), ivec2(frame.air_size.xy) - 1);
        vec4 there = texelFetch(tex_through, t + ivec2(frame.eye_off.zw), 0);
        float w = there.w > 0.0 ? 1e-7 : 1.0;
        inscatter += w * texelFetch(tex_inscatter, t + ivec2(frame.eye_off.zw), 0);
        through += w * there.rgb;
        total += w;
    }
#endif
    return air_along(inscatter.rgb / total, through / total, inscatter.a / total);
}
