"""The log's tree and its checkpoints (RFC 6962, RFC 9162, C2SP signed notes), checked from outside."""

import base64
import hashlib
from dataclasses import dataclass

from . import ed25519


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves):
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root(leaves[:split]), root(leaves[split:]))


def includes(leaf, index, size, expected_root, proof):
    """RFC 9162 §2.1.3.2."""
    if index >= size:
        return False
    place, last, value = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(step, value)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            value = node_hash(value, step)
        place, last = place >> 1, last >> 1
    return last == 0 and value == expected_root


def continues(old_size, old_root, new_size, new_root, proof):
    """RFC 9162 §2.1.4.2."""
    proof = list(proof)
    if old_size == new_size:
        return not proof and old_root == new_root
    if not 0 < old_size < new_size or not proof:
        return False
    if old_size & old_size - 1 == 0:
        proof.insert(0, old_root)
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = proof[0]
    for step in proof[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


@dataclass
class Checkpoint:
    """A signed note, taken apart."""

    note: str
    origin: str
    size: int
    root: bytes
    time: int
    name: str
    signature: bytes
    key_id: bytes

    @classmethod
    def parse(cls, note):
        body, _, signatures = note.partition("\n\n")
        origin, size, digest, *extensions = body.split("\n")
        (time,) = [line[5:] for line in extensions if line.startswith("time ")]
        (line,) = [line for line in signatures.split("\n") if line]
        dash, name, blob = line.split(" ")
        assert dash == "\u2014"
        raw = base64.b64decode(blob, validate=True)
        return cls(
            note, origin, int(size), base64.b64decode(digest, validate=True), int(time), name,
            raw[4:], raw[:4],
        )

    @property
    def text(self):
        """What was signed."""
        return self.note.partition("\n\n")[0] + "\n"

    def is_signed_by(self, key):
        wanted = hashlib.sha256(self.name.encode() + b"\n\x01" + key).digest()[:4]
        return wanted == self.key_id and ed25519.is_valid(
            key, self.text.encode(), self.signature
        )


def sign_note(text, name, secret):
    """A signed note of that text."""
    key = ed25519.public_key(secret)
    key_id = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
    blob = base64.b64encode(key_id + ed25519.sign(secret, text.encode())).decode()
    return f"{text}\n\u2014 {name} {blob}\n"
