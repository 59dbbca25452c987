"""Proves that the audience is counted in the log and the outcome, and by slide for a slot's presenters alone."""

import pytest

from harness.accounts import register
from harness.images import picture
from harness.organisations import bring_in, found, stand
from harness.peer import Refused
from harness.server import PLENTY, Server

SECONDS = ("--set", "rooms.attendance_seconds=1")


@pytest.fixture(scope="module")
def counting(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("attendance") / "data", *PLENTY, *SECONDS) as running:
        running.organiser = running.sign_in("organiser", name="Olga")
        yield running


def count(host, room, least):
    """Waits for a count of that many."""
    return host.event(room, "attendance.counted", lambda body: body["data"]["most"] >= least)


def test_the_most_at_once_stands_in_the_outcome(counting):
    room = counting.make_room(counting.organiser)
    with counting.peer(counting.organiser) as host:
        host.join(room)
        host.ask("room.open", room)
        host.ask("room.start", room)
        host.ask("slot.call", room, {"slot": "1"})
        crowd = [counting.peer() for _ in range(4)]
        for viewer in crowd:
            viewer.join(room)
        told = count(host, room, 5)
        assert told["data"]["slot"] == "1"
        for viewer in crowd:
            viewer.close()
        host.event(room, "attendance.counted", lambda body: body["data"]["here"] == 1)
        outcome = counting.request("GET", f"/api/v1/rooms/{room}/outcome", token=counting.organiser).json
        assert outcome["peak"]["here"] == 5
        assert [slot["most"] for slot in outcome["slots"]] == [5, None]


def test_counts_outlive_a_crash_and_end_with_the_room(tmp_path):
    with Server(tmp_path / "data", *PLENTY, *SECONDS) as server:
        organiser = server.sign_in("organiser", name="Olga")
        room = server.make_room(organiser)
        with server.peer(organiser) as host:
            host.join(room)
            host.ask("room.open", room)
            count(host, room, 1)
        server.restart()
        with server.peer(organiser) as host:
            host.join(room)
            host.ask("room.cancel", room, {})
            assert host.ask("time.sync")["now"]
            assert host.rooms[room].events[-1]["parts"][0]["body"]["type"] == "room.cancelled"
        outcome = server.request("GET", f"/api/v1/rooms/{room}/outcome", token=organiser).json
        assert outcome["peak"]["here"] == 1


def slides(server, room, host, pages):
    files = []
    for shade in range(pages):
        kept = server.request("POST", f"/api/v1/rooms/{room}/files", picture(shade + 1), token=server.organiser)
        files.append(kept.json["file"])
    host.ask("slides.place", room, {"slot": "1", "files": files})


def test_presenters_learn_at_which_slides_people_asked_turned_back_and_went(counting):
    room = counting.make_room(counting.organiser)
    presenter_token = counting.sign_in("presenter", room=room, slot="1", name="Petra")
    other_token = counting.sign_in("presenter", room=room, slot="2", name="Otto")
    with counting.peer(counting.organiser) as host, counting.peer(presenter_token) as presenter, \
            counting.peer(other_token) as other:
        host.join(room)
        slides(counting, room, host, 3)
        host.ask("room.open", room)
        host.ask("room.start", room)
        presenter.join(room)
        other.join(room)
        host.ask("slot.call", room, {"slot": "1"})
        host.ask("pitch.start", room)
        viewers = [counting.peer(counting.guest(f"V{n}")) for n in range(6)]
        for viewer in viewers:
            viewer.join(room)
        host.ask("slide.show", room, {"slot": "1", "page": 2})
        for viewer in viewers[:5]:
            viewer.ask("question.ask", room, {"text": "why?", "slot": "1"})
        for viewer in viewers:
            # Twice by one is once; a page that was not shown yet, or another slot's, is nothing.
            for page in (1, 1, 2, 3):
                assert viewer.ask("slide.look_back", room, {"slot": "1", "page": page}) == {}
            viewer.ask("slide.look_back", room, {"slot": "2", "page": 1})
        host.ask("slide.show", room, {"slot": "1", "page": 3})
        for viewer in viewers[:5]:
            viewer.close()
        host.signal(room, "presence", lambda data: data["here"] == 4)
        # Somebody who works here goes too, which says nothing of a slide.
        host.ask("qa.start", room)
        host.ask("slot.finish", room)
        told = presenter.event(room, "slot.followed")["data"]
        assert told == {"slot": "1", "pages": [
            {"page": 1, "asked": 0, "returned": 6, "left": 0},
            {"page": 2, "asked": 5, "returned": 0, "left": 0},
            {"page": 3, "asked": 0, "returned": 0, "left": 5},
        ]}
        assert presenter.join(room)["you"]["followed"] == [told]
        assert "followed" not in other.join(room)["you"]
        viewers[5].flush()
        assert viewers[5].rooms[room].of_type("slot.followed") == []
        viewers[5].close()


def test_few_are_not_told_of(counting):
    room = counting.make_room(counting.organiser)
    with counting.peer(counting.organiser) as host:
        host.join(room)
        slides(counting, room, host, 2)
        host.ask("room.open", room)
        host.ask("room.start", room)
        host.ask("slot.call", room, {"slot": "1"})
        host.ask("pitch.start", room)
        viewers = [counting.peer() for _ in range(4)]
        for viewer in viewers:
            viewer.join(room)
        for viewer in viewers:
            viewer.close()
        host.signal(room, "presence", lambda data: data["here"] == 1)
        host.ask("qa.start", room)
        host.ask("slot.finish", room)
        # Decided behind the slot's end, so before what comes next.
        host.ask("chat.say", room, {"text": "after"})
        assert host.rooms[room].of_type("slot.followed") == []


def test_regions_are_those_of_verified_organisations(counting):
    room = counting.make_room(counting.organiser)
    founder = counting.guest("Founder")
    institute = found(counting, founder, "江苏所", region="320500")
    stand(counting, institute, counting.sign_in("operator", name="Op"), "verified")
    member = register(counting, "member@example.org", name="Ann")
    bring_in(counting, institute, founder, member)
    with counting.peer(counting.organiser) as host, counting.peer(member) as guest, \
            counting.peer(counting.guest("Gus", organisation="某公司")) as other:
        host.join(room)
        host.ask("room.open", room)
        guest.join(room)
        other.join(room)
    path = f"/api/v1/rooms/{room}/outcome"
    outcome = counting.request("GET", path, token=counting.organiser).json
    assert outcome["regions"] == [{"region": "320000", "members": 1}]
    report = counting.request("GET", path + "?format=md&lang=en", token=counting.organiser).body.decode()
    assert "- Jiangsu: 1\n" in report


@pytest.mark.parametrize("data", [{}, {"slot": "1"}, {"slot": "1", "page": -1}, {"slot": 1, "page": 1},
                                  {"slot": "1", "page": "1"}])
def test_a_look_that_is_none_is_refused(counting, data):
    room = counting.make_room(counting.organiser)
    with counting.peer() as visitor:
        with pytest.raises(Refused) as refused:
            visitor.ask("slide.look_back", room, {"slot": "1", "page": 1})
        assert refused.value.code == "room.not_joined"
        visitor.join(room)
        with pytest.raises(Refused) as refused:
            visitor.ask("slide.look_back", room, data)
        assert refused.value.code == "command.malformed"
