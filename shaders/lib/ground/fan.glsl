// The fan: the land about the eye in columns of one bearing each and rings whose distances grow evenly in
// their logarithm. What is kept is the slope of the line of sight from the eye to the ground there; from the
// steepest on, nothing farther off is seen less steeply. So a ray meets the ground where the first ring of its
// column is as steep as it is (Wright & Hsieh 1992, "A voxel-based, forward projection algorithm for rendering
// surface and volumetric data").
//
// Distances are those of the chessboard, max(|x|, |y|), as the clipmap's levels are squares: a ring lies in one
// level. Bearings are counted along such a square of half side 1, clockwise from its north-west corner: 0 to 8.

uniform vec4 u_fan;   // bearing a column, columns, metres to the first ring, log2 of a ring over the one before
uniform vec4 u_ahead; // bearing of the middle, its column; log2 of a ring over the one before at the foot, -

// A texel holds four rings, or the steepest of four times FAN_STEP of them, or of FAN_STEP of those.
const int FAN_RINGS = 512;
const int FAN_FOOT = 32; // rings before the eye's feet, where nothing hides anything: wider ones
const int FAN_STEP = 8;  // rings, or pieces of them, in a larger piece: two texels

// Metres to a ring.
float fan_distance(float ring)
{
    return u_fan.z * exp2(min(ring, float(FAN_FOOT)) * u_ahead.z + max(ring - float(FAN_FOOT), 0.0) * u_fan.w);
}

// How far a direction goes in such metres.
float fan_length(vec2 way)
{
    return max(abs(way.x), abs(way.y));
}

// The column that looks along a direction.
int fan_column(vec2 way)
{
    bool along_y = abs(way.y) >= abs(way.x);
    float bearing = along_y ? (way.y > 0.0 ? 1.0 : 5.0) + way.x / way.y
                            : (way.x > 0.0 ? 3.0 : 7.0) - way.y / way.x;
    float turn = mod(bearing - u_ahead.x + 4.0, 8.0) - 4.0;
    return clamp(int(floor(turn / u_fan.x + u_ahead.y)), 0, int(u_fan.y) - 1);
}
