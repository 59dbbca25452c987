"""Attacks on a server, each a process of its own, so that it takes no turn of whoever looks on.

    python attacks.py NAME PORT [COUNT] [ROOM]

Runs until its standard input ends. Ten times a second it prints a line of JSON: how often it connected,
how many lines are open, what was sent, and how lines ended: by the status of HTTP or the close code of
RFC 6455 that was heard last, "cut" for an end without such, "refused" where nobody took the connection.
"""

import json
import os
import select
import socket
import struct
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

from_here = __name__ == "__main__"
if from_here:
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from harness.websocket import BINARY, CONTINUATION, PING, PONG, TEXT, frame  # noqa: E402

TICK = 0.1  # seconds
UPGRADE = (
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: luyan.v1\r\n\r\n"
).encode()
POST = (
    "POST /api/v1/session/guest HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
)
GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
# The beginning of a ClientHello of 512 bytes that never goes on.
HELLO = bytes.fromhex("1603010200010001fc0303") + bytes(40)


@dataclass
class Attack:
    """What each line of an attack does; bytes are sent as they are."""

    count: int
    first: bytes = b""
    upgrades: bool = False
    # Once, after the upgrade.
    begin: bytes = b""
    # Again and again, as fast as the server takes it.
    flood: bytes = b""
    # One a tick.
    drip: bytes = b""
    reads: bool = True
    # Goes with the first answer.
    leaves: bool = False
    # Bytes of the receive buffer, 0 as the system has it.
    buffer: int = 0
    # Lines that are opened again, a second.
    again: int = 200


def join(room):
    message = {"id": "j", "type": "room.join", "room": room, "data": {}}
    return frame(TEXT, json.dumps(message).encode())


def attacks(room):
    sync = frame(TEXT, b'{"id":"s","type":"time.sync"}')
    joins = join(room) * 20
    return {
        "slow line": Attack(100, b"GET /", drip=b"a"),
        "slow headers": Attack(100, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", drip=b"a"),
        "slow body": Attack(100, f"{POST}Content-Length: 2000\r\n\r\n".encode(), drip=b"a"),
        "endless body": Attack(
            8, f"{POST}Transfer-Encoding: chunked\r\n\r\n".encode(),
            flood=b"1000\r\n" + b"a" * 4096 + b"\r\n",
        ),
        "endless headers": Attack(8, b"GET / HTTP/1.1\r\n", flood=b"X-A: aaaaaaaaaaaaaaaaaaa\r\n" * 100),
        "empty fragments": Attack(
            8, upgrades=True, begin=frame(TEXT, final=False),
            flood=frame(CONTINUATION, final=False) * 1000,
        ),
        "endless fragments": Attack(
            8, upgrades=True, begin=frame(BINARY, final=False),
            flood=frame(CONTINUATION, b"a" * 1024, final=False) * 16,
        ),
        "pings": Attack(8, upgrades=True, flood=frame(PING) * 1000),
        "pongs": Attack(8, upgrades=True, flood=frame(PONG, b"a" * 125) * 100),
        "commands": Attack(8, upgrades=True, flood=sync * 100),
        "zero window": Attack(
            16, upgrades=True, begin=joins, flood=joins, reads=False, buffer=4096
        ),
        "zero window, pages": Attack(16, GET, flood=GET * 20, reads=False, buffer=4096),
        "half-open": Attack(100, upgrades=True, begin=join(room), reads=False),
        "connections": Attack(1500, again=2000),
        "sockets": Attack(1500, upgrades=True, begin=join(room), again=2000),
        "churn": Attack(50, GET, leaves=True, again=5000),
        "tls, silent": Attack(200, HELLO),
        "tls, handshakes": Attack(4),
    }


class Line:
    """One connection of an attack."""

    def __init__(self, attack, port):
        self.attack, self.is_up, self.offset = attack, not attack.upgrades, 0
        self.heard = b""
        self.socket = socket.socket()
        if attack.buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, attack.buffer)
        self.socket.settimeout(2)
        try:
            self.socket.connect(("127.0.0.1", port))
            self.socket.setblocking(False)
            self.say(UPGRADE if attack.upgrades else attack.first)
        except OSError:
            self.socket.close()
            raise

    @property
    def events(self):
        wanted = select.EPOLLIN if self.attack.reads or not self.is_up else 0
        return select.EPOLLRDHUP | wanted | (select.EPOLLOUT if self.attack.flood and self.is_up else 0)

    def say(self, piece):
        """What the server does not take at once is let go: it is an attack."""
        try:
            return self.socket.send(piece) if piece else 0
        except BlockingIOError:
            return 0

    def listen(self):
        """Takes what came; `False` at the end."""
        try:
            piece = self.socket.recv(1 << 18)
        except BlockingIOError:
            return True
        if not piece:
            return False
        self.heard = (self.heard + piece)[-2048:]
        if not self.is_up and b"\r\n\r\n" in self.heard:
            self.is_up = self.heard.startswith(b"HTTP/1.1 101")
            if self.is_up:
                self.say(self.attack.begin)
        return not self.attack.leaves

    def go_on(self):
        flood = self.attack.flood
        sent = self.say(flood[self.offset:])
        self.offset = (self.offset + sent) % len(flood)
        return sent

    def end(self):
        """How it ended, as far as that was heard."""
        self.socket.close()
        if self.attack.upgrades and self.is_up:
            for length in range(2, 126):
                tail = self.heard[-length - 2:]
                if len(tail) == length + 2 and tail[:2] == bytes([0x88, length]):
                    return str(struct.unpack("!H", tail[2:4])[0])
            return "cut"
        found = self.heard.rfind(b"HTTP/1.1 ")
        return self.heard[found + 9:found + 12].decode() if found >= 0 else "cut"


