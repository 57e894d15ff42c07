#include "base/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds of the monotonic clock. Far less than anybody takes to ask again on purpose, far
 * more than between two signals that are sent together. By eye. */
static const long long same_wish_ms = 500;

/* When the first signal came, 0: none has. Atomic, for threads ask as well; lock-free, so a handler
 * may set it. */
static atomic_llong interrupt_ms;

static void on_signal(int number)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long now_ms = 1 + (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000, first_ms = 0;
    (void)number;
    if (!atomic_compare_exchange_strong(&interrupt_ms, &first_ms, now_ms) &&
        now_ms - first_ms > same_wish_ms)
        _exit(4);
}

void interrupt_install(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        bool nohup = numbers[i] == SIGHUP && sigaction(SIGHUP, NULL, &before) == 0 &&
                     before.sa_handler == SIG_IGN;
        if (!nohup)
            sigaction(numbers[i], &action, NULL);
    }
    sigaction(SIGXFSZ, &ignore, NULL);
}

bool interrupt_requested(void)
{
    return interrupt_ms != 0;
}
