#include "commands/bench_internal.h"

#include "base/figure.h"
#include "base/json.h"
#include "base/process.h"

#include <math.h>

static void put(struct json *j, const char *key, double value)
{
    json_number(j, key, figure_round(value, 5));
}

static void put_yardstick(struct json *j, const char *key, const struct yardstick *y)
{
    json_object_begin(j, key);
    for (int i = 0; i < yardstick_figure_count; i++)
        put(j, yardstick_figures[i].key, yardstick_get(y, i));
    json_object_end(j);
}

/* Over all frames, those too that did not tell of the pass. */
static double pass_mean(struct bench *b, int i)
{
    return series_sum(&b->passes[i]) / b->frames;
}

static void put_passes(struct json *j, struct bench *b)
{
    json_object_begin(j, "passes_ms");
    for (int i = 0; i < b->pass_count; i++)
        put(j, b->pass_names[i], series_median(&b->passes[i]));
    json_object_end(j);
    json_object_begin(j, "passes_mean_ms");
    for (int i = 0; i < b->pass_count; i++)
        put(j, b->pass_names[i], pass_mean(b, i));
    json_object_end(j);
    json_object_begin(j, "passes_max_ms");
    for (int i = 0; i < b->pass_count; i++)
        put(j, b->pass_names[i], series_quantile(&b->passes[i], 1));
    json_object_end(j);
}

static void put_setting(struct json *j, const struct bench *b)
{
    json_string(j, "preset", preset_name(b->input.preset));
    json_string(j, "flight", b->flight->name);
    json_string(j, "opengl", b->machine);
    json_integer(j, "width", b->size.width);
    json_integer(j, "height", b->size.height);
    json_integer(j, "warm_up", b->warm_up);
    json_integer(j, "frames", b->frames);
    json_integer(j, "rate_per_s", b->rate);
}

void bench_print_json(struct bench *b)
{
    struct yardstick mean = yardstick_mean(&b->before, &b->after);
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    put_setting(&j, b);
    put(&j, "median_ms", series_median(&b->frame_ms));
    put(&j, "p95_ms", series_quantile(&b->frame_ms, 0.95));
    put(&j, "p99_ms", series_quantile(&b->frame_ms, 0.99));
    put(&j, "max_ms", series_quantile(&b->frame_ms, 1));
    put(&j, "sum_ms", b->sum_ms);
    put(&j, "wall_ms", b->wall_ms);
    put(&j, "first_frame_ms", b->first_frame_ms);
    json_string(&j, "first_frame_since", b->since_process ? "process" : "command");
    put_passes(&j, b);
    json_integer(&j, "internal_width", (long long)series_median(&b->width));
    json_integer(&j, "internal_height", (long long)series_median(&b->height));
    json_integer(&j, "triangles", (long long)series_median(&b->triangles));
    put(&j, "rest_samples", b->rest_samples);
    put(&j, "first_still_ms", b->first_still_ms);
    json_integer(&j, "peak_rss_kib", process_peak_rss_kib());
    if (!b->no_yardstick) {
        put_yardstick(&j, "yardstick", &mean);
        put_yardstick(&j, "yardstick_before", &b->before);
        put_yardstick(&j, "yardstick_after", &b->after);
    }
    if (b->like.count > 0)
        bench_likeness_put(&j, &b->like);
    json_object_end(&j);
}

static void print_frames(struct bench *b)
{
    double median = series_median(&b->frame_ms);
    printf("%s, flight '%s', %d frame%s after %d at %dx%d, aiming at %d a second\n%s\n\n",
           preset_name(b->input.preset), b->flight->name, b->frames, b->frames == 1 ? "" : "s",
           b->warm_up, b->size.width, b->size.height, b->rate, b->machine);
    printf("FRAME       median %8.2f ms   p95 %8.2f   p99 %8.2f   worst %8.2f\n", median,
           series_quantile(&b->frame_ms, 0.95), series_quantile(&b->frame_ms, 0.99),
           series_quantile(&b->frame_ms, 1));
    printf("all frames  sum    %8.0f ms   wall clock %.0f ms, %.1f a second\n", b->sum_ms,
           b->wall_ms, MS * b->frames / b->wall_ms);
    printf("first frame        %8.0f ms   since the %s began\n", b->first_frame_ms,
           b->since_process ? "process" : "command");
    printf("drawn at    %.0f x %.0f", series_median(&b->width), series_median(&b->height));
    if (series_median(&b->triangles) > 0)
        printf(", %.0f triangles", series_median(&b->triangles));
    printf(" (medians)\n");
    if (b->rest_samples > 0)
        printf("at rest     %.2f samples of the still at the end; the first after %.0f ms\n",
               b->rest_samples, b->first_still_ms);
    printf("memory      %.0f MiB at most\n\n", (double)process_peak_rss_kib() / 1024);
}

static void print_passes(struct bench *b)
{
    double sum = 0;
    printf("%-22s %9s %9s %9s\n", "PASS, ms", "median", "mean", "worst");
    for (int i = 0; i < b->pass_count; i++) {
        printf("%-22s %9.2f %9.2f %9.2f\n", b->pass_names[i], series_median(&b->passes[i]),
               pass_mean(b, i), series_quantile(&b->passes[i], 1));
        sum += pass_mean(b, i);
    }
    printf("%-22s %9s %9.2f\n", "all", "", sum);
    printf("%-22s %9.2f %9.2f %9.2f\n\n", "the whole frame", series_median(&b->frame_ms),
           series_mean(&b->frame_ms), series_quantile(&b->frame_ms, 1));
}

static void print_yardstick(const struct bench *b)
{
    printf("%-22s %9s %9s\n", "YARDSTICK", "before", "after");
    for (int i = 0; i < yardstick_figure_count; i++)
        printf("%-22s %9s %9s\n", yardstick_figures[i].key,
               figure_write(yardstick_get(&b->before, i), 3).s,
               figure_write(yardstick_get(&b->after, i), 3).s);
}

void bench_print_text(struct bench *b)
{
    print_frames(b);
    print_passes(b);
    if (!b->no_yardstick)
        print_yardstick(b);
    if (b->like.count > 0)
        bench_likeness_print(&b->like);
}
