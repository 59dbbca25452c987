/* wsload - a small single-threaded WebSocket load generator (Linux, epoll).
 *
 * Build:  cc -O3 -o wsload wsload.c -lssl -lcrypto
 * Use:    wsload MODE [--host 127.0.0.1] [--port 9001] [--path /] [options]
 *
 * MODE
 *   echo       N connections, each keeps P messages of S bytes in flight and expects
 *              every one back unchanged, in order.
 *   broadcast  N subscribers + 1 publisher.  The server must send each publisher
 *              message to every connection (a copy to the publisher itself is ignored).
 *              Closed loop with --depth messages in flight, or open loop with --rate R
 *              (latency is then taken from the *intended* send time).
 *   idle       opens N connections, holds them --secs seconds.
 *   connect    connect + upgrade + close handshake churn, N at a time.
 * Options
 *   --conns N  --depth P  --size S  --secs T  --warmup T (0.5)  --rate R
 *   --text           send text frames (default binary); payloads are always ASCII
 *   --first FILE     after the upgrade send FILE as one text message (every connection)
 *   --pub-first FILE the publisher's own first message (default: --first)
 *   --template FILE  broadcast: publisher message; each "%T" becomes "@T"+16 hex digits
 *                    (send time), each "%N" the message's number; subscribers look for "@T"
 *                    anywhere in what they get: each is a delivery (a server may merge several
 *                    messages into one), and what has none is not counted
 *   --header LINE    a field of every upgrade request, such as 'Name: value'; may be repeated
 *   --pub-header L   a field of the publisher's upgrade request only; may be repeated
 *   --subprotocol S  offered in every upgrade request, and required in the answer
 *   --settle MS      after connecting, discard what arrives for MS ms (200)
 *   --window N       connects in progress at once (128)
 *   --tls            speak TLS, whatever the certificate; "connect" then measures handshakes too
 *   --pid PID        also report that server's CPU time (us per message) and RSS
 * Prints one JSON line.  Exit status 0 only if nothing failed.
 * "msgs_s" in broadcast mode counts deliveries.  Latencies are microseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <openssl/ssl.h>

enum { ST_FREE, ST_CONNECTING, ST_SECURING, ST_UPGRADING, ST_OPEN, ST_CLOSING };
enum { M_ECHO, M_BROADCAST, M_IDLE, M_CONNECT };

typedef struct {
    int fd, id;
    SSL *ssl;
    uint8_t state, want_out, is_pub;
    uint32_t mask;
    uint64_t skip;              /* payload bytes of the current frame still to skip */
    uint8_t *left; uint32_t left_n, left_cap;   /* unparsed tail of the last read */
    uint8_t *out; uint32_t out_n, out_off, out_cap;
    uint64_t *ts; uint32_t ts_head, ts_tail;    /* echo: send times of messages in flight */
} conn_t;

static int mode, port = 9001, nconns = 100, depth = 1, size = 64, opt_text, window_ = 128, settle = 200;
static double secs = 4, warmup = 0.5, rate;
static const char *host = "127.0.0.1", *path = "/";
static char headers[4096], pub_headers[4096]; static const char *subprotocol;
static char *first, *pub_first, *tmpl; static size_t first_n, pub_first_n, tmpl_n;
static int server_pid;
static SSL_CTX *tls;
static conn_t *conns; static int total_conns;
static int ep, measuring, traffic;
static uint64_t n_msgs, n_bytes, n_err, n_open, n_churn, all_deliv, n_sent;
static struct sockaddr_in addr;
static uint8_t rbuf[1 << 20];
#define LEFTPAD (1 << 19)
static uint8_t *frame; static size_t frame_n, frame_hdr;   /* prebuilt message frame, unmasked payload */
static char err_first[128];

static uint64_t now_ns(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }

