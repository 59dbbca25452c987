"""A media socket of the protocol luyan.media.v1, written from its description alone."""

import base64
import itertools
import json
import secrets
import select
import struct
import time
from dataclasses import dataclass

from .peer import Refused
from .websocket import BINARY, TEXT, Closed, WebSocket, frame

KEY, GAP = 1, 2
HEAD = struct.Struct("!BBHIQB3s")
OPUS_HEAD = base64.b64encode(b"OpusHead" + bytes([1, 1, 0x38, 1, 0x80, 0xBB, 0, 0, 0, 0, 0])).decode()


class Metronome:
    """The pace of a publisher: what is recorded lasts as long as it lasted."""

    def __init__(self, seconds):
        self.seconds, self.next = seconds, time.monotonic()

    def tick(self):
        self.next += self.seconds
        if (wait := self.next - time.monotonic()) > 0:
            select.select([], [], [], wait)


@dataclass
class Frame:
    """One encoded frame with its header; times in microseconds."""

    track: int
    sequence: int
    time: int
    payload: bytes
    flags: int = KEY
    level: int = 255
    duration: int = 0
    version: int = 1

    @property
    def bytes(self):
        duration = self.duration.to_bytes(3, "big")
        return HEAD.pack(self.version, self.flags, self.track, self.sequence, self.time,
                         self.level, duration) + self.payload

    @classmethod
    def read(cls, raw):
        version, flags, track, sequence, at, level, duration = HEAD.unpack_from(raw)
        return cls(track, sequence, at, raw[HEAD.size:], flags, level,
                   int.from_bytes(duration, "big"), version)

    @property
    def is_key(self):
        return bool(self.flags & KEY)


class MediaPeer:
    """One media socket about one room, and what was heard on it."""

    def __init__(self, url, room, token=None, *, timeout=20, **line):
        self.room, self.timeout = room, timeout
        fields = [("Authorization", f"Bearer {token}")] if token else []
        self.socket = WebSocket(url, "/ws/media", subprotocol="luyan.media.v1", fields=fields,
                                timeout=timeout, **line)
        assert self.socket.subprotocol == "luyan.media.v1"
        self.prefix, self.numbers = secrets.token_hex(4), itertools.count(1)
        self.answers, self.loose, self.signals, self.frames = {}, [], [], []
        # Everything that came, also what was taken.
        self.seen = []
        self.tracks = {}
        self.sequences = {}

    # Commands

    def send(self, kind, data=None):
        id = f"{self.prefix}-{next(self.numbers)}"
        message = {"id": id, "type": kind, "room": self.room, "data": data or {}}
        self.socket.send_text(json.dumps(message, ensure_ascii=False))
        return id

    def ask(self, kind, data=None):
        """Sends a command and waits for its answer; raises Refused."""
        id = self.send(kind, data)
        self.until(lambda: id in self.answers)
        message = self.answers[id]
        if "error" in message:
            raise Refused(message["error"])
        return message["ok"]

    def join(self, **data):
        joined = self.ask("media.join", data)
        self.tracks = {track["track"]: track for track in joined["tracks"]}
        return joined

    def publish(self, kind="voice", **data):
        """Publishes a track and gives its number."""
        codec = "opus" if kind in ("voice", "interpretation") else "vp8"
        described = {"kind": kind, "codec": codec}
        if codec == "opus":
            described["description"] = OPUS_HEAD
        return self.ask("media.publish", described | data)["track"]

    def give(self, track, payload, *, at=None, flags=KEY, **rest):
        """Sends the next frame of a track, at this clock's time unless told."""
        at = int(time.monotonic() * 1e6) if at is None else at
        sequence = self.sequences.get(track, 0)
        self.sequences[track] = sequence + 1
        self.send_frame(Frame(track, sequence, at, payload, flags, **rest).bytes)

    def send_frame(self, raw):
        self.socket.send_bytes(frame(BINARY, raw))

    # Listening

    def pump(self):
        kind, payload = self.socket.receive()
        if kind == BINARY:
            self.frames.append(Frame.read(payload))
            self.seen.append(self.frames[-1])
            return
        assert kind == TEXT
        message = json.loads(payload)
        for item in message if isinstance(message, list) else [message]:
            if item.get("re") is not None:
                self.answers[item["re"]] = item
            elif "signal" in item:
                self.signals.append(item)
                self._note(item["signal"], item["data"])
            else:
                self.loose.append(item)

    def _note(self, name, data):
        if name == "media.track":
            self.tracks[data["track"]] = data
        elif name == "media.untrack":
            self.tracks.pop(data["track"], None)

    def until(self, condition):
        end = time.monotonic() + self.timeout
        while not (found := condition()):
            if time.monotonic() > end:
                raise TimeoutError("what was waited for did not come")
            self.pump()
        return found

    def frame(self, where=lambda frame: True):
        """Waits for a frame, and takes it and those before it."""
        def find():
            return next((n for n, one in enumerate(self.frames) if where(one)), None)
        self.until(lambda: find() is not None)
        place = find()
        found = self.frames[place]
        del self.frames[:place + 1]
        return found

    def track(self, where=lambda track: True):
        """Waits for a track that is live."""
        return self.until(lambda: next((t for t in self.tracks.values() if where(t)), None))

    def signal(self, name, where=lambda data: True):
        return self.until(
            lambda: next((s for s in self.signals if s["signal"] == name and where(s["data"])), None)
        )["data"]

    def flush(self):
        """Everything the server sent before this moment has been taken when this returns."""
        self.ask("time.sync")

    def refusal(self):
        """Waits for an error that answers no command, and takes it."""
        self.until(lambda: self.loose)
        return self.loose.pop(0)["error"]

    def closing(self):
        try:
            while True:
                self.pump()
        except Closed as closed:
            return closed.code

    def close(self):
        self.socket.close()

    def cut(self):
        self.socket.cut()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.socket.close()
