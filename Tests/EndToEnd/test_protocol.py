"""Proves that a client which shares no code with the server can take part by the protocol alone."""

import json

import pytest

from harness.peer import Refused
from harness.server import PLENTY, Server
from harness.websocket import TEXT, UpgradeRefused, WebSocket, frame


@pytest.fixture
def staff(shared, room):
    with shared.peer(shared.organiser) as peer:
        peer.join(room)
        yield peer


@pytest.fixture
def ann(shared, room):
    with shared.peer(shared.guest("Ann")) as peer:
        peer.join(room)
        yield peer


@pytest.fixture
def ben(shared, room):
    with shared.peer(shared.guest("Ben")) as peer:
        peer.join(room)
        yield peer


def refusal(peer, kind, room=None, data=None):
    with pytest.raises(Refused) as caught:
        peer.ask(kind, room, data)
    return caught.value


# Taking part


def test_a_visitor_watches_and_may_not_speak(shared, room, ann):
    with shared.peer() as visitor:
        joined = visitor.join(room)
        assert joined["you"]["member"] is None
        assert joined["snapshot"]["state"] == "live"
        ann.ask("chat.say", room, {"text": "hello 路演"})
        said = visitor.event(room, "chat.said")
        assert said["data"] == {"name": "Ann", "text": "hello 路演"}
        assert refusal(visitor, "chat.say", room, {"text": "x"}).action == "sign_in"


def test_what_is_said_reaches_everyone_once_in_order(room, ann, ben):
    ids = [ann.send("chat.say", room, {"text": f"line {n}"}) for n in range(20)]
    for id in ids:
        ann.answer(id)
    for peer in (ann, ben):
        peer.until(lambda: len(peer.rooms[room].of_type("chat.said")) == 20)
        texts = [body["data"]["text"] for body in peer.rooms[room].of_type("chat.said")]
        assert texts == [f"line {n}" for n in range(20)]


def test_an_array_of_commands_is_answered_one_by_one(room, ann):
    commands = [
        {"id": f"batch-{n}", "type": "chat.say", "room": room, "data": {"text": f"{n}"}}
        for n in range(3)
    ]
    commands.insert(1, {"id": "batch-x", "type": "chat.say", "room": room, "data": {"text": " "}})
    ann.socket.send_text(json.dumps(commands))
    for n in range(3):
        assert ann.answer(f"batch-{n}")
    with pytest.raises(Refused) as caught:
        ann.answer("batch-x")
    assert caught.value.code == "text.empty"


def test_a_room_asked_for_again_is_the_same_room(folder):
    with Server(folder, *PLENTY) as server:
        organiser, other = server.sign_in("organiser"), server.sign_in("organiser")
        first = server.make_room(organiser, id="form-1", title="First")
        assert server.make_room(organiser, id="form-1", title="Again") == first
        server.restart()
        assert server.make_room(organiser, id="form-1") == first
        with server.peer(organiser) as peer:
            assert peer.join(first)["you"]["roles"] == ["moderator"]
            assert peer.rooms[first].snapshot["title"] == "First"
            for command in ("room.open", "room.start", "room.end", "room.end_confirm", "room.close"):
                peer.ask(command, first)
        assert server.make_room(organiser, id="form-1") == first, "also when it is over"
        rooms = {
            first, server.make_room(organiser, id="form-2"), server.make_room(organiser),
            server.make_room(organiser), server.make_room(other, id="form-1"),
        }
        assert len(rooms) == 5
        assert {one["room"] for one in server.request("GET", "/api/v1/rooms").json["rooms"]} == rooms


def test_a_command_sent_again_gets_its_first_answer(shared, room, ann, ben):
    first = ann.ask("chat.say", room, {"text": "once"}, id="same-1")
    ann.forget_answers()
    assert ann.ask("chat.say", room, {"text": "once"}, id="same-1") == first
    ann.cut()
    ann.forget_answers()
    ann.reconnect()
    ann.rejoin(room)
    assert ann.ask("chat.say", room, {"text": "once"}, id="same-1") == first
    ann.forget_answers()
    ben.flush()
    assert len(ben.rooms[room].of_type("chat.said")) == 1


