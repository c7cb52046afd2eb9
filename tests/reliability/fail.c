/* fail.c: an LD_PRELOAD library under which the k-th call of one function of the C library fails: once, or, with a plus
 * behind the number, from then on.
 *
 *   LRTUNE_FAIL=write:3+ LRTUNE_FAIL_LOG=fired LD_PRELOAD=libfail.so lrtune …
 *
 * Functions: open write fsync close rename linkat ftruncate malloc. The file of LRTUNE_FAIL_LOG is made when the call comes, so
 * that a campaign knows at which k to end. What the C library calls within itself is not seen. A write that fails has
 * written half of its bytes before, as a disk that gets full does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char wanted[32];
static long wanted_call = 0; /* 0: none */
static int wanted_on = 0;
static char log_path[4096];
static atomic_long calls = 0;

__attribute__((constructor)) static void read_environment(void) {
  const char* text = getenv("LRTUNE_FAIL");
  const char* log = getenv("LRTUNE_FAIL_LOG");
  const char* colon = text == NULL ? NULL : strchr(text, ':');
  if (colon == NULL || log == NULL || (size_t)(colon - text) >= sizeof wanted || strlen(log) >= sizeof log_path) return;
  memcpy(wanted, text, (size_t)(colon - text));
  strcpy(log_path, log);
  wanted_call = atol(colon + 1);
  wanted_on = strchr(colon, '+') != NULL;
}

static int fails(const char* function) {
  if (wanted_call == 0 || strcmp(function, wanted) != 0) return 0;
  const long call = atomic_fetch_add(&calls, 1) + 1;
  if (call < wanted_call || (call > wanted_call && !wanted_on)) return 0;
  syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, log_path, O_WRONLY | O_CREAT, 0600));
  return 1;
}

int open(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, int) : 0;
  va_end(list);
  if (fails("open")) {
    errno = EMFILE;
    return -1;
  }
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(list, int) : 0;
  va_end(list);
  return open(path, flags, mode);
}

ssize_t write(int fd, const void* bytes, size_t count) {
  if (fails("write")) {
    if (syscall(SYS_write, fd, bytes, count / 2) < 0) return -1;
    errno = ENOSPC;
    return -1;
  }
  return syscall(SYS_write, fd, bytes, count);
}

int fsync(int fd) {
  if (fails("fsync")) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(SYS_fsync, fd);
}

int close(int fd) {
  const int closed = (int)syscall(SYS_close, fd);
  if (!fails("close")) return closed;
  errno = EIO;
  return -1;
}

int rename(const char* from, const char* to) {
  if (fails("rename")) {
    errno = EROFS;
    return -1;
  }
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  if (fails("linkat")) {
    errno = ENOSPC;
    return -1;
  }
  return (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
}

int ftruncate64(int fd, off64_t length) {
  if (fails("ftruncate")) {
    errno = EIO;
    return -1;
  }
  return (int)syscall(SYS_ftruncate, fd, length);
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

extern void* __libc_malloc(size_t size);

void* malloc(size_t size) {
  if (fails("malloc")) {
    errno = ENOMEM;
    return NULL;
  }
  return __libc_malloc(size);
}
