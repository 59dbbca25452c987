"""Proves that an event holds rooms in its order, tells no more of them than they do, opens those behind a
code by one code, and outlives a restart.
"""

import time

import pytest

from harness.server import PLENTY, Server


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("events") / "data", *PLENTY) as running:
        running.organiser = running.sign_in("organiser", name="Olga")
        yield running


def ask(site, method, path, body=None, token=None):
    return site.request(method, f"/api/v1/{path}", body, token=token or site.organiser)


def make(site, **profile):
    answer = ask(site, "POST", "events", {"title": "活动"} | profile)
    assert answer.status == 201, answer.body
    return answer.json["event"]


def fill(site, event, *rooms, **profile):
    body = {"title": "活动", "rooms": [{"room": room, "hall": hall} for room, hall in rooms]}
    return ask(site, "POST", f"events/{event}", body | profile)


def test_what_is_said_is_shown(site):
    profile = {"title": " 成果  转化大会 ", "introduction": "一\n二", "venue": "会展中心", "language": "en"}
    event = make(site, **profile)
    shown = ask(site, "GET", f"events/{event}").json
    assert shown["mine"] and shown["rooms"] == []
    assert {name: shown[name] for name in profile} == profile | {"title": "成果 转化大会"}
    stranger = site.request("GET", f"/api/v1/events/{event}").json
    assert not stranger["mine"] and "candidates" not in stranger
    # Without a room it is listed for its organiser alone.
    listed = {one["event"] for one in ask(site, "GET", "events").json["events"]}
    public = {one["event"] for one in site.request("GET", "/api/v1/events").json["events"]}
    assert event in listed and event not in public


@pytest.mark.parametrize(("change", "field"), [
    ({"title": ""}, "title"), ({"title": "a" * 201}, "title"), ({"title": "a\u0007"}, "title"),
    ({"title": 1}, "title"), ({"venue": "v" * 201}, "venue"), ({"venue": 3}, "venue"),
    ({"introduction": "i" * 4001}, "introduction"), ({"introduction": "a\u0000"}, "introduction"),
    ({"language": "fr"}, "language"), ({"id": ""}, "id"), ({"id": "i" * 65}, "id"),
])
def test_a_bad_field_is_named(site, change, field):
    answer = ask(site, "POST", "events", {"title": "活动"} | change)
    assert (answer.status, answer.json["code"]) == (400, "command.malformed")
    assert answer.json["data"]["field"] == field


@pytest.mark.parametrize(("rooms", "field"), [
    (1, "rooms"), ([1], "rooms.room"), ([{"room": "x"}], "rooms.room"),
    ([{"room": "0" * 32, "hall": "h" * 201}], "hall"),
    ([{"room": "0" * 32}, {"room": "0" * 32}], "rooms.room"),
])
def test_a_bad_room_is_named(site, rooms, field):
    event = make(site)
    answer = ask(site, "POST", f"events/{event}", {"title": "活动", "rooms": rooms})
    assert (answer.status, answer.json["data"]["field"]) == (400, field)


def test_the_same_request_makes_one_event(site):
    first, again = make(site, id="once"), make(site, id="once", title="Other")
    assert first == again and make(site, id="twice") != first
    other = site.sign_in("organiser", name="Other")
    assert ask(site, "POST", "events", {"title": "T", "id": "once"}, other).json["event"] != first


def test_rooms_stand_in_the_order_given(site):
    event = make(site)
    one, two, three = (site.make_room(site.organiser, title=f"R{n}") for n in range(3))
    candidates = {c["room"] for c in ask(site, "GET", f"events/{event}").json["candidates"]}
    assert {one, two, three} <= candidates
    shown = fill(site, event, (two, "主会场"), (one, ""), (three, "分会场")).json
    assert [(r["room"], r["hall"]) for r in shown["rooms"]] == [
        (two, "主会场"), (one, None), (three, "分会场")]
    assert not {one, two, three} & {c["room"] for c in shown["candidates"]}
    shown = fill(site, event, (three, "A"), (two, "B")).json
    assert [r["room"] for r in shown["rooms"]] == [three, two]
    assert one in {c["room"] for c in shown["candidates"]}
    # Each room says where it stands.
    stands = site.request("GET", f"/api/v1/rooms/{two}").json
    assert (stands["event"]["event"], stands["hall"]) == (event, "B")
    assert "event" not in site.request("GET", f"/api/v1/rooms/{one}").json


