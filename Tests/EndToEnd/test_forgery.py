"""Proves that `luyan verify` tells a true log from a forged one, and says where it broke."""

import copy
import json
import random
import shutil
import sqlite3

import pytest

from harness import ed25519
from harness.log_file import LogFile
from harness.rounds import live_room
from harness.server import PLENTY, Server, luyan

VERIFIED, BROKEN, UNUSABLE, UNCHECKED = 0, 1, 2, 3
STRANGER = bytes(range(32))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    """A data folder, what its key signed at two moments, and logs for staff and for a visitor."""
    folder = tmp_path_factory.mktemp("forgery") / "data"
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        with server.peer(organiser) as peer:
            peer.join(room)
            for n in range(5):
                peer.ask("chat.say", room, {"text": f"early {n} 路演 \"quoted\""})
            kept = server.request("GET", f"/api/v1/rooms/{room}/checkpoint").body.decode()
            for n in range(5):
                peer.ask("chat.say", room, {"text": f"late {n}"})
        path = f"/api/v1/rooms/{room}/log"
        log = server.request("GET", path, token=organiser)
        assert log.status == 200 and "attachment" in log.fields["content-disposition"]
        visitor = server.request("GET", path).body
        key = server.key
        assert server.terminate() == 0
    secret = (folder / "key.ed25519").read_bytes()
    secret = secret if len(secret) == 32 else bytes.fromhex(secret.decode().strip())

    class Evidence:
        pass

    found = Evidence()
    found.folder, found.key, found.kept, found.secret = folder, key, kept, secret
    found.log, found.visitor = log.body, visitor
    return found


