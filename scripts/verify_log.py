#!/usr/bin/env python3
"""Checks a room's log file without any code of the server: docs/log-format.md, step by step.

    verify_log.py LOG [--key FINGERPRINT] [--checkpoint NOTE]

Needs Python 3.8 and nothing else. Exit code: 0 verified, 1 broken, 2 unusable input, 3 consistent
with itself but origin not checked (no --key).
"""

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys

VERIFIED, BROKEN, UNUSABLE, CONSISTENT = 0, 1, 2, 3
AUDIENCE = r"everyone|members|staff|server|role:[a-z0-9_]{1,32}|member:[0-9a-f]{16}"
SERVER = r"[a-zA-Z0-9._-]{1,64}"
HASH = r"[0-9a-f]{64}"


class Broken(Exception):
    """Something does not fit."""


class Unusable(Exception):
    """It cannot be told."""


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


# --- Ed25519 (RFC 8032 §5.1): slow and small; a log has few signatures.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(factor, point):
    product = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            product = add(product, point)
        point = add(point, point)
        factor >>= 1
    return product


def x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point_of(encoded):
    y = int.from_bytes(encoded, "little")
    y, sign = y & (2**255 - 1), y >> 255
    x = x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    public = point_of(key)
    s = int.from_bytes(signature[32:], "little")
    if public is None or s >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(hashed, "little") % ORDER
    minus = (P - public[0], public[1], 1, P - public[3])
    x, y, z, _ = add(multiply(s, BASE), multiply(k, minus))
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# --- The tree (RFC 6962 §2.1).

def root_of(leaves):
    """Roots of complete subtrees, added like the digits of a binary counter."""
    stack = []
    for index, leaf in enumerate(leaves):
        digest = sha256(b"\x00", leaf)
        while index & 1:
            digest = sha256(b"\x01", stack.pop(), digest)
            index >>= 1
        stack.append(digest)
    if not stack:
        return sha256()
    digest = stack.pop()
    while stack:
        digest = sha256(b"\x01", stack.pop(), digest)
    return digest


# --- Lines. A line has one spelling, so what was read is written again and compared.

ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def written(value):
    if isinstance(value, str):
        escaped = (ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value)
        return '"' + "".join(escaped) + '"'
    if isinstance(value, dict):
        return "{" + ",".join(written(n) + ":" + written(v) for n, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(item) for item in value) + "]"
    if type(value) is int:
        return str(value)
    raise ValueError("no line holds such a value")


def require(condition):
    if not condition:
        raise ValueError("not what the format says")


def matches(pattern, text):
    return isinstance(text, str) and re.fullmatch(pattern, text) is not None


def number(value):
    require(type(value) is int and 0 <= value < 2**63)
    return value


def decoded(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text)
    return data


def part_digest(part):
    names = list(part)
    if names == ["digest"]:
        require(matches(HASH, part["digest"]))
        return bytes.fromhex(part["digest"])
    require(names in (["to", "salt", "text"], ["to", "salt", "base64"]))
    require(matches(AUDIENCE, part["to"]) and matches(HASH, part["salt"]))
    require(isinstance(part[names[2]], str))
    if names[2] == "text":
        data = part["text"].encode()
    else:
        data = decoded(part["base64"])
        try:
            data.decode()
        except UnicodeDecodeError:
            pass
        else:
            require(False)  # what is text stands as text
    name = part["to"].encode()
    return sha256(b"\x02", bytes.fromhex(part["salt"]), bytes([len(name)]), name, data)


class Note:
    """A checkpoint: C2SP tlog-checkpoint in a signed note."""

    def __init__(self, note):
        require(isinstance(note, str) and len(note.encode()) <= 16384 and note.endswith("\n"))
        lines = note[:-1].split("\n")
        require(6 <= len(lines) <= 5 + 16 and lines[4] == "")
        origin = re.fullmatch(f"luyan/({SERVER})/([0-9a-f]{{32}})", lines[0])
        require(origin)
        self.server, self.room = origin.groups()
        self.size = self.decimal(lines[1])
        self.root = decoded(lines[2])
        require(len(self.root) == 32 and lines[3].startswith("time "))
        self.decimal(lines[3][5:])
        self.text = "\n".join(lines[:4]) + "\n"
        self.signatures = []
        for line in lines[5:]:
            words = line.split(" ")
            require(len(words) == 3 and words[0] == "\u2014" and words[1])
            require(not any(c == "+" or c.isspace() for c in words[1]))
            data = decoded(words[2])
            require(len(data) > 4)
            self.signatures.append((words[1], data[:4], data[4:]))

    @staticmethod
    def decimal(text):
        require(re.fullmatch(r"0|[1-9][0-9]{0,19}", text) and int(text) < 2**64)
        return int(text)

    def is_signed_by(self, key):
        name = "luyan/" + self.server
        key_id = sha256(name.encode(), b"\n\x01", key)[:4]
        own = [s for n, i, s in self.signatures if (n, i) == (name, key_id)]
        return bool(own) and all(is_signed(key, self.text.encode(), s) for s in own)