/* log-linear histogram, 64 sub-buckets per power of two (error < 1.6 %) */
static uint64_t hist[64 * 64], hist_n; static uint64_t hist_max;
static void hist_add(uint64_t v) {
    unsigned b; if (v > hist_max) hist_max = v;
    if (v < 64) b = v; else { int e = 63 - __builtin_clzll(v); b = (e - 5) * 64 + ((v >> (e - 6)) & 63); }
    hist[b]++; hist_n++;
}
static double hist_q(double q) {
    uint64_t want = (uint64_t)(q * hist_n), c = 0; if (!hist_n) return 0;
    for (unsigned b = 0; b < 64 * 64; b++) { c += hist[b]; if (c > want) {
        if (b < 64) return b / 1000.0; int e = b / 64 + 5; return (double)((64ull + (b & 63)) << (e - 6)) / 1000.0; } }
    return hist_max / 1000.0;
}
static void fail(const char *why) { n_err++; if (!err_first[0]) snprintf(err_first, sizeof err_first, "%s", why); }
static void die(const char *why) { fprintf(stderr, "wsload: %s\n", why); exit(2); }

static char *slurp(const char *p, size_t *n) {
    FILE *f = fopen(p, "rb"); if (!f) die("cannot open message file");
    char *b = malloc(1 << 20); *n = fread(b, 1, 1 << 20, f); fclose(f);
    while (*n && (b[*n - 1] == '\n' || b[*n - 1] == '\r')) --*n; return b;
}
static void add_header(char *all, const char *line) {
    size_t n = strlen(all); if (n + strlen(line) + 3 > sizeof headers) die("headers too long");
    sprintf(all + n, "%s\r\n", line);
}
static uint64_t server_cpu_ns(void) {   /* sum of schedstat run time over the server's threads */
    char p[64]; uint64_t sum = 0; if (!server_pid) return 0;
    snprintf(p, sizeof p, "/proc/%d/task", server_pid); DIR *d = opendir(p); if (!d) return 0;
    struct dirent *e; while ((e = readdir(d))) { if (e->d_name[0] == '.') continue;
        char q[128]; snprintf(q, sizeof q, "/proc/%d/task/%.20s/schedstat", server_pid, e->d_name);
        FILE *f = fopen(q, "r"); unsigned long long v = 0; if (f) { if (fscanf(f, "%llu", &v) == 1) sum += v; fclose(f); } }
    closedir(d); return sum;
}
static long server_rss_kb(void) {
    char p[64], l[256]; long kb = 0; if (!server_pid) return 0; snprintf(p, sizeof p, "/proc/%d/status", server_pid);
    FILE *f = fopen(p, "r"); if (!f) return 0; while (fgets(l, sizeof l, f)) if (sscanf(l, "VmRSS: %ld", &kb) == 1) break; fclose(f); return kb;
}

static size_t put_header(uint8_t *p, int op, size_t n, uint32_t mask) {
    size_t h = 2; p[0] = 0x80 | op;
    if (n < 126) p[1] = 0x80 | n; else if (n < 65536) { p[1] = 0x80 | 126; p[2] = n >> 8; p[3] = n; h = 4; }
    else { p[1] = 0x80 | 127; for (int i = 0; i < 8; i++) p[2 + i] = (uint64_t)n >> (56 - 8 * i); h = 10; }
    memcpy(p + h, &mask, 4); return h + 4;
}
static void xor_mask(uint8_t *d, size_t n, uint32_t mask) {
    uint64_t m8 = ((uint64_t)mask << 32) | mask; size_t i = 0;
    for (; i + 8 <= n; i += 8) { uint64_t v; memcpy(&v, d + i, 8); v ^= m8; memcpy(d + i, &v, 8); }
    for (; i < n; i++) d[i] ^= ((uint8_t *)&mask)[i & 3];
}
static void hex16(uint8_t *p, uint64_t v) { for (int i = 15; i >= 0; i--) { p[i] = "0123456789abcdef"[v & 15]; v >>= 4; } }
static uint64_t unhex16(const uint8_t *p) { uint64_t v = 0; for (int i = 0; i < 16; i++) { uint8_t c = p[i]; v = v << 4 | (c <= '9' ? c - '0' : (c | 32) - 'a' + 10); } return v; }

static void arm(conn_t *c, int out) {
    if (c->want_out == out) return; c->want_out = out;
    struct epoll_event e = { .events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c }; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}
static void drop(conn_t *c) { if (c->state == ST_FREE) return; SSL_free(c->ssl); c->ssl = NULL; close(c->fd); c->state = ST_FREE; c->out_n = c->out_off = c->left_n = 0; c->skip = 0; c->ts_head = c->ts_tail = 0; c->want_out = 0; }

