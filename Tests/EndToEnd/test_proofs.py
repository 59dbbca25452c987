"""Proves that a stranger can check the log's hashes, tree and signatures with other code than ours."""

import hashlib

import pytest

from harness import merkle
from harness.ledger_check import all_events
from harness.merkle import Checkpoint


def part_digest(part):
    if "digest" in part:
        return bytes.fromhex(part["digest"])
    audience = part["audience"].encode()
    return hashlib.sha256(
        b"\x02" + bytes.fromhex(part["salt"]) + bytes([len(audience)]) + audience
        + part["bytes"].encode()
    ).digest()


@pytest.fixture
def talked(shared, room):
    """A room in which something was said, and the numbers of those events."""
    with shared.peer(shared.guest("Ann")) as ann:
        ann.join(room)
        for text in ("one", "two 路演", 'three "quoted" \\ and\ttabbed'):
            ann.ask("chat.say", room, {"text": text})
        ann.flush()
        return room, [event["seq"] for event in ann.rooms[room].events]


def server_key(server):
    """The raw public key, which has to be the one of the fingerprint that was announced."""
    site = server.request("GET", "/api/v1/site").json
    key = bytes.fromhex(site["publicKey"])
    assert hashlib.sha256(key).hexdigest() == site["key"] == server.key
    return key, site["serverName"]


@pytest.mark.parametrize("reader", ["visitor", "organiser"])
def test_an_event_is_proven_by_its_parts_and_its_place(shared, talked, reader):
    room, numbers = talked
    key, name = server_key(shared)
    token = shared.organiser if reader == "organiser" else None
    hashes = {e["seq"]: e["hash"] for e in all_events(shared, room, shared.organiser)}
    for seq in numbers:
        proof = shared.request("GET", f"/api/v1/rooms/{room}/events/{seq}/proof", token=token).json
        header = bytes.fromhex(proof["header"])
        assert len(header) == 65 and header[0] == 1
        assert header[1:17].hex() == room
        assert int.from_bytes(header[17:25], "big") == seq
        content = hashlib.sha256(b"\x03" + b"".join(map(part_digest, proof["parts"]))).digest()
        assert header[33:] == content
        before = bytes.fromhex(proof["previous"])
        assert hashes[seq - 1] == proof["previous"] and hashes[seq] == proof["hash"]
        assert hashlib.sha256(b"\x04" + before + header).hexdigest() == proof["hash"]
        checkpoint = Checkpoint.parse(proof["checkpoint"])
        assert checkpoint.origin == f"luyan/{name}/{room}" and checkpoint.is_signed_by(key)
        steps = [bytes.fromhex(step) for step in proof["proof"]]
        leaf = merkle.leaf_hash(bytes.fromhex(proof["hash"]))
        assert merkle.includes(leaf, seq - 1, checkpoint.size, checkpoint.root, steps)
        assert not merkle.includes(leaf, seq, checkpoint.size, checkpoint.root, steps)
        if reader == "visitor":
            assert all(part["audience"] == "everyone" for part in proof["parts"] if "salt" in part)


def test_the_checkpoint_is_the_root_of_all_events(shared, talked):
    room, _ = talked
    key, _ = server_key(shared)
    events = all_events(shared, room, shared.organiser)
    note = shared.request("GET", f"/api/v1/rooms/{room}/checkpoint").body.decode()
    checkpoint = Checkpoint.parse(note)
    assert checkpoint.is_signed_by(key)
    hashes = [bytes.fromhex(event["hash"]) for event in events]
    assert len(hashes) == checkpoint.size, "staff sees something of every event"
    assert merkle.root([merkle.leaf_hash(digest) for digest in hashes]) == checkpoint.root


def test_a_kept_checkpoint_is_continued(shared, room):
    key, _ = server_key(shared)
    with shared.peer(shared.guest("Ann")) as ann:
        for size in (1, 2, 5, 9):
            old = Checkpoint.parse(ann.join(room)["checkpoint"])
            for n in range(size):
                ann.ask("chat.say", room, {"text": f"{n}"})
            joined = ann.join(room, checkpoint=old.note)
            new, between = Checkpoint.parse(joined["checkpoint"]), joined["consistency"]
            assert new.is_signed_by(key) and new.time >= old.time
            assert (between["from"], between["to"]) == (old.size, new.size)
            hashes = [bytes.fromhex(digest) for digest in between["hashes"]]
            assert merkle.continues(old.size, old.root, new.size, new.root, hashes)
            assert not merkle.continues(old.size, new.root, new.size, old.root, hashes)


def test_checkpoints_are_told_to_who_listens(shared, room):
    key, _ = server_key(shared)
    with shared.peer(shared.guest("Ann")) as ann:
        ann.join(room)
        ann.ask("chat.say", room, {"text": "worth a checkpoint"})
        seq = ann.event(room, "chat.said")["seq"]
        data = ann.signal(
            room, "checkpoint", lambda data: Checkpoint.parse(data["note"]).size >= seq
        )
        assert Checkpoint.parse(data["note"]).is_signed_by(key)
