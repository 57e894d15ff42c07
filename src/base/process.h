/* What the system knows of this process. */
#ifndef STILLAIR_BASE_PROCESS_H
#define STILLAIR_BASE_PROCESS_H

/* Seconds since the system started this process, to its clock tick (10 ms): the loader counts too.
 * NaN where it does not say (no /proc). */
double process_age_s(void);
/* The most memory that was resident at once, KiB. */
long long process_peak_rss_kib(void);
/* Starts this program anew, once, with what makes glibc ask the system for huge pages: a software
 * driver's textures are hundreds of MiB, and their page faults cost half of a small picture's time
 * and a tenth of a large one's. glibc reads it before main() alone. The process stays, and children
 * inherit it. Does nothing where the environment already says which pages to use. `argv`: main()'s.
 */
void process_ask_huge_pages(char **argv);

#endif
