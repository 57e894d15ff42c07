// What years do to the surface of things.
const int THING_WOOD = 0;
const int THING_BARK = 1;
const int THING_STEEL = 2;
const int THING_WIRE = 3;
const int THING_CERAMIC = 4;
const int THING_STRAW = 5;
const int THING_REED = 6;
const int THING_ROCK = 7;

uniform vec4 u_albedo[16];   // and roughness
uniform float u_through[16];

// Rust takes steel within some decades in dirty air; dust and ash lie on what faces the sky; fire chars wood.
// tone: the part's own, -1..1; hash: the thing's, 0..1.
vec3 thing_albedo(int material, float tone, float hash, vec3 normal)
{
    vec3 c = u_albedo[material].rgb * (1.0 + 0.22 * tone + 0.15 * (hash - 0.5));
    float rust = material == THING_STEEL ? clamp(params.things_years / 45.0 - 0.3 + 0.5 * tone, 0.0, 0.95) : 0.0;
    c = mix(c, vec3(0.16, 0.075, 0.042) * (1.0 + 0.3 * tone), rust);
    float burnt = material <= THING_BARK || material == THING_STRAW
                      ? smoothstep(-0.15, 0.15, params.things_burnt - 0.15 - 0.7 * hash + 0.2 * tone) *
                            step(0.001, params.things_burnt)
                      : 0.0;
    c = mix(c, vec3(0.035, 0.032, 0.030) * (1.0 + 0.4 * tone), burnt);
    float up = clamp(normal.z, 0.0, 1.0);
    up *= up;
    c = mix(c, params.ground_silt, clamp(0.8 * params.ground_dust * up, 0.0, 1.0));
    return mix(c, params.ground_ash, clamp(1.1 * params.ground_ash_cover * up, 0.0, 1.0));
}
