// Light in the air, from the tables of the mean profile (src/air/column.h). See lib/air/air.glsl.
#include "lib/air/air.glsl"

uniform sampler2DArray tex_air; // enum air_table, altitude x the sun's elevation

// The grid's u of an altitude: air_grid_u(). Three ramps a layer: inside, lower edge, upper edge.
float air_grid_u(float z)
{
    float h = max(z, 0.0);
    float u = frame.grid_share[0].w * sqrt(min(h / AIR_TOP_M, 1.0));
    for (int i = 0; i < 3; i++)
        u += dot(frame.grid_share[i].xyz,
                 clamp((vec3(h) - frame.grid_low[i].xyz) * frame.grid_scale[i].xyz, 0.0, 1.0));
    return u;
}

// Where a place (relative to the eye) at an altitude stands in the tables.
vec2 air_table_at(vec3 rel, float altitude, float z)
{
    vec3 up = vec3(rel.xy, frame.eye.y + altitude - dot(rel.xy, rel.xy) / (2.0 * frame.eye.y));
    float off = asin(clamp(dot(up, frame.sun.xyz) * inversesqrt(dot(up, up)), -1.0, 1.0)) -
                frame.sun_angle.x;
    float x = sign(off) * sqrt(abs(off) * frame.sun_angle.y);
    float half_rows = 0.5 * float(AIR_SUNS - 1);
    return vec2(air_grid_u(z), (half_rows * (1.0 + clamp(x, -1.0, 1.0)) + 0.5) / float(AIR_SUNS));
}

struct air_tables {
    vec3 beam;   // T
    vec3 spread; // T' - T
    vec3 mean, slope, bend, side, turn;
};

// z: the altitude against unbillowed lids.
air_tables air_light_at(vec3 rel, float altitude, float z)
{
    vec2 at = air_table_at(rel, altitude, z);
    vec4 mean = texture(tex_air, vec3(at, AIR_TABLE_MEAN));
    vec4 slope = texture(tex_air, vec3(at, AIR_TABLE_SLOPE));
    vec4 side = texture(tex_air, vec3(at, AIR_TABLE_SIDE));
    return air_tables(texture(tex_air, vec3(at, AIR_TABLE_BEAM)).rgb, texture(tex_air, vec3(at, AIR_TABLE_SPREAD)).rgb,
                      mean.rgb, slope.rgb, vec3(mean.a, slope.a, side.a), side.rgb,
                      texture(tex_air, vec3(at, AIR_TABLE_TURN)).rgb);
}

// What the sky gives a surface with normal n: irradiance over that of the sun above the air. The
// moments, turned with the normal.
vec3 air_sky_irradiance(air_tables a, vec3 n)
{
    float toward = dot(n.xy, frame.sun_slope.xy);
    vec3 first = n.z * a.slope + toward * a.side;
    vec3 second = 5.0 * (1.5 * n.z * n.z - 0.5) * a.bend + n.z * toward * a.turn;
    return PI * max(vec3(0.0), a.mean + (2.0 / 3.0) * first + 0.25 * second);
}

// The altitude at which a place under a billowed lid stands in the tables. Where the fog ends the
// slab's billows take over.
float air_level(vec3 rel, float altitude, float footprint)
{
    float fog_end = frame.layer_top.z + 2.0 * AIR_LID_REACH * params.fog_billow;
    float lid = 0.0;
    WHEN(altitude < fog_end && frame.layer_extinction[2].g > 0.0)
    {
        lid = air_lid(air_fog_sheet(), rel.xy, footprint, 1.0, altitude - frame.layer_top.z).x;
    }
    WHEN(altitude >= fog_end && frame.layer_extinction[1].g > 0.0)
    {
        lid = air_lid(air_slab_sheet(), rel.xy, footprint, 1.0, AIR_LID_ALL).x;
    }
    return altitude - lid;
}

// Light scattered many times under a billowed lid, against that under a level one: a slope that
// leans to the sun takes more of it. The sun's share of the light is that of a low sun; what is
// deeper than a few free paths has forgotten the lid's shape.
float air_lid_light(vec2 slope, float free_paths)
{
    const float SUN_SHARE = 0.8; // tuned by eye against the sky's share over thick fog
    float facing = 1.0 - dot(slope, frame.sun_slope.xy) / max(frame.sun_slope.z, 0.10);
    float share = SUN_SHARE * exp(-0.25 * max(free_paths, 0.0));
    return 1.0 + share * (clamp(facing, 0.1, 2.6) - 1.0);
}
