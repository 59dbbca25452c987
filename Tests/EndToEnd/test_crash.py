"""Proves that what was acknowledged survives `kill -9`, and that nothing sent again is doubled."""

import random
import os

import pytest

from harness.ledger_check import all_events, check_told, said
from harness.peer import Refused
from harness.server import PLENTY, Server, luyan
from harness.websocket import Closed

KILLS = 50
BURST = 64  # commands sent at once
IN_FLIGHT = 32  # at least so many are unanswered at each kill
SEED = int(os.environ.get("SEED", "20260"))


def live_room(server):
    organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(organiser)
    with server.peer(organiser) as peer:
        peer.join(room)
        peer.ask("room.open", room)
        peer.ask("room.start", room)
    return organiser, room


def take_until_the_end(peer):
    """Takes what the server had still sent before it died."""
    try:
        while True:
            peer.pump()
    except (Closed, OSError):
        pass


def told_to(peer, room):
    return {event["seq"]: event["hash"] for event in peer.rooms[room].events}


def test_fifty_kills_lose_nothing_and_double_nothing(folder):
    dice = random.Random(SEED)
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        writer = server.peer(server.guest("Writer"))
        watcher = server.peer(server.guest("Watcher"))
        writer.join(room)
        watcher.join(room)
        answers, told = {}, {}
        for kill in range(KILLS):
            batch = {f"k{kill}-{n}": f"round {kill} line {n}" for n in range(BURST)}
            for id, text in batch.items():
                writer.send("chat.say", room, {"text": text}, id=id)
            heard = dice.randrange(0, BURST - IN_FLIGHT)
            while len(batch.keys() & writer.answers.keys()) < heard:
                writer.pump()
                if len(batch.keys() & writer.answers.keys()) > BURST - IN_FLIGHT:
                    break
            server.kill()
            take_until_the_end(writer)
            take_until_the_end(watcher)
            answers |= {id: m["ok"] for id, m in writer.answers.items() if id in batch}
            told |= told_to(watcher, room) | told_to(writer, room)
            server.start()
            for peer in (writer, watcher):
                peer.url = server.url
                peer.forget_answers()
                peer.reconnect()
                peer.rejoin(room)
            # Everything goes out again: what was answered before has to be answered the same.
            for id, text in batch.items():
                writer.send("chat.say", room, {"text": text}, id=id)
            for id in batch:
                again = writer.answer(id)
                assert answers.setdefault(id, again) == again, f"seed {SEED}: {id} changed"
            writer.forget_answers()
        watcher.flush()
        told |= told_to(watcher, room)
        events = all_events(server, room, organiser)
        check_told(events, told)
        expected = {f"round {kill} line {n}" for kill in range(KILLS) for n in range(BURST)}
        found = said(events)
        assert found.keys() == expected, f"seed {SEED}: lost {sorted(expected - found.keys())[:5]}"
        doubled = {text: seqs for text, seqs in found.items() if len(seqs) != 1}
        assert not doubled, f"seed {SEED}: doubled {doubled}"
        # The watcher saw each of them, in order and once, across all the restarts.
        assert said(watcher.rooms[room].events).keys() == expected
        key = server.key
        assert server.terminate() == 0
    done = luyan("verify", folder, "--key", key)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_running_clock_goes_on_where_it_stood(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        with server.peer(organiser) as staff:
            staff.join(room)
            staff.ask("slot.ready", room, {"slot": "1"})
            staff.ask("slot.call", room, {"slot": "1"})
            staff.ask("pitch.start", room)
            started = staff.event(room, "pitch.started")
            server.kill()
            server.start()
            staff.url = server.url
            staff.reconnect()
            staff.rejoin(room)
            shifted = staff.event(room, "clock.shifted")
            shift = shifted["data"]["ms"]
            # The mark is at most a second old when the server dies; downtime counts on top.
            assert 0 <= shift <= shifted["at"] - started["at"]
            assert shifted["data"]["endsAt"] == started["data"]["endsAt"] + shift
            assert staff.join(room)["snapshot"]["clock"]["endsAt"] == shifted["data"]["endsAt"]


def test_sessions_links_and_rooms_survive(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        link = server.invite("presenter", room=room, slot="2")
        guest = server.guest("Guest")
        with server.peer(guest) as peer:
            before = peer.join(room)["you"]["member"]
        server.restart()
        with server.peer(guest) as peer:
            assert peer.join(room)["you"]["member"] == before
            peer.ask("chat.say", room, {"text": "still me"})
        answer = server.request("POST", "/api/v1/session/invite", {"token": link, "name": "P"})
        assert answer.json["room"] == room
        used = server.request("POST", "/api/v1/session/invite", {"token": link, "name": "P"})
        assert used.status == 403


def test_a_term_signal_drains(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        with server.peer(server.guest("Ann")) as ann, server.peer() as visitor:
            ann.join(room)
            visitor.join(room)
            ids = [ann.send("chat.say", room, {"text": f"{n}"}) for n in range(IN_FLIGHT)]
            ann.answer(ids[0])
            assert server.terminate() == 0
            assert ann.closing() == 1012
            assert visitor.closing() == 1012
            signals = [item["signal"] for item in visitor.loose if "signal" in item]
            assert "drain" in signals
            answered = [id for id in ids if id in ann.answers]
        server.start()
        found = said(all_events(server, room, organiser))
        for n, id in enumerate(ids):
            if id in answered:
                assert len(found[str(n)]) == 1


def test_a_second_term_signal_ends_at_once(folder):
    with Server(folder, "--set", "server.drain_ms=600000") as server:
        with server.peer() as idle:
            server.process.terminate()
            assert idle.closing() == 1012
            server.process.terminate()
            server.process.wait(10)


def test_a_checkpoint_kept_from_before_the_crash_is_continued(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        with server.peer(server.guest("Ann")) as ann:
            note = ann.join(room)["checkpoint"]
            for n in range(10):
                ann.ask("chat.say", room, {"text": f"{n}"})
            server.kill()
            server.start()
            ann.url = server.url
            ann.reconnect()
            joined = ann.join(room, checkpoint=note)
            consistency = joined["consistency"]
            assert consistency["from"] == int(note.split("\n")[1])
            assert consistency["to"] >= consistency["from"] + 10
            assert consistency["hashes"]
            # A log that is shorter than what was promised is told as such.
            lines = note.split("\n")
            with pytest.raises(Refused) as caught:
                ann.join(room, checkpoint="\n".join([lines[0], "999999", *lines[2:]]))
            assert caught.value.code in ("checkpoint.not_ours", "checkpoint.ahead")
