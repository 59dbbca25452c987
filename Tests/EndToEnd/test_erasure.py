"""Proves that a person takes along what is kept of them, and is forgotten whole."""

import contextlib
import sqlite3

import pytest

from harness.accounts import MANY, PASSWORD, register, sign_in
from harness.clips import clip
from harness.server import Server
from harness.waiting import until


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("erasure") / "data", *MANY) as running:
        yield running


def test_export_and_erasure(site):
    organiser = site.sign_in("organiser", name="Olga")
    room = site.make_room(organiser)
    with site.peer(organiser) as peer:
        peer.join(room)
        peer.ask("room.open", room)
    token = register(site, "gone@example.org", name="Gonegone")
    with site.peer(token) as peer:
        peer.join(room)
        peer.ask("chat.say", room, {"text": "forget me"})
    export = site.request("GET", "/api/v1/account/export", token=token)
    assert "attachment" in export.fields["content-disposition"]
    assert export.json["person"]["contact"] == "gone@example.org"
    assert "forget me" in str(export.json["rooms"]) and b"scrypt" not in export.body
    path = "/api/v1/account/erase"
    assert site.request("POST", path, {"password": "wrong wrong wrong"}, token=token).status == 403
    answer = site.request("POST", path, {"password": PASSWORD}, token=token)
    # What was said, and the card that came with the admission.
    assert answer.json | {"logDays": 0} == {"erased": 2, "kept": 0, "pending": False, "logDays": 0}
    assert sign_in(site, "gone@example.org").status == 403
    for path in ("events", "log", "people", "transcript?lang=en"):
        told = site.request("GET", f"/api/v1/rooms/{room}/{path}", token=organiser)
        assert told.status == 200
        assert b"forget me" not in told.body and b"Gonegone" not in told.body, path


def test_who_was_sent_out_is_forgotten_too_and_a_closed_room_keeps_what_it_has(site):
    organiser = site.sign_in("organiser", name="Olga")
    out, closed = site.make_room(organiser), site.make_room(organiser)
    token = register(site, "sent@example.org", name="Sentout")
    with site.peer(organiser) as host, site.peer(token) as peer:
        for room in (out, closed):
            host.join(room)
            for step in ("room.open", "room.start"):
                host.ask(step, room)
            member = peer.join(room)["you"]["member"]
            peer.ask("chat.say", room, {"text": "forget me"})
            if room == out:
                host.ask("member.ban", room, {"member": member})
        for step in ("room.end", "room.end_confirm", "room.close"):
            host.ask(step, closed)
    answer = site.request("POST", "/api/v1/account/erase", {"password": PASSWORD}, token=token)
    assert (answer.json["erased"], answer.json["kept"]) == (2, 2)
    told = site.request("GET", f"/api/v1/rooms/{out}/log", token=organiser).body
    assert b"forget me" not in told and b"Sentout" not in told
    assert b"forget me" in site.request("GET", f"/api/v1/rooms/{closed}/log", token=organiser).body


def test_an_erasure_that_was_held_up_goes_on_after_a_restart(server):
    organiser = server.sign_in("organiser")
    room = server.make_room(organiser)
    token = register(server, "held@example.org", name="Heldup")
    with server.peer(organiser) as host, server.peer(token) as peer:
        host.join(room)
        host.ask("room.open", room)
        peer.join(room)
        peer.ask("chat.say", room, {"text": "forget me"})
    server.kill()
    people = sqlite3.connect(server.folder / "people.sqlite")
    with contextlib.closing(people), people:
        people.execute("UPDATE persons SET erasing = 1 WHERE name = 'Heldup'")
    server.start()

    def is_forgotten():
        told = server.request("GET", f"/api/v1/rooms/{room}/log", token=organiser).body
        return b"forget me" not in told and b"Heldup" not in told

    until(is_forgotten)
    until(lambda: server.request("GET", "/api/v1/account", token=token).status == 401)


def test_own_rehearsals_and_uploads_go_with_a_person(site):
    organiser = site.sign_in("organiser", name="Olga")
    room = site.make_room(organiser)
    token = register(site, "film@example.org", name="Filmed")
    link = site.invite("presenter", room=room, slot="1")
    answer = site.request("POST", "/api/v1/session/invite", {"token": link}, token=token)
    assert answer.status in (200, 201), answer
    with site.peer(token) as peer:
        peer.join(room)
    answer = site.request("POST", f"/api/v1/rooms/{room}/slots/1/recordings",
                          clip(2, video=False), token=token)
    assert answer.status == 201, answer
    folder = site.folder / "recordings" / room / answer.json["recording"]
    assert folder.exists()
    answer = site.request("POST", "/api/v1/account/erase", {"password": PASSWORD}, token=token)
    assert answer.status == 200 and not answer.json["pending"]
    assert not folder.exists()
