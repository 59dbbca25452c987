# Proves what a room gives away afterwards: its outcome in three forms, to whom and when; its calendar entry.

import csv
import io

import pytest

from harness.server import Server

CRITERIA = [{"weight": 70, "name": "Novelty"}, {"weight": 30, "name": "Team"}]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("outcome") / "data") as server:
        yield server


def make(server, **more):
    token = server.sign_in("organiser", name="Mo")
    answer = server.request("POST", "/api/v1/rooms", {
        "title": "Final, day 1; \"hall\"", "startsAt": 1_900_000_000_000,
        "slots": [{"title": "One", "organisation": "=Lab"}, {"title": "Two"}],
        "judging": {"criteria": CRITERIA, "publication": "each_slot"},
    } | more, token=token)
    assert answer.status == 201, answer
    return answer.json["room"], token


def run(server, token, room, *commands):
    with server.peer(token) as peer:
        peer.join(room)
        for command in commands:
            kind, data = command if isinstance(command, tuple) else (command, {})
            peer.ask(kind, room, data)


def played(server):
    """A room that is over: one question answered, one slot scored, one skipped."""
    room, token = make(server)
    run(server, token, room, "room.open", "room.start", ("slot.call", {"slot": "1"}),
        "pitch.start", "qa.start")
    guest = server.guest("Ann", kind="investor")
    with server.peer(guest) as peer:
        peer.join(room)
        asked = peer.ask("question.ask", room, {"text": "How *much*?", "slot": "1"})["seq"]
        gone = peer.ask("question.ask", room, {"text": "secret7z", "slot": "1"})["seq"]
    link = server.request("POST", f"/api/v1/rooms/{room}/invites", {"role": "judge"}, token=token)
    judge = server.request("POST", "/api/v1/session/invite",
                           {"token": link.json["token"], "name": "Jo"}).json["token"]
    run(server, judge, room, ("sheet.submit", {"slot": "1", "marks": [90, 81]}))
    run(server, token, room, ("question.mark", {"question": str(asked), "state": "answered"}),
        ("content.redact", {"seq": gone, "reason": "private"}), "slot.finish",
        ("scoring.close", {"slot": "1"}), ("slot.skip", {"slot": "2"}), "room.end",
        "room.end_confirm")
    return room, token


def outcome(server, room, token=None, query=""):
    return server.request("GET", f"/api/v1/rooms/{room}/outcome{query}", token=token)


def test_everybody_reads_the_outcome_once_the_room_is_over(server):
    room, token = make(server)
    run(server, token, room, "room.open", "room.start")
    early = outcome(server, room)
    assert early.status == 409 and early.json["code"] == "room.wrong_state"
    assert "follow_up" in early.json["data"]["allowed"]
    assert outcome(server, room, token).status == 200

    room, _ = played(server)
    found = outcome(server, room).json
    assert found["judging"]["scores"][0]["total"] == 8_730
    assert found["judging"]["ranks"] == [{"slot": "1", "rank": 1}]
    assert [(one["state"], one["asked"], one["answered"]) for one in found["slots"]] \
        == [("done", 2, 1), ("skipped", 0, 0)]
    assert found["questions"][0]["text"] == "How *much*?" and found["questions"][1]["removed"]
    kinds = {one["kind"]: one["members"] for one in found["attendance"]}
    assert kinds["investor"] == 1 and found["members"] == sum(kinds.values())
    assert "seats" not in found["judging"] and "secret7z" not in str(found)


def test_the_report_and_the_table_say_the_same_in_both_languages(server):
    room, _ = played(server)
    for lang, total in (("en", "Total"), ("zh-CN", "总分")):
        report = outcome(server, room, query=f"?format=md&lang={lang}&offset=0")
        assert report.fields["content-type"].startswith("text/markdown")
        text = report.body.decode()
        assert "How \\*much\\*?" in text and "87.30" in text and "secret7z" not in text
        table = outcome(server, room, query=f"?format=csv&lang={lang}").body
        assert table.startswith(b"\xef\xbb\xbf")
        head, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig")))
        assert rows[0][head.index(total)] == "87.30" and "'=Lab" in rows[0]
        assert len(rows) == 2
    wrong = outcome(server, room, query="?format=pdf")
    assert wrong.status == 400 and wrong.json["data"]["field"] == "format"


def test_what_stands_behind_a_door_is_for_members(server):
    room, token = make(server, door={"admission": "invitation"})
    run(server, token, room, "room.open", "room.start", "room.end", "room.end_confirm")
    assert outcome(server, room).status == 401
    assert outcome(server, room, server.guest("Ann")).status in (401, 403)
    assert outcome(server, room, token).status == 200


def test_a_calendar_takes_the_entry_and_loses_it_when_the_room_is_cancelled(server):
    room, token = make(server)
    path = f"/api/v1/rooms/{room}/calendar.ics"
    answer = server.request("GET", path)
    assert answer.fields["content-type"].startswith("text/calendar")
    lines = answer.body.decode().split("\r\n")
    assert 'SUMMARY:Final\\, day 1\\; "hall"' in lines
    assert "DTSTART:20300317T174640Z" in lines and "STATUS:CONFIRMED" in lines
    assert f"URL:{server.url}/r/{room}" in lines
    uid = next(line for line in lines if line.startswith("UID:"))
    run(server, token, room, ("room.cancel", {}))
    lines = server.request("GET", path).body.decode().split("\r\n")
    assert "METHOD:CANCEL" in lines and uid in lines