# --- Draws of an order.

def counted(data):
    return len(data).to_bytes(4, "big") + data


def drawn(room, draw, slots, seed, contributions):
    """The order that follows from what a draw's events tell."""
    digest = sha256(*(counted(slot.encode()) for slot in slots))
    key = sha256(*(counted(value) for value in (
        b"luyan/draw/1", bytes.fromhex(room), draw.to_bytes(8, "big"), digest, seed,
        *(contributions.get(slot, b"") for slot in slots))))
    order, counter = list(slots), 0
    for last in range(len(order) - 1, 0, -1):
        limit = 2**64 // (last + 1) * (last + 1)
        while True:
            code = hmac.new(key, counter.to_bytes(8, "big"), hashlib.sha256).digest()
            number, counter = int.from_bytes(code[:8], "big"), counter + 1
            if number < limit:
                break
        place = number % (last + 1)
        order[last], order[place] = order[place], order[last]
    return order


class Draws:
    def __init__(self, room):
        self.room, self.checked, self.running = room, 0, None

    def take(self, sequence, parts):
        bodies = [p["text"] for p in parts if p.get("text", "").startswith('{"type":"draw.')]
        if not bodies:
            return
        try:
            body = json.loads(bodies[0])
            kind, data = body["type"], body["data"]
            self.step(sequence, kind, data)
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
            return  # what a later version writes is not judged here

    def step(self, sequence, kind, data):
        if kind == "draw.started":
            self.running = {"id": sequence, "slots": list(data["slots"]), "given": {},
                            "commitment": data["commitment"], "committed": {}}
        elif kind == "draw.failed":
            self.running = None
        elif kind in ("draw.committed", "draw.revealed", "draw.finished"):
            if self.running is None or str(self.running["id"]) != data["draw"]:
                raise Broken(f"event {sequence}: the draw that it belongs to is not in the log")
            self.value(sequence, kind, data, self.running)

    def value(self, sequence, kind, data, draw):
        if kind == "draw.committed":
            draw["committed"][data["slot"]] = data["commitment"]
        elif kind == "draw.revealed":
            given = bytes.fromhex(data["contribution"])
            if sha256(given).hex() != draw["committed"].get(data["slot"]):
                raise Broken(f"event {sequence}: the contribution is not what was committed")
            draw["given"][data["slot"]] = given
        else:
            seed = bytes.fromhex(data["seed"])
            if sha256(seed).hex() != draw["commitment"]:
                raise Broken(f"event {sequence}: the seed is not the one that was committed")
            order = drawn(self.room, draw["id"], draw["slots"], seed, draw["given"])
            if order != data["order"]:
                raise Broken(f"event {sequence}: the drawn order does not follow from its values")
            self.running, self.checked = None, self.checked + 1


# --- The log.