def test_an_id_used_for_something_else_is_refused(room, ann, ben):
    ann.ask("chat.say", room, {"text": "one"}, id="used-1")
    ann.forget_answers()
    with pytest.raises(Refused) as caught:
        ann.ask("chat.say", room, {"text": "two"}, id="used-1")
    assert caught.value.code == "command.id_reused"
    # Another person may use the same id.
    ben.ask("chat.say", room, {"text": "two"}, id="used-1")


def test_whoever_lost_the_line_gets_exactly_what_was_missed(room, ann, ben):
    ben.ask("chat.say", room, {"text": "before"})
    ann.event(room, "chat.said")
    ann.cut()
    for n in range(5):
        ben.ask("chat.say", room, {"text": f"missed {n}"})
    ann.reconnect()
    joined = ann.rejoin(room)
    assert "events" in joined
    ben.ask("chat.say", room, {"text": "after"})
    ann.event(room, "chat.said", lambda body: body["data"]["text"] == "after")
    texts = [body["data"]["text"] for body in ann.rooms[room].of_type("chat.said")]
    assert texts == ["before", *(f"missed {n}" for n in range(5)), "after"]


def test_a_newcomer_finds_in_the_snapshot_what_the_others_heard(shared, room, ann):
    said = ann.ask("chat.say", room, {"text": "early"})
    asked = ann.ask("question.ask", room, {"text": "why?", "slot": "1"})
    assert said and asked
    with shared.peer() as late:
        snapshot = late.join(room)["snapshot"]
    assert [line["text"] for line in snapshot["chat"]] == ["early"]
    (question,) = snapshot["questions"]
    assert (question["text"], question["slot"], question["votes"]) == ("why?", "1", 0)
    assert question["id"] == str(question["seq"])


def test_questions_are_asked_voted_once_and_marked(room, staff, ann, ben):
    ann.ask("question.ask", room, {"text": "how much?"})
    question = str(ben.event(room, "question.asked")["seq"])
    ben.ask("question.vote", room, {"question": question})
    assert ann.event(room, "question.voted")["data"] == {"question": question, "votes": 1}
    assert refusal(ben, "question.vote", room, {"question": question}).code == (
        "question.already_voted"
    )
    mark = {"question": question, "state": "answering"}
    assert refusal(ann, "question.mark", room, mark).code == "not_permitted"
    staff.ask("question.mark", room, mark)
    assert ann.event(room, "question.marked")["data"] == mark


def test_a_removed_text_is_gone_for_everybody(shared, room, staff, ann, ben):
    ann.ask("chat.say", room, {"text": "my secret number"})
    seq = ben.event(room, "chat.said")["seq"]
    redact = {"seq": seq, "reason": "private"}
    assert refusal(ben, "content.redact", room, redact).code == "not_permitted"
    ann.ask("content.redact", room, redact)
    assert ben.event(room, "content.redacted")["data"]["seq"] == seq
    assert refusal(staff, "content.redact", room, redact).code == "text.already_removed"
    with shared.peer() as late:
        (line,) = late.join(room)["snapshot"]["chat"]
    assert line["removed"] is True and "text" not in line
    events = shared.request("GET", f"/api/v1/rooms/{room}/events", token=shared.organiser)
    assert b"secret" not in events.body
    log = shared.request("GET", f"/api/v1/rooms/{room}/log", token=shared.organiser)
    assert log.status == 200 and b"secret" not in log.body


def test_personal_parts_come_with_a_chain_of_their_own(shared, room, staff):
    cara = shared.guest("Cara", organisation="Institute", kind="scientist")
    with shared.peer(cara) as peer:
        joined = peer.join(room)
        member = joined["you"]["member"]
        told = staff.event(room, "member.admitted", lambda b: b["data"].get("member") == member)
        assert told["data"]["name"] == "Cara" and told["data"]["organisation"] == "Institute"
        # The admission is known to the person and to staff, not to the room.
        with shared.peer(shared.guest("Dan")) as other:
            other.join(room)
            other.flush()
            bodies = other.rooms[room].of_type("member.admitted")
            assert all(body["data"]["member"] != member for body in bodies)


