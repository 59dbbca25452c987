/* mediaload - viewers of one live publisher (Linux, epoll, one thread).
 *
 * Build:  cc -O2 -o mediaload mediaload.c
 * Use:    mediaload --port P --room R --token T --viewers N [--secs 6] [--pid PID]
 *
 * N sockets watch a room's media; one publishes a voice (50 frames/s) and a camera (25 frames/s, a key
 * frame every 2 s), 400 kbit/s in all. The delay of a frame is from the server's time in its header to
 * its arrival here: both clocks are this machine's. Prints one JSON line; exits 1 when frames are missing.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    int fd;
    uint8_t head[64];
    uint32_t have;    /* of the header that is being gathered */
    uint64_t payload; /* still to skip */
} viewer_t;

enum { VOICE = 80, PICTURE = 1600, KEY = 12000, HEAD = 20 };
static int port, viewers = 100, server_pid;
static double secs = 6;
static const char *room = "", *token = "";
static viewer_t *all;
static uint64_t frames, wanted, measuring, histogram[20001], slowest;

static void die(const char *why) { fprintf(stderr, "mediaload: %s\n", why); exit(2); }
static uint64_t us(clockid_t id) { struct timespec t; clock_gettime(id, &t); return t.tv_sec * 1000000ull + t.tv_nsec / 1000; }

/* User and system time of the process with its ended threads; proc(5), fields 14 and 15. */
static uint64_t cpu_us(void) {
    char path[64], line[1024]; snprintf(path, sizeof path, "/proc/%d/stat", server_pid);
    FILE *f = fopen(path, "r"); if (!f) return 0;
    char *at = fgets(line, sizeof line, f) ? strrchr(line, ')') : NULL; fclose(f);
    unsigned long user = 0, system = 0;
    if (!at || sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) return 0;
    return (user + system) * (1000000ull / sysconf(_SC_CLK_TCK));
}
static long rss_kb(void) {
    char path[64], line[256]; long kb = 0; snprintf(path, sizeof path, "/proc/%d/status", server_pid);
    FILE *f = fopen(path, "r"); if (!f) return 0;
    while (fgets(line, sizeof line, f)) if (sscanf(line, "VmRSS: %ld", &kb) == 1) break;
    fclose(f); return kb;
}

static void put(int fd, const void *bytes, size_t count) {
    for (size_t done = 0; done < count;) {
        ssize_t n = write(fd, (const char *)bytes + done, count - done);
        if (n <= 0) die("a socket broke");
        done += n;
    }
}
/* One masked message (RFC 6455 §5.2); the key is 0, so that the payload stays as it is. */
static void message(int fd, int opcode, const void *bytes, size_t count) {
    uint8_t frame[KEY + HEAD + 32]; size_t at = 0;
    frame[at++] = 0x80 | opcode;
    if (count < 126) frame[at++] = 0x80 | count;
    else { frame[at++] = 0x80 | 126; frame[at++] = count >> 8; frame[at++] = count; }
    memset(frame + at, 0, 4); at += 4;
    memcpy(frame + at, bytes, count);
    put(fd, frame, at + count);
}
static int dial(const char *authorization) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1; if (fd < 0) die("no socket");
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) die("cannot connect");
    char text[1024];
    int size = snprintf(text, sizeof text,
        "GET /ws/media HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "Sec-WebSocket-Protocol: luyan.media.v1\r\n%s\r\n", port, authorization);
    put(fd, text, size);
    char answer[2048]; size_t have = 0;
    while (have < 4 || memcmp(answer + have - 4, "\r\n\r\n", 4)) {
        if (have + 1 >= sizeof answer || read(fd, answer + have, 1) != 1) die("no upgrade");
        have++;
    }
    if (memcmp(answer, "HTTP/1.1 101", 12)) die("refused");
    return fd;
}
/* The next text message, at most so long; binary ones before it are dropped. */
static void hear(int fd, char *text, size_t limit) {
    for (;;) {
        uint8_t head[10]; size_t length;
        if (recv(fd, head, 2, MSG_WAITALL) != 2) die("no answer");
        length = head[1] & 127;
        if (length == 126) { if (recv(fd, head + 2, 2, MSG_WAITALL) != 2) die("no answer"); length = head[2] << 8 | head[3]; }
        else if (length == 127) die("too long");
        char *bytes = malloc(length + 1);
        if (recv(fd, bytes, length, MSG_WAITALL) != (ssize_t)length) die("no answer");
        bytes[length] = 0;
        int is_text = (head[0] & 15) == 1;
        if (is_text) snprintf(text, limit, "%s", bytes);
        free(bytes);
        if (is_text) return;
    }
}
static int publish(int fd, const char *kind, const char *codec) {
    char text[512], answer[4096];
    snprintf(text, sizeof text, "{\"id\":\"%s\",\"type\":\"media.publish\",\"room\":\"%s\",\"data\":{\"kind\":\"%s\",\"codec\":\"%s\"}}", kind, room, kind, codec);
    message(fd, 1, text, strlen(text));
    for (;;) {
        hear(fd, answer, sizeof answer);
        if (strstr(answer, "\"error\"")) die(answer);
        char *at = strstr(answer, "\"ok\":{\"track\":");
        if (at) return atoi(at + 14);
    }
}
static void send_frame(int fd, int track, uint32_t sequence, int is_key, size_t size, uint32_t duration) {
    uint8_t frame[KEY + HEAD]; memset(frame, 7, sizeof frame);
    uint64_t at = htobe64(us(CLOCK_MONOTONIC)); uint32_t number = htobe32(sequence);
    frame[0] = 1; frame[1] = is_key; frame[2] = track >> 8; frame[3] = track;
    memcpy(frame + 4, &number, 4); memcpy(frame + 8, &at, 8);
    frame[16] = 255; frame[17] = duration >> 16; frame[18] = duration >> 8; frame[19] = duration;
    message(fd, 2, frame, HEAD + size);
}
static void arrived(const uint8_t *frame) {
    uint64_t at; memcpy(&at, frame + 8, 8); at = be64toh(at);
    if (!measuring || at < measuring) return;
    uint64_t now = us(CLOCK_REALTIME), delay = now > at ? now - at : 0;
    uint64_t slot = delay / 100; if (slot > 20000) slot = 20000;
    histogram[slot]++; frames++; if (delay > slowest) slowest = delay;
}
static void take(viewer_t *viewer, const uint8_t *bytes, size_t count) {
    while (count) {
        if (viewer->payload) {
            size_t skip = count < viewer->payload ? count : viewer->payload;
            viewer->payload -= skip; bytes += skip; count -= skip; continue;
        }
        viewer->head[viewer->have++] = *bytes++; count--;
        if (viewer->have < 2) continue;
        size_t length = viewer->head[1] & 127, head = length == 126 ? 4 : length == 127 ? 10 : 2;
        if (viewer->have < head) continue;
        if (length == 126) length = viewer->head[2] << 8 | viewer->head[3];
        else if (length == 127) { uint64_t n; memcpy(&n, viewer->head + 2, 8); length = be64toh(n); }
        size_t seen = (viewer->head[0] & 15) == 2 && length >= HEAD ? HEAD : 0;
        if (viewer->have < head + seen) continue;
        if (seen) arrived(viewer->head + head);
        viewer->payload = length - seen; viewer->have = 0;
    }
}
static double quantile(double q) {
    uint64_t want = q * frames, sum = 0;
    for (int slot = 0; slot <= 20000; slot++) if ((sum += histogram[slot]) > want) return slot / 10.0;
    return slowest / 1000.0;
}

