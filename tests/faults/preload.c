/* Loaded in front of the C library, this sees every change that a program makes below one folder
 * (FAULTS_FOLDER, or faults_arm) and does two things with it.
 *
 * It notes it in one log (FAULTS_LOG) together with what the program prints ("acknowledged");
 * disk.py builds from that what a disk may hold after the power goes. One record: kind 1 byte,
 * lengths of two paths 2 + 2, offset 8, length of data 4, then the three.
 *
 * It strikes at the Nth (faults_arm): kills the process, or lets the call fail. Kinds: W write,
 * S sync, T truncate, U unlink, R rename, L link, M mkdir, D rmdir, O open, P read.
 *
 * FAULTS_NOSYNC makes every sync a lie, for the check that the harness notices. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KILL = -1, TORN = -2 }; /* any other action is the errno of the failing call */

static int log_file = -1; /* -2: not wanted in this process */
static int no_sync;
static char folder[PATH_MAX];
static size_t folder_length;
static ssize_t (*real_write)(int, const void *, size_t);
static char kinds[32];
static long nth, seen, struck;
static int action, lasting, armed, paused;

static void start(void) {
  if (log_file != -1) return;
  const char *path = getenv("FAULTS_LOG"), *where = getenv("FAULTS_FOLDER");
  real_write = dlsym(RTLD_NEXT, "write");
  no_sync = getenv("FAULTS_NOSYNC") != NULL;
  log_file = -2;
  if (!path || !where) return;
  folder_length = snprintf(folder, sizeof folder, "%s", where);
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  log_file = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Strike at the count-th operation of these kinds below the folder; 0 only counts. */
void faults_arm(const char *where, const char *which, long count, int what, int persistent) {
  folder_length = snprintf(folder, sizeof folder, "%s", where);
  snprintf(kinds, sizeof kinds, "%s", which);
  nth = count, action = what, lasting = persistent, seen = struck = 0, armed = 1;
}

void faults_disarm(void) { armed = 0; }
void faults_pause(int on) { paused = on; }
long faults_seen(void) { return seen; }
long faults_struck(void) { return struck; }

static int watched(const char *path) {
  return (log_file >= 0 || armed) && path && strncmp(path, folder, folder_length) == 0 &&
         (path[folder_length] == '/' || path[folder_length] == 0);
}

static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return watched(path);
}

static const char *below(int base, const char *name, char *path) {
  if (name[0] == '/' || base == AT_FDCWD) return name;
  if (!path_of(base, path)) return name;
  strncat(path, "/", PATH_MAX - strlen(path) - 1);
  strncat(path, name, PATH_MAX - strlen(path) - 1);
  return path;
}

/* Whether this call is to be struck: 1 fail (errno is set), 2 write half and die, 0 go on. */
static int strike(char kind) {
  if (!armed || paused || !strchr(kinds, kind)) return 0;
  long place = ++seen;
  if (!nth || (lasting ? place < nth : place != nth)) return 0;
  struck++;
  if (action == TORN && kind == 'W') return 2;
  if (action == KILL || action == TORN) raise(SIGKILL);
  errno = action;
  return 1;
}

static void note(char kind, const char *one, const char *two, int64_t at, const void *data, uint32_t size) {
  if (log_file < 0) return;
  char record[PATH_MAX * 2 + 32];
  uint16_t first = strlen(one), second = two ? strlen(two) : 0;
  record[0] = kind;
  memcpy(record + 1, &first, 2);
  memcpy(record + 3, &second, 2);
  memcpy(record + 5, &at, 8);
  memcpy(record + 13, &size, 4);
  memcpy(record + 17, one, first);
  if (second) memcpy(record + 17 + first, two, second);
  real_write(log_file, record, 17 + first + second);
  if (size) real_write(log_file, data, size);
}

#define REAL(type, name, ...)                \
  static type (*real)(__VA_ARGS__);          \
  if (!real) real = dlsym(RTLD_NEXT, name);  \
  start();                                   \
  char path[PATH_MAX];                       \
  (void)path

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  int ours = path_of(file, path), hit = ours ? strike('W') : 0;
  if (hit == 1) return -1;
  if (hit == 2) real(file, data, size / 2, at), raise(SIGKILL);
  ssize_t done = real(file, data, size, at);
  if (ours && done > 0) note('W', path, 0, at, data, done);
  return done;
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return pwrite64(file, data, size, at); }