/* read and write as recv and send have it: -1 with EAGAIN when the socket has or takes nothing */
static ssize_t tls_result(conn_t *c, int done) {
    if (done > 0) return done;
    int why = SSL_get_error(c->ssl, done);
    if (why == SSL_ERROR_ZERO_RETURN) return 0;
    errno = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? EAGAIN : EPROTO; return -1;
}
static ssize_t take(conn_t *c, void *p, size_t n) { return c->ssl ? tls_result(c, SSL_read(c->ssl, p, n)) : recv(c->fd, p, n, 0); }
static ssize_t give(conn_t *c, const void *p, size_t n) { return c->ssl ? tls_result(c, SSL_write(c->ssl, p, n)) : send(c->fd, p, n, MSG_NOSIGNAL); }

static uint8_t *out_room(conn_t *c, size_t n) {
    if (c->out_n + n > c->out_cap) { c->out_cap = c->out_n + n + 256; c->out = realloc(c->out, c->out_cap); }
    return c->out + c->out_n;
}
static void flush_out(conn_t *c) {
    while (c->out_off < c->out_n) {
        ssize_t w = give(c, c->out + c->out_off, c->out_n - c->out_off);
        if (w < 0) { if (errno == EAGAIN) { arm(c, 1); return; } fail("write failed"); drop(c); return; }
        c->out_off += w;
    }
    c->out_n = c->out_off = 0; arm(c, 0);
}
static void queue_frame(conn_t *c, int op, const void *d, size_t n) {
    uint8_t *p = out_room(c, n + 14); size_t h = put_header(p, op, n, c->mask);
    memcpy(p + h, d, n); xor_mask(p + h, n, c->mask); c->out_n += h + n;
}
/* one benchmark message, stamped with t */
static void queue_msg(conn_t *c, uint64_t t) {
    if (mode == M_BROADCAST && tmpl) {
        static char buf[1 << 20]; size_t o = 0;
        for (size_t i = 0; i < tmpl_n;) if (tmpl[i] == '%' && i + 1 < tmpl_n && tmpl[i + 1] == 'T') { buf[o++] = '@'; buf[o++] = 'T'; hex16((uint8_t *)buf + o, t); o += 16; i += 2; }
            else if (tmpl[i] == '%' && i + 1 < tmpl_n && tmpl[i + 1] == 'N') { o += sprintf(buf + o, "%llu", (unsigned long long)n_sent); i += 2; }
            else buf[o++] = tmpl[i++];
        queue_frame(c, 1, buf, o); n_sent++; return;
    }
    uint8_t *p = out_room(c, frame_n); memcpy(p, frame, frame_n);
    if (size >= 16) hex16(p + frame_hdr, t);
    memcpy(p + frame_hdr - 4, &c->mask, 4);
    if (c->mask) xor_mask(p + frame_hdr, frame_n - frame_hdr, c->mask);
    c->out_n += frame_n;
    if (c->ts) c->ts[c->ts_head++ % depth] = t;
    n_sent++;
}

