// A disk that can lose power, and fail, under one process.
//
// Build and use:
//   cc -shared -fPIC -O2 -o powercut.so powercut.c -ldl -lpthread
//   LD_PRELOAD=./powercut.so POWERCUT_FOLDER=/path/of/data luyan serve --data /path/of/data
//
// How it works: every write, truncation, creation and renaming below POWERCUT_FOLDER goes through
// to the files, so that the process reads what it wrote, and is also noted in memory with what
// stood there before. fsync and fdatasync of a file forget the notes of that file's bytes; fsync of
// a folder forgets those of its names. Nothing else does. At the power cut the notes are undone in
// reverse, so that the files are as a disk without any of the unsynced work would be, and the
// process is killed. Real syncs are not made: the machine's own disk does not take part.
//
// With POWERCUT_SEED the disk is nastier: of the unsynced writes each sector of 512 bytes survives
// or not by chance, truncations and names too, as a disk that reorders would have it.
//
// What is not played: files that are only mapped (SQLite's -shm, which it makes anew after a crash),
// unlink (taken as durable at once), and links.
//
// How it is driven:
//   kill -USR2 PID         the power is cut now
//   POWERCUT_AT=N          it is cut at the Nth noted or synced operation, counted from 1
//   POWERCUT_SEED=S        see above; 0 or unset drops everything
//   POWERCUT_CONTROL=PATH  while that file exists, its first letter makes calls fail:
//                            f  no space: what would make a file longer (ENOSPC)
//                            s  syncs (EIO); what was written stays noted
//                            w  writes (EIO)
//                            r  read-only: writes and opening to write (EROFS)
// After a cut the process has ended by SIGKILL; POWERCUT_LOG=PATH gets a line that says how many
// operations there were and how many were undone.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

// The real calls.
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);

// A file that was opened below the folder. It is the same however often it is open.
struct file {
    dev_t device;
    ino_t number;
    char *path;
    int is_folder;
    struct file *next;
};

enum kind { wrote, truncated, created, renamed };

// One thing that was done and is not durable.
struct note {
    enum kind kind;
    struct file *file;      // wrote, truncated
    char *from, *to;        // created: to; renamed: from and to
    off_t place;            // wrote: where; truncated: the new size
    off_t old_size;         // wrote, truncated
    size_t old_count;       // bytes that stood there before
    unsigned char *old;
    size_t count;           // bytes that were written
    unsigned char *bytes;
    struct note *before, *after;
};

