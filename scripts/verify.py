#!/usr/bin/env python3
"""Checks a bundle or a room's log without any code of the server: docs/verification.md, docs/archive.md
and docs/log-format.md, step by step.

    verify.py BUNDLE|LOG [--key FINGERPRINT] [--checkpoint NOTE]

Needs Python 3.8 and nothing else. Exit code: 0 verified, 1 broken, 2 unusable input, 3 consistent
with itself but origin not checked (no --key).
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import zlib
from fractions import Fraction

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
    if value is None:
        return "null"
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


# --- Scores.

class Scores:
    def __init__(self):
        self.scheme, self.told, self.opened = None, None, {}
        self.known, self.has_unknown = {}, False

    def take(self, sequence, parts):
        shown = [p["text"] for p in parts[1:] if p.get("text", "").startswith('{"type":"')]
        bodies = [text for text in shown if text.startswith(
            ('{"type":"judging.arranged"', '{"type":"scores.published"', '{"type":"sheet.opened"'))]
        if not bodies:
            if any("digest" not in part for part in parts):
                self.compare()
            return
        try:
            body = json.loads(bodies[0])
            kind, data = body["type"], body["data"]
            step = {"judging.arranged": self.arranged, "scores.published": self.published,
                    "sheet.opened": self.sheet}[kind]
            step(sequence, data)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError):
            return  # what a later version writes is not judged here

    def arranged(self, sequence, data):
        self.compare()
        weights = [c["weight"] for c in data["criteria"]]
        panels = [p["weight"] for p in data["panels"]]
        sound = (all(is_whole(w, 0, 100) for w in weights) and 1 <= len(weights) <= 100
                 and 1 <= len(panels) <= 5 and all(is_whole(p, 1, 1000) for p in panels)
                 and all(is_whole(t, 1, len(weights)) for t in data["ties"]))
        groups = [g["slots"] for g in data.get("groups", [])]
        self.scheme = (weights, panels, data["aggregation"], data["ties"], groups) if sound else None

    def published(self, sequence, data):
        self.compare()
        self.told = (sequence, data)

    def sheet(self, sequence, data):
        self.opened.setdefault(data["slot"], []).append(data)

    def compare(self):
        if self.told is None:
            return
        (sequence, data), self.told = self.told, None
        opened, self.opened = self.opened, {}
        if self.scheme is None:
            return
        for score in data["scores"]:
            sheets = opened.get(score["slot"], [])
            if not sheets or len(sheets) != score["sheets"] or not self.takes(sheets):
                self.has_unknown = True
                continue
            found = self.score(sheets)
            told_sheets = [(s["total"], s["trimmed"]) for s in sheets]
            if (found["sheets"] != told_sheets or found["total"] != score["total"]
                    or found["trimmed"] != score["trimmed"]
                    or score["criteria"] not in ([], found["criteria"])):
                raise Broken(f"event {sequence}: the score of slot {score['slot']} "
                             "does not follow from its sheets")
            self.known[score["slot"]] = found
        if self.has_unknown:
            return
        ranks = self.ranks()
        for told in data["ranks"]:
            if ranks.get(told["slot"]) != told["rank"]:
                raise Broken(f"event {sequence}: the place of slot {told['slot']} "
                             "does not follow from the scores")

    def takes(self, sheets):
        weights, panels = self.scheme[:2]
        return len(sheets) <= 15 and all(
            is_whole(s["panel"], 1, len(panels)) and len(s["marks"]) == len(weights)
            and all(is_whole(m, 0, 100) for m in s["marks"]) for s in sheets)

    def score(self, sheets):
        weights, panels, aggregation = self.scheme[:3]
        totals = [sum(m * w for m, w in zip(s["marks"], weights)) for s in sheets]
        kept = set(range(len(sheets)))
        for panel in range(1, len(panels) + 1) if aggregation == "trimmed" else ():
            own = [i for i, s in enumerate(sheets) if s["panel"] == panel]
            if len(own) >= 5:
                lowest = min(own, key=lambda i: (totals[i], -i))
                highest = max((i for i in own if i != lowest), key=lambda i: (totals[i], i))
                kept -= {lowest, highest}

        def figure(value):
            means = [(panels[p - 1], [value(i) for i in sorted(kept) if sheets[i]["panel"] == p])
                     for p in range(1, len(panels) + 1)]
            means = [(weight, values) for weight, values in means if values]
            if not means:
                return None
            exact = sum(weight * Fraction(sum(v), len(v)) for weight, v in means)
            return int(exact / sum(weight for weight, _ in means) + Fraction(1, 2))

        criteria = [figure(lambda i, c=c: 100 * sheets[i]["marks"][c]) for c in range(len(weights))]
        return {"sheets": [(totals[i], i not in kept) for i in range(len(sheets))],
                "total": figure(lambda i: totals[i]), "trimmed": len(sheets) - len(kept),
                "criteria": criteria}

    def ranks(self):
        ties, groups = self.scheme[3:]
        ranks = {}
        for group in groups or [list(self.known)]:
            keys = {slot: [self.known[slot]["total"]] + [self.known[slot]["criteria"][t - 1]
                                                         for t in ties]
                    for slot in group if slot in self.known and self.known[slot]["total"] is not None}
            for slot, key in keys.items():
                ranks[slot] = 1 + sum(other > key for other in keys.values())
        return ranks


def is_whole(value, least, most):
    return type(value) is int and least <= value <= most


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
        self.draws, self.scores, self.files = Draws(self.room), Scores(), {}
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
        self.scores.take(sequence, line["parts"])
        self.note_files(sequence, line["parts"])
        self.last, self.time = digest, time
        self.hashes.append(digest)

    def note_files(self, sequence, parts):
        for part in parts[1:]:
            if not part.get("text", "").startswith('{"texts":{"files":'):
                continue
            try:
                for file in json.loads(part["text"])["texts"]["files"]:
                    self.files.setdefault(file["file"], sequence)
            except (KeyError, TypeError, ValueError, RecursionError):
                continue

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


def check_log(lines, fingerprint, kept):
    """Reads a log's lines, each with its end; the log, when all of it fits."""
    log = Log()
    number = 0
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            raise Unusable(f"line {number} has no end")
        try:
            log.take(line[:-1])
        except (ValueError, RecursionError):
            raise Unusable(f"line {number} is none of a log")
        if number == 1 and fingerprint not in (None, sha256(log.key).hex()):
            raise Broken(f"the log is signed by another key: {sha256(log.key).hex()}")
    if number == 0:
        raise Unusable("there is nothing")
    log.scores.compare()
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
    return log


