# Proves checking in at the hall: by its code, by staff, counted apart from those online.

import pytest
from harness.peer import Refused


@pytest.fixture
def host(shared, room):
    with shared.peer(shared.organiser) as peer:
        peer.join(room)
        yield peer


def code_of(server, room, organiser=None):
    answer = server.request("GET", f"/api/v1/rooms/{room}/check-in",
                            token=organiser or server.organiser)
    assert answer.status == 200, answer
    return answer.json["code"]


def give(server, room, code, token):
    return server.request("POST", f"/api/v1/rooms/{room}/check-in", {"code": code}, token=token)


def counts(server, room):
    answer = server.request("GET", f"/api/v1/rooms/{room}/people", token=server.organiser)
    return {name: answer.json["counts"][name] for name in ("on_site", "remote")}


def test_a_member_checks_in_by_the_halls_code(shared, room, host):
    code = code_of(shared, room)
    assert len(code) == 20 and code.isdecimal() and code_of(shared, room) == code
    token = shared.guest("Ann")
    # Whoever has not come in is not counted.
    assert give(shared, room, code, token).json["code"] == "not_admitted"
    with shared.peer(token) as ann:
        ann.join(room)
        assert counts(shared, room) == {"on_site": 0, "remote": 2}
        assert give(shared, room, code, token).status == 204
        told = ann.event(room, "member.checked_in")
        assert told["data"]["member"] == ann.rooms[room].you["member"]
        # A second time makes no second event.
        assert give(shared, room, code, token).status == 204
        assert ann.join(room)["you"]["onSite"] is True
        assert counts(shared, room) == {"on_site": 1, "remote": 1}
    host.flush()
    assert len(host.rooms[room].of_type("member.checked_in")) == 1


@pytest.mark.parametrize("code", ["", "0" * 20, "1", "x" * 10_000])
def test_another_code_is_refused(shared, room, host, code):
    code_of(shared, room)
    answer = give(shared, room, code, shared.organiser)
    assert (answer.status, answer.json["code"]) == (403, "checkin.wrong_code")
    assert counts(shared, room)["on_site"] == 0


def test_a_room_whose_code_nobody_asked_for_has_none(shared, room, host):
    answer = give(shared, room, "0" * 20, shared.organiser)
    assert answer.json["code"] == "checkin.wrong_code"


def test_staff_checks_somebody_in_and_out(shared, room, host):
    with shared.peer(shared.guest("Ann")) as ann:
        member = ann.join(room)["you"]["member"]
        host.ask("member.check_in", room, {"member": member})
        ann.event(room, "member.checked_in")
        host.ask("member.check_out", room, {"member": member})
        ann.event(room, "member.checked_out")
        assert "onSite" not in ann.join(room)["you"]
        with pytest.raises(Refused) as refusal:
            ann.ask("member.check_in", room, {"member": member})
        assert refusal.value.code == "not_permitted"


def test_the_outcome_counts_the_hall_apart_after_a_restart(server):
    organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(organiser)
    token = server.guest("Ann", kind="investor")
    with server.peer(organiser) as host, server.peer(token) as ann:
        host.join(room)
        ann.join(room)
        assert give(server, room, code_of(server, room, organiser), token).status == 204
    server.restart()
    answer = server.request("GET", f"/api/v1/rooms/{room}/outcome", token=organiser)
    assert answer.json["onSite"] == 1
    assert {"kind": "investor", "members": 1, "onSite": 1} in answer.json["attendance"]
    text = server.request("GET", f"/api/v1/rooms/{room}/outcome?format=md&lang=en&offset=0",
                          token=organiser)
    assert "(1 on site)" in text.body.decode()
