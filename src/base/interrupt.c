#include "base/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* Atomic, for threads ask as well; lock-free, so a handler may set it. */
static atomic_int interrupt_flag;

static void on_signal(int number)
{
    (void)number;
    if (interrupt_flag)
        _exit(4);
    interrupt_flag = 1;
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
    return interrupt_flag != 0;
}
