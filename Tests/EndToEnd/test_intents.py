# Proves through the real server that an intent, and what goes with it, reaches those whom it is
# between and nobody else: no other investor, no presenter of another slot, no staff unless shared.

import json

import pytest

from harness.peer import Refused

SECRET = ("底价三百万", "微信 ann-1", "电话 ben-2", "太早，先中试", "只给自己看")


def gather(server):
    """A live room with presenters of two slots, two investors and somebody of the audience."""
    if not hasattr(server, "organiser"):
        server.organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(server.organiser, slots=2)
    host = server.peer(server.organiser)
    host.join(room)
    people, members = {}, {}
    for name in ("ann", "rival", "ben", "cleo", "viewer"):
        token = server.guest(name, organisation="Fund", kind="investor")
        people[name] = server.peer(token)
        members[name] = people[name].join(room)["you"]["member"]
    for name, slot in (("ann", "1"), ("rival", "2")):
        host.ask("member.set_roles", room,
                 {"member": members[name], "roles": ["presenter"], "slots": [slot]})
    for name in ("ben", "cleo"):
        host.ask("member.set_roles", room, {"member": members[name], "roles": ["investor"]})
    for name in people:
        people[name].join(room)
    host.ask("room.open", room)
    host.ask("room.start", room)
    return room, host, people, members


def tell(room, people, members):
    """Ben and Ann come together over the first slot, Cleo over the second."""
    ben, ann, cleo = people["ben"], people["ann"], people["cleo"]
    amount = {"currency": "CNY", "least": 100_000_000, "most": 300_000_000}
    ben.ask("intent.give", room, {"slot": "1", "side": "investor", "step": "amount",
                                  "amount": amount, "note": SECRET[0]})
    ann.ask("intent.answer", room,
            {"slot": "1", "member": members["ben"], "answer": "meeting_accepted"})
    ben.ask("contact.offer", room, {"slot": "1", "member": members["ann"], "text": SECRET[1]})
    ann.ask("contact.offer", room, {"slot": "1", "member": members["ben"], "text": SECRET[2]})
    ben.ask("feedback.give", room, {"slot": "1", "codes": ["too_early"], "text": SECRET[3]})
    ben.ask("note.keep", room, {"slot": "1", "text": SECRET[4]})
    cleo.ask("intent.give", room, {"slot": "2", "side": "investor", "step": "follow"})


def everything(server, room, token):
    """All that a person can read of a room: a join anew, events, the log."""
    with server.peer(token) as peer:
        joined = peer.join(room)
    texts = [json.dumps(joined, ensure_ascii=False)]
    for path in ("events?limit=500", "log"):
        answer = server.request("GET", f"/api/v1/rooms/{room}/{path}", token=token)
        texts.append(answer.body.decode())
    return joined, "\n".join(texts)


def test_it_is_between_those_whom_it_concerns(shared):
    server = shared
    room, host, people, members = gather(server)
    with host:
        tell(room, people, members)
        seen = {name: everything(server, room, peer.token) for name, peer in people.items()}
        seen["host"] = everything(server, room, server.organiser)
    knows = {"ben": SECRET, "ann": SECRET[:4]}
    for name, (joined, text) in seen.items():
        for secret in SECRET:
            assert (secret in text) == (secret in knows.get(name, ())), (name, secret)
        # How many are interested is for everybody, of whom is not.
        assert joined["interest"] == {"1": 1, "2": 1}
        about = "intent.given" in text
        assert about == (name in ("ben", "ann", "rival", "cleo")), name
    assert [lead["member"] for lead in seen["rival"][0]["you"]["leads"]] == [members["cleo"]]
    assert members["ben"] not in json.dumps(seen["rival"][0]["you"])
    assert "leads" not in seen["cleo"][0]["you"] and "shared" not in seen["host"][0]["you"]
    told = seen["ben"][0]["you"]["contacts"][0]["told"]
    assert {one["text"] for one in told} == {SECRET[1], SECRET[2]}
    for peer in people.values():
        peer.cut()


def test_all_of_it_stands_after_a_crash(server):
    room, host, people, members = gather(server)
    tell(room, people, members)
    before = {name: server_view(server, room, peer.token) for name, peer in people.items()}
    for peer in (host, *people.values()):
        peer.cut()
    server.restart()
    after = {name: server_view(server, room, peer.token) for name, peer in people.items()}
    assert after == before


def server_view(server, room, token):
    with server.peer(token) as peer:
        joined = peer.join(room)
    return joined["you"], joined["interest"]


def test_nobody_takes_part_in_what_is_not_theirs(shared):
    room, host, people, members = gather(shared)
    tell(room, people, members)
    ben, ann = {"slot": "1", "member": members["ben"]}, {"slot": "1", "member": members["ann"]}
    own = {"slot": "1", "side": "investor", "step": "follow"}
    refused = [
        ("rival", "intent.answer", ben | {"answer": "seen"}, "not_permitted"),
        ("host", "intent.answer", ben | {"answer": "seen"}, "not_permitted"),
        ("rival", "contact.offer", ben | {"text": "x"}, "intent.not_found"),
        ("cleo", "contact.offer", ann | {"text": "x"}, "intent.not_found"),
        ("cleo", "contact.withdraw", ann, "contact.not_found"),
        ("cleo", "intent.withdraw", {"slot": "1"}, "intent.not_found"),
        ("ann", "intent.give", own, "intent.conflict"),
        ("host", "intent.give", own, "intent.conflict"),
        ("ann", "feedback.give", {"slot": "1", "codes": ["other"]}, "intent.conflict"),
    ]
    for name, command, data, code in refused:
        peer = host if name == "host" else people[name]
        with pytest.raises(Refused) as caught:
            peer.ask(command, room, data)
        assert caught.value.code == code, (name, command)
    for peer in (host, *people.values()):
        peer.cut()
