"""Proves that what was acknowledged survives `kill -9`, and that nothing sent again is doubled."""

import os
import random

import pytest

from harness.images import picture
from harness.ledger_check import all_events, said
from harness.peer import Refused, merged
from harness.rounds import Crowd, live_room, take_until_the_end
from harness.server import PLENTY, Server, luyan

KILLS = 50
SEED = int(os.environ.get("SEED", "20260"))


def test_fifty_kills_lose_nothing_and_double_nothing(folder):
    dice = random.Random(SEED)
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        crowd = Crowd(server, room)
        for kill in range(KILLS):
            crowd.send_burst(f"k{kill}", heard=dice.randrange(Crowd.BURST - Crowd.IN_FLIGHT))
            server.kill()
            crowd.note_what_was_told()
            server.start()
            crowd.come_back()
            crowd.send_again()
        crowd.check(all_events(server, room, organiser))
        crowd.close()
        key = server.key
        assert server.terminate() == 0
    done = luyan("verify", folder, "--key", key)
    assert done.returncode == 0, done.stdout + done.stderr


def show_commands(name):
    """A burst of what a moderator does in a pitch: ids, each with its type and data."""
    kinds = [
        lambda n: ("chat.say", {"text": f"{name} says {n}"}),
        lambda n: ("question.ask", {"text": f"{name} asks {n}", "slot": "1"}),
        lambda n: ("slide.show", {"slot": "1", "page": n // len(EVENT_OF) % 3 + 1}),
        lambda n: ("clock.pause", {}),
        lambda n: ("clock.extend", {"ms": 1_000 + n, "reason": f"{name} {n}"}),
        lambda n: ("clock.resume", {}),
    ]
    return {f"{name}-{n}": kinds[n % len(kinds)](n) for n in range(66)}


EVENT_OF = {
    "chat.say": "chat.said", "question.ask": "question.asked", "slide.show": "slide.shown",
    "clock.pause": "clock.paused", "clock.resume": "clock.resumed", "clock.extend": "clock.extended",
}


def test_kills_amid_clock_slides_and_questions(folder):
    dice = random.Random(SEED)
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server, slots=1)
        files = [
            server.request("POST", f"/api/v1/rooms/{room}/files", picture(n), token=organiser)
            .json["file"] for n in range(3)
        ]
        accepted, kinds = {}, {}
        with server.peer(organiser) as staff:
            staff.join(room)
            staff.ask("slides.place", room, {"slot": "1", "files": files})
            staff.ask("slot.call", room, {"slot": "1"})
            staff.ask("pitch.start", room)
            for kill in range(10):
                burst = show_commands(f"k{kill}")
                for id, (kind, data) in burst.items():
                    kinds[id] = kind
                    staff.send(kind, room, data, id=id)
                heard = dice.randrange(len(burst) - Crowd.IN_FLIGHT)
                while len(staff.answers) < heard:
                    staff.pump()
                server.kill()
                take_until_the_end(staff)
                told = {id: m["ok"] for id, m in staff.answers.items() if "ok" in m}
                staff.forget_answers()
                server.start()
                staff.url = server.url
                staff.reconnect()
                staff.rejoin(room)
                for id, (kind, data) in burst.items():
                    staff.send(kind, room, data, id=id)
                staff.until(lambda: burst.keys() <= staff.answers.keys())
                for id in burst:
                    again = staff.answers[id].get("ok")
                    # What was refused may be taken now; what was taken has its first answer, but for
                    # a page that was shown already: that is no event, and nobody remembers it.
                    assert id not in told or again == told[id] or kinds[id] == "slide.show", id
                    if again is not None:
                        accepted[id] = again["seq"]
                staff.forget_answers()
        events = {event["seq"]: merged(event) for event in all_events(server, room, organiser)}
        for kind, happened in EVENT_OF.items():
            of_kind = [seq for id, seq in accepted.items() if kinds[id] == kind]
            caused = {seq for seq, event in events.items() if event["type"] == happened}
            assert of_kind and caused, kind
            if kind == "slide.show":  # The page that is shown already is no event.
                assert caused <= set(of_kind)
            else:
                assert sorted(of_kind) == sorted(caused), kind
        key = server.key
        assert server.terminate() == 0
    assert luyan("verify", folder, "--key", key).returncode == 0


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
            ids = [ann.send("chat.say", room, {"text": f"{n}"}) for n in range(32)]
            ann.answer(ids[0])
            assert server.terminate() == 0
            assert ann.closing() == 1012
            assert visitor.closing() == 1012
            signals = [item["signal"] for item in visitor.loose if "signal" in item]
            assert "drain" in signals
            # One that came during the drain may be told to wait: it is not kept.
            answered = [id for id in ids if "ok" in ann.answers.get(id, {})]
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
