"""A WebSocket client (RFC 6455) in plain standard library: enough to behave, and to misbehave."""

import base64
import hashlib
import os
import socket
import ssl
import struct
from urllib.parse import urlsplit

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


class Closed(Exception):
    """The connection is over: the close code that came, or None when it was just cut."""

    def __init__(self, code=None, reason=""):
        super().__init__(f"closed with {code} {reason}".strip())
        self.code, self.reason = code, reason


class UpgradeRefused(Exception):
    """The server answered the handshake with something else than 101."""

    def __init__(self, status, fields, body):
        super().__init__(f"status {status}: {body[:200]!r}")
        self.status, self.fields, self.body = status, fields, body


def frame(opcode, payload=b"", *, final=True, masked=True, reserved=0):
    """The bytes of one frame; wrong ones too, where asked for."""
    first = (0x80 if final else 0) | (reserved << 4) | opcode
    mask_bit = 0x80 if masked else 0
    if len(payload) < 126:
        head = struct.pack("!BB", first, mask_bit | len(payload))
    elif len(payload) < 65536:
        head = struct.pack("!BBH", first, mask_bit | 126, len(payload))
    else:
        head = struct.pack("!BBQ", first, mask_bit | 127, len(payload))
    if not masked:
        return head + payload
    key = os.urandom(4)
    length = len(payload)
    pad = (key * (length // 4 + 1))[:length]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(pad, "big")
    return head + key + mixed.to_bytes(length, "big")


def connect(url, timeout, source=None, authority=None):
    """A connection to the host of an http URL, or of an https one whose authority is trusted."""
    parts = urlsplit(url)
    own = (source, 0) if source else None
    connection = socket.create_connection((parts.hostname, parts.port), timeout, own)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if parts.scheme != "https":
        return connection
    context = ssl.create_default_context(cafile=authority)
    return context.wrap_socket(connection, server_hostname=parts.hostname)


class WebSocket:
    """One connection; every wait has the time limit given at the start."""

    def __init__(
        self, url, path="/ws", *, subprotocol="luyan.v1", fields=(), timeout=20, **line
    ):
        self.socket = connect(url, timeout, **line)
        self.buffer = bytearray()
        self.subprotocol = None
        try:
            self._shake_hands(urlsplit(url).netloc, path, subprotocol, fields)
        except BaseException:
            self.socket.close()
            raise

    def _shake_hands(self, host, path, subprotocol, fields):
        key = base64.b64encode(os.urandom(16))
        lines = [
            f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key.decode()}",
        ]
        if subprotocol:
            lines.append(f"Sec-WebSocket-Protocol: {subprotocol}")
        lines += [f"{name}: {value}" for name, value in fields]
        self.socket.sendall("\r\n".join(lines + ["", ""]).encode())
        while b"\r\n\r\n" not in self.buffer:
            self._receive()
        head, _, rest = bytes(self.buffer).partition(b"\r\n\r\n")
        first, *others = head.decode("latin-1").split("\r\n")
        answer = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in others)}
        status = int(first.split(" ")[1])
        if status != 101:
            self.buffer = bytearray(rest)
            while len(self.buffer) < int(answer.get("content-length", 0)):
                self._receive()
            raise UpgradeRefused(status, answer, bytes(self.buffer))
        accept = base64.b64encode(hashlib.sha1(key + GUID).digest()).decode()
        assert answer["sec-websocket-accept"] == accept
        assert answer["upgrade"].lower() == "websocket"
        self.subprotocol = answer.get("sec-websocket-protocol")
        self.buffer = bytearray(rest)

    def _receive(self):
        try:
            piece = self.socket.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            raise Closed() from None
        if not piece:
            raise Closed()
        self.buffer += piece

    def _take(self, count):
        while len(self.buffer) < count:
            self._receive()
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def send_text(self, text):
        self.send_bytes(frame(TEXT, text.encode()))

    def send_bytes(self, raw):
        try:
            self.socket.sendall(raw)
        except (ConnectionResetError, BrokenPipeError):
            raise Closed() from None

    def receive_frame(self):
        first, second = self._take(2)
        assert not second & 0x80, "a server masks nothing"
        assert not first & 0x70, "no extension was agreed on"
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return first & 0x0F, bool(first & 0x80), self._take(length)

    def receive(self):
        """The next message as (opcode, bytes); pings are answered on the way.

        Raises Closed when the connection ends, with the close code that came.
        """
        kind, parts = None, []
        while True:
            opcode, final, payload = self.receive_frame()
            if opcode == PING:
                self.send_bytes(frame(PONG, payload))
            elif opcode == CLOSE:
                code = struct.unpack("!H", payload[:2])[0] if payload else 1005
                self._answer_close(payload)
                raise Closed(code, payload[2:].decode())
            elif opcode != PONG:
                kind = opcode if kind is None else kind
                parts.append(payload)
                if final:
                    return kind, b"".join(parts)

    def _answer_close(self, payload):
        try:
            self.socket.sendall(frame(CLOSE, payload[:2]))
        except OSError:
            pass
        self.socket.close()

    def close(self, code=1000):
        """Closes properly, waits for the answer, and throws away what came before it."""
        try:
            self.send_bytes(frame(CLOSE, struct.pack("!H", code)))
            while True:
                self.receive()
        except (Closed, OSError):
            pass
        finally:
            self.socket.close()

    def cut(self):
        """Cuts the line without a word, as a lost network does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
