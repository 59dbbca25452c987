"""Proves who has a badge in a room, that it stands for its moment, and that nobody can make one up."""

import itertools
import json
from urllib.parse import quote

import pytest

from harness.accounts import register
from harness.organisations import bring_in, found, leave, show, stand
from harness.server import PLENTY, Server
from harness.waiting import until

MANY = (
    *PLENTY, "--set", "limits.tries_per_address=100000", "--set", "limits.tries_per_account=100000",
    "--set", "limits.codes_per_hour=100000",
)
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("badges") / "data", *MANY) as running:
        yield running


@pytest.fixture(scope="module")
def operator(server):
    return server.sign_in("operator", name="Op")


@pytest.fixture(scope="module")
def founder(server):
    return server.guest("Founder")


@pytest.fixture
def university(server, operator, founder):
    """A verified organisation of its own name: its id and that name."""
    name = f"某大学 No{next(numbers)}"
    id = found(server, founder, name)
    stand(server, id, operator, "verified")
    yield id, name
    # One person runs no more than twenty.
    stand(server, id, operator, "declined")


@pytest.fixture(scope="module")
def hall(server):
    """An open room and its moderator's session."""
    moderator = server.sign_in("organiser", name="Mo")
    room = server.make_room(moderator)
    with server.peer(moderator) as peer:
        peer.join(room)
        peer.ask("room.open", room)
    return room, moderator


def person(server, **card):
    """Somebody with an account."""
    token = register(server, f"p{next(numbers)}@example.org", name="Ann")
    if card:
        answer = server.request("POST", "/api/v1/session/guest", {"name": "Ann", **card}, token=token)
        assert answer.status == 201, answer
    return token


def seen(texts):
    return tuple(texts.get(name) for name in ("organisation", "badge", "organisationId"))


def said(peer, room, text="hello"):
    """What others read beside the name when this peer speaks and asks."""
    for kind, event in (("chat.say", "chat.said"), ("question.ask", "question.asked")):
        seq = peer.ask(kind, room, {"text": text})["seq"]
        body = peer.event(room, event, lambda body: body["seq"] == seq)
        result = seen(body["data"])
        if kind == "chat.say":
            first = result
    assert first == result
    return result


def test_a_badge_stands_for_its_moment_on_an_open_socket(server, operator, founder, university, hall):
    room, _ = hall
    (id, name), ann = university, person(server, organisation="随手写的")
    with server.peer(ann) as speaker, server.peer(server.guest("Ben")) as reader:
        speaker.join(room)
        reader.join(room)

        def hears(text, expected):
            assert said(speaker, room, text) == expected
            event = reader.event(room, "chat.said", lambda body: body["data"].get("text") == text)
            assert seen(event["data"]) == expected
            return event["seq"]

        typed, badge = ("随手写的", None, None), (name, "organisation", id)
        hears("before", typed)
        bring_in(server, id, founder, ann)
        vouched = hears("member", badge)
        session = server.request("GET", "/api/v1/session", token=ann).json
        assert seen(session["person"]) == badge and session["account"]["shown"] == id
        stand(server, id, operator, "declined")
        hears("not verified", (name, None, None))
        stand(server, id, operator, "verified")
        hears("again", badge)
        assert show(server, ann, None).json["shown"] is None
        hears("none chosen", typed)
        assert show(server, ann, id).json["shown"] == id
        hears("chosen", badge)
        leave(server, id, ann)
        hears("left", typed)
        # What was said before keeps what the server vouched for then, after a restart too.
        for snapshot in (server.peer().join(room)["snapshot"], restarted(server).join(room)["snapshot"]):
            lines = {line["text"]: line for line in snapshot["chat"] if not line.get("removed")}
            assert seen(lines["member"]) == badge and seen(lines["left"]) == typed
            asked = {line["text"]: line for line in snapshot["questions"]}
            assert seen(asked["member"]) == badge and seen(asked["left"]) == typed
    # A text that is removed takes it along.
    with server.peer(ann) as speaker:
        speaker.join(room)
        speaker.ask("content.redact", room, {"seq": vouched, "reason": "mistake"})
        line = next(l for l in server.peer().join(room)["snapshot"]["chat"] if l["seq"] == vouched)
        assert line["removed"] and seen(line) == (None, None, None)
        events = f"/api/v1/rooms/{room}/events?after={vouched - 1}&limit=1"
        until(lambda: name not in json.dumps(
            server.request("GET", events, token=ann).json, ensure_ascii=False))


def restarted(server):
    server.restart()
    return server.peer()


@pytest.mark.parametrize("typed", [
    "{name}", "{wide}", "{lower}", " {spaced} ", "{name} ✓", "{name}✅", "✔ {name}",
])
def test_nothing_that_is_typed_becomes_a_badge(server, university, hall, typed):
    room, (_, name) = hall[0], university
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    given = typed.format(name=name, wide=wide, lower=name.lower(), spaced=name.replace(" ", "   "))
    for token in (server.guest("Eve", organisation=given), person(server, organisation=given)):
        with server.peer(token) as peer:
            peer.join(room)
            # A client that sends a badge with its words sends what nobody asked for.
            forged = {"text": "x", "badge": "organisation", "organisationId": "1", "organisation": name}
            seq = peer.ask("chat.say", room, forged)["seq"]
            body = peer.event(room, "chat.said", lambda body: body["seq"] == seq)["data"]
            shown = given
            for sign in "✓✅✔":
                shown = shown.replace(sign, "·")
            assert seen(body) == (shown, None, None)
    card = {"name": "Eve", "badge": "organisation", "organisationId": "1", "organisation": name}
    answer = server.request("POST", "/api/v1/session/guest", card)
    assert seen(answer.json["person"]) == (name, None, None)


