#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <unistd.h>

int clinux_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_stream_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int dial(const struct addrinfo *to, int milliseconds) {
    int line = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (line < 0) return -errno;
    int error = 0;
    if (connect(line, to->ai_addr, to->ai_addrlen) != 0) error = errno;
    if (error == EINPROGRESS) {
        struct pollfd wait = {.fd = line, .events = POLLOUT};
        int ready = poll(&wait, 1, milliseconds);
        socklen_t size = sizeof error;
        if (ready == 0) error = ETIMEDOUT;
        else if (ready < 0 || getsockopt(line, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    }
    struct timeval limit = {milliseconds / 1000, milliseconds % 1000 * 1000};
    if (error == 0 && (fcntl(line, F_SETFL, 0) != 0 ||
                       setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0 ||
                       setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) != 0))
        error = errno;
    if (error == 0) return line;
    close(line);
    return -error;
}

int clinux_dial(const char *host, const char *port, int milliseconds) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *list;
    if (getaddrinfo(host, port, &hints, &list) != 0) return CLINUX_UNKNOWN_HOST;
    int result = -EHOSTUNREACH;
    for (const struct addrinfo *to = list; to != NULL && result < 0; to = to->ai_next)
        result = dial(to, milliseconds);
    freeaddrinfo(list);
    return result;
}

int clinux_bind_source(int descriptor, const struct sockaddr *address, socklen_t size) {
    // The port is chosen by connect, which knows the other end.
    int one = 1;
    setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    return bind(descriptor, address, size);
}

ssize_t clinux_send(int descriptor, const void *bytes, size_t count) {
    return send(descriptor, bytes, count, MSG_NOSIGNAL);
}

ssize_t clinux_gather(int descriptor, const struct iovec *parts, size_t count) {
    struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = count};
    return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t needle_count) {
    return memmem(bytes, count, needle, needle_count);
}

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int clinux_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}

int clinux_epoll_wait(int epoll, struct epoll_event *events, int capacity, int milliseconds) {
    return epoll_wait(epoll, events, capacity, milliseconds);
}

int clinux_bell_create(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

// Neither can fail but for a full or an empty counter, which both mean that nothing is to be done.
void clinux_bell_ring(int bell) {
    uint64_t one = 1;
    if (write(bell, &one, sizeof one) < 0) return;
}

void clinux_bell_silence(int bell) {
    uint64_t count;
    if (read(bell, &count, sizeof count) < 0) return;
}

int clinux_random(void *bytes, size_t count) {
    char *place = bytes;
    while (count > 0) {
        ssize_t got = getrandom(place, count, 0);
        if (got < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        place += got;
        count -= (size_t)got;
    }
    return 0;
}
