/* Loaded in front of the C library, this notes every change that a program makes below one folder
 * (FAULTS_FOLDER) in one log (FAULTS_LOG): writes, truncations, syncs, creations, renames, removals,
 * and what the program prints on standard output ("acknowledged"). replay.py builds from it what a
 * disk may hold after the power goes.
 *
 * One record: kind 1 byte, lengths of two paths 2 + 2, offset 8, length of data 4, then the three. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int log_file = -1; /* -2: not wanted in this process */
static const char *folder;
static size_t folder_length;
static ssize_t (*real_write)(int, const void *, size_t);

static void start(void) {
  if (log_file != -1) return;
  const char *path = getenv("FAULTS_LOG");
  folder = getenv("FAULTS_FOLDER");
  real_write = dlsym(RTLD_NEXT, "write");
  if (!path || !folder) { log_file = -2; return; }
  folder_length = strlen(folder);
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  log_file = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int watched(const char *path) {
  return log_file >= 0 && path && strncmp(path, folder, folder_length) == 0;
}

static int path_of(int file, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return watched(path);
}

static void note(char kind, const char *one, const char *two, int64_t at, const void *data, uint32_t size) {
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
  char path[PATH_MAX]

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  ssize_t done = real(file, data, size, at);
  if (log_file >= 0 && done > 0 && path_of(file, path)) note('W', path, 0, at, data, done);
  return done;
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return pwrite64(file, data, size, at); }

ssize_t write(int file, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  off_t at = -1;
  if (log_file >= 0 && file != log_file && path_of(file, path)) at = lseek(file, 0, SEEK_CUR);
  ssize_t done = real(file, data, size);
  if (at >= 0 && done > 0) {
    if (fcntl(file, F_GETFL) & O_APPEND) at = lseek(file, 0, SEEK_CUR) - done;
    note('W', path, 0, at, data, done);
  } else if (log_file >= 0 && file == 1 && done > 0) {
    note('A', "", 0, 0, data, done);
  }
  return done;
}

int fsync(int file) {
  REAL(int, "fsync", int);
  int result = real(file);
  if (log_file >= 0 && !result && path_of(file, path)) note('S', path, 0, 0, 0, 0);
  return result;
}

int fdatasync(int file) {
  REAL(int, "fdatasync", int);
  int result = real(file);
  if (log_file >= 0 && !result && path_of(file, path)) note('S', path, 0, 0, 0, 0);
  return result;
}

int ftruncate64(int file, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  int result = real(file, size);
  if (log_file >= 0 && !result && path_of(file, path)) note('T', path, 0, size, 0, 0);
  return result;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  (void)path;
  int result = real(from, to);
  if (!result && watched(to)) note('R', from, to, 0, 0, 0);
  return result;
}

int unlink(const char *name) {
  REAL(int, "unlink", const char *);
  (void)path;
  int result = real(name);
  if (!result && watched(name)) note('U', name, 0, 0, 0, 0);
  return result;
}

static int opened(const char *name, int flags, int existed, int file) {
  if (file >= 0 && watched(name) && (flags & O_CREAT) && (!existed || (flags & O_TRUNC)))
    note('C', name, 0, 0, 0, 0);
  return file;
}

int open64(const char *name, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  (void)path;
  va_list rest;
  va_start(rest, flags);
  int mode = va_arg(rest, int), existed = access(name, F_OK) == 0;
  va_end(rest);
  return opened(name, flags, existed, real(name, flags, mode));
}

int open(const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = va_arg(rest, int);
  va_end(rest);
  return open64(name, flags, mode);
}
