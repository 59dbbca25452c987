"""Proves that `luyan bench` measures a server that works, and says so of one that does not."""

import json

import pytest

from harness.server import PLENTY, Server, luyan

FIGURES = {
    "openingMs", "joinMs", "answerMs", "deliveriesPerSecond", "deliveryMs", "deliveredBytes",
    "chatMs", "cpuMicrosecondsPerDelivery", "cpuPercent", "residentBytes", "bytesPerConnection",
}


def bench(server, *arguments):
    link = f"{server.url}/join#{server.invite('organiser')}"
    return luyan(
        "bench", "--url", server.url, "--link", link, "--pid", server.process.pid,
        "--senders", 3, "--seconds", 1, "--rate", 20, *arguments,
    )


def test_the_figures_of_a_server_that_serves_everybody(server):
    done = bench(server, "--viewers", 40, "--members", 5, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["clean"] is True and found["fault"] is None
    assert (found["joinedViewers"], found["joinedSenders"]) == (40, 3)
    assert found["sent"] == found["accepted"] == 20
    assert found["deliveries"] == found["expected"] == 20 * 40
    faults = ("missing", "gaps", "lost", "refused", "unanswered")
    assert {name: found[name] for name in faults} == dict.fromkeys(faults, 0)
    assert FIGURES <= set(found)
    for name in FIGURES - {"bytesPerConnection"}:  # memory may have been there before
        values = found[name].values() if isinstance(found[name], dict) else [found[name]]
        assert all(value > 0 for value in values), (name, found[name])
    for name in ("joinMs", "answerMs", "deliveryMs"):
        times = found[name]
        assert times["p50"] <= times["p95"] <= times["p99"], (name, times)


def test_members_vote_and_senders_react(server):
    organiser = server.sign_in("organiser")
    room = server.make_room(organiser)
    with server.peer(organiser) as host:
        host.join(room)
        host.ask("room.open", room)
        poll = host.ask("poll.open", room, {"kind": "yes_no", "question": "Yes?", "results": "live"})
        done = bench(server, "--room", room, "--viewers", 6, "--members", 4, "--reactions", 30,
                     "--poll", poll["seq"], "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        found = json.loads(done.stdout)
        assert found["votes"] == 4 and found["voteMs"]["p50"] > 0
        assert found["reactions"] > 10 and found["bytesPerMinute"] > 0
        closed = host.ask("poll.close", room, {"poll": str(poll["seq"])})
        host.until(lambda: host.rooms[room].of_type("poll.closed"))
        told = host.rooms[room].of_type("poll.closed")[0]["data"]
        assert closed["seq"] and (told["voters"], told["counts"]) == (4, [2, 2])


def test_the_table_for_people(server):
    done = bench(server, "--viewers", 5)
    assert done.returncode == 0, done.stdout + done.stderr
    for row in ("viewers joined", "5 of 5", "delivery time", "p95", "server CPU", "server memory"):
        assert row in done.stdout
    assert "first fault" not in done.stdout


def test_a_server_that_turns_viewers_away_is_not_clean(folder):
    with Server(folder, *PLENTY, "--set", "limits.connections=20") as server:
        done = bench(server, "--viewers", 40, "--json")
        assert done.returncode == 1, done.stdout + done.stderr
        found = json.loads(done.stdout)
        assert found["clean"] is False and found["lost"] > 0 and found["fault"]
        assert found["joinedViewers"] < 40


@pytest.mark.parametrize("arguments, code", [
    (["--url", "http://127.0.0.1:1", "--room", "0" * 32], 69),
    (["--url", "http://127.0.0.1:1"], 64),
    (["--url", "http://127.0.0.1:1", "--room", "0" * 32, "--viewers", "0"], 64),
])
def test_what_cannot_be_measured_is_told(arguments, code):
    done = luyan("bench", *arguments)
    assert done.returncode == code and done.stderr