enum { most_descriptors = 65536 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *open_files[most_descriptors];
static struct file *files;
static struct note *first, *last;
static const char *folder, *control, *log_path;
static size_t folder_length;
static long operations, cut_at;
static int is_by_chance;
static uint64_t seed;

static void cut(void) __attribute__((noreturn));

static void *resolve(const char *name) {
    void *call = dlsym(RTLD_NEXT, name);
    if (!call) abort();
    return call;
}

static void find_calls(void) {
    if (real_open) return;
    real_close = resolve("close");
    real_write = resolve("write");
    real_pwrite = resolve("pwrite64");
    real_pread = resolve("pread64");
    real_ftruncate = resolve("ftruncate64");
    real_rename = resolve("rename");
    real_unlink = resolve("unlink");
    real_open = resolve("open64");
}

// The signal only wakes a thread: a handler must not take a lock that its own thread may hold.
static sem_t asked;

static void ask(int signal) {
    (void)signal;
    sem_post(&asked);
}

static void *wait_for_cut(void *unused) {
    (void)unused;
    while (sem_wait(&asked) != 0) {}
    pthread_mutex_lock(&lock);
    cut();
}

__attribute__((constructor)) static void begin(void) {
    find_calls();
    const char *text = getenv("POWERCUT_FOLDER");
    if (!text) return;
    folder_length = strlen(text);
    while (folder_length > 1 && text[folder_length - 1] == '/') folder_length--;
    folder = strndup(text, folder_length);
    control = getenv("POWERCUT_CONTROL");
    log_path = getenv("POWERCUT_LOG");
    if ((text = getenv("POWERCUT_AT"))) cut_at = atol(text);
    if ((text = getenv("POWERCUT_SEED"))) seed = strtoull(text, 0, 10);
    is_by_chance = seed != 0;
    // A child would share the files and know none of the notes.
    unsetenv("LD_PRELOAD");
    struct sigaction action = {.sa_handler = ask, .sa_flags = SA_RESTART};
    if (sem_init(&asked, 0, 0) != 0 || sigaction(SIGUSR2, &action, 0) != 0) abort();
    pthread_t thread;
    if (pthread_create(&thread, 0, wait_for_cut, 0) != 0) abort();
    pthread_detach(thread);
}

// SplitMix64: the same seed loses the same sectors.
static uint64_t next_random(void) {
    uint64_t mixed = seed += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

static int survives(void) { return is_by_chance && next_random() & 1; }

static int is_below(const char *path) {
    return folder && strncmp(path, folder, folder_length) == 0
        && (path[folder_length] == '/' || path[folder_length] == 0);
}

static int ends_with(const char *path, const char *end) {
    size_t count = strlen(path), length = strlen(end);
    return count >= length && strcmp(path + count - length, end) == 0;
}

// What the control file asks for; 0 when there is none.
static char fault(void) {
    if (!control) return 0;
    int descriptor = real_open(control, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    char letter = 0;
    if (real_pread(descriptor, &letter, 1, 0) != 1) letter = 0;
    real_close(descriptor);
    return letter;
}

static struct file *file_of(int descriptor) {
    return descriptor >= 0 && descriptor < most_descriptors ? open_files[descriptor] : 0;
}

// --- Notes; all with the lock held.

static struct note *note(enum kind kind) {
    struct note *made = calloc(1, sizeof *made);
    if (!made) abort();
    made->kind = kind;
    made->before = last;
    if (last) last->after = made; else first = made;
    last = made;
    return made;
}

static void forget(struct note *gone) {
    if (gone->before) gone->before->after = gone->after; else first = gone->after;
    if (gone->after) gone->after->before = gone->before; else last = gone->before;
    free(gone->from);
    free(gone->to);
    free(gone->old);
    free(gone->bytes);
    free(gone);
}

static void count_operation(void) {
    operations++;
    if (cut_at && operations == cut_at) cut();
}

static off_t size_of(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

// Reads what stands in the file now, before it is changed.
static void keep_old(struct note *kept, int descriptor, off_t place, size_t count) {
    // The descriptor may be for writing alone, and the name gone: read through another one.
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    int reading = real_open(path, O_RDONLY | O_CLOEXEC);
    if (reading < 0) abort();
    kept->old_size = size_of(descriptor);
    kept->old = malloc(count ? count : 1);
    if (!kept->old) abort();
    while (kept->old_count < count) {
        ssize_t got = real_pread(reading, kept->old + kept->old_count, count - kept->old_count,
                                 place + kept->old_count);
        if (got <= 0) break;
        kept->old_count += got;
    }
    real_close(reading);
}

static int is_in(const char *path, const char *parent) {
    size_t length = strlen(parent);
    return strncmp(path, parent, length) == 0 && path[length] == '/'
        && !strchr(path + length + 1, '/');
}

static void synced(struct file *file) {
    for (struct note *each = first, *after; each; each = after) {
        after = each->after;
        int is_done = file->is_folder
            ? each->to && is_in(each->to, file->path)
            : each->file == file;
        if (is_done) forget(each);
    }
}

// --- The cut; with the lock held, which is never given back.

static void write_at(int descriptor, const unsigned char *bytes, size_t count, off_t place) {
    while (count > 0) {
        ssize_t done = real_pwrite(descriptor, bytes, count, place);
        if (done <= 0) abort();
        bytes += done;
        count -= done;
        place += done;
    }
}

static void undo(struct note *each) {
    switch (each->kind) {
    case wrote:
    case truncated: {
        int descriptor = real_open(each->file->path, O_WRONLY | O_CLOEXEC);
        if (descriptor < 0) break;  // unlinked since
        if (real_ftruncate(descriptor, each->old_size) != 0) abort();
        write_at(descriptor, each->old, each->old_count, each->place);
        real_close(descriptor);
        break;
    }
    case created: real_unlink(each->to); break;
    case renamed: real_rename(each->to, each->from); break;
    }
}

static void redo_some(struct note *each) {
    if (each->kind != wrote && each->kind != truncated) return;
    int descriptor = real_open(each->file->path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    if (each->kind == truncated) {
        if (survives() && real_ftruncate(descriptor, each->place) != 0) abort();
    } else {
        for (size_t start = 0; start < each->count;) {
            size_t count = 512 - (each->place + start) % 512;
            if (count > each->count - start) count = each->count - start;
            if (survives()) write_at(descriptor, each->bytes + start, count, each->place + start);
            start += count;
        }
    }
    real_close(descriptor);
}

static void cut(void) {
    long undone = 0;
    for (struct note *each = last; each; each = each->before) {
        undone++;
        // A name that survives keeps what its file holds; the bytes are undone by themselves.
        if ((each->kind == created || each->kind == renamed) && survives()) continue;
        undo(each);
    }
    if (is_by_chance) for (struct note *each = first; each; each = each->after) redo_some(each);
    if (log_path) {
        char line[128];
        int count = snprintf(line, sizeof line, "{\"operations\": %ld, \"undone\": %ld}\n",
                             operations, undone);
        int descriptor = real_open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (descriptor < 0 || real_write(descriptor, line, count) != count) abort();
    }
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

// --- The calls that programs make.

static int open_noted(const char *path, int flags, mode_t mode) {
    find_calls();
    // SQLite's -shm is memory; the lock file holds nothing.
    if (!is_below(path) || ends_with(path, "-shm") || ends_with(path, "/lock")) {
        return real_open(path, flags, mode);
    }
    if ((flags & O_ACCMODE) != O_RDONLY && fault() == 'r') return errno = EROFS, -1;
    pthread_mutex_lock(&lock);
    struct stat status;
    int is_new = (flags & O_CREAT) && stat(path, &status) != 0 && errno == ENOENT;
    if (is_new && fault() == 'f') {
        pthread_mutex_unlock(&lock);
        return errno = ENOSPC, -1;
    }
    // Truncating by opening is done as a truncation of its own, which is noted.
    int descriptor = real_open(path, flags & ~O_TRUNC, mode);
    int code = errno;
    if (descriptor >= 0 && descriptor < most_descriptors && fstat(descriptor, &status) == 0
        && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) {
        struct file *file = files;
        while (file && (file->device != status.st_dev || file->number != status.st_ino)) {
            file = file->next;
        }
        // A number that is used again after an unlink is another file.
        if (!file || strcmp(file->path, path) != 0) {
            file = calloc(1, sizeof *file);
            if (!file) abort();
            *file = (struct file){status.st_dev, status.st_ino, strdup(path),
                                  S_ISDIR(status.st_mode), files};
            files = file;
        }
        open_files[descriptor] = file;
        if (is_new) {
            count_operation();
            note(created)->to = strdup(path);
        }
    }
    pthread_mutex_unlock(&lock);
    if (descriptor >= 0 && flags & O_TRUNC && ftruncate(descriptor, 0) != 0) {
        code = errno;
        close(descriptor);
        descriptor = -1;
    }
    errno = code;
    return descriptor;
}

static int is_refused(int descriptor, off_t end) {
    switch (fault()) {
    case 'f': return end > size_of(descriptor) ? (errno = ENOSPC) : 0;
    case 'w': return errno = EIO;
    case 'r': return errno = EROFS;
    default: return 0;
    }
}

static ssize_t write_noted(int descriptor, const void *bytes, size_t count, off_t place) {
    struct file *file = file_of(descriptor);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    if (!is_refused(descriptor, place + count)) {
        count_operation();
        struct note *made = note(wrote);
        made->file = file;
        made->place = place;
        keep_old(made, descriptor, place, count);
        made->bytes = malloc(count ? count : 1);
        if (!made->bytes) abort();
        memcpy(made->bytes, bytes, count);
        done = real_pwrite(descriptor, bytes, count, place);
        made->count = done > 0 ? done : 0;
    }
    int code = errno;
    pthread_mutex_unlock(&lock);
    errno = code;
    return done;
}

static int truncate_noted(int descriptor, off_t size) {
    pthread_mutex_lock(&lock);
    int done = -1;
    if (!is_refused(descriptor, size)) {
        count_operation();
        struct note *made = note(truncated);
        made->file = file_of(descriptor);
        made->place = size;
        off_t old_size = size_of(descriptor);
        keep_old(made, descriptor, size, old_size > size ? old_size - size : 0);
        done = real_ftruncate(descriptor, size);
    }
    int code = errno;
    pthread_mutex_unlock(&lock);
    errno = code;
    return done;
}

static int sync_noted(int descriptor) {
    find_calls();
    struct file *file = file_of(descriptor);
    if (!file) return 0;
    if (fault() == 's') return errno = EIO, -1;
    pthread_mutex_lock(&lock);
    count_operation();
    synced(file);
    pthread_mutex_unlock(&lock);
    return 0;
}

#define MODE(flags, mode)                                                                         \
    mode_t mode = 0;                                                                              \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                        \
        va_list rest;                                                                             \
        va_start(rest, flags);                                                                    \
        mode = va_arg(rest, mode_t);                                                              \
        va_end(rest);                                                                             \
    }

int open(const char *path, int flags, ...) {
    MODE(flags, mode)
    return open_noted(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE(flags, mode)
    return open_noted(path, flags, mode);
}

int __open_2(const char *path, int flags) { return open_noted(path, flags, 0); }

int __open64_2(const char *path, int flags) { return open_noted(path, flags, 0); }

int openat(int at, const char *path, int flags, ...) {
    MODE(flags, mode)
    if (at == AT_FDCWD || path[0] == '/') return open_noted(path, flags, mode);
    static int (*real_openat)(int, const char *, int, ...);
    if (!real_openat) real_openat = resolve("openat64");
    return real_openat(at, path, flags, mode);
}

int close(int descriptor) {
    find_calls();
    pthread_mutex_lock(&lock);
    if (file_of(descriptor)) open_files[descriptor] = 0;
    pthread_mutex_unlock(&lock);
    return real_close(descriptor);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t place) {
    find_calls();
    return file_of(descriptor) ? write_noted(descriptor, bytes, count, place)
                               : real_pwrite(descriptor, bytes, count, place);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t place) {
    return pwrite64(descriptor, bytes, count, place);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    find_calls();
    if (!file_of(descriptor)) return real_write(descriptor, bytes, count);
    int flags = fcntl(descriptor, F_GETFL);
    off_t place = flags >= 0 && flags & O_APPEND ? size_of(descriptor)
                                                 : lseek(descriptor, 0, SEEK_CUR);
    ssize_t done = write_noted(descriptor, bytes, count, place);
    if (done > 0) lseek(descriptor, place + done, SEEK_SET);
    return done;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    static ssize_t (*real_writev)(int, const struct iovec *, int);
    if (!real_writev) real_writev = resolve("writev");
    if (!file_of(descriptor)) return real_writev(descriptor, parts, count);
    ssize_t all = 0;
    for (int part = 0; part < count; part++) {
        ssize_t done = write(descriptor, parts[part].iov_base, parts[part].iov_len);
        if (done < 0) return all > 0 ? all : -1;
        all += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return all;
}

int ftruncate64(int descriptor, off_t size) {
    find_calls();
    return file_of(descriptor) ? truncate_noted(descriptor, size)
                               : real_ftruncate(descriptor, size);
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

// Space set aside is a longer file: SQLite and others fall back on writing.
int fallocate64(int descriptor, int mode, off_t place, off_t count) {
    static int (*real_fallocate)(int, int, off_t, off_t);
    if (!real_fallocate) real_fallocate = resolve("fallocate64");
    if (file_of(descriptor)) return errno = EOPNOTSUPP, -1;
    return real_fallocate(descriptor, mode, place, count);
}

int fallocate(int descriptor, int mode, off_t place, off_t count) {
    return fallocate64(descriptor, mode, place, count);
}

int posix_fallocate64(int descriptor, off_t place, off_t count) {
    static int (*real_posix_fallocate)(int, off_t, off_t);
    if (!real_posix_fallocate) real_posix_fallocate = resolve("posix_fallocate64");
    return file_of(descriptor) ? EOPNOTSUPP : real_posix_fallocate(descriptor, place, count);
}

int posix_fallocate(int descriptor, off_t place, off_t count) {
    return posix_fallocate64(descriptor, place, count);
}

int fsync(int descriptor) { return sync_noted(descriptor); }

int fdatasync(int descriptor) { return sync_noted(descriptor); }

int rename(const char *from, const char *to) {
    find_calls();
    if (!is_below(from)) return real_rename(from, to);
    if (fault() == 'r') return errno = EROFS, -1;
    pthread_mutex_lock(&lock);
    count_operation();
    int done = real_rename(from, to);
    int code = errno;
    if (done == 0) {
        struct note *made = note(renamed);
        made->from = strdup(from);
        made->to = strdup(to);
        for (struct file *file = files; file; file = file->next) {
            if (strcmp(file->path, from) == 0) file->path = strdup(to);
        }
    }
    pthread_mutex_unlock(&lock);
    errno = code;
    return done;
}

int unlink(const char *path) {
    find_calls();
    if (!is_below(path)) return real_unlink(path);
    if (fault() == 'r') return errno = EROFS, -1;
    pthread_mutex_lock(&lock);
    int done = real_unlink(path);
    int code = errno;
    for (struct note *each = first, *after; done == 0 && each; each = after) {
        after = each->after;
        int is_gone = each->file ? strcmp(each->file->path, path) == 0
                                 : each->kind == created && strcmp(each->to, path) == 0;
        if (is_gone) forget(each);
    }
    for (struct file *file = files; done == 0 && file; file = file->next) {
        if (strcmp(file->path, path) == 0) file->number = 0;
    }
    pthread_mutex_unlock(&lock);
    errno = code;
    return done;
}