# --- The bundle.

FAR, PIECE = 0xFFFFFFFF, 1 << 20
NAME = r"(?!.{201})[a-zA-Z0-9_-][a-zA-Z0-9._-]*(/[a-zA-Z0-9_-][a-zA-Z0-9._-]*)?"


def header(name, size, crc):
    big = size >= FAR
    low = FAR if big else size
    return (struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 45 if big else 20, 0, 0, 0, 0x21, crc, low, low,
                        len(name), 20 if big else 0)
            + name.encode() + (struct.pack("<HHQQ", 1, 16, size, size) if big else b""))


def record(name, size, crc, offset):
    big, far = size >= FAR, offset >= FAR
    extra = (struct.pack("<QQ", size, size) if big else b"") + (struct.pack("<Q", offset) if far else b"")
    low = FAR if big else size
    return (struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 0x32D, 45 if big or far else 20, 0, 0, 0, 0x21,
                        crc, low, low, len(name), len(extra) + 4 if extra else 0, 0, 0, 0,
                        0o100644 << 16, min(offset, FAR))
            + name.encode() + (struct.pack("<HH", 1, len(extra)) + extra if extra else b""))


def directory(entries, offset):
    records = b"".join(record(*entry) for entry in entries)
    count, length = len(entries), len(records)
    if count < 0xFFFF and length < FAR and offset < FAR:
        return records + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, length, offset, 0)
    return (records
            + struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 0x32D, 45, 0, 0, count, count, length, offset)
            + struct.pack("<4sIQI", b"PK\6\7", 0, offset + length, 1)
            + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, FAR, FAR, 0))


