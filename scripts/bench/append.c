// Durable appends per second of a group commit in C: the mark that Storage is held against.
//
//   cc -O2 -o append scripts/bench/append.c -lsqlite3 && ./append FOLDER WRITERS SECONDS
//
// Schema, settings, statements and group sizes are those of Sources/Storage (LogSchema, LogTables,
// LogWriter.Group). Each writer owns a room and has one append of a 200-byte event under way; what
// waits when a commit ends goes into the next one. Writers are called back on the committing
// thread, as the Swift bench's are, so that neither side pays for waking threads.

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { most_events = 512, content_bytes = 247, hash_bytes = 32 };

static const char *settings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
    "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;"
    "PRAGMA wal_autocheckpoint = 1000;";

static const char *schema =
    "CREATE TABLE rooms (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
    " created INTEGER NOT NULL, genesis BLOB NOT NULL) STRICT;"
    "CREATE TABLE heads (room INTEGER PRIMARY KEY REFERENCES rooms, sequence INTEGER NOT NULL,"
    " at INTEGER NOT NULL, hash BLOB NOT NULL, epoch INTEGER NOT NULL) STRICT;"
    "CREATE TABLE events (room INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,"
    " hash BLOB NOT NULL, actor TEXT, command TEXT, content BLOB NOT NULL,"
    " PRIMARY KEY (room, sequence)) STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX events_by_command ON events (room, actor, command)"
    " WHERE command IS NOT NULL;";

static sqlite3 *database;

static void check(int code, int expected) {
    if (code == expected) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    exit(1);
}

static void run(const char *sql) { check(sqlite3_exec(database, sql, 0, 0, 0), SQLITE_OK); }

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0),
          SQLITE_OK);
    return statement;
}

static void step(sqlite3_stmt *statement) {
    check(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc != 4) return fprintf(stderr, "append FOLDER WRITERS SECONDS\n"), 2;
    int writers = atoi(argv[2]);
    double seconds = atof(argv[3]);
    char path[4096];
    snprintf(path, sizeof path, "%s/append-c.sqlite", argv[1]);
    unlink(path);
    check(sqlite3_open(path, &database), SQLITE_OK);
    run(settings);
    run(schema);

    unsigned char hash[hash_bytes], content[content_bytes];
    memset(hash, 0x5a, sizeof hash);
    memset(content, 'x', sizeof content);
    int64_t *sequence = calloc(writers, sizeof *sequence);
    int *waiting = malloc(writers * sizeof *waiting), *group = malloc(writers * sizeof *group);
    for (int writer = 0; writer < writers; writer++) {
        char sql[256];
        snprintf(sql, sizeof sql,
                 "INSERT INTO rooms VALUES (%d, randomblob(16), 0, x'7b7d');"
                 "INSERT INTO heads VALUES (%d, 0, 0, zeroblob(32), 1);", writer, writer);
        run(sql);
        waiting[writer] = writer;
    }

    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *insert = prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)");
    sqlite3_stmt *update = prepare(
        "UPDATE heads SET sequence = ?, at = ?, hash = ?, epoch = ? WHERE room = ?");
    long appends = 0, commits = 0;
    int count = writers;
    double start = now(), end = start + seconds;
    while (now() < end) {
        int taken = count < most_events ? count : most_events;
        memcpy(group, waiting, taken * sizeof *group);
        memmove(waiting, waiting + taken, (count - taken) * sizeof *waiting);
        count -= taken;
        step(begin);
        for (int place = 0; place < taken; place++) {
            int room = group[place];
            char actor[32], command[32];
            snprintf(actor, sizeof actor, "%016x", room);
            snprintf(command, sizeof command, "k7QzX2-%lld", (long long)sequence[room]);
            memcpy(hash, &sequence[room], sizeof sequence[room]);
            sqlite3_bind_int64(insert, 1, room);
            sqlite3_bind_int64(insert, 2, ++sequence[room]);
            sqlite3_bind_int64(insert, 3, 1790000000000 + sequence[room]);
            sqlite3_bind_blob(insert, 4, hash, sizeof hash, SQLITE_STATIC);
            sqlite3_bind_text(insert, 5, actor, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 6, command, -1, SQLITE_STATIC);
            sqlite3_bind_blob(insert, 7, content, sizeof content, SQLITE_STATIC);
            step(insert);
        }
        for (int place = 0; place < taken; place++) {
            int room = group[place];
            sqlite3_bind_int64(update, 1, sequence[room]);
            sqlite3_bind_int64(update, 2, 1790000000000 + sequence[room]);
            sqlite3_bind_blob(update, 3, hash, sizeof hash, SQLITE_STATIC);
            sqlite3_bind_int64(update, 4, 1);
            sqlite3_bind_int64(update, 5, room);
            step(update);
        }
        step(commit);
        commits++;
        appends += taken;
        for (int place = 0; place < taken; place++) waiting[count++] = group[place];
    }
    double took = now() - start;
    printf("{\"writers\": %d, \"appendsPerSecond\": %.0f, \"commitsPerSecond\": %.0f}\n", writers,
           appends / took, commits / took);
    return 0;
}