def test_a_room_stands_in_one_event_and_is_put_there_by_its_moderator(site):
    first, second = make(site), make(site)
    room = site.make_room(site.organiser)
    assert fill(site, first, (room, None)).status == 200
    refused = fill(site, second, (room, None))
    assert (refused.status, refused.json["code"]) == (409, "event.room_taken")
    assert refused.json["data"]["room"] == room
    other = site.sign_in("organiser", name="Other")
    theirs = site.make_room(other)
    assert fill(site, second, (theirs, None)).json["code"] in ("not_permitted", "not_admitted")
    assert fill(site, second, ("0" * 32, None)).json["code"] == "room.not_found"
    # What its moderator put there stays when the event's organiser changes the rest.
    assert ask(site, "GET", f"events/{second}").json["rooms"] == []


def test_a_new_room_goes_where_it_is_asked_for(site):
    event = make(site)
    plan = {"id": "room-in-event", "title": "R", "startsAt": int(time.time() * 1000),
            "slots": [{"title": "P"}], "event": event, "hall": "主会场"}
    made = ask(site, "POST", "rooms", plan)
    assert made.status == 201
    assert ask(site, "POST", "rooms", plan).json == made.json
    [hall] = ask(site, "GET", f"events/{event}").json["rooms"]
    assert (hall["room"], hall["hall"]) == (made.json["room"], "主会场")
    for bad in ({"event": "x"}, {"event": 1}, {"hall": "h" * 201}):
        assert ask(site, "POST", "rooms", plan | {"id": "bad"} | bad).status == 400
    missing = ask(site, "POST", "rooms", plan | {"id": "gone", "event": "0" * 32})
    assert missing.status == 404
    theirs = site.sign_in("organiser", name="Other")
    assert ask(site, "POST", "rooms", plan | {"id": "no"}, theirs).json["code"] == "not_permitted"


def test_an_event_has_fifty_rooms_at_most(site):
    event = make(site)
    rooms = [site.make_room(site.organiser, slots=1) for _ in range(51)]
    full = fill(site, event, *[(room, None) for room in rooms])
    assert (full.status, full.json["code"], full.json["data"]["limit"]) == (409, "event.too_many", 50)
    assert fill(site, event, *[(room, None) for room in rooms[:50]]).status == 200
    plan = {"title": "R", "startsAt": 1, "slots": [{"title": "P"}], "event": event}
    assert ask(site, "POST", "rooms", plan).json["code"] == "event.too_many"


def test_the_programme_follows_the_room(site):
    event, room = make(site), site.make_room(site.organiser, slots=3)
    fill(site, event, (room, None))
    with site.peer(site.organiser) as host:
        host.join(room)
        host.ask("slots.order", room, {"slots": ["3", "1", "2"]})
        host.ask("room.open", room)
        host.ask("room.start", room)
        host.ask("slot.call", room, {"slot": "3"})
    [hall] = site.request("GET", f"/api/v1/events/{event}").json["rooms"]
    assert [slot["id"] for slot in hall["programme"]] == ["3", "1", "2"]
    assert hall["programme"][0]["onStage"] and "onStage" not in hall["programme"][1]
    starts = [slot["startsAt"] - hall["startsAt"] for slot in hall["programme"]]
    assert starts == [0, 900_000, 1_800_000]
    assert hall["endsAt"] - hall["startsAt"] == 2_700_000
    assert (hall["group"], hall["closed"]) == ("live", False)


def test_a_closed_door_tells_title_and_programme_and_no_order(site):
    event = make(site)
    room = site.make_room(site.organiser, slots=3, door={"admission": "code"})
    fill(site, event, (room, None))
    with site.peer(site.organiser) as host:
        host.join(room)
        host.ask("slots.order", room, {"slots": ["3", "1", "2"]})
    [hall] = site.request("GET", f"/api/v1/events/{event}").json["rooms"]
    assert [slot["id"] for slot in hall["programme"]] == ["1", "2", "3"]
    assert all(slot["startsAt"] is None and slot["state"] is None for slot in hall["programme"])
    assert hall["closed"]


