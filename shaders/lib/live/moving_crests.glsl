// Where the nearest crest of a column is, seen from a place in it: rows of the internal picture, up positive, as
// a number of 8 bits; 0: none near.
const int CREST_REACH = 4;
const float CREST_NONE = 1e3;

float crest_pack(float rows)
{
    float code = 128.0 + rows * (127.0 / float(CREST_REACH + 1));
    return abs(rows) > float(CREST_REACH + 1) ? 0.0 : clamp(floor(code + 0.5), 1.0, 255.0) / 255.0;
}

float crest_unpack(float stored)
{
    return stored > 0.0 ? (stored * 255.0 - 128.0) * (float(CREST_REACH + 1) / 127.0) : CREST_NONE;
}