class Log:
    def __init__(self):
        self.room = None
        self.hashes = []
        self.checkpoints = 0
        self.covered = 0

    def start(self, line):
        require(list(line) == ["log", "room", "genesis"] and self.room is None)
        require(matches(r"[0-9a-f]{32}", line["room"]) and isinstance(line["genesis"], str))
        try:
            genesis = json.loads(line["genesis"])
            require(type(genesis["v"]) is int and genesis["v"] == 1)
            require(matches(SERVER, genesis["server"]) and matches(HASH, genesis["key"]))
            known = genesis["hash"] == "sha256" and genesis["sign"] == "ed25519"
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Unusable("the room's first document lacks server, key or algorithms")
        if not known:
            raise Unusable("the room's first document names an unknown algorithm")
        self.room, self.server = line["room"], genesis["server"]
        self.key = bytes.fromhex(genesis["key"])
        self.time = 0
        self.draws = Draws(self.room)
        self.last = sha256(b"\x05", bytes.fromhex(self.room), line["genesis"].encode())

    def event(self, line):
        require(list(line) == ["seq", "at", "content", "hash", "parts"] and self.room is not None)
        sequence, time = number(line["seq"]), number(line["at"])
        require(matches(HASH, line["content"]) and matches(HASH, line["hash"]))
        require(isinstance(line["parts"], list))
        require(all(isinstance(part, dict) for part in line["parts"]))
        content = sha256(b"\x03", *(part_digest(part) for part in line["parts"]))
        expected = len(self.hashes) + 1
        if sequence != expected:
            raise Broken(f"event {sequence} stands where {expected} should")
        if time < self.time:
            raise Broken(f"event {expected} is older than the one before it")
        if content.hex() != line["content"]:
            raise Broken(f"event {expected}: its parts are not those its header speaks of")
        header = (b"\x01" + bytes.fromhex(self.room) + sequence.to_bytes(8, "big")
                  + time.to_bytes(8, "big") + content)
        digest = sha256(b"\x04", self.last, header)
        if digest.hex() != line["hash"]:
            raise Broken(f"event {expected}: its hash does not follow from the event before")
        self.draws.take(sequence, line["parts"])
        self.last, self.time = digest, time
        self.hashes.append(digest)

    def checkpoint(self, line):
        require(list(line) == ["checkpoint"] and self.room is not None)
        note = Note(line["checkpoint"])
        if note.size != len(self.hashes):
            raise Broken(f"the checkpoint of {note.size} stands behind event {len(self.hashes)}")
        if (note.room, note.server) != (self.room, self.server):
            raise Broken(f"the checkpoint of {note.size} is of another log")
        if note.root != root_of(self.hashes):
            raise Broken(f"the checkpoint of {note.size} is of other events")
        if not note.is_signed_by(self.key):
            raise Broken(f"the checkpoint of {note.size} is not signed by the log's key")
        self.checkpoints += 1
        self.covered = note.size

    def take(self, data):
        line = json.loads(data.decode())
        require(isinstance(line, dict))
        if "log" in line and type(line["log"]) is int and line["log"] != 1:
            raise Unusable(f"version {line['log']} is not known")
        require(written(line).encode() == data)
        kinds = {"log": self.start, "seq": self.event, "checkpoint": self.checkpoint}
        kind = kinds.get(next(iter(line), None))
        require(kind)
        kind(line)


def verify(data, fingerprint, kept):
    """The exit code and what to say."""
    log = Log()
    if not data:
        raise Unusable("there is nothing")
    lines = data.split(b"\n")
    for index, line in enumerate(lines[:-1]):
        try:
            log.take(line)
        except (ValueError, RecursionError):
            raise Unusable(f"line {index + 1} is none of a log")
        if index == 0 and fingerprint not in (None, sha256(log.key).hex()):
            raise Broken(f"the log is signed by another key: {sha256(log.key).hex()}")
    if lines[-1]:
        raise Unusable(f"line {len(lines)} has no end")
    events = len(log.hashes)
    if kept is not None:
        try:
            note = Note(kept)
        except ValueError:
            raise Unusable("the checkpoint that was kept is none")
        if (note.room, note.server) != (log.room, log.server):
            raise Unusable("the checkpoint that was kept is of another log")
        if not note.is_signed_by(log.key):
            raise Broken("the checkpoint that was kept is not signed by the log's key")
        if note.size > events:
            raise Broken(f"the log was cut off: {events} events, {note.size} were there")
        if note.root != root_of(log.hashes[:note.size]):
            raise Broken("the log was rewritten since the checkpoint that was kept")
        log.covered = max(log.covered, note.size)
    if log.covered < events or log.checkpoints == 0:
        raise Broken(f"{events - log.covered} of {events} events are signed by nobody")
    facts = f"{events} events, {log.checkpoints} checkpoints, key {sha256(log.key).hex()}"
    if fingerprint is None:
        return CONSISTENT, f"consistent with itself, origin not checked: {facts}"
    return VERIFIED, f"verified: {facts}"


def main():
    parser = argparse.ArgumentParser(description="Check a room's log file.")
    parser.add_argument("log")
    parser.add_argument("--key", help="fingerprint of the server's key: 64 hexadecimal digits")
    parser.add_argument("--checkpoint", help="a file with a checkpoint that was kept")
    options = parser.parse_args()
    try:
        with open(options.log, "rb") as file:
            data = file.read()
        kept = None
        if options.checkpoint:
            with open(options.checkpoint, encoding="utf-8", newline="") as file:
                kept = file.read()
        code, text = verify(data, options.key, kept)
    except Broken as broken:
        code, text = BROKEN, f"broken: {broken}"
    except (Unusable, OSError, UnicodeDecodeError) as unusable:
        code, text = UNUSABLE, f"unusable: {unusable}"
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