def test_a_guest_has_none_and_of_several_one_is_chosen(server, operator, founder, university, hall):
    room, (id, name) = hall[0], university
    guest = server.guest("Gus", organisation="自由人")
    bring_in(server, id, founder, guest)
    assert show(server, guest, id).status == 401
    with server.peer(guest) as peer:
        peer.join(room)
        assert said(peer, room) == ("自由人", None, None)
    ann, other = person(server), found(server, founder, "另一所")
    for one in (id, other):
        bring_in(server, one, founder, ann)
    choice = server.request("GET", "/api/v1/account/organisations", token=ann).json
    assert (choice["shown"], choice["chosen"]) == (None, False)
    assert {one["id"] for one in choice["organisations"]} == {id, other}
    with server.peer(ann) as peer:
        peer.join(room)
        assert said(peer, room) == (None, None, None)
        assert show(server, ann, other).status == 200
        assert said(peer, room) == ("另一所", None, None)  # Nobody has verified it.
        assert show(server, ann, id).status == 200
        assert said(peer, room) == (name, "organisation", id)
        # Without the one that was chosen none takes its place.
        leave(server, id, ann)
        assert said(peer, room) == (None, None, None)


@pytest.mark.parametrize("shown", ["0", "x", "01", "-1", 7, True, "999999", "9" * 30, [], {}])
def test_nobody_shows_what_they_are_not_in(server, shown):
    refused = show(server, person(server), shown)
    assert refused.status == 422 and refused.json["code"] == "account.malformed"
    assert refused.json["data"]["field"] == "shown"


def test_staff_see_it_at_the_door_in_the_list_and_in_what_waits(server, founder, university):
    id, name = university
    badge, ann = (name, "organisation", id), person(server, kind="expert")
    bring_in(server, id, founder, ann)
    moderator = server.sign_in("organiser", name="Mo")
    door = {"admission": "registration", "waiting": True, "form": ["Why?"]}
    room = server.make_room(moderator, door=door)
    with server.peer(moderator) as staff, server.peer(ann) as peer:
        staff.join(room)
        staff.ask("room.open", room)
        peer.join(room)
        peer.ask("door.apply", room, {"answers": ["because"]})
        applied = staff.event(room, "member.applied")
        assert seen(applied["data"]) == badge
        listed = server.request("GET", f"/api/v1/rooms/{room}/people?filter=waiting", token=moderator)
        assert [seen(one) for one in listed.json["people"]] == [badge]
        staff.ask("member.admit", room, {"member": applied["data"]["member"]})
        assert seen(staff.event(
            room, "member.admitted", lambda body: body["data"]["name"] == "Ann")["data"]) == badge
        peer.join(room)
        staff.ask("chat.hold", room, {"on": True})
        held = peer.ask("chat.say", room, {"text": "waits"})["seq"]
        # It is approved as it was said, whatever became of the person since.
        leave(server, id, ann)
        assert seen(staff.event(room, "chat.held")["data"]) == badge
        staff.ask("chat.approve", room, {"held": held})
        approved = staff.event(room, "chat.approved")
        assert seen(approved["data"]) == badge
    members = server.peer(moderator).join(room)["snapshot"]["members"]
    assert badge in [seen(one) for one in members]
    for language, sign in (("zh-CN", "此人是其成员"), ("en", "the person was its member")):
        transcript = server.request(
            "GET", f"/api/v1/rooms/{room}/transcript?lang={language}", token=moderator).body.decode()
        assert rf"\({name} ✓\)" in transcript and transcript.count(sign) == 1


def test_operators_and_members_see_what_stands_beside_a_name(server, operator, founder, university):
    id, name = university
    ann = register(server, "listed@example.org", name="Listed Lu")
    bring_in(server, id, founder, ann)
    found = server.request("GET", "/api/v1/people?q=listed", token=operator).json["people"]
    assert [seen(one["shown"]) for one in found] == [(name, "organisation", id)]
    members = server.request("GET", f"/api/v1/organisations/{id}", token=ann).json["members"]
    assert [seen(one) for one in members if one["you"]] == [(name, "organisation", id)]
    changed = server.request("POST", f"/api/v1/people/{found[0]['id']}", {"organiser": True}, token=operator)
    assert seen(changed.json["shown"]) == (name, "organisation", id)
    # Words that the name card does not ask for stay as they were.
    show(server, ann, None)
    for card in ({"organisation": "自己写的"}, {}):
        server.request("POST", "/api/v1/session/guest", {"name": "Listed Lu", **card}, token=ann)
        show(server, ann, id)
    show(server, ann, None)
    person = server.request("GET", "/api/v1/session", token=ann).json["person"]
    assert seen(person) == ("自己写的", None, None)


def test_one_finds_and_takes_along_what_one_is_in(server, operator, founder, university):
    id, name = university
    ann = person(server)
    bring_in(server, id, founder, ann)
    query = f"/api/v1/people?q={quote(name)}"
    found = server.request("GET", query, token=operator).json["people"]
    assert [seen(one["shown"]) for one in found] == [(name, "organisation", id)]
    export = server.request("GET", "/api/v1/account/export", token=ann).json
    assert export["shown"] == id and [one["name"] for one in export["organisations"]] == [name]
    leave(server, id, ann)
    assert server.request("GET", query, token=operator).json["people"] == []