ssize_t write(int file, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  int ours = file != log_file && path_of(file, path), hit = ours ? strike('W') : 0;
  if (hit == 1) return -1;
  if (hit == 2) real(file, data, size / 2), raise(SIGKILL);
  off_t at = ours ? lseek(file, 0, SEEK_CUR) : -1;
  ssize_t done = real(file, data, size);
  if (at >= 0 && done > 0) {
    if (fcntl(file, F_GETFL) & O_APPEND) at = lseek(file, 0, SEEK_CUR) - done;
    note('W', path, 0, at, data, done);
  } else if (file == 1 && done > 0) {
    note('A', "", 0, 0, data, done);
  }
  return done;
}

ssize_t pread64(int file, void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
  if (armed && path_of(file, path) && strike('P')) return -1;
  return real(file, data, size, at);
}

ssize_t pread(int file, void *data, size_t size, off_t at) { return pread64(file, data, size, at); }

ssize_t read(int file, void *data, size_t size) {
  REAL(ssize_t, "read", int, void *, size_t);
  if (armed && path_of(file, path) && strike('P')) return -1;
  return real(file, data, size);
}

static int synced(int file, int (*real)(int)) {
  char path[PATH_MAX];
  int ours = path_of(file, path);
  if (ours && strike('S')) return -1;
  if (no_sync) return 0;
  int result = real(file);
  if (!result && ours) note('S', path, 0, 0, 0, 0);
  return result;
}

int fsync(int file) {
  REAL(int, "fsync", int);
  return synced(file, real);
}

int fdatasync(int file) {
  REAL(int, "fdatasync", int);
  return synced(file, real);
}

int ftruncate64(int file, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  int ours = path_of(file, path);
  if (ours && strike('T')) return -1;
  int result = real(file, size);
  if (!result && ours) note('T', path, 0, size, 0, 0);
  return result;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int renameat(int old, const char *from, int new, const char *to) {
  REAL(int, "renameat", int, const char *, int, const char *);
  char second[PATH_MAX];
  const char *one = below(old, from, path), *two = below(new, to, second);
  int ours = watched(one) || watched(two);
  if (ours && strike('R')) return -1;
  int result = real(old, from, new, to);
  if (!result && ours) note('R', one, two, 0, 0, 0);
  return result;
}

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int linkat(int old, const char *from, int new, const char *to, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  char second[PATH_MAX];
  const char *one = below(old, from, path), *two = below(new, to, second);
  int ours = watched(two);
  if (ours && strike('L')) return -1;
  int result = real(old, from, new, to, flags);
  if (!result && ours) note('L', one, two, 0, 0, 0);
  return result;
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int base, const char *name, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  const char *one = below(base, name, path);
  int ours = watched(one);
  if (ours && strike(flags & AT_REMOVEDIR ? 'D' : 'U')) return -1;
  int result = real(base, name, flags);
  if (!result && ours && !(flags & AT_REMOVEDIR)) note('U', one, 0, 0, 0, 0);
  return result;
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdir(const char *name, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (watched(name) && strike('M')) return -1;
  return real(name, mode);
}

int openat64(int base, const char *name, int flags, ...) {
  REAL(int, "openat64", int, const char *, int, ...);
  va_list rest;
  va_start(rest, flags);
  int mode = va_arg(rest, int);
  va_end(rest);
  const char *one = below(base, name, path);
  int ours = watched(one), existed = ours && access(one, F_OK) == 0;
  if (ours && strike('O')) return -1;
  int file = real(base, name, flags, mode);
  if (file >= 0 && ours && (flags & O_CREAT) && (!existed || (flags & O_TRUNC)))
    note('C', one, 0, 0, 0, 0);
  return file;
}

#define WITH_MODE(call)        \
  va_list rest;                \
  va_start(rest, flags);       \
  int mode = va_arg(rest, int); \
  va_end(rest);                \
  return call

int openat(int base, const char *name, int flags, ...) { WITH_MODE(openat64(base, name, flags, mode)); }
int open64(const char *name, int flags, ...) { WITH_MODE(openat64(AT_FDCWD, name, flags, mode)); }
int open(const char *name, int flags, ...) { WITH_MODE(openat64(AT_FDCWD, name, flags, mode)); }

DIR *opendir(const char *name) {
  REAL(DIR *, "opendir", const char *);
  if (watched(name) && strike('O')) return NULL;
  return real(name);
}