def test_the_slot_runs_on_the_clock_of_the_server(room, staff, ann):
    staff.ask("slot.ready", room, {"slot": "1"})
    staff.ask("slot.call", room, {"slot": "1"})
    called = ann.event(room, "slot.called")
    assert called["data"]["remainingMs"] == 480_000
    staff.ask("pitch.start", room)
    started = ann.event(room, "pitch.started")
    assert started["data"]["endsAt"] == started["at"] + 480_000
    staff.ask("clock.pause", room)
    paused = ann.event(room, "clock.paused")
    left = started["data"]["endsAt"] - paused["at"]
    assert (paused["data"]["slot"], paused["data"]["remainingMs"]) == ("1", left)
    staff.ask("clock.extend", room, {"ms": 60_000, "reason": "questions"})
    extended = ann.event(room, "clock.extended")["data"]
    assert extended["totalMs"] == 540_000 and extended["remainingMs"] == left + 60_000
    staff.ask("clock.resume", room)
    resumed = ann.event(room, "clock.resumed")
    assert resumed["data"]["endsAt"] == resumed["at"] + left + 60_000
    staff.ask("qa.start", room)
    qa = ann.event(room, "qa.started")
    assert qa["data"]["endsAt"] == qa["at"] + 420_000
    staff.ask("slot.finish", room)
    assert ann.event(room, "slot.finished")["data"] == {"slot": "1"}


def test_time_sync_tells_the_time_of_the_server(room, ann):
    first, second = ann.ask("time.sync")["now"], ann.ask("time.sync")["now"]
    assert 1_700_000_000_000 < first <= second


def test_ending_takes_two_commands_and_can_be_undone(shared, room, staff, ann):
    assert refusal(staff, "room.end_confirm", room).code == "room.end_not_requested"
    staff.ask("room.end", room)
    assert ann.event(room, "room.end_requested")["data"]["until"] > 0
    staff.ask("room.end_confirm", room)
    ann.event(room, "room.ended")
    assert refusal(ann, "chat.say", room, {"text": "late"}).code == "room.wrong_state"
    staff.ask("room.reopen", room)
    ann.event(room, "room.reopened")
    ann.ask("chat.say", room, {"text": "again"})


def test_presence_counts_sockets_in_the_room(shared, room, ann):
    ann.signal(room, "presence", lambda data: data["here"] == 1)
    with shared.peer() as visitor:
        visitor.join(room)
        ann.signal(room, "presence", lambda data: data["here"] == 2)
    ann.rooms[room].signals.clear()
    ann.signal(room, "presence", lambda data: data["here"] == 1)


def test_leaving_ends_what_is_told(room, ann, ben):
    ben.ask("room.leave", room)
    ann.ask("chat.say", room, {"text": "unheard"})
    ben.flush()
    assert ben.rooms[room].of_type("chat.said") == []


# Refusals


REFUSALS = [
    ("no.such_command", {}, "command.unknown", "mend"),
    ("chat.say", {}, "command.malformed", "mend"),
    ("chat.say", {"text": 7}, "command.malformed", "mend"),
    ("chat.say", {"text": ""}, "text.empty", "mend"),
    ("chat.say", {"text": " \n\t"}, "text.empty", "mend"),
    ("chat.say", {"text": "x" * 1001}, "text.too_long", "mend"),
    ("chat.say", {"text": "路" * 1001}, "text.too_long", "mend"),
    ("chat.say", {"text": "a\u0000b"}, "text.control_characters", "mend"),
    ("chat.say", {"text": "a\u202eb"}, "text.control_characters", "mend"),
    ("question.ask", {"text": "x" * 501}, "text.too_long", "mend"),
    ("question.ask", {"text": "x", "slot": "99"}, "slot.not_found", None),
    ("question.vote", {"question": "999999"}, "question.not_found", None),
    ("content.redact", {"seq": 999_999, "reason": "spam"}, "text.not_found", None),
    ("content.redact", {"seq": 1, "reason": "whim"}, "command.malformed", "mend"),
    ("room.open", {}, "not_permitted", "give_up"),
    ("room.end", {}, "not_permitted", "give_up"),
    ("slot.call", {"slot": "1"}, "not_permitted", "give_up"),
    ("pitch.start", {}, "not_permitted", "give_up"),
    ("slide.show", {"slot": "1", "page": 1}, "not_permitted", "give_up"),
    ("clock.extend", {"ms": -1}, "command.malformed", "mend"),
]


