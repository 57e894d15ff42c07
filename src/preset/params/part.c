#include "preset/params/part.h"

#include "preset/params/param_value.h"

#include <string.h>

enum params_part param_part(const struct param_info *row)
{
    if (strcmp(row->section, "land") == 0)
        return PARAMS_LAND;
    return strcmp(row->section, "camera") == 0 ? PARAMS_CAMERA : PARAMS_MOOD;
}

void params_take(struct params *to, const struct params *from, unsigned parts)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value value;
        if (!(param_part(&params_table[i]) & parts))
            continue;
        param_get(&params_table[i], from, &value);
        param_put(&params_table[i], to, &value);
    }
}

bool params_same(const struct params *a, const struct params *b, unsigned parts)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if ((param_part(&params_table[i]) & parts) && !param_equal(&params_table[i], a, b))
            return false;
    return true;
}