def verify(tmp_path, data, *arguments, kept=None):
    """Exit code and JSON verdict of a log file's check."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(data if isinstance(data, bytes) else data.bytes)
    if kept:
        (tmp_path / "kept.txt").write_text(kept)
        arguments = [*arguments, "--checkpoint", tmp_path / "kept.txt"]
    done = luyan("verify", file, "--json", *arguments)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def test_a_true_log_is_verified_by_both_programs(tmp_path, evidence):
    for data in (evidence.log, evidence.visitor):
        LogFile.parse(data).check()
        assert LogFile.parse(data).bytes == data
        assert verify(tmp_path, data, "--key", evidence.key)[0] == VERIFIED
        assert verify(tmp_path, data, "--key", evidence.key, kept=evidence.kept)[0] == VERIFIED
        assert verify(tmp_path, data)[0] == UNCHECKED
    assert b"early" in evidence.visitor
    folder = luyan("verify", evidence.folder, "--key", evidence.key)
    assert folder.returncode == VERIFIED, folder.stdout


def test_a_log_of_another_key_is_not_taken(tmp_path, evidence):
    assert verify(tmp_path, evidence.log, "--key", "ab" * 32)[0] == BROKEN


def test_a_changed_byte_never_passes(tmp_path, evidence):
    dice = random.Random(7)
    for _ in range(60):
        data = bytearray(evidence.log)
        place = dice.randrange(len(data))
        data[place] ^= 1 << dice.randrange(8)
        code, verdict = verify(tmp_path, bytes(data), "--key", evidence.key)
        assert code in (BROKEN, UNUSABLE), (place, verdict)


def forged(evidence, change):
    """The log with its events changed, and nothing made to fit."""
    log = LogFile.parse(evidence.log)
    change(log.events)
    return log


def swap(events):
    events[5], events[6] = events[6], events[5]


CHANGES = {
    "an event left out": (lambda events: events.pop(5), 6),
    "an event doubled": (lambda events: events.insert(5, copy.deepcopy(events[5])), 7),
    "two events swapped": (swap, 6),
    "a time changed": (lambda events: events[5].update(at=events[5]["at"] + 1), 6),
    "a part left out": (lambda events: events[5]["parts"].pop(), 6),
    "a hash changed": (lambda events: events[5].update(hash="00" * 32), 6),
}


@pytest.mark.parametrize("change, number", CHANGES.values(), ids=CHANGES.keys())
def test_the_first_event_that_does_not_fit_is_named(tmp_path, evidence, change, number):
    code, verdict = verify(tmp_path, forged(evidence, change), "--key", evidence.key)
    assert code == BROKEN and verdict["event"] == number, verdict


def reword(log):
    """Somebody said something else, says the forger."""
    for event in log.events:
        for part in event["parts"]:
            if "early 3" in part.get("text", ""):
                part["text"] = part["text"].replace("early 3", "never 3")
                return
    raise AssertionError("nothing to forge")


def test_a_log_rewritten_with_a_new_key_is_caught_by_the_key(tmp_path, evidence):
    log = LogFile.parse(evidence.log)
    reword(log)
    log.take_key(STRANGER)
    log.seal(STRANGER)
    log.check()
    assert verify(tmp_path, log)[0] == UNCHECKED, "it is consistent with itself"
    assert verify(tmp_path, log, "--key", evidence.key)[0] == BROKEN
    assert verify(tmp_path, log, kept=evidence.kept)[0] == BROKEN


def test_a_log_resealed_without_the_key_is_caught(tmp_path, evidence):
    log = LogFile.parse(evidence.log)
    reword(log)
    log.seal(STRANGER)
    assert verify(tmp_path, log)[0] == BROKEN


def test_a_log_rewritten_by_the_operator_is_caught_by_a_kept_checkpoint(tmp_path, evidence):
    log = LogFile.parse(evidence.log)
    reword(log)
    log.seal(evidence.secret)
    log.check()
    # Whoever has the key can write what nobody kept a checkpoint of: that is what keeping is for.
    assert verify(tmp_path, log, "--key", evidence.key)[0] == VERIFIED
    code, verdict = verify(tmp_path, log, "--key", evidence.key, kept=evidence.kept)
    assert code == BROKEN and "rewritten" in verdict["cause"]


def test_a_log_cut_off_by_the_operator_is_caught_by_a_kept_checkpoint(tmp_path, evidence):
    log = LogFile.parse(evidence.log)
    del log.events[4:]
    log.seal(evidence.secret)
    assert verify(tmp_path, log, "--key", evidence.key)[0] == VERIFIED
    code, verdict = verify(tmp_path, log, "--key", evidence.key, kept=evidence.kept)
    assert code == BROKEN and "cut off" in verdict["cause"]


def test_a_log_cut_off_in_the_middle_does_not_pass(tmp_path, evidence):
    lines = evidence.log.splitlines(keepends=True)
    for end in (0, 1, 5, len(lines) - 1):
        code, _ = verify(tmp_path, b"".join(lines[:end]), "--key", evidence.key)
        assert code in (BROKEN, UNUSABLE)


UNUSABLES = [b"", b"\n", b"{}\n", b"hello\n", bytes(1000), b"\x89PNG\r\n\x1a\n", b'{"log":9}\n']


@pytest.mark.parametrize("data", UNUSABLES, ids=range(len(UNUSABLES)))
def test_what_is_no_log_is_told_as_such(tmp_path, data):
    assert verify(tmp_path, data)[0] == UNUSABLE


def test_wrong_arguments_are_told(tmp_path, evidence):
    assert luyan("verify", tmp_path / "nothing").returncode == UNUSABLE
    assert luyan("verify", tmp_path).returncode == UNUSABLE
    assert verify(tmp_path, evidence.log, "--key", "abc")[0] == UNUSABLE
    assert verify(tmp_path, evidence.log, kept="no checkpoint")[0] == UNUSABLE
    assert ed25519.public_key(evidence.secret) == LogFile.parse(evidence.log).key


def verify_folder(tmp_path, folder, kept, *arguments):
    """Exit code and JSON verdicts of a data folder's check against a kept checkpoint."""
    (tmp_path / "kept.txt").write_text(kept)
    done = luyan("verify", folder, "--checkpoint", tmp_path / "kept.txt", "--json", *arguments)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_room_taken_out_of_a_data_folder_is_missed(tmp_path, evidence):
    copied = tmp_path / "data"
    shutil.copytree(evidence.folder, copied)
    with Server(copied, *PLENTY) as server:
        live_room(server)  # Another room, so that something is left to be verified.
        assert server.terminate() == 0
    asked = ("--key", evidence.key)
    assert verify_folder(tmp_path, copied, evidence.kept, *asked)[0] == VERIFIED
    room = evidence.kept.splitlines()[0].rpartition("/")[2]
    with sqlite3.connect(copied / "events.sqlite") as store:
        (number,) = store.execute(
            "SELECT number FROM rooms WHERE id = ?", (bytes.fromhex(room),)
        ).fetchone()
        for table in ("events", "heads", "checkpoints"):
            store.execute(f"DELETE FROM {table} WHERE room = ?", (number,))
        store.execute("DELETE FROM rooms WHERE number = ?", (number,))
    store.close()
    assert luyan("verify", copied, *asked).returncode == VERIFIED, "nothing else tells of it"
    code, verdicts = verify_folder(tmp_path, copied, evidence.kept, *asked)
    assert code == BROKEN
    assert [verdict["verdict"] for verdict in verdicts] == ["verified", "broken"]
    assert room in verdicts[1]["cause"] and "gone" in verdicts[1]["cause"]


@pytest.mark.parametrize("name", ["luyan", "elsewhere"])
def test_the_checkpoint_of_another_server_accuses_nobody(tmp_path, evidence, name):
    with Server(tmp_path / "data", "--set", f"server.name={name}", *PLENTY) as other:
        live_room(other)
        assert other.terminate() == 0
    code, verdicts = verify_folder(tmp_path, other.folder, evidence.kept, "--key", other.key)
    assert code == UNUSABLE
    assert [verdict["verdict"] for verdict in verdicts] == ["verified", "unusable"]


def test_a_data_folder_changed_behind_our_back_is_told(evidence):
    file = evidence.folder / "events.sqlite"
    with sqlite3.connect(file) as connection:
        (content,) = connection.execute(
            "SELECT content FROM events WHERE instr(content, 'early 3')"
        ).fetchone()
        connection.execute(
            "UPDATE events SET content = ? WHERE content = ?",
            (content.replace(b"early 3", b"never 3"), content),
        )
    connection.close()
    done = luyan("verify", evidence.folder, "--key", evidence.key)
    assert done.returncode == BROKEN and "event" in done.stdout