class Bundle:
    """A bundle's file; its directory is read and found to be as it must."""

    def __init__(self, file):
        self.file = file
        total = file.seek(0, os.SEEK_END)
        if total < 22 or self.bytes(total - 22, 4) != b"PK\5\6":
            raise Unusable("this is no bundle, or its end was cut off")
        _, count, _, offset = struct.unpack("<HHII", self.bytes(total - 14, 12))
        if offset == FAR or count == 0xFFFF:
            if total < 98 or self.bytes(total - 98, 4) != b"PK\6\6":
                raise Broken("the directory at the end was changed")
            offset, = struct.unpack("<Q", self.bytes(total - 50, 8))
        if offset > total - 22 or total - offset > 64 << 20:
            raise Broken("the directory at the end was changed")
        found = self.bytes(offset, total - offset)
        self.entries = list(self.records(found))
        place, names = 0, set()
        for name, size, crc, start in self.entries:
            if not re.fullmatch(NAME, name) or name in names:
                raise Broken(f"{name}: two files have this name, or it leads out of the bundle")
            names.add(name)
            if start != place or size > offset:
                raise Broken(f"{name}: its place was changed")
            place += len(header(name, size, crc)) + size
        if place != offset or directory(self.entries, offset) != found:
            raise Broken("the directory at the end, or something between the files, was changed")

    def bytes(self, place, count):
        self.file.seek(place)
        return self.file.read(count)

    @staticmethod
    def records(data):
        place = 0
        while data[place:place + 4] == b"PK\1\2" and len(data) >= place + 46:
            crc, _, size, length, more = struct.unpack("<IIIHH", data[place + 16:place + 32])
            offset, = struct.unpack("<I", data[place + 42:place + 46])
            name = data[place + 46:place + 46 + length].decode("ascii", "replace")
            extra = data[place + 50 + length:place + 46 + length + more]
            if size == FAR and len(extra) >= 16:
                (size,), extra = struct.unpack("<Q", extra[:8]), extra[16:]
            if offset == FAR and len(extra) >= 8:
                offset, = struct.unpack("<Q", extra[:8])
            place += 46 + length + more
            yield name, size, crc, offset

    def pieces(self, entry):
        """An entry's content; its header and checksum are found to be as they must."""
        name, size, crc, offset = entry
        head = header(name, size, crc)
        if self.bytes(offset, len(head)) != head:
            raise Broken(f"{name}: its header was changed")
        found, place, end = 0, offset + len(head), offset + len(head) + size
        while place < end:
            data = self.bytes(place, min(PIECE, end - place))
            found = zlib.crc32(data, found)
            place += len(data)
            yield data
        if found != crc:
            raise Broken(f"{name} was changed: its checksum is another")

    def content(self, entry):
        if entry[1] > 16 << 20:
            raise Broken(f"{entry[0]} is too long")
        return b"".join(self.pieces(entry))


def read_manifest(data):
    try:
        manifest = json.loads(data.decode())
        if type(manifest["bundle"]) is int and manifest["bundle"] != 1:
            raise Unusable(f"version {manifest['bundle']} is not known")
        require(list(manifest) == ["bundle", "server", "room", "scope", "view", "made", "events",
                                   "root", "sealed", "files"])
        require(manifest["bundle"] == 1 and matches(SERVER, manifest["server"]))
        require(matches("[0-9a-f]{32}", manifest["room"]) and matches(HASH, manifest["root"]))
        require(matches(r"room|slot:[a-zA-Z0-9-]{1,16}|question:(0|[1-9][0-9]*)", manifest["scope"]))
        require(manifest["view"] in ("complete", "staff", "members", "everyone"))
        for name in ("made", "events"):
            number(manifest[name])
        require(manifest["sealed"] is None or number(manifest["sealed"]) is not None)
        for file in manifest["files"]:
            require(list(file) == ["name", "size", "sha256"] and matches(NAME, file["name"]))
            require(number(file["size"]) is not None and matches(HASH, file["sha256"]))
        require((written(manifest) + "\n").encode() == data)
        return manifest
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Broken("manifest.json is missing, or was changed")


def lines_of(pieces):
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def digesting(pieces, state):
    for piece in pieces:
        state.update(piece)
        yield piece


