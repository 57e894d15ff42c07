// Light that arrives at a place in one texel of four floats: two numbers of 12 bits in the 24 that a float
// keeps. Numbers are in 0..1 and stored by their fourth root: a thousandth of a bright one is a step, a
// fiftieth of one that is a millionth.

float lit_pair(float a, float b)
{
    vec2 q = floor(sqrt(sqrt(clamp(vec2(a, b), 0.0, 1.0))) * 4095.0 + 0.5);
    return q.x * 4096.0 + q.y;
}

// beam, sky; shares: light of the land in view, sky in view.
vec4 lit_pack(vec3 beam, vec3 sky, vec2 shares)
{
    return vec4(lit_pair(beam.r, beam.g), lit_pair(beam.b, sky.r), lit_pair(sky.g, sky.b),
                lit_pair(shares.x, shares.y));
}

void lit_unpack(vec4 stored, out vec3 beam, out vec3 sky, out vec2 shares)
{
    vec4 high = floor(stored / 4096.0);
    vec4 low = (stored - high * 4096.0) / 4095.0;
    high /= 4095.0;
    high *= high;
    low *= low;
    high *= high;
    low *= low;
    beam = vec3(high.x, low.x, high.y);
    sky = vec3(low.y, high.z, low.z);
    shares = vec2(high.w, low.w);
}
