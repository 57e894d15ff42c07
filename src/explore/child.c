#include "explore/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child: only calls that are safe after fork(). */
static void become(char **words, int log)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    setpgid(0, 0); /* Ctrl+C in the terminal is not for it */
    if (nice(10) < 0) {
        /* it then runs like any other */
    }
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv("/proc/self/exe", words);
    execvp(words[0], words);
    _exit(127);
}

bool child_start(struct child *c, const struct option_list *words, struct error *err)
{
    *c = (struct child){.words = tmpfile()};
    char **list = calloc(words->count + 1, sizeof *list);
    if (!c->words || !list) {
        free(list);
        child_fini(c);
        return error_set(err, ERROR_FAILED, "cannot start another stillair: %s", strerror(errno));
    }
    memcpy(list, words->items, words->count * sizeof *list);
    fflush(NULL);
    c->pid = fork();
    if (c->pid == 0)
        become(list, fileno(c->words));
    free(list);
    if (c->pid > 0)
        return true;
    c->pid = 0;
    child_fini(c);
    return error_set(err, ERROR_FAILED, "cannot start another stillair: %s", strerror(errno));
}

/* The last whole line of its words. The file's offset is the child's as well: it is left alone. */
static void read_line(struct child *c)
{
    char tail[sizeof c->line];
    off_t size = lseek(fileno(c->words), 0, SEEK_CUR);
    off_t from = size > (off_t)sizeof tail - 1 ? size - (off_t)sizeof tail + 1 : 0;
    ssize_t got = pread(fileno(c->words), tail, sizeof tail - 1, from);
    if (got <= 0)
        return;
    while (got > 0 && tail[got - 1] == '\n')
        got--;
    tail[got] = '\0';
    const char *last = strrchr(tail, '\n');
    snprintf(c->line, sizeof c->line, "%s", last ? last + 1 : tail);
}

bool child_poll(struct child *c)
{
    if (c->pid == 0)
        return false;
    int status;
    read_line(c);
    pid_t ended = waitpid(c->pid, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR))
        return true;
    read_line(c);
    c->exit_code = ended < 0             ? 1
                   : WIFEXITED(status)   ? WEXITSTATUS(status)
                   : WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                         : 1;
    c->pid = 0;
    return false;
}

void child_fini(struct child *c)
{
    if (c->words)
        fclose(c->words);
    c->words = NULL;
}