static int start_connect(conn_t *c) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;
    if (fd < 0) { fail("socket() failed (fd limit?)"); return -1; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0 && errno != EINPROGRESS) { fail(strerror(errno)); close(fd); return -1; }
    c->fd = fd; c->state = ST_CONNECTING; c->want_out = 1;
    struct epoll_event e = { .events = EPOLLIN | EPOLLOUT, .data.ptr = c }; epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e); return 0;
}
static void send_upgrade(conn_t *c) {
    char *p = (char *)out_room(c, 10240); c->state = ST_UPGRADING;
    int n = snprintf(p, 1500, "GET %.1000s HTTP/1.1\r\nHost: %.200s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n", path, host, port);
    if (subprotocol) n += snprintf(p + n, 300, "Sec-WebSocket-Protocol: %.200s\r\n", subprotocol);
    n += snprintf(p + n, 8300, "%s%s\r\n", headers, c->is_pub ? pub_headers : "");
    c->out_n += n;
    flush_out(c);
}
static void secure(conn_t *c) {
    if (!c->ssl) { c->ssl = SSL_new(tls); SSL_set_fd(c->ssl, c->fd); SSL_set_connect_state(c->ssl); c->state = ST_SECURING; }
    int done = SSL_do_handshake(c->ssl);
    if (done == 1) { arm(c, 0); send_upgrade(c); return; }
    int why = SSL_get_error(c->ssl, done);
    if (why == SSL_ERROR_WANT_READ) arm(c, 0); else if (why == SSL_ERROR_WANT_WRITE) arm(c, 1); else { fail("TLS handshake failed"); drop(c); }
}
static void opened(conn_t *c) {
    c->state = ST_OPEN; n_open++;
    const char *f = c->is_pub && pub_first ? pub_first : first; size_t n = c->is_pub && pub_first ? pub_first_n : first_n;
    if (f) { queue_frame(c, 1, f, n); flush_out(c); }
    if (mode == M_CONNECT) { queue_frame(c, 8, "\x03\xe8", 2); c->state = ST_CLOSING; flush_out(c); }
}
static conn_t *pub;
static void pump_pub(void) {   /* closed loop: keep depth messages in flight */
    uint64_t t = now_ns(); int any = 0;
    while (n_sent * (uint64_t)nconns < all_deliv + (uint64_t)depth * nconns) { queue_msg(pub, t); any = 1; }
    if (any) flush_out(pub);
}
static void delivered(uint64_t sent, uint64_t now) {
    all_deliv++; if (measuring) { n_msgs++; hist_add(now > sent ? now - sent : 0); }
}
static void got_message(conn_t *c, const uint8_t *p, size_t have, size_t len, int op, uint64_t now, int *resend) {
    if (!traffic) return;
    if (mode == M_ECHO) {
        if (len != (size_t)size || op != (opt_text ? 1 : 2)) { fail("echo: wrong length or opcode"); return; }
        if (c->ts_head == c->ts_tail) { fail("echo: message nobody sent"); return; }
        uint64_t t = c->ts[c->ts_tail++ % depth];
        if (size >= 16 && have >= 16 && unhex16(p) != t) fail("echo: wrong content");
        if (measuring) { n_msgs++; n_bytes += len; hist_add(now - t); }
        ++*resend;
    } else if (mode == M_BROADCAST && !c->is_pub) {
        if (!tmpl) {
            if (len != (size_t)size) { fail("broadcast: wrong length"); return; }
            delivered(unhex16(p), now); if (measuring) n_bytes += len; return;
        }
        const uint8_t *q = p, *end = p + have; int any = 0;
        /* memchr: memmem costs more than all else here */
        while ((q = memchr(q, '@', end - q)) && end - q >= 18) { if (q[1] != 'T') { q++; continue; } delivered(unhex16(q + 2), now); q += 18; any = 1; }
        if (any && measuring) n_bytes += len;
    }
}
static void on_bytes(conn_t *c, uint8_t *p, size_t n, uint64_t now) {
    int resend = 0; uint8_t *end = p + n;
    while (p < end) {
        if (c->skip) { size_t k = (size_t)(end - p) < c->skip ? (size_t)(end - p) : c->skip; p += k; c->skip -= k; continue; }
        size_t av = end - p; if (av < 2) break;
        size_t h = 2; uint64_t len = p[1] & 127;
        if (p[1] & 128) { fail("server sent a masked frame"); drop(c); return; }
        if (len == 126) { if (av < 4) break; len = p[2] << 8 | p[3]; h = 4; }
        else if (len == 127) { if (av < 10) break; len = 0; for (int i = 0; i < 8; i++) len = len << 8 | p[2 + i]; h = 10; }
        int op = p[0] & 15;
        uint64_t need = tmpl || op >= 8 ? (len < LEFTPAD - 16 ? len : LEFTPAD - 16) : (len < 16 ? len : 16);
        /* count an echo only when the whole of it is here */
        if (mode == M_ECHO && op < 8) need = len < LEFTPAD - 16 ? len : LEFTPAD - 16;
        if (av < h + need) break;
        if (op == 8) { if (mode == M_CONNECT) { n_churn++; } else fail("server closed"); drop(c); return; }
        if (op == 9) { queue_frame(c, 10, p + h, need); flush_out(c); if (c->state == ST_FREE) return; }
        else if (op == 1 || op == 2) got_message(c, p + h, need, len, op, now, &resend);
        c->skip = len - need; p += h + need;
    }
    c->left_n = end - p;
    if (c->left_n) { if (c->left_n > c->left_cap) { c->left_cap = c->left_n + 64; c->left = realloc(c->left, c->left_cap); } memcpy(c->left, p, c->left_n); }
    if (resend) { uint64_t t = now_ns(); while (resend--) queue_msg(c, t); flush_out(c); }
}
static void on_readable(conn_t *c) {
    for (;;) {
        if (c->left_n) memcpy(rbuf + LEFTPAD - c->left_n, c->left, c->left_n);
        size_t room = sizeof rbuf - LEFTPAD;
        ssize_t r = take(c, rbuf + LEFTPAD, room);
        if (r < 0) { if (errno == EAGAIN) return; if (c->state == ST_CLOSING) n_churn++; else fail(strerror(errno)); drop(c); return; }
        if (r == 0) { if (c->state == ST_CLOSING) n_churn++; else fail("server closed the connection"); drop(c); return; }
        uint8_t *p = rbuf + LEFTPAD - c->left_n; size_t n = r + c->left_n; c->left_n = 0;
        if (c->state == ST_UPGRADING) {
            uint8_t *e = memmem(p, n, "\r\n\r\n", 4);
            if (!e) { c->left = realloc(c->left, c->left_cap = 8192); if (n > 8192) { fail("long upgrade reply"); drop(c); return; } memcpy(c->left, p, n); c->left_n = n; return; }
            if (n < 12 || memcmp(p + 9, "101", 3) || !memmem(p, n, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", 28)) { fail("upgrade refused"); drop(c); return; }
            if (subprotocol && !memmem(p, e - p, subprotocol, strlen(subprotocol))) { fail("subprotocol refused"); drop(c); return; }
            n -= e + 4 - p; p = e + 4; opened(c);
            if (!n || c->state == ST_FREE) { if (c->state == ST_FREE) return; continue; }
        }
        on_bytes(c, p, n, now_ns());
        if (c->state == ST_FREE || (!c->ssl && (size_t)r < room)) return;
    }
}
static int opening, next_conn;
static void loop_once(int timeout_ms) {
    struct epoll_event ev[512]; int n = epoll_wait(ep, ev, 512, timeout_ms);
    for (int i = 0; i < n; i++) {
        conn_t *c = ev[i].data.ptr; if (c->state == ST_FREE) continue;
        int was = c->state;
        if (c->state == ST_CONNECTING) {
            int e = 0; socklen_t l = sizeof e; getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &e, &l);
            if (e) { fail(strerror(e)); drop(c); } else if (ev[i].events & EPOLLOUT) { if (tls) secure(c); else send_upgrade(c); }
        } else if (c->state == ST_SECURING) {
            secure(c);
        } else {
            if (ev[i].events & EPOLLOUT) flush_out(c);
            if (c->state != ST_FREE && ev[i].events & ~EPOLLOUT) on_readable(c);
        }
        if ((was == ST_CONNECTING || was == ST_SECURING || was == ST_UPGRADING) && (c->state >= ST_OPEN || c->state == ST_FREE)) opening--;
    }
    if (mode == M_BROADCAST && traffic && rate == 0) pump_pub();
}
static double tv(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

int main(int argc, char **argv) {
    if (argc < 2) die("usage: wsload echo|broadcast|idle|connect [options] (see the header of wsload.c)");
    mode = !strcmp(argv[1], "echo") ? M_ECHO : !strcmp(argv[1], "broadcast") ? M_BROADCAST : !strcmp(argv[1], "idle") ? M_IDLE : !strcmp(argv[1], "connect") ? M_CONNECT : -1;
    if (mode < 0) die("unknown mode");
    for (int i = 2; i < argc; i++) {
        char *a = argv[i];
        if (!strcmp(a, "--text")) { opt_text = 1; continue; }
        if (!strcmp(a, "--tls")) {
            tls = SSL_CTX_new(TLS_client_method());
            SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
            continue;
        }
        if (i + 1 >= argc) die("option without a value"); char *v = argv[++i];
        if (!strcmp(a, "--host")) host = v; else if (!strcmp(a, "--port")) port = atoi(v); else if (!strcmp(a, "--path")) path = v;
        else if (!strcmp(a, "--conns")) nconns = atoi(v); else if (!strcmp(a, "--depth")) depth = atoi(v); else if (!strcmp(a, "--size")) size = atoi(v);
        else if (!strcmp(a, "--secs")) secs = atof(v); else if (!strcmp(a, "--warmup")) warmup = atof(v); else if (!strcmp(a, "--rate")) rate = atof(v);
        else if (!strcmp(a, "--first")) first = slurp(v, &first_n); else if (!strcmp(a, "--pub-first")) pub_first = slurp(v, &pub_first_n);
        else if (!strcmp(a, "--template")) tmpl = slurp(v, &tmpl_n); else if (!strcmp(a, "--settle")) settle = atoi(v);
        else if (!strcmp(a, "--header")) add_header(headers, v); else if (!strcmp(a, "--pub-header")) add_header(pub_headers, v);
        else if (!strcmp(a, "--subprotocol")) subprotocol = v;
        else if (!strcmp(a, "--window")) window_ = atoi(v); else if (!strcmp(a, "--pid")) server_pid = atoi(v); else die(a);
    }
    if (mode == M_BROADCAST && size < 16) die("--size must be at least 16 in broadcast mode");
    if (size > LEFTPAD - 32) die("--size too large"); if (depth < 1) depth = 1; if (nconns < 1) die("--conns");
    struct rlimit rl; getrlimit(RLIMIT_NOFILE, &rl); rl.rlim_cur = rl.rlim_max; setrlimit(RLIMIT_NOFILE, &rl);
    signal(SIGPIPE, SIG_IGN);
    addr.sin_family = AF_INET; addr.sin_port = htons(port); if (inet_pton(AF_INET, host, &addr.sin_addr) != 1) die("--host must be an IPv4 address");
    ep = epoll_create1(EPOLL_CLOEXEC);
    total_conns = nconns + (mode == M_BROADCAST); conns = calloc(total_conns, sizeof *conns);
    srand(now_ns() & 0xffffff);
    for (int i = 0; i < total_conns; i++) { conns[i].id = i; conns[i].mask = (uint32_t)rand() * 2654435761u | 1; if (mode == M_ECHO) conns[i].ts = malloc(depth * sizeof(uint64_t)); }
    if (mode == M_BROADCAST) { pub = &conns[nconns]; pub->is_pub = 1; }
    frame = malloc(size + 32); frame_hdr = put_header(frame, opt_text ? 1 : 2, size, 0);
    for (int i = 0; i < size; i++) frame[frame_hdr + i] = 'a' + i % 26; frame_n = frame_hdr + size;
    long rss0 = server_rss_kb(); uint64_t t0 = now_ns(), cpu0 = server_cpu_ns();

    if (mode == M_CONNECT) {
        uint64_t end = t0 + (uint64_t)(secs * 1e9);
        while (now_ns() < end && n_err < 1000) {
            for (int i = 0; i < total_conns; i++) if (conns[i].state == ST_FREE) start_connect(&conns[i]);
            loop_once(100);
        }
        double el = (now_ns() - t0) / 1e9;
        printf("{\"mode\":\"connect\",\"conns\":%d,\"secs\":%.2f,\"opened\":%llu,\"churn_s\":%.0f,\"errors\":%llu,\"error\":\"%s\"", nconns, el, (unsigned long long)n_open, n_churn / el, (unsigned long long)n_err, err_first);
        if (server_pid) printf(",\"srv_us_per_conn\":%.2f", (server_cpu_ns() - cpu0) / 1e3 / (n_churn ? n_churn : 1));
        printf("}\n"); return n_err != 0;
    }
    /* open all connections */
    uint64_t deadline = now_ns() + 60000000000ull;
    while ((next_conn < total_conns || opening > 0) && now_ns() < deadline) {
        while (next_conn < total_conns && opening < window_) { if (start_connect(&conns[next_conn]) == 0) opening++; next_conn++; }
        loop_once(100);
    }
    double open_s = (now_ns() - t0) / 1e9;
    uint64_t s_end = now_ns() + settle * 1000000ull; while (now_ns() < s_end) loop_once(10);
    if (mode == M_IDLE) {
        long rss1 = server_rss_kb(); uint64_t c1 = server_cpu_ns(), h = now_ns(), he = h + (uint64_t)(secs * 1e9);
        while (now_ns() < he) loop_once(50);
        int alive = 0; for (int i = 0; i < total_conns; i++) alive += conns[i].state == ST_OPEN;
        printf("{\"mode\":\"idle\",\"conns\":%d,\"opened\":%llu,\"alive\":%d,\"open_s\":%.3f,\"errors\":%llu,\"error\":\"%s\"", nconns, (unsigned long long)n_open, alive, open_s, (unsigned long long)n_err, err_first);
        if (server_pid) printf(",\"rss0_kb\":%ld,\"rss_kb\":%ld,\"bytes_per_conn\":%.0f,\"idle_cpu_pct\":%.2f", rss0, rss1, (rss1 - rss0) * 1024.0 / (n_open ? n_open : 1), (server_cpu_ns() - c1) / 1e7 / secs);
        printf("}\n"); return n_err != 0 || alive != nconns;
    }
    if ((int)n_open != total_conns) { fprintf(stderr, "wsload: only %llu of %d connections opened (%s)\n", (unsigned long long)n_open, total_conns, err_first); return 1; }
    /* traffic */
    traffic = 1; uint64_t start = now_ns(), m0 = start + (uint64_t)(warmup * 1e9), m1 = m0 + (uint64_t)(secs * 1e9), t;
    if (mode == M_ECHO) for (int i = 0; i < nconns; i++) { t = now_ns(); for (int k = 0; k < depth; k++) queue_msg(&conns[i], t); flush_out(&conns[i]); }
    else if (rate == 0) pump_pub();
    uint64_t scpu0 = 0; struct rusage ru0, ru1; double next_due = start, step = rate > 0 ? 1e9 / rate : 0; uint64_t ms = 0;
    while ((t = now_ns()) < m1 && (!pub || pub->state == ST_OPEN)) {
        if (!measuring && t >= m0) { measuring = 1; ms = t; scpu0 = server_cpu_ns(); getrusage(RUSAGE_SELF, &ru0); }
        if (mode == M_BROADCAST && rate > 0) {
            int any = 0; while (next_due <= t) { queue_msg(pub, (uint64_t)next_due); next_due += step; any = 1; } if (any) flush_out(pub);
            double w = (next_due - t) / 1e6; loop_once(w > 2 ? 1 : 0);
        } else loop_once(20);
    }
    uint64_t me = now_ns(), scpu1 = server_cpu_ns(); getrusage(RUSAGE_SELF, &ru1);
    double el = (me - ms) / 1e9, ccpu = tv(ru1.ru_utime) + tv(ru1.ru_stime) - tv(ru0.ru_utime) - tv(ru0.ru_stime);
    printf("{\"mode\":\"%s\",\"conns\":%d,\"depth\":%d,\"size\":%d,\"secs\":%.2f,\"msgs\":%llu,\"msgs_s\":%.0f,\"mb_s\":%.1f,\"bytes_per_msg\":%.1f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f,\"client_cpu_pct\":%.0f,\"errors\":%llu,\"error\":\"%s\"",
        mode == M_ECHO ? "echo" : "broadcast", nconns, depth, size, el, (unsigned long long)n_msgs, n_msgs / el, n_bytes / el / 1e6, (double)n_bytes / (n_msgs ? n_msgs : 1), hist_q(.5), hist_q(.99), hist_q(.999), hist_max / 1e3, 100 * ccpu / el, (unsigned long long)n_err, err_first);
    if (server_pid) printf(",\"srv_cpu_pct\":%.0f,\"srv_us_per_msg\":%.3f,\"rss_kb\":%ld", (scpu1 - scpu0) / 1e7 / el, (scpu1 - scpu0) / 1e3 / (n_msgs ? n_msgs : 1), server_rss_kb());
    printf("}\n"); return n_err != 0;
}
