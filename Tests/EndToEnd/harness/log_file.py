"""A downloaded log (JSON Lines), read, checked and forged by other code than the product's."""

import base64
import hashlib
import json
from dataclasses import dataclass, field

from . import ed25519, merkle


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def part_digest(part):
    """SHA-256(0x02, salt, u8 length, audience, bytes), or the digest that stands for the part."""
    if "digest" in part:
        return bytes.fromhex(part["digest"])
    text = part["text"].encode() if "text" in part else base64.b64decode(part["base64"])
    audience = part["to"].encode()
    return sha256(b"\x02", bytes.fromhex(part["salt"]), bytes([len(audience)]), audience, text)


@dataclass
class LogFile:
    """Start line, events and the checkpoint at the end."""

    start: dict
    events: list
    checkpoint: str
    problems: list = field(default_factory=list)

    @classmethod
    def parse(cls, data):
        start, *events, last = [json.loads(line) for line in data.decode().splitlines()]
        return cls(start, events, last["checkpoint"])

    @property
    def bytes(self):
        lines = [self.start, *self.events, {"checkpoint": self.checkpoint}]
        return "".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
        ).encode()

    @property
    def key(self):
        return bytes.fromhex(json.loads(self.start["genesis"])["key"])

    def header(self, event):
        return (
            b"\x01" + bytes.fromhex(self.start["room"]) + event["seq"].to_bytes(8, "big")
            + event["at"].to_bytes(8, "big") + bytes.fromhex(event["content"])
        )

    def first_hash(self):
        return sha256(b"\x05", bytes.fromhex(self.start["room"]), self.start["genesis"].encode())

    def root(self):
        return merkle.root([merkle.leaf_hash(bytes.fromhex(e["hash"])) for e in self.events])

    def check(self):
        """Raises AssertionError at the first thing that does not fit."""
        before, time = self.first_hash(), 0
        for number, event in enumerate(self.events, 1):
            assert event["seq"] == number and event["at"] >= time
            content = sha256(b"\x03", *map(part_digest, event["parts"]))
            assert content.hex() == event["content"], f"event {number}: parts"
            before, time = sha256(b"\x04", before, self.header(event)), event["at"]
            assert before.hex() == event["hash"], f"event {number}: chain"
        note = merkle.Checkpoint.parse(self.checkpoint)
        assert note.origin.endswith("/" + self.start["room"])
        assert note.size == len(self.events) and note.root == self.root()
        assert note.is_signed_by(self.key)

    def seal(self, secret):
        """Makes everything fit again after a change, and signs it: the forger's work."""
        before = self.first_hash()
        for number, event in enumerate(self.events, 1):
            event["seq"] = number
            event["content"] = sha256(b"\x03", *map(part_digest, event["parts"])).hex()
            before = sha256(b"\x04", before, self.header(event))
            event["hash"] = before.hex()
        old = merkle.Checkpoint.parse(self.checkpoint)
        root = base64.b64encode(self.root()).decode()
        text = f"{old.origin}\n{len(self.events)}\n{root}\ntime {old.time}\n"
        self.checkpoint = merkle.sign_note(text, old.name, secret)

    def take_key(self, secret):
        """Puts another key into the room's first document."""
        genesis = self.start["genesis"]
        self.start["genesis"] = genesis.replace(
            self.key.hex(), ed25519.public_key(secret).hex()
        )
