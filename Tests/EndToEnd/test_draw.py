"""Proves the draw of an order through the server: two presenters contribute, a restart in the middle loses
nothing, nobody is told the seed early, and both verifiers recompute the outcome and refuse another."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.log_file import LogFile
from harness.peer import Refused
from harness.server import PLENTY, Server, luyan

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
GIVEN = {"1": "11" * 32, "2": "22" * 32}


def commitment(contribution):
    return hashlib.sha256(bytes.fromhex(contribution)).hexdigest()


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A data folder with a draw that outlived a restart, and the log that a visitor downloads."""
    folder = tmp_path_factory.mktemp("draw") / "data"
    with Server(folder, *PLENTY) as server:
        organiser = server.sign_in("organiser")
        room = server.make_room(organiser, slots=3)
        tokens = {slot: server.sign_in("presenter", room=room, slot=slot) for slot in GIVEN}
        with server.peer(organiser) as host:
            host.join(room)
            draw = str(host.ask("draw.start", room)["seq"])
        for slot, contribution in GIVEN.items():
            with server.peer(tokens[slot]) as presenter:
                presenter.join(room)
                presenter.ask("draw.commit", room, {
                    "draw": draw, "slot": slot, "commitment": commitment(contribution)})
        early = server.request("GET", f"/api/v1/rooms/{room}/log", token=organiser).body
        server.restart()
        with server.peer(organiser) as host:
            host.join(room)
            host.ask("draw.close", room, {"draw": draw})
        with server.peer(tokens["1"]) as presenter:
            presenter.join(room)
            told = {"draw": draw, "slot": "1"}
            with pytest.raises(Refused) as refused:
                presenter.ask("draw.reveal", room, told | {"contribution": GIVEN["2"]})
            assert refused.value.code == "draw.mismatch"
            presenter.ask("draw.reveal", room, told | {"contribution": GIVEN["1"]})
        with server.peer(organiser) as host:
            host.join(room)
            host.ask("draw.finish", room, {"draw": draw})
            snapshot = host.join(room)["snapshot"]
        log = server.request("GET", f"/api/v1/rooms/{room}/log").body
        key = server.key
        assert server.terminate() == 0
    secret = (folder / "key.ed25519").read_bytes()
    secret = secret if len(secret) == 32 else bytes.fromhex(secret.decode().strip())
    return folder, key, secret, early, log, snapshot


def test_the_seed_is_told_with_the_outcome_alone(drawn):
    _, _, _, early, log, snapshot = drawn
    draw = snapshot["draw"]
    assert commitment(draw["seed"]) == draw["commitment"]
    assert draw["seed"].encode() not in early and draw["seed"].encode() in log
    assert draw["order"] == [slot["id"] for slot in snapshot["slots"]]
    contributions = {one["slot"]: one["contribution"] for one in draw["contributions"]}
    assert contributions == {"1": GIVEN["1"], "2": None}


def check(tmp_path, log, key):
    """What both verifiers say of a log."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(log)
    ours = luyan("verify", file, "--json", "--key", key)
    other = subprocess.run([sys.executable, SCRIPTS / "verify.py", file, "--key", key],
                           capture_output=True, text=True, check=False)
    return (ours.returncode, json.loads(ours.stdout)), (other.returncode, other.stdout)


def test_both_verifiers_recompute_it(drawn, tmp_path):
    folder, key, _, _, log, _ = drawn
    (code, verdict), (other, _) = check(tmp_path, log, key)
    assert (code, verdict["draws"], other) == (0, 1, 0)
    assert luyan("verify", folder, "--key", key).returncode == 0


@pytest.mark.parametrize("member, change, cause", [
    ("order", lambda order: order[::-1], "drawn order does not follow"),
    ("seed", lambda seed: "00" * 32, "seed is not the one"),
    ("contribution", lambda given: "00" * 32, "contribution is not"),
])
def test_a_server_that_tells_another_outcome_is_found_out(drawn, tmp_path, member, change, cause):
    _, key, secret, _, log, _ = drawn
    forged = LogFile.parse(log)

    def lie(text):
        body = json.loads(text)
        if body.get("type", "").startswith("draw.") and member in body["data"]:
            body["data"][member] = change(body["data"][member])
            return json.dumps(body, separators=(",", ":"), ensure_ascii=False)
        return text

    for event in forged.events:
        for part in event["parts"]:
            if "text" in part:
                part["text"] = lie(part["text"])
    forged.seal(secret)
    (code, verdict), (other, said) = check(tmp_path, forged.bytes, key)
    assert (code, verdict["verdict"], other) == (1, "broken", 1)
    assert cause in verdict["cause"] and cause in said
