# Proves the rules of the stage over the wire: what a plan may say, and who misses a turn.

import pytest

from harness.media import MediaPeer
from harness.peer import Refused

RULES = {"atZero": "cut", "noShow": "forfeit", "awaitMs": 0, "graceMs": 45_000, "outcome": "kept",
         "anonymous": True}
DEFAULT = {"atZero": "move_on", "noShow": "last", "awaitMs": 180_000, "graceMs": 30_000,
           "outcome": "published", "anonymous": False}


def live_room(server, **plan):
    room = server.make_room(server.organiser, **plan)
    host = server.peer(server.organiser)
    host.join(room)
    for command in ("room.open", "room.start"):
        host.ask(command, room)
    host.ask("slot.call", room, {"slot": "1"})
    return room, host


@pytest.mark.parametrize("given, expected", [
    ({}, DEFAULT), ({"rules": None}, DEFAULT), ({"rules": {}}, DEFAULT),
    ({"rules": {"atZero": "warn"}}, DEFAULT | {"atZero": "warn"}), ({"rules": RULES}, RULES),
])
def test_a_room_has_the_rules_of_its_plan(shared, given, expected):
    room = shared.make_room(shared.organiser, **given)
    with shared.peer(shared.organiser) as host:
        assert host.join(room)["snapshot"]["rules"] == expected


@pytest.mark.parametrize("rules, code, field", [
    (7, "command.malformed", "rules."), ({"atZero": "stop"}, "command.malformed", "rules.atZero"),
    ({"noShow": 1}, "command.malformed", "rules.noShow"),
    ({"awaitMs": -1}, "command.malformed", "rules.awaitMs"),
    ({"outcome": "secret"}, "command.malformed", "rules.outcome"),
    ({"anonymous": "yes"}, "command.malformed", "rules.anonymous"),
    ({"awaitMs": 3_600_001}, "room.bad_plan", "rules.awaitMs"),
    ({"graceMs": 600_001}, "room.bad_plan", "rules.graceMs"),
])
def test_other_rules_are_refused(shared, rules, code, field):
    plan = {"title": "x", "startsAt": 1, "slots": [{"title": "y"}], "rules": rules}
    answer = shared.request("POST", "/api/v1/rooms", plan, token=shared.organiser)
    assert answer.status in (400, 422), answer
    assert answer.json["code"] == code, answer
    assert answer.json["data"]["field"].startswith(field), answer


@pytest.mark.parametrize("readers, visitor, member", [
    ("published", 200, 200), ("members", 401, 200), ("kept", 403, 403),
])
def test_the_outcome_is_for_those_whom_the_rules_name(shared, readers, visitor, member):
    room, host = live_room(shared, rules={"outcome": readers})
    token = shared.guest("Ann")
    with shared.peer(token) as ann:
        ann.join(room)
    auditor = shared.sign_in("auditor", room=room, name="Au")
    with shared.peer(auditor) as peer:
        peer.join(room)
    host.ask("room.end", room)
    host.ask("room.end_confirm", room)
    host.close()
    path = f"/api/v1/rooms/{room}/outcome"
    for caller, status in ((None, visitor), (token, member), (auditor, 200), (shared.organiser, 200)):
        for form in ("json", "md", "csv"):
            assert shared.request("GET", f"{path}?format={form}", token=caller).status == status


def test_questions_may_be_anonymous_from_the_start(shared):
    room, host = live_room(shared, rules={"anonymous": True})
    with shared.peer(shared.guest("Ann")) as ann:
        ann.join(room)
        ann.ask("question.ask", room, {"text": "why?", "anonymous": True})
    host.close()


def test_who_is_missing_comes_last_and_is_forfeited_the_second_time(shared):
    room, host = live_room(shared, slots=3, rules={"awaitMs": 0})
    for forfeited, state in ((False, "waiting"), (True, "skipped")):
        host.ask("slot.no_show", room)
        snapshot = host.join(room)["snapshot"]
        last = snapshot["slots"][-1]
        assert [slot["id"] for slot in snapshot["slots"]] == ["2", "3", "1"]
        assert (last["state"], last["absences"]) == (state, 1 + forfeited)
        assert snapshot["stage"] is None
        if not forfeited:
            host.ask("slot.call", room, {"slot": "1"})
    host.close()


def test_nobody_is_missing_before_the_time(shared):
    room, host = live_room(shared)
    called = host.join(room)["snapshot"]["calledAt"]
    with pytest.raises(Refused) as refusal:
        host.ask("slot.no_show", room)
    assert refusal.value.code == "slot.still_awaited"
    assert refusal.value.data == {"slot": "1", "until": called + 180_000}
    host.close()


def test_a_presenter_whose_time_is_up_is_not_heard_until_there_is_more(shared):
    plan = {"title": "x", "startsAt": 1, "slots": [{"title": "Short", "pitchMinutes": 1}],
            "rules": {"atZero": "cut"}}
    room = shared.request("POST", "/api/v1/rooms", plan, token=shared.organiser).json["room"]
    token = shared.guest("Ann")
    with shared.peer(shared.organiser, timeout=90) as host:
        host.join(room)
        with shared.peer(token) as presenter:
            member = presenter.join(room)["you"]["member"]
        host.ask("member.set_roles", room, {"member": member, "roles": ["presenter"], "slots": ["1"]})
        for command in ("room.open", "room.start"):
            host.ask(command, room)
        host.ask("slot.call", room, {"slot": "1"})
        host.ask("pitch.start", room)
        host.event(room, "overtime.started")
        with MediaPeer(shared.url, room, token) as voice, MediaPeer(shared.url, room) as listener:
            listener.join()
            track = voice.publish()
            assert listener.track()["byStaff"] is True
            host.ask("clock.extend", room, {"ms": 60_000})
            listener.track(lambda told: not told["byStaff"])
            voice.give(track, b"heard again")
            assert listener.frame().payload == b"heard again"
