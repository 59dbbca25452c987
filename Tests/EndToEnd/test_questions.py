"""Proves that nobody but staff and its author is told whose an anonymous question is, on every way."""

import json

NAME, WORDS = "钱七不具名", "成本为何没有披露？"


def said(heard):
    return json.dumps(heard, ensure_ascii=False)


def test_an_anonymous_question_stays_so(shared):
    moderator = shared.organiser
    room = shared.make_room(moderator)
    author, ann = shared.guest(NAME), shared.guest("旁人")
    with shared.peer(moderator) as staff, shared.peer(author) as asker, shared.peer(ann) as other:
        staff.join(room)
        staff.ask("room.open", room)
        staff.ask("question.allow_anonymous", room, {"on": True})
        member = asker.join(room)["you"]["member"]
        other.join(room)
        asked = asker.ask("question.ask", room, {"text": WORDS, "anonymous": True})["seq"]
        event = other.event(room, "question.asked")
        assert event["data"]["text"] == WORDS and event["data"]["anonymous"]
        assert NAME not in said(other.rooms[room].events)
        assert member not in said(other.rooms[room].events)
        event = staff.event(room, "question.asked")
        assert (event["by"], event["data"]["name"]) == (member, NAME)
        # Its author knows it for its own, also after coming back.
        assert asker.join(room)["you"]["asked"] == [str(asked)]
        [shown] = staff.join(room)["snapshot"]["questions"]
        assert (shown["by"], shown["name"]) == (member, NAME)
    for token in (None, ann):
        with shared.peer(token) as reader:
            [shown] = reader.join(room)["snapshot"]["questions"]
            assert shown["anonymous"] and shown["by"] is None and "name" not in shown
        for path in ("events", "log"):
            answer = shared.request("GET", f"/api/v1/rooms/{room}/{path}", token=token)
            text = answer.body.decode()
            assert answer.status == 200 and WORDS in text
            assert NAME not in text and member not in text, path
    path = f"/api/v1/rooms/{room}/transcript?lang=zh-CN"
    assert f"匿名: {WORDS}" in shared.request("GET", path, token=moderator).body.decode()
    with shared.peer(author) as asker, shared.peer(ann) as other:
        asker.join(room)
        other.join(room)
        asker.ask("content.redact", room, {"seq": asked, "reason": "mistake"})
        removal = other.event(room, "content.redacted")
        assert removal["data"]["seq"] == asked and "by" not in removal
    with shared.peer(moderator) as staff:
        [shown] = staff.join(room)["snapshot"]["questions"]
        assert shown["removed"] and "name" not in shown
    for token in (None, ann):
        for path in ("events", "log"):
            answer = shared.request("GET", f"/api/v1/rooms/{room}/{path}", token=token)
            assert member not in answer.body.decode(), path
