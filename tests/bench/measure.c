/* Runs commands in turn, round after round, and says what each took: measure ROUNDS COMMAND...
 * A COMMAND is one argument, words separated by spaces; a word "<FILE" is its standard input; its
 * output goes to /dev/null. A line for each command: its processor time as a ratio to the first
 * command's in the same round, processor time in ms, wall time in ms (medians over the rounds), and
 * its largest resident set in KiB. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MOST = 1000, COMMANDS_MOST = 16, WORDS_MOST = 64 };

static struct run {
    double ratio, processor, wall;
    long peak;
} runs[COMMANDS_MOST][ROUNDS_MOST];

static double ms(struct timeval t)
{
    return 1e3 * (double)t.tv_sec + 1e-3 * (double)t.tv_usec;
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

/* In the child: never returns. */
static void become(char *command)
{
    char *words[WORDS_MOST + 1];
    size_t count = 0;
    int input = open("/dev/null", O_RDONLY), output = open("/dev/null", O_WRONLY);
    for (char *word = strtok(command, " "); word && count < WORDS_MOST; word = strtok(NULL, " ")) {
        if (*word == '<')
            input = open(word + 1, O_RDONLY);
        else
            words[count++] = word;
    }
    words[count] = NULL;
    if (count > 0 && dup2(input, 0) == 0 && dup2(output, 1) == 1)
        execvp(words[0], words);
    fprintf(stderr, "measure: %s: %s\n", count > 0 ? words[0] : "no command", strerror(errno));
    _exit(127);
}

static struct run measure(char *command)
{
    struct run run = {0};
    struct rusage usage;
    int status = 0;
    double start = now_ms();
    pid_t child = fork();
    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        fprintf(stderr, "measure: %s\n", strerror(errno));
        exit(2);
    }
    run.wall = now_ms() - start;
    run.processor = ms(usage.ru_utime) + ms(usage.ru_stime);
    run.peak = usage.ru_maxrss;
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        fprintf(stderr, "measure: wait status %d: %s\n", status, command);
        exit(2);
    }
    return run;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
    return (values[count / 2] + values[(count - 1) / 2]) / 2;
}

static void tell(const struct run *of_command, size_t rounds)
{
    double ratio[ROUNDS_MOST], processor[ROUNDS_MOST], wall[ROUNDS_MOST];
    long peak = 0;
    for (size_t r = 0; r < rounds; r++) {
        ratio[r] = of_command[r].ratio;
        processor[r] = of_command[r].processor;
        wall[r] = of_command[r].wall;
        if (of_command[r].peak > peak)
            peak = of_command[r].peak;
    }
    double middle = median(ratio, rounds);
    printf("%.2f %.1f %.1f %ld\n", middle, median(processor, rounds), median(wall, rounds), peak);
}

int main(int argc, char **argv)
{
    size_t rounds = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, commands = (size_t)argc - 2;
    if (rounds < 1 || rounds > ROUNDS_MOST || commands > COMMANDS_MOST) {
        fputs("usage: measure ROUNDS COMMAND...\n", stderr);
        return 2;
    }
    for (size_t r = 0; r < rounds; r++) {
        for (size_t c = 0; c < commands; c++) {
            runs[c][r] = measure(argv[c + 2]);
            runs[c][r].ratio = runs[c][r].processor / runs[0][r].processor;
        }
    }
    for (size_t c = 0; c < commands; c++)
        tell(runs[c], rounds);
    return fflush(stdout) == 0 ? 0 : 2;
}
