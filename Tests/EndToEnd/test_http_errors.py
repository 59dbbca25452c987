"""Proves that each refusal over HTTP is a whole problem document: title, code, action and its data."""

import sqlite3

import pytest

from harness.images import picture
from harness.server import PLENTY, Server

NOBODY, GUEST, ORGANISER = "nobody", "guest", "organiser"
SLOT = {"title": "One"}
PLAN = {"title": "Roadshow", "startsAt": 1_000, "slots": [SLOT]}
SOME = object()  # a value that is there, whatever it is


def plan(**change):
    return PLAN | change


def slot(**change):
    return PLAN | {"slots": [SLOT | change]}


# Who asks for what; then status, code, action, data. ROOM stands for the organiser's room.
REFUSALS = [
    (NOBODY, "POST", "/session/guest", b"{", 400, "request.malformed", "mend", {"cause": SOME}),
    (NOBODY, "POST", "/session/guest", b"[]", 400, "request.malformed", "mend", None),
    (NOBODY, "POST", "/session/guest", bytes(9 << 20), 413, "request.too_large", "mend",
     {"limit": 262_144}),
    (NOBODY, "POST", "/session/guest", {"name": "x" * 41}, 422, "card.malformed", "mend",
     {"field": "name", "expected": SOME}),
    (NOBODY, "POST", "/session/guest", {"name": "a\u200db"}, 422, "card.malformed", "mend",
     {"field": "name", "expected": SOME}),
    (NOBODY, "POST", "/session/guest", {"name": "a", "organisation": "x" * 81}, 422,
     "card.malformed", "mend", {"field": "organisation", "expected": SOME}),
    (NOBODY, "POST", "/session/guest", {"name": "a", "kind": "wizard"}, 422, "card.malformed",
     "mend", {"field": "kind", "expected": SOME}),
    (NOBODY, "POST", "/session/invite", {"token": "abc"}, 400, "command.malformed", "mend",
     {"field": "token", "expected": SOME}),
    (NOBODY, "POST", "/session/invite", {"token": "f" * 64}, 403, "invite.invalid", "give_up", None),
    (NOBODY, "GET", "/nothing", None, 404, "not_found", "give_up", None),
    (NOBODY, "DELETE", "/site", None, 405, "method_not_allowed", "mend", None),
    (NOBODY, "POST", "/rooms", PLAN, 401, "session.required", "sign_in", None),
    (GUEST, "POST", "/rooms", PLAN, 403, "not_permitted", "give_up", {"needs": ["organiser"]}),
    (GUEST, "POST", "/rooms/ROOM/invites", {"role": "audience"}, 403, "not_permitted", "give_up",
     {"needs": ["moderator"]}),
    (ORGANISER, "GET", f"/rooms/{'0' * 32}", None, 404, "room.not_found", "give_up", None),
    (ORGANISER, "POST", "/rooms", plan(title=7), 400, "command.malformed", "mend",
     {"field": "title", "expected": SOME}),
    (ORGANISER, "POST", "/rooms", plan(id="x" * 65), 400, "command.malformed", "mend",
     {"field": "id", "expected": SOME}),
    (ORGANISER, "POST", "/rooms", plan(startsAt=None), 400, "command.malformed", "mend",
     {"field": "startsAt", "expected": SOME}),
    (ORGANISER, "POST", "/rooms", plan(title="x" * 201), 422, "room.bad_plan", "mend",
     {"field": "title", "limit": 200}),
    (ORGANISER, "POST", "/rooms", plan(slots=[]), 422, "room.bad_plan", "mend",
     {"field": "slots", "limit": SOME}),
    (ORGANISER, "POST", "/rooms", slot(pitchMinutes=0), 422, "room.bad_plan", "mend",
     {"field": "slots.pitchMs", "slot": "1", "least": SOME, "most": SOME}),
    (ORGANISER, "POST", "/rooms/ROOM/invites", {"role": "presenter"}, 400, "command.malformed",
     "mend", {"field": "slot", "expected": SOME}),
    (ORGANISER, "POST", "/rooms/ROOM/invites", {"role": "moderator", "slot": "1"}, 400,
     "command.malformed", "mend", {"field": "slot", "expected": SOME}),
    (ORGANISER, "POST", "/rooms/ROOM/invites", {"role": "presenter", "slot": "99"}, 404,
     "slot.not_found", "mend", {"slot": "99"}),
    (ORGANISER, "POST", "/rooms/ROOM/files", b"GIF89a", 415, "file.unsupported", "mend", None),
    (ORGANISER, "POST", "/rooms/ROOM/files", picture(1)[:40], 415, "file.unsupported", "mend", None),
    (ORGANISER, "POST", "/rooms/ROOM/files", picture(1)[:-12], 415, "file.unsupported", "mend", None),
    (ORGANISER, "POST", "/rooms/ROOM/files", picture(1, 8_193, 2), 422, "file.too_many_pixels",
     "mend", {"width": 8_193, "height": 2, "limit": 8_192}),
]


