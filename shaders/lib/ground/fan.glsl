// The fan: the land about the eye in columns of one bearing each and rings whose distances grow evenly in
// their logarithm. What is kept is the slope of the line of sight from the eye to the ground there; from the
// steepest on, nothing farther off is seen less steeply. So a ray meets the ground where the first ring of its
// column is as steep as it is (Wright & Hsieh 1992, "A voxel-based, forward projection algorithm for rendering
// surface and volumetric data").

uniform vec4 u_fan;   // radians a column, columns, metres to the first ring, log2 of a ring over the one before
uniform vec4 u_ahead; // the bearing of the middle column: sine, cosine; log2 of a ring over the one before at the foot, -

const int FAN_RINGS = 1024;
const int FAN_FOOT = 64; // rings before the eye's feet, where nothing hides anything: wider ones
const int FAN_STEP = 8; // rings, or pieces of them, in a larger piece

// Horizontal metres to a ring.
float fan_distance(int ring)
{
    return u_fan.z * exp2(float(min(ring, FAN_FOOT)) * u_ahead.z + float(max(ring - FAN_FOOT, 0)) * u_fan.w);
}

// The column that looks along a direction.
int fan_column(vec2 way)
{
    vec2 turned = vec2(way.x * u_ahead.y - way.y * u_ahead.x, dot(way, u_ahead.xy));
    float column = atan(turned.x, turned.y) / u_fan.x + 0.5 * u_fan.y;
    return clamp(int(floor(column)), 0, int(u_fan.y) - 1);
}

// The unit direction of a column's middle.
vec2 fan_way(float column)
{
    float turn = (column - 0.5 * u_fan.y) * u_fan.x;
    vec2 turned = vec2(sin(turn), cos(turn));
    return vec2(turned.x * u_ahead.y + turned.y * u_ahead.x, turned.y * u_ahead.y - turned.x * u_ahead.x);
}
