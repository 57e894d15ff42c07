#include "tests/reference/reference_phase.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

/* Node k stands at cosines[k], falling; below[k] is the light within its angle, 1 at the last. */
struct reference_table {
    int count;
    double *cosines, *values, *below;
};

static bool is_valid(const double *angles, const double *values, int count)
{
    bool ok = count >= 2 && angles[0] == 0 && fabs(angles[count - 1] - PI) < 1e-9;
    for (int i = 0; ok && i < count; i++)
        ok = values[i] >= 0 && isfinite(values[i]) && (i == 0 || angles[i] > angles[i - 1]);
    return ok;
}

struct reference_table *reference_table_create(const double *angles, const double *values,
                                               int count, struct error *err)
{
    if (!is_valid(angles, values, count)) {
        error_set(err, ERROR_FAILED, "no phase function; give angles that rise from 0 to pi");
        return NULL;
    }
    struct reference_table *t = malloc(sizeof *t);
    double *numbers = malloc(3 * (size_t)count * sizeof *numbers);
    if (!t || !numbers) {
        free(t);
        free(numbers);
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    *t = (struct reference_table){count, numbers, numbers + count, numbers + 2 * count};
    for (int i = 0; i < count; i++) {
        t->cosines[i] = cos(angles[i]);
        double step = i ? t->cosines[i - 1] - t->cosines[i] : 0;
        t->below[i] = i ? t->below[i - 1] + PI * step * (values[i - 1] + values[i]) : 0;
    }
    double total = t->below[count - 1];
    for (int i = 0; i < count; i++) {
        t->values[i] = values[i] / total;
        t->below[i] /= total;
    }
    return t;
}

void reference_table_destroy(struct reference_table **table)
{
    if (*table)
        free((*table)->cosines);
    free(*table);
    *table = NULL;
}

/* The cell in which keys, rising when direction is 1 and falling when it is -1, pass key. */
static int find_cell(const double *keys, int count, double key, double direction)
{
    int low = 0, high = count - 1;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (direction * keys[middle] <= direction * key)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static double table_value(const struct reference_table *t, double cosine)
{
    int i = find_cell(t->cosines, t->count, cosine, -1);
    double share = (t->cosines[i] - cosine) / (t->cosines[i] - t->cosines[i + 1]);
    return t->values[i] + share * (t->values[i + 1] - t->values[i]);
}

static double table_sample(const struct reference_table *t, double u)
{
    int i = find_cell(t->below, t->count, u, 1);
    double p0 = t->values[i], p1 = t->values[i + 1];
    double inside = t->below[i + 1] - t->below[i];
    double v = inside > 0 ? (u - t->below[i]) / inside : 0;
    double root = p0 + sqrt(fmax(p0 * p0 + v * (p1 * p1 - p0 * p0), 0));
    double share = root > 0 ? v * (p0 + p1) / root : v;
    return t->cosines[i] + share * (t->cosines[i + 1] - t->cosines[i]);
}

static double hg_value(double g, double cosine)
{
    double base = 1 + g * g - 2 * g * cosine;
    return (1 - g * g) / (4 * PI * base * sqrt(base));
}

static double hg_sample(double g, double u)
{
    const double isotropic = 1e-6; /* below this |g| the formula only loses digits */
    if (fabs(g) < isotropic)
        return 2 * u - 1;
    double root = (1 - g * g) / (1 - g + 2 * g * u);
    return (1 + g * g - root * root) / (2 * g);
}

static double rayleigh_sample(double u)
{
    double z = 4 * u - 2, root = cbrt(z + sqrt(z * z + 1));
    return root - 1 / root;
}

double reference_phase_value(const struct reference_phase *p, double cosine)
{
    switch (p->kind) {
    case REFERENCE_RAYLEIGH:
        return 3 / (16 * PI) * (1 + cosine * cosine);
    case REFERENCE_DOUBLE_HG:
        return p->weight * hg_value(p->g1, cosine) + (1 - p->weight) * hg_value(p->g2, cosine);
    case REFERENCE_TABLE:
        return table_value(p->table, cosine);
    default:
        return 1 / (4 * PI);
    }
}

static double sample(const struct reference_phase *p, double u)
{
    switch (p->kind) {
    case REFERENCE_RAYLEIGH:
        return rayleigh_sample(u);
    case REFERENCE_DOUBLE_HG:
        return u < p->weight ? hg_sample(p->g1, u / p->weight)
                             : hg_sample(p->g2, (u - p->weight) / (1 - p->weight));
    case REFERENCE_TABLE:
        return table_sample(p->table, u);
    default:
        return 2 * u - 1;
    }
}

double reference_phase_sample(const struct reference_phase *p, double u)
{
    return fmin(fmax(sample(p, u), -1), 1);
}
