/* What the system knows of this process. */
#ifndef STILLAIR_BASE_PROCESS_H
#define STILLAIR_BASE_PROCESS_H

/* Seconds since the system started this process, to its clock tick (10 ms): the loader counts too.
 * NaN where it does not say (no /proc). */
double process_age_s(void);
/* The most memory that was resident at once, KiB. */
long long process_peak_rss_kib(void);

#endif
