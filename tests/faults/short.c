/* Put before a program by the sweep: reads and writes of files move at most SHORT_BYTES bytes at a time, as the system may
   at any time, and the clock tells CLOCK_SECONDS. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static long setting(const char *name) {
    const char *value = getenv(name);
    return value ? atol(value) : 0;
}

static size_t shortened(size_t count) {
    long most = setting("SHORT_BYTES");
    return most > 0 && count > (size_t)most ? (size_t)most : count;
}

ssize_t read(int fd, void *to, size_t count) {
    static ssize_t (*next)(int, void *, size_t);
    if (!next) next = dlsym(RTLD_NEXT, "read");
    return next(fd, to, shortened(count));
}

ssize_t write(int fd, const void *from, size_t count) {
    static ssize_t (*next)(int, const void *, size_t);
    if (!next) next = dlsym(RTLD_NEXT, "write");
    return next(fd, from, shortened(count));
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*next)(clockid_t, struct timespec *);
    if (!next) next = dlsym(RTLD_NEXT, "clock_gettime");
    int result = next(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME && setting("CLOCK_SECONDS")) time->tv_sec = setting("CLOCK_SECONDS");
    return result;
}
