// What `import Glibc` lacks: epoll, and calls that the C headers show only to _GNU_SOURCE.
#ifndef CLINUX_H
#define CLINUX_H

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <stdint.h>

// accept4(2) with SOCK_NONBLOCK | SOCK_CLOEXEC and no address.
int clinux_accept(int listener);
// socket(2): a stream socket with SOCK_NONBLOCK | SOCK_CLOEXEC.
int clinux_stream_socket(int family);
// A stream connection to the first address of a host that answers in time; reads and writes on it wait so
// long, too. The descriptor, or -errno, or CLINUX_UNKNOWN_HOST.
enum { CLINUX_UNKNOWN_HOST = -100000 };
int clinux_dial(const char *host, const char *port, int milliseconds);
// bind(2) with IP_BIND_ADDRESS_NO_PORT: connect(2) takes the port.
int clinux_bind_source(int descriptor, const struct sockaddr *address, socklen_t size);
// send(2) and sendmsg(2) with MSG_NOSIGNAL.
ssize_t clinux_send(int descriptor, const void *bytes, size_t count);
ssize_t clinux_gather(int descriptor, const struct iovec *parts, size_t count);
// The first `needle` in `bytes`, or NULL: memmem(3).
const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t needle_count);
// getrandom(2): fills the bytes; 0, or -1 with errno.
int clinux_random(void *bytes, size_t count);
// epoll(7): EPOLL_CLOEXEC and the event bits are enumerations or macros that Swift imports by halves.
int clinux_epoll_create(void);
int clinux_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token);
// epoll_wait(2), at most so many milliseconds.
int clinux_epoll_wait(int epoll, struct epoll_event *events, int capacity, int milliseconds);
// eventfd(2) with EFD_NONBLOCK | EFD_CLOEXEC, its write of 1 and its reset.
int clinux_bell_create(void);
void clinux_bell_ring(int bell);
void clinux_bell_silence(int bell);

#endif
