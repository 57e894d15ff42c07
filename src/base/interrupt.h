/* SIGINT, SIGTERM and SIGHUP ask the program to stop; long jobs look here between steps.
 *
 * The moment kept in interrupt.c is the one mutable global of the program: a signal handler can
 * reach nothing else. */
#ifndef STILLAIR_BASE_INTERRUPT_H
#define STILLAIR_BASE_INTERRUPT_H

#include <stdbool.h>

/* Installs the handlers; once, at the start of main. A second signal ends the program at once with
 * exit code 4, unless it comes with the first: a scheduler tells both a script and the programs
 * that it runs, and the script tells them too. A SIGHUP that was ignored on entry (nohup) stays
 * ignored. SIGXFSZ is ignored, so that a file size limit is a write error like a full disk. */
void interrupt_install(void);

/* True once a signal has come. */
bool interrupt_requested(void);

#endif