def check_bundle(file, fingerprint, kept):
    bundle = Bundle(file)
    entries = bundle.entries
    if len(entries) < 2 or entries[-2][0] != "manifest.json":
        raise Broken("manifest.json is missing, or was changed")
    data = bundle.content(entries[-2])
    manifest = read_manifest(data)
    there = [entry[0] for entry in entries]
    named = [file["name"] for file in manifest["files"]]
    for name in named:
        if name not in there:
            raise Broken(f"{name} is missing")
    for name in there[:-2]:
        if name not in named:
            raise Broken(f"{name} was added")
    if named != there[:-2]:
        raise Broken("manifest.json is missing, or was changed")
    log = None
    for entry, file in zip(entries, manifest["files"]):
        state = hashlib.sha256()
        pieces = digesting(bundle.pieces(entry), state)
        fault = None
        if entry[0] == "log.jsonl":
            try:
                log = check_log(lines_of(pieces), fingerprint, kept)
            except (Broken, Unusable) as found:
                fault = found  # Whether the file itself was changed is said first.
        for _ in pieces:
            pass
        named_by = entry[0][6:].split(".")[0] if entry[0].startswith("files/") else file["sha256"]
        if entry[1] != file["size"] or not state.hexdigest() == file["sha256"] == named_by:
            raise Broken(f"{entry[0]} was changed")
        if fault is not None:
            raise type(fault)(f"log.jsonl: {fault}")
    if log is None:
        raise Broken("log.jsonl is missing")
    if ((manifest["room"], manifest["server"]) != (log.room, log.server)
            or manifest["events"] != len(log.hashes)
            or manifest["root"] != root_of(log.hashes).hex()):
        raise Broken("log.jsonl is not the log that the manifest names")
    check_note(bundle.content(entries[-1]) if entries[-1][0] == "manifest.note" else b"",
               manifest, sha256(data), log.key)
    digests = {name.split(".")[0] for name in named}
    for digest, event in log.files.items():
        if f"files/{digest}" not in digests:
            raise Broken(f"the file {digest} is missing, which event {event} shows")
    return log, f"{manifest['scope']}, view {manifest['view']}, {len(named)} files, "


def check_note(data, manifest, digest, key):
    try:
        lines = data.decode().split("\n")
        require(len(lines) == 5 and lines[2] == lines[4] == "")
        require(lines[0] == f"luyan/{manifest['server']}/{manifest['room']}/bundle")
        require(decoded(lines[1]) == digest)
        dash, name, signature = lines[3].split(" ")
        require(dash == "\u2014" and name == "luyan/" + manifest["server"])
        signature = decoded(signature)
        require(signature[:4] == sha256(name.encode(), b"\n\x01", key)[:4])
        text = "\n".join(lines[:2]) + "\n"
        require(is_signed(key, text.encode(), signature[4:]))
    except ValueError:
        raise Broken("manifest.note is missing, changed, or not by the log's key")


def verify(file, fingerprint, kept):
    """The exit code and what to say."""
    about = ""
    if file.read(4) == b"PK\3\4":
        log, about = check_bundle(file, fingerprint, kept)
    else:
        file.seek(0)
        log = check_log(file, fingerprint, kept)
    facts = (f"{about}{len(log.hashes)} events, {log.checkpoints} checkpoints, "
             f"{log.draws.checked} draws and {len(log.scores.known)} scores recomputed, "
             f"key {sha256(log.key).hex()}")
    if fingerprint is None:
        return CONSISTENT, f"consistent with itself, origin not checked: {facts}"
    return VERIFIED, f"verified: {facts}"


def main():
    parser = argparse.ArgumentParser(description="Check a bundle, or a room's log file.")
    parser.add_argument("path")
    parser.add_argument("--key", help="fingerprint of the server's key: 64 hexadecimal digits")
    parser.add_argument("--checkpoint", help="a file with a checkpoint that was kept")
    options = parser.parse_args()
    try:
        kept = None
        if options.checkpoint:
            with open(options.checkpoint, encoding="utf-8", newline="") as file:
                kept = file.read()
        with open(options.path, "rb") as file:
            code, text = verify(file, options.key, kept)
    except Broken as broken:
        code, text = BROKEN, f"broken: {broken}"
    except (Unusable, OSError, UnicodeDecodeError) as unusable:
        code, text = UNUSABLE, f"unusable: {unusable}"
    print(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
