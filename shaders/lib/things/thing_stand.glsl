// The things of a draw: what render/things/batch.h tells of each, and where shaders/things/thing_stand.glsl found that
// it stands.
uniform samplerBuffer tex_things;
uniform sampler2D tex_stand;
uniform int u_first; // number of the draw's first thing

vec4 i_place, i_more; // struct batch_thing

// Fills those two; returns where the thing stands.
vec4 thing_stand()
{
    int i = u_first + gl_InstanceID, width = textureSize(tex_stand, 0).x;
    i_place = texelFetch(tex_things, 2 * i);
    i_more = texelFetch(tex_things, 2 * i + 1);
    return texelFetch(tex_stand, ivec2(i % width, i / width), 0);
}

vec3 thing_turned(vec3 v, float turn)
{
    float c = cos(turn), s = sin(turn);
    return vec3(c * v.x - s * v.y, s * v.x + c * v.y, v.z);
}
