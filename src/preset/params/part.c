#include "preset/params/part.h"

#include "preset/params/param_value.h"
#include "preset/params/placed.h"

void params_take(struct params *to, const struct params *from, unsigned parts)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value value;
        if (!(params_table[i].part & parts))
            continue;
        param_get(&params_table[i], from, &value);
        param_put(&params_table[i], to, &value);
    }
    if (parts & PARAMS_MOOD)
        placed_take(to, from);
}

bool params_same(const struct params *a, const struct params *b, unsigned parts)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if ((params_table[i].part & parts) && !param_equal(&params_table[i], a, b))
            return false;
    return !(parts & PARAMS_MOOD) || placed_same(a, b);
}
