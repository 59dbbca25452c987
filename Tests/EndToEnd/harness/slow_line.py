"""A line of so many bits a second between two network namespaces of our own: a server in one, viewers in the other."""

import contextlib
import ctypes
import os
import subprocess

CLONE_NEWNET = 0x40000000
NEAR, FAR = "10.213.7.1", "10.213.7.2"


class NotPermitted(Exception):
    """This process may not make network namespaces."""


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise NotPermitted(f"{' '.join(words)}: {done.stderr.strip()}")


class SlowLine:
    """The server's side is `near`, reached at its address; what comes from it is slow."""

    def __init__(self, kilobits):
        self.kilobits = kilobits
        self.near, self.far = (f"luyan-{os.getpid()}-{side}" for side in ("near", "far"))

    @property
    def wrapper(self):
        """Runs a program on the server's side."""
        return ("ip", "netns", "exec", self.near)

    def __enter__(self):
        try:
            for name in (self.near, self.far):
                run("ip", "netns", "add", name)
                run("ip", "-n", name, "link", "set", "lo", "up")
            run("ip", "-n", self.near, "link", "add", "veth0", "type", "veth", "peer", "name", "veth1",
                "netns", self.far)
            for name, link, address in ((self.near, "veth0", NEAR), (self.far, "veth1", FAR)):
                run("ip", "-n", name, "addr", "add", f"{address}/24", "dev", link)
                run("ip", "-n", name, "link", "set", link, "up")
            # What waits for the line waits in a queue of a quarter second, as in a phone's network.
            run("ip", "netns", "exec", self.near, "tc", "qdisc", "add", "dev", "veth0", "root", "tbf",
                "rate", f"{self.kilobits}kbit", "burst", "4kb", "latency", "250ms")
        except NotPermitted:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for name in (self.near, self.far):
            subprocess.run(("ip", "netns", "del", name), capture_output=True)

    @contextlib.contextmanager
    def on(self, side):
        """Sockets that are made meanwhile, in this thread, belong to that side for ever."""
        libc = ctypes.CDLL(None, use_errno=True)
        with open("/proc/thread-self/ns/net") as home, open(f"/run/netns/{side}") as there:
            if libc.setns(there.fileno(), CLONE_NEWNET) != 0:
                raise NotPermitted(os.strerror(ctypes.get_errno()))
            try:
                yield
            finally:
                libc.setns(home.fileno(), CLONE_NEWNET)
