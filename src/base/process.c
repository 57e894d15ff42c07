#include "base/process.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* Field 22 of /proc/self/stat (proc(5)): ticks since boot. The second field is a name in brackets,
 * in which anything may stand. False where there is none. */
static bool read_start_ticks(unsigned long long *ticks)
{
    char text[1024];
    FILE *f = fopen("/proc/self/stat", "r");
    if (!f)
        return false;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = 0;
    const char *rest = strrchr(text, ')');
    return rest && sscanf(rest,
                          ") %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
                          "%*s %*s %llu",
                          ticks) == 1;
}

double process_age_s(void)
{
#ifdef CLOCK_BOOTTIME
    unsigned long long ticks;
    struct timespec now;
    long per_s = sysconf(_SC_CLK_TCK);
    if (per_s > 0 && read_start_ticks(&ticks) && clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec - (double)ticks / (double)per_s;
#endif
    return NAN;
}

long long process_peak_rss_kib(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return 0;
#ifdef __APPLE__
    return usage.ru_maxrss / 1024; /* bytes there */
#else
    return usage.ru_maxrss;
#endif
}

void process_ask_huge_pages(char **argv)
{
#ifdef __GLIBC__
    static const char name[] = "GLIBC_TUNABLES", key[] = "glibc.malloc.hugetlb";
    const char *before = getenv(name);
    char tunables[1024], program[4096];
    if (before && strstr(before, key))
        return;
    int length = snprintf(tunables, sizeof tunables, "%s%s%s=1", before ? before : "",
                          before && *before ? ":" : "", key);
    /* By its path, not as /proc/self/exe: that would name the process "exe". */
    ssize_t path = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0 || length >= (int)sizeof tunables || path < 0)
        return;
    program[path] = 0;
    if (setenv(name, tunables, 1) == 0)
        execv(program, argv); /* comes back only when it failed: then with small pages */
#else
    (void)argv;
#endif
}
