# Proves over the protocol who gets through a room's door, what those outside are told, and tickets.

import json

import pytest

from harness.peer import Refused
from harness.websocket import UpgradeRefused, WebSocket

WAITING = {"waiting": True}


@pytest.fixture
def host(shared):
    with shared.peer(shared.organiser) as host:
        yield host


def make(shared, host, door, *steps):
    room = shared.make_room(shared.organiser, door=door)
    host.join(room)
    for step in ("room.open", *steps):
        host.ask(step, room)
    return room


def test_who_waits_learns_its_place_and_nothing_of_the_inside(shared, host):
    room = make(shared, host, WAITING)
    host.ask("chat.say", room, {"text": "INSIDE"})
    with shared.peer(shared.guest("Ann")) as ann, shared.peer(shared.guest("Ben")) as ben:
        assert ann.join(room)["you"]["door"] == {"state": "waiting", "place": 1, "waiting": 1}
        joined = ben.join(room)
        assert joined["you"]["door"]["place"] == 2
        assert joined["snapshot"]["chat"] == [] and "INSIDE" not in json.dumps(joined)
        host.ask("chat.say", room, {"text": "INSIDE AGAIN"})
        host.ask("announcement.make", room, {"text": "Ten minutes"})
        assert ben.event(room, "announcement.made")["data"]["text"] == "Ten minutes"
        assert "INSIDE" not in json.dumps(ben.rooms[room].events)
        first = host.event(room, "member.waiting", lambda body: body["data"]["name"] == "Ann")
        host.ask("member.admit", room, {"member": first["data"]["member"]})
        ann.signal(room, "restart")
        inside = ann.join(room)
        assert inside["you"]["roles"] == ["audience"]
        assert [said["text"] for said in inside["snapshot"]["chat"]] == ["INSIDE", "INSIDE AGAIN"]
        assert ben.signal(room, "queue", lambda data: data.get("place") == 1)["waiting"] == 1
        answer = shared.request("GET", f"/api/v1/rooms/{room}/log", token=ben.token)
        assert "INSIDE" not in answer.body.decode()


def test_a_ban_holds_for_the_session_and_its_streams_end(shared, host):
    room = make(shared, host, {})
    token = shared.guest("Ann")
    with shared.peer(token) as ann:
        member = ann.join(room)["you"]["member"]
        host.ask("member.ban", room, {"member": member, "reason": "noise"})
        assert ann.event(room, "member.banned")["data"]["reason"] == "noise"
        ann.signal(room, "restart")
        with pytest.raises(Refused) as refused:
            ann.ask("chat.say", room, {"text": "still here"})
        assert refused.value.code == "room.not_joined"
        assert ann.join(room)["you"]["door"] == {"state": "banned", "reason": "noise"}
    link = shared.invite("moderator", room=room)
    answer = shared.request("POST", "/api/v1/session/invite", {"token": link}, token=token)
    with shared.peer(answer.json["token"]) as again:
        assert again.join(room)["you"]["door"]["state"] == "banned"
        host.ask("member.unban", room, {"member": member})
    with shared.peer(token) as ann:
        assert ann.join(room)["you"]["door"]["state"] == "waiting"


def test_a_code_lets_in_who_knows_it(shared, host):
    room = make(shared, host, {"admission": "code"})
    code = shared.request("GET", f"/api/v1/rooms/{room}/code", token=shared.organiser).json["code"]
    assert len(code) == 8 and code.isdigit()
    with shared.peer(shared.guest("Ann")) as ann:
        assert ann.join(room)["you"]["door"] == {"state": "code"}
        path = f"/api/v1/rooms/{room}/enter"
        wrong = shared.request("POST", path, {"code": "x"}, token=ann.token)
        assert (wrong.status, wrong.json["code"]) == (403, "door.wrong_code")
        spaced = f" {code[:4]} {code[4:]} "
        assert shared.request("POST", path, {"code": spaced}, token=ann.token).status == 204
        assert ann.join(room)["you"]["roles"] == ["audience"]


def test_a_link_lets_in_as_many_as_it_says_until_it_is_revoked(shared, host):
    room = make(shared, host, {"admission": "invitation"})
    path = f"/api/v1/rooms/{room}/invites"
    made = shared.request("POST", path, {"role": "judge", "uses": 2}, token=shared.organiser).json
    ann = shared.guest("Ann")
    with shared.peer(ann) as peer:
        assert peer.join(room)["you"]["door"] == {"state": "invitation"}

    def use(token):
        return shared.request("POST", "/api/v1/session/invite", {"token": made["token"]}, token=token)

    # The same person twice costs one use.
    assert [use(token).status for token in (ann, ann, shared.guest("Ben"), shared.guest("Cy"))] \
        == [201, 201, 201, 403]
    with shared.peer(ann) as peer:
        assert peer.join(room)["you"]["roles"] == ["judge"]
    listed = shared.request("GET", path, token=shared.organiser).json["invites"]
    assert [(one["id"], one["used"], one["uses"]) for one in listed] == [(made["id"], 2, 2)]
    assert made["token"] not in json.dumps(listed)
    more = shared.request("POST", path, {"role": "expert", "uses": 9}, token=shared.organiser).json
    gone = shared.request("DELETE", f"{path}/{more['id']}", token=shared.organiser)
    assert gone.status == 204
    body = {"token": more["token"]}
    assert shared.request("POST", "/api/v1/session/invite", body, token=ann).status == 403


def test_a_held_message_is_its_authors_until_it_is_approved(shared, host):
    room = make(shared, host, {}, "room.start")
    host.ask("chat.hold", room, {"on": True})
    with shared.peer(shared.guest("Ann")) as ann, shared.peer(shared.guest("Ben")) as ben:
        ann.join(room)
        ben.join(room)
        ann.ask("chat.say", room, {"text": "HELD"})
        held = host.event(room, "chat.held")
        assert held["data"]["text"] == "HELD"
        assert [one["text"] for one in ann.join(room)["you"]["held"]] == ["HELD"]
        host.ask("chat.say", room, {"text": "after"})
        ben.event(room, "chat.said")
        assert "HELD" not in json.dumps(ben.rooms[room].events)
        host.ask("chat.approve", room, {"held": held["seq"]})
        told = ben.event(room, "chat.approved")["data"]
        assert (told["name"], told["text"], told["held"]) == ("Ann", "HELD", held["seq"])


class TestTickets:
    def ticket(self, shared, token):
        return shared.request("POST", "/api/v1/ws-ticket", {}, token=token).json["ticket"]

    def socket(self, shared, ticket, **options):
        protocols = f"luyan.v1, luyan.ticket.{ticket}"
        return WebSocket(shared.url, subprotocol=protocols, **options)

    def test_a_ticket_opens_one_socket_of_its_session(self, shared):
        token = shared.guest("Ann")
        ticket = self.ticket(shared, token)
        socket = self.socket(shared, ticket)
        assert socket.subprotocol == "luyan.v1"
        socket.close()
        with pytest.raises(UpgradeRefused, match="ticket.invalid"):
            self.socket(shared, ticket)

    def test_a_ticket_is_of_its_origin_and_its_session(self, shared):
        token = shared.guest("Ann")
        with pytest.raises(UpgradeRefused, match="ticket.invalid"):
            self.socket(shared, self.ticket(shared, token), fields=[("Origin", shared.url)])
        ticket = self.ticket(shared, token)
        assert shared.request("DELETE", "/api/v1/session", token=token).status == 204
        with pytest.raises(UpgradeRefused, match="ticket.invalid"):
            self.socket(shared, ticket)
        assert ticket not in shared.log()
