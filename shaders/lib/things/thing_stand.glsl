// Where things stand: what shaders/things/thing_stand.glsl found.
uniform sampler2D tex_stand;
uniform int u_first; // number of the draw's first thing

vec4 thing_stand()
{
    int i = u_first + gl_InstanceID, width = textureSize(tex_stand, 0).x;
    return texelFetch(tex_stand, ivec2(i % width, i / width), 0);
}

vec3 thing_turned(vec3 v, float turn)
{
    float c = cos(turn), s = sin(turn);
    return vec3(c * v.x - s * v.y, s * v.x + c * v.y, v.z);
}