def check(answer, status, code, action, data):
    """A problem document of these values; `data` may hold more than is named."""
    assert answer.status == status, answer
    assert answer.fields["content-type"] == "application/problem+json"
    problem = answer.json
    assert (problem["status"], problem["code"], problem["action"]) == (status, code, action)
    assert problem["title"] and problem["detail"]
    found = problem.get("data")
    if data is None:
        assert found is None
        return
    assert found is not None and set(found) >= set(data), found
    for name, value in data.items():
        assert value is SOME or found[name] == value, found
    if "retryMs" in data:
        assert problem["retryMs"] == found["retryMs"] > 0
        assert int(answer.fields["retry-after"]) >= 1


@pytest.fixture(scope="module")
def people(shared):
    return {NOBODY: None, GUEST: shared.guest("Guest"), ORGANISER: shared.organiser}


@pytest.mark.parametrize("row", REFUSALS, ids=[f"{row[5]} {n}" for n, row in enumerate(REFUSALS)])
def test_a_refusal_says_what_is_wrong_and_what_is_allowed(shared, people, room, row):
    who, method, path, body, *expected = row
    path = "/api/v1" + path.replace("ROOM", room)
    check(shared.request(method, path, body, token=people[who]), *expected)


def test_a_request_of_another_site_is_refused(shared):
    fields = {"Origin": "http://elsewhere.example"}
    answer = shared.request("POST", "/api/v1/session/guest", {"name": "a"}, fields=fields)
    check(answer, 403, "origin_refused", "give_up", None)


def test_too_many_guests_are_told_when_to_come_back(folder):
    with Server(folder, "--set", "limits.guests_per_minute=1") as server:
        server.guest("First")
        answer = server.request("POST", "/api/v1/session/guest", {"name": "Second"})
        check(answer, 429, "rate_limited", "wait", {"retryMs": SOME})


def test_a_full_server_says_so(folder):
    with Server(folder, *PLENTY, "--set", "limits.connections=1") as server:
        with server.peer():
            answer = server.request("GET", "/api/v1/site")
    assert answer.status == 503 and answer.json["code"] == "too_many_connections"
    assert answer.json["action"] == "wait" and answer.json["retryMs"] > 0 and answer.json["title"]


def test_what_cannot_be_kept_is_answered_unavailable(folder):
    with Server(folder, *PLENTY) as server:
        with sqlite3.connect(folder / "people.sqlite") as people:
            people.execute("ALTER TABLE sessions RENAME TO elsewhere")
        people.close()
        answer = server.request("POST", "/api/v1/session/guest", {"name": "Ann"})
        check(answer, 503, "unavailable", "wait", {"reason": "storage", "retryMs": SOME})


def test_a_page_image_that_cannot_be_looked_up_is_not_called_unknown(folder):
    with Server(folder, *PLENTY) as server:
        organiser = server.sign_in("organiser")
        room = server.make_room(organiser)
        with server.peer(organiser) as peer:
            peer.join(room)
            values = {"slot": "1", "files": ["ab" * 32]}
            peer.send("slides.place", room, values, id="before")
            peer.until(lambda: "before" in peer.answers)
            assert peer.answers["before"]["error"]["code"] == "slide.no_such_file"
            with sqlite3.connect(folder / "people.sqlite") as people:
                people.execute("ALTER TABLE files RENAME TO elsewhere")
            people.close()
            peer.send("slides.place", room, values, id="after")
            peer.until(lambda: "after" in peer.answers)
            assert peer.answers["after"]["error"]["code"] == "unavailable"


def test_a_room_keeps_a_bounded_number_of_files(folder):
    with Server(folder, *PLENTY) as server:
        organiser = server.sign_in("organiser")
        room = server.make_room(organiser)
        path = f"/api/v1/rooms/{room}/files"
        assert server.request("POST", path, picture(1), token=organiser).status == 201
        with sqlite3.connect(folder / "people.sqlite") as people:
            columns = [row[1] for row in people.execute("PRAGMA table_info(files)")]
            copied = ["randomblob(32)" if name == "digest" else name for name in columns]
            for _ in range(13):  # doubled so often, one file is more than 5,000
                people.execute(f"INSERT INTO files SELECT {', '.join(copied)} FROM files")
        people.close()
        answer = server.request("POST", path, picture(2), token=organiser)
        check(answer, 409, "file.too_many", "give_up", {"limit": 5_000})
