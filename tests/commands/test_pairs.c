/* Every pair of options of `stillair render`, over a renderer that draws nothing (fake_still.c):
 * each ends with 0, and the files that it names are there and are what was asked for, or with 1 or
 * 2 and a message; never with a signal. */
#include "app/app.h"
#include "base/file.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS_MAX = 16, FOLDER_SIZE = 64 };

/* The words of an option with a value that makes sense by itself. */
static const char *const options[] = {
    "-o a.png",
    "-o a.jpg",
    "-o a.exr",
    "-o a.hdr",
    "-o f.##.png",
    "-o f.##.exr",
    "-o -",
    "-o a.mp4",
    "--depth 8",
    "--depth 16",
    "--depth half",
    "--depth float",
    "--jpeg-quality 80",
    "--aov distance,normal",
    "--aov inscatter",
    "--size 32",
    "--size 48x20",
    "--bars",
    "--clean",
    "--projection perspective",
    "--projection equirect",
    "--projection cubemap",
    "--projection stereo",
    "--quality draft",
    "--quality final",
    "--samples 2",
    "--noise 1%",
    "--tile-size 64",
    "--region 0,0,16x16",
    "--region 0.0,0.0,1.0x1.0",
    "--tiles 1/2",
    "--camera terrace",
    "--all",
    "--own",
    "--sweep sun.elevation=5:10:2",
    "--columns 2",
    "--frames 1-2",
    "--frames all",
    "--path crane",
    "--path none",
    "--fps 12",
    "--chunk 1/2",
    "--stream png",
    "--stream rgb24",
    "--resume",
    "--probe 3,3",
    "--json",
    "--set grade.auto=on",
    "--set camera.place=none",
    "--progress openjd",
    "--no-cache",
    "--threads 1",
    "-q",
    "-v",
};
enum { OPTION_COUNT = sizeof options / sizeof *options };

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type;
    return at->level == 0 ? 0 : remove(path);
}

/* Splits the words of an option at its spaces, behind those that are there. */
static int add_words(char *text, char **words, int count)
{
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        assert_true(count < WORDS_MAX);
        words[count++] = word;
    }
    return count;
}

/* Runs the pair in a process of its own, in this folder; returns what waitpid() says. */
static int run_pair(const char *a, const char *b)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        char first[64], second[64], mood[] = "haven-morning", size[] = "--size 32x16";
        char *words[WORDS_MAX] = {mood};
        int out = open("log-out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int err = open("log-err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
        int in = open("/dev/null", O_RDONLY);
        if (dup2(out, 1) < 0 || dup2(err, 2) < 0 || dup2(in, 0) < 0)
            _exit(99);
        alarm(60);
        bool all = strcmp(a, "--all") == 0 || strcmp(b, "--all") == 0;
        bool sized = strncmp(a, "--size", 6) == 0 || strncmp(b, "--size", 6) == 0;
        snprintf(first, sizeof first, "%s", a);
        snprintf(second, sizeof second, "%s", b);
        int count = add_words(first, words + all, !all);
        count = add_words(second, words + all, count);
        if (!sized && !strstr(a, "cubemap") && !strstr(b, "cubemap"))
            count = add_words(size, words + all, count);
        exit(command_render.run(&command_render, count, words + all));
    }
    int status = 0;
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    return status;
}

static char *text_of(const char *path, size_t *size)
{
    struct error err;
    char *text = file_read(path, size, &err);
    if (!text)
        fail_msg("%s", err.text);
    return text;
}

/* Fails unless the pictures that stand in the folder are what the words asked for. */
static void check_picture(const char *path, const char *a, const char *b)
{
    size_t size;
    if (access(path, R_OK) != 0)
        fail_msg("%s %s: %s is not there", a, b, path);
    unsigned char *bytes = (unsigned char *)text_of(path, &size);
    bool deep = strcmp(a, "--depth 16") == 0 || strcmp(b, "--depth 16") == 0;
    if (size < 32)
        fail_msg("%s %s: %s has %zu bytes", a, b, path, size);
    if (strstr(path, ".png") && bytes[24] != (deep ? 16 : 8))
        fail_msg("%s %s: %s has %d bits", a, b, path, bytes[24]);
    free(bytes);
}

/* Without --json and to files, stdout names them line by line. */
static void check_done(const char *a, const char *b)
{
    size_t size;
    char *out = text_of("log-out", &size);
    bool stream = strcmp(a, "-o -") == 0 || strcmp(b, "-o -") == 0;
    bool json = strcmp(a, "--json") == 0 || strcmp(b, "--json") == 0;
    bool share = strncmp(a, "--chunk", 7) == 0 || strncmp(b, "--chunk", 7) == 0;
    if (size == 0 && !share) /* a share of one frame may be none */
        fail_msg("%s %s: nothing was drawn and nothing said", a, b);
    if (json && out[0] != '{')
        fail_msg("%s %s: no JSON", a, b);
    bool names = !stream && !json && !strstr(a, "openjd") && !strstr(b, "openjd") &&
                 !strstr(a, "--probe") && !strstr(b, "--probe");
    for (char *line = strtok(out, "\n"); line && names; line = strtok(NULL, "\n"))
        check_picture(line, a, b);
    free(out);
}

static void check_pair(const char *a, const char *b)
{
    int status = run_pair(a, b);
    if (WIFSIGNALED(status))
        fail_msg("%s %s: ended by signal %d", a, b, WTERMSIG(status));
    size_t size;
    char *err = text_of("log-err", &size);
    int code = WEXITSTATUS(status);
    if (code != APP_DONE && code != APP_FAILED && code != APP_USAGE)
        if (code != APP_INCOMPLETE || (!strstr(a, "--tiles") && !strstr(b, "--tiles")))
            fail_msg("%s %s: exit code %d: %s", a, b, code, err);
    bool quiet = code == APP_INCOMPLETE && strcmp(b, "-q") == 0; /* that is no error */
    if (code != APP_DONE && size == 0 && !quiet)
        fail_msg("%s %s: exit code %d and no word", a, b, code);
    free(err);
    if (code == APP_DONE)
        check_done(a, b);
    nftw(".", remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void test_every_pair(void **state)
{
    (void)state;
    for (int i = 0; i < OPTION_COUNT; i++)
        for (int j = i; j < OPTION_COUNT; j++)
            check_pair(options[i], i == j ? "" : options[j]);
}

int main(void)
{
    char folder[FOLDER_SIZE] = "pairs-XXXXXX";
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_pair)};
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return 1;
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (chdir("..") != 0 || rmdir(folder) != 0)
        return 1;
    return failed;
}