@pytest.mark.parametrize("kind, data, code, action", REFUSALS)
def test_a_refusal_has_code_and_action(room, ann, kind, data, code, action):
    refused = refusal(ann, kind, room, data)
    assert refused.code == code
    assert action is None or refused.action == action
    assert refused.error["message"]
    ann.ask("chat.say", room, {"text": "still here"})


def test_longest_texts_are_taken(room, ann):
    ann.ask("chat.say", room, {"text": "路" * 1000})
    ann.ask("question.ask", room, {"text": "x" * 500})


@pytest.mark.parametrize("wrong", ["0" * 32, "f" * 32])
def test_a_room_that_does_not_exist_is_told(shared, wrong):
    with shared.peer() as visitor:
        assert refusal(visitor, "room.join", wrong).code == "room.not_found"


def test_speaking_needs_a_join_first(shared, room):
    with shared.peer(shared.guest("Eve")) as peer:
        assert refusal(peer, "chat.say", room, {"text": "x"}).code in (
            "room.not_joined", "not_admitted",
        )


def test_a_moderator_of_one_room_is_nobody_in_another(shared, room):
    other = shared.make_room(shared.organiser)
    token = shared.sign_in("moderator", room=room, name="Mo")
    with shared.peer(token) as mo:
        assert "moderator" in mo.join(room)["you"]["roles"]
        assert "moderator" not in mo.join(other)["you"].get("roles", [])
        assert refusal(mo, "room.open", other).code == "not_permitted"


def test_a_presenter_turns_the_pages_of_its_own_slot_only(shared, room):
    token = shared.sign_in("presenter", room=room, slot="1", name="Pia")
    with shared.peer(token) as pia:
        you = pia.join(room)["you"]
        assert "presenter" in you["roles"] and you["slots"] == ["1"]
        pia.ask("slot.ready", room, {"slot": "1"})
        assert refusal(pia, "slot.ready", room, {"slot": "2"}).code == "not_permitted"
        assert refusal(pia, "slot.call", room, {"slot": "1"}).code == "not_permitted"


# Sign-in


def test_a_link_signs_in_once(shared, room):
    link = shared.invite("moderator", room=room)
    first = shared.request("POST", "/api/v1/session/invite", {"token": link, "name": "Mo"})
    assert first.status in (200, 201) and first.json["room"] == room
    assert first.json["role"] == "moderator"
    second = shared.request("POST", "/api/v1/session/invite", {"token": link, "name": "Eve"})
    assert second.status == 403 and second.json["code"] == "invite.invalid"
    assert second.fields["content-type"] == "application/problem+json"


def test_an_ended_session_closes_what_it_opened(shared, room):
    token = shared.guest("Fay")
    with shared.peer(token) as peer:
        peer.join(room)
        assert shared.request("DELETE", "/api/v1/session", token=token).status in (200, 204)
        assert peer.closing() == 4501
    answer = shared.request("GET", "/api/v1/session", token=token)
    assert answer.status == 401 or answer.json["person"] is None


def test_the_cookie_of_a_page_signs_its_socket_in(shared, room):
    answer = shared.request("POST", "/api/v1/session/guest", {"name": "Gus"})
    cookie = answer.fields["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=" in cookie
    pair = cookie.split(";")[0]
    own = [("Cookie", pair), ("Origin", shared.url)]
    with shared.peer(fields=own) as peer:
        assert peer.join(room)["you"]["member"]
    strange = [("Cookie", pair), ("Origin", "http://evil.test")]
    with pytest.raises(UpgradeRefused) as caught:
        WebSocket(shared.url, fields=strange)
    assert caught.value.status == 403


def test_unsafe_requests_from_other_pages_are_refused(shared):
    for origin in ("http://evil.test", "null"):
        answer = shared.request(
            "POST", "/api/v1/session/guest", {"name": "Eve"}, fields={"Origin": origin}
        )
        assert answer.status == 403 and answer.json["code"] == "origin_refused"


def test_a_socket_needs_the_subprotocol(shared):
    try:
        with WebSocket(shared.url, subprotocol=None) as socket:
            socket.send_bytes(frame(TEXT, b'{"id":"1","type":"time.sync"}'))
            assert socket.subprotocol is None
            pytest.fail("a socket without subprotocol was accepted")
    except UpgradeRefused as refused:
        assert refused.status == 400