int main(int count, char **words) {
    for (int n = 1; n + 1 < count; n += 2) {
        const char *name = words[n], *value = words[n + 1];
        if (!strcmp(name, "--port")) port = atoi(value);
        else if (!strcmp(name, "--room")) room = value;
        else if (!strcmp(name, "--token")) token = value;
        else if (!strcmp(name, "--viewers")) viewers = atoi(value);
        else if (!strcmp(name, "--secs")) secs = atof(value);
        else if (!strcmp(name, "--pid")) server_pid = atoi(value);
        else die("what is that option?");
    }
    char authorization[256], join[256], answer[65536];
    snprintf(authorization, sizeof authorization, "Authorization: Bearer %s\r\n", token);
    snprintf(join, sizeof join, "{\"id\":\"j\",\"type\":\"media.join\",\"room\":\"%s\",\"data\":{}}", room);
    int publisher = dial(authorization), epoll = epoll_create1(0);
    long before = rss_kb();
    all = calloc(viewers, sizeof *all);
    for (int n = 0; n < viewers; n++) {
        all[n].fd = dial("");
        message(all[n].fd, 1, join, strlen(join));
        hear(all[n].fd, answer, sizeof answer);
        if (!strstr(answer, "\"ok\"")) die(answer);
        fcntl(all[n].fd, F_SETFL, O_NONBLOCK);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[n]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, all[n].fd, &event);
    }
    long joined = rss_kb();
    int voice = publish(publisher, "voice", "opus"), camera = publish(publisher, "camera", "vp8");
    uint64_t start = us(CLOCK_MONOTONIC), end = start + (secs + 1) * 1000000, cpu = 0, begun = 0, ended = 0, used = 0;
    uint32_t voices = 0, pictures = 0;
    struct epoll_event events[512]; static uint8_t buffer[1 << 18];
    for (uint64_t now = start; now < end + 1000000; now = us(CLOCK_MONOTONIC)) {
        if (!measuring && now - start > 1000000) { measuring = us(CLOCK_REALTIME); cpu = cpu_us(); begun = now; }
        for (; now < end && start + voices * 20000ull <= now; voices++) {
            send_frame(publisher, voice, voices, 1, VOICE, 20000);
            if (measuring) wanted += viewers;
            if (voices % 2) continue;
            int is_key = pictures % 50 == 0;
            send_frame(publisher, camera, pictures++, is_key, is_key ? KEY : PICTURE, 0);
            if (measuring) wanted += viewers;
        }
        if (!ended && now >= end) { ended = now; used = cpu_us() - cpu; }
        int ready = epoll_wait(epoll, events, 512, 2);
        for (int n = 0; n < ready; n++) {
            viewer_t *viewer = events[n].data.ptr;
            ssize_t got = read(viewer->fd, buffer, sizeof buffer);
            if (got > 0) take(viewer, buffer, got);
            else if (got == 0) die("a viewer was closed");
        }
    }
    if (!ended) { ended = us(CLOCK_MONOTONIC); used = cpu_us() - cpu; }
    printf("{\"viewers\":%d,\"frames\":%llu,\"wanted\":%llu,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"max_ms\":%.1f,"
           "\"cores\":%.3f,\"cpu_us_frame\":%.2f,\"bytes_viewer\":%.0f}\n",
           viewers, (unsigned long long)frames, (unsigned long long)wanted, quantile(0.5), quantile(0.99),
           slowest / 1000.0, (double)used / (ended - begun), frames ? (double)used / frames : 0.0,
           viewers ? (joined - before) * 1024.0 / viewers : 0.0);
    return frames + viewers * 4ull < wanted;
}