class Attacker:
    def __init__(self, attack, port):
        self.attack, self.port = attack, port
        self.lines, self.ends, self.opened, self.sent = {}, Counter(), 0, 0
        self.epoll = select.epoll()
        self.epoll.register(sys.stdin.fileno(), select.EPOLLIN | select.EPOLLHUP)

    def run(self):
        allowed, ticked = self.attack.count, time.monotonic()
        while True:
            while allowed >= 1 and len(self.lines) < self.attack.count:
                allowed -= 1
                self.open()
            for descriptor, event in self.epoll.poll(TICK / 4):
                if descriptor == sys.stdin.fileno():
                    return
                self.take(descriptor, event)
            now = time.monotonic()
            if now - ticked >= TICK:
                allowed = min(self.attack.count, allowed + self.attack.again * (now - ticked))
                ticked = now
                self.tick()

    def open(self):
        try:
            line = Line(self.attack, self.port)
        except OSError:
            self.ends["refused"] += 1
            return
        self.opened += 1
        self.lines[line.socket.fileno()] = line
        self.epoll.register(line.socket.fileno(), line.events)

    def take(self, descriptor, event):
        line = self.lines.get(descriptor)
        if line is None:
            return
        was = line.events
        try:
            goes_on = True
            if event & (select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR):
                goes_on = self.listen_to_the_end(line)
            elif event & select.EPOLLIN:
                goes_on = line.listen()
            if goes_on and event & select.EPOLLOUT:
                self.sent += line.go_on()
        except OSError:
            goes_on = self.listen_to_the_end(line)
        if not goes_on:
            del self.lines[descriptor]
            self.ends[line.end()] += 1
        elif line.events != was:
            self.epoll.modify(descriptor, line.events)

    def listen_to_the_end(self, line):
        """Nothing can be sent any more; what was said before the end is still there."""
        try:
            while line.listen():
                pass
        except OSError:
            pass
        return False

    def tick(self):
        for line in list(self.lines.values()) if self.attack.drip else ():
            try:
                self.sent += line.say(self.attack.drip)
            except OSError:
                pass  # Its end is heard of next.
        report(self.opened, len(self.lines), self.sent, self.ends)


def report(opened, now, sent, ends):
    print(json.dumps({"opened": opened, "now": now, "sent": sent, "ends": ends}), flush=True)


def handshakes(port):
    """Whole handshakes of TLS, one after another in some threads: most of their cost is the server's."""
    import ssl
    import threading

    opened, ends = Counter(), Counter()
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def go_on():
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), 5) as plain:
                    with context.wrap_socket(plain):
                        opened["all"] += 1
            except OSError:
                ends["cut"] += 1

    for _ in range(4):
        threading.Thread(target=go_on, daemon=True).start()
    while not select.select([sys.stdin], [], [], TICK)[0]:
        report(opened["all"], 0, 0, ends)


class Running:
    """An attack under way, for whoever looks on."""

    def __init__(self, name, port, *, count=0, room="0" * 32, wrapper=()):
        command = [sys.executable, __file__, name, str(port), str(count), room]
        self.process = subprocess.Popen(
            [*wrapper, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.pending = b""
        self.last = {"opened": 0, "now": 0, "sent": 0, "ends": {}}

    def report(self, wait=10):
        """The newest report; waits for it at most so many seconds."""
        pipe = self.process.stdout.fileno()
        while select.select([pipe], [], [], wait)[0]:
            piece = os.read(pipe, 65536)
            if not piece:
                raise RuntimeError(f"the attack ended by itself: {self.process.wait()}")
            *lines, self.pending = (self.pending + piece).split(b"\n")
            if lines:
                self.last = json.loads(lines[-1])
                break
        return self.last

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def main(name, port, count="0", room="0" * 32):
    # Whoever looks on goes first where both need one processor.
    os.nice(10)
    attack = attacks(room)[name]
    attack.count = int(count) or attack.count
    if name == "tls, handshakes":
        handshakes(int(port))
    else:
        Attacker(attack, int(port)).run()


if from_here:
    main(*sys.argv[1:])