def test_one_code_opens_the_rooms_behind_a_code_and_no_others(site):
    event = make(site)
    one, two = (site.make_room(site.organiser, door={"admission": "code"}) for _ in range(2))
    invited = site.make_room(site.organiser, door={"admission": "invitation"})
    outside = site.make_room(site.organiser, door={"admission": "code"})
    fill(site, event, (one, None), (two, None), (invited, None))
    code = ask(site, "GET", f"events/{event}/code").json["code"]
    assert ask(site, "GET", f"events/{event}/code").json["code"] == code and len(code) == 8
    guest = site.guest("Gus")
    wrong = ask(site, "POST", f"rooms/{outside}/enter", {"code": code}, guest)
    assert (wrong.status, wrong.json["code"]) == (403, "door.wrong_code")
    assert ask(site, "POST", f"rooms/{one}/enter", {"code": code}, guest).status == 204
    with site.peer(guest) as peer:
        for room in (one, two):
            assert peer.join(room)["you"]["roles"] == ["audience"]
        assert peer.join(invited)["you"]["member"] is None
    # Another code is in force at once; who is in stays in.
    renewed = ask(site, "POST", f"events/{event}/code", {}).json["code"]
    late = site.guest("Late")
    if renewed != code:
        assert ask(site, "POST", f"rooms/{two}/enter", {"code": code}, late).status == 403
    assert ask(site, "POST", f"rooms/{two}/enter", {"code": renewed}, late).status == 204
    # A room's own code goes on opening that room alone.
    own = ask(site, "GET", f"rooms/{one}/code").json["code"]
    third = site.guest("Third")
    assert ask(site, "POST", f"rooms/{one}/enter", {"code": own}, third).status == 204
    assert ask(site, "POST", f"rooms/{two}/enter", {"code": own}, third).status == 403


def test_guesses_at_an_event_are_counted_together(tmp_path):
    tight = ("--set", "limits.code_tries_per_minute=2", "--set", "limits.guests_per_minute=100000")
    with Server(tmp_path / "data", *tight) as site:
        organiser = site.organiser = site.sign_in("organiser", name="Olga")
        event = make(site)
        rooms = [site.make_room(organiser, door={"admission": "code"}) for _ in range(13)]
        fill(site, event, *[(room, None) for room in rooms])
        statuses = []
        for number, room in enumerate(rooms):
            guest = site.guest(f"G{number}")
            answer = site.request("POST", f"/api/v1/rooms/{room}/enter", {"code": "1"}, token=guest)
            statuses.append(answer.status)
        assert statuses[0] == 403 and 429 in statuses


def test_a_calendar_has_every_room(site):
    event = make(site, title="大会", venue="一号馆")
    kept, gone = (site.make_room(site.organiser, title=f"R{n}") for n in range(2))
    fill(site, event, (kept, "主会场"), (gone, None), title="大会", venue="一号馆")
    with site.peer(site.organiser) as host:
        host.join(gone)
        host.ask("room.cancel", gone, {"reason": "no speaker"})
    answer = site.request("GET", f"/api/v1/events/{event}/calendar.ics")
    text = answer.body.decode().replace("\r\n ", "")
    assert answer.fields["content-type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 2 and "METHOD:PUBLISH" in text
    assert "SUMMARY:大会 · 主会场 · R0" in text and "LOCATION:一号馆" in text
    assert text.count("STATUS:CANCELLED") == 1 and f"/r/{kept}" in text


def test_an_event_is_there_after_a_crash_and_goes_alone(site):
    event, room = make(site), site.make_room(site.organiser)
    fill(site, event, (room, "H"))
    code = ask(site, "GET", f"events/{event}/code").json["code"]
    site.restart()
    shown = ask(site, "GET", f"events/{event}").json
    assert [r["room"] for r in shown["rooms"]] == [room]
    assert ask(site, "GET", f"events/{event}/code").json["code"] == code
    other = site.sign_in("organiser", name="Other")
    assert ask(site, "DELETE", f"events/{event}", token=other).json["code"] == "not_permitted"
    assert ask(site, "DELETE", f"events/{event}").status == 204
    assert ask(site, "GET", f"events/{event}").status == 404
    assert site.request("GET", f"/api/v1/rooms/{room}").status == 200
    assert fill(site, make(site), (room, None)).status == 200
