"""Proves who may point on a slide, that everybody inside is told where, and that nothing of it is kept."""

import pytest

from harness.images import picture
from harness.peer import Refused

PLACE = {"slot": "1", "page": 1, "x": 2500, "y": 7500}


def stage(server, **plan):
    room = server.make_room(server.organiser, **plan)
    host = server.peer(server.organiser)
    host.join(room)
    files = []
    for shade in (1, 2):
        kept = server.request("POST", f"/api/v1/rooms/{room}/files", picture(shade), token=server.organiser)
        files.append(kept.json["file"])
    host.ask("slides.place", room, {"slot": "1", "files": files})
    host.ask("room.open", room)
    host.ask("room.start", room)
    return room, host


def test_a_presenter_points_and_everybody_is_told_where(shared):
    room, host = stage(shared)
    host.ask("slot.call", room, {"slot": "1"})
    petra = shared.sign_in("presenter", room=room, slot="1", name="Petra")
    with shared.peer(petra) as presenter, shared.peer() as visitor:
        presenter.join(room)
        visitor.join(room)
        assert presenter.ask("pointer.show", room, PLACE) == {}
        assert visitor.signal(room, "pointer") == PLACE
        assert host.signal(room, "pointer") == PLACE
        # Of what moves fast the newest is told in the end.
        for x in range(0, 10_000, 250):
            presenter.send("pointer.show", room, PLACE | {"x": x})
        presenter.ask("pointer.show", room, PLACE | {"x": 10_000})
        visitor.signal(room, "pointer", lambda data: data["x"] == 10_000)
        told = [one for one in visitor.rooms[room].signals if one["signal"] == "pointer"]
        assert len(told) < 20
    before = host.join(room)["snapshot"]["seq"]
    host.ask("pointer.show", room, PLACE | {"page": 2})
    assert host.join(room)["snapshot"]["seq"] == before
    host.close()


def test_whoever_may_not_turn_the_page_does_not_point(shared):
    room, host = stage(shared)
    with pytest.raises(Refused) as refused:
        host.ask("pointer.show", room, PLACE)
    assert refused.value.code == "slot.none_on_stage"
    host.ask("slot.call", room, {"slot": "1"})
    for token, code in ((None, "not_admitted"), (shared.guest("Ann"), "not_permitted")):
        with shared.peer(token) as peer:
            with pytest.raises(Refused) as refused:
                peer.ask("pointer.show", room, PLACE)
            assert refused.value.code == "room.not_joined"
            peer.join(room)
            with pytest.raises(Refused) as refused:
                peer.ask("pointer.show", room, PLACE)
            assert refused.value.code == code
    other = shared.sign_in("presenter", room=room, slot="2", name="Otto")
    with shared.peer(other) as peer:
        peer.join(room)
        with pytest.raises(Refused):
            peer.ask("pointer.show", room, PLACE)
    with pytest.raises(Refused) as refused:
        host.ask("pointer.show", room, PLACE | {"page": 3})
    assert refused.value.code == "slide.no_such_page"
    host.ask("room.end", room)
    host.ask("room.end_confirm", room)
    with pytest.raises(Refused) as refused:
        host.ask("pointer.show", room, PLACE)
    assert refused.value.code == "room.wrong_state"
    host.close()


@pytest.mark.parametrize("change, field", [
    ({"x": -1}, "x"), ({"x": 10_001}, "x"), ({"y": 10_001}, "y"), ({"y": "1"}, "y"), ({"x": 0.5}, "x"),
    ({"page": -1}, "page"), ({"slot": None}, "slot"),
])
def test_a_place_beside_the_slide_is_refused(shared, change, field):
    room, host = stage(shared)
    with pytest.raises(Refused) as refused:
        host.ask("pointer.show", room, PLACE | change)
    assert refused.value.code == "command.malformed" and refused.value.data["field"] == field
    host.close()


def test_behind_a_closed_door_those_outside_are_not_told(shared):
    room, host = stage(shared, door={"admission": "code"})
    host.ask("slot.call", room, {"slot": "1"})
    with shared.peer() as visitor:
        visitor.join(room)
        host.ask("pointer.show", room, PLACE)
        host.signal(room, "pointer")
        # What everybody is told comes behind it.
        host.ask("announcement.make", room, {"text": "so"})
        visitor.event(room, "announcement.made")
        assert not any(one["signal"] == "pointer" for one in visitor.rooms[room].signals)
    host.close()
