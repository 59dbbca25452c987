# Proves slides as one PDF: pages become images and are placed; strangers' files are bounded and harmless.

import shutil
import struct
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from harness.documents import document
from harness.presentations import presentation
from harness.server import Server
from harness.waiting import until


class Room:
    def __init__(self, server):
        self.server = server
        self.token = server.sign_in("organiser", name="Mo")
        answer = server.request("POST", "/api/v1/rooms", {
            "title": "Final", "startsAt": 1_900_000_000_000,
            "slots": [{"title": "One"}, {"title": "Two"}],
        }, token=self.token)
        assert answer.status == 201, answer
        self.room = answer.json["room"]

    def path(self, slot="1"):
        return f"/api/v1/rooms/{self.room}/slots/{slot}/slides"

    def send(self, body, token=None, slot="1"):
        return self.server.request("POST", self.path(slot), body, token=token or self.token,
                                   fields={"Content-Type": "application/pdf"})

    def wait(self, slot="1"):
        until(lambda: self.state(slot)["state"] not in ("converting", "making"), "the slides",
              patience=120)
        return self.state(slot)

    def state(self, slot="1"):
        return self.server.request("GET", self.path(slot), token=self.token).json

    def place(self, body, slot="1"):
        answer = self.send(body, slot=slot)
        assert answer.status == 202 and answer.json["state"] == "making", answer
        return self.wait(slot)

    def pages(self, slot=0):
        with self.server.peer(self.token) as peer:
            return peer.join(self.room)["snapshot"]["slots"][slot]["pages"]

    def image(self, page):
        answer = self.server.request("GET", f"/api/v1/rooms/{self.room}/files/{page['file']}",
                                     token=self.token)
        assert answer.status == 200 and answer.fields["content-type"] == page["type"]
        return answer.body


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slides") / "data"
    with Server(folder, "--set", "uploads.document_bytes=1000000") as server:
        server.folder = folder
        yield server


def test_a_document_becomes_slides_and_nothing_is_left_of_it(server):
    room = Room(server)
    assert server.request("GET", room.path(), token=room.token).json == {"state": "none"}
    assert room.place(document(["", "High fields", "高温超导磁体"])) \
        == {"state": "ready", "pages": 3}
    pages = room.pages()
    assert [(page["type"], page["width"], page["height"]) for page in pages] \
        == [("image/png", 1600, 900)] * 3
    images = [room.image(page) for page in pages]
    assert struct.unpack(">II", images[0][16:24]) == (1600, 900)
    # Letters are drawn, and Han characters too, whose font is not in the file.
    assert len(images[0]) < len(images[1]) and len(images[0]) < len(images[2])
    assert not any((server.folder / "work").iterdir())
    uploads = [one for one in server.folder.rglob("*") if one.is_file()
               and one.read_bytes()[:5] == b"%PDF-"]
    assert uploads == []


def test_a_tall_page_is_bounded_too(server):
    room = Room(server)
    assert room.place(document(["x"], width=100, height=14_000))["state"] == "ready"
    assert (room.pages()[0]["width"], room.pages()[0]["height"]) == (12, 1600)


@pytest.mark.parametrize("body, why", [
    (b"%PDF-1.4\n", "unreadable"),
    (document(["x"])[:-200], None),
    (document(["x"]).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"), "unreadable"),
    (b"%PDF-1.4\n" + bytes(range(256)) * 400, "unreadable"),
    (document(["x"] * 201), "too_many_pages"),
])
def test_what_is_no_good_document_is_told_and_places_nothing(server, body, why):
    room = Room(server)
    state = room.place(body)
    if why is None:
        # Cut short it may be mended by the reader, or not.
        assert state["state"] in ("ready", "failed")
    else:
        assert state == {"state": "failed", "why": why}
        assert room.pages() == []
    assert not any((server.folder / "work").iterdir())
    # And a good one is taken after it.
    assert room.place(document(["x"]))["state"] == "ready"


def test_what_is_no_document_or_too_large_is_refused_at_once(server):
    room = Room(server)
    answer = room.send(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert answer.status == 415 and answer.json["code"] == "file.unsupported"
    assert room.send(b"%PDF-" + bytes(1_000_000)).status == 413
    assert room.send(b"%P").status == 415
    site = server.request("GET", "/api/v1/site").json
    assert site["uploads"]["documentBytes"] == 1_000_000


def test_only_who_may_place_slides_sends_a_document(server):
    room = Room(server)
    presenter = server.sign_in("presenter", room=room.room, slot="2", name="Pia")
    with server.peer(presenter) as peer:
        peer.join(room.room)
    for token, status in ((None, 202), (presenter, 403), (server.guest("Ann"), 401)):
        assert room.send(document(["x"]), token=token).status == status
    assert server.request("POST", room.path(), document(["x"])).status == 401
    assert room.send(document(["x"]), token=presenter, slot="2").status == 202
    assert room.send(document(["x"]), slot="9").status == 404
    assert room.wait()["state"] == room.wait("2")["state"] == "ready"


def test_many_documents_at_once_are_made_one_after_another(server):
    rooms = [Room(server) for _ in range(4)]
    for room in rooms:
        assert room.send(document(["a", "b"])).status == 202
    busy = rooms[-1].send(document(["a"]))
    assert busy.status in (202, 503)
    assert [room.wait() for room in rooms] == [{"state": "ready", "pages": 2}] * 3 + [
        {"state": "ready", "pages": 1 if busy.status == 202 else 2}]


def test_the_words_of_pages_are_taken_and_told(server):
    room = Room(server)
    # A radical in place of a character, letters of full width, and a page without words.
    room.place(document(["高温超导磁⻚", "ＡＢ１２线圈", ""]))
    pages = room.pages()
    guest = server.guest("Ann")
    for token in (None, guest, room.token):
        answer = server.request("GET", f"/api/v1/rooms/{room.room}/slots/1/texts", token=token)
        assert answer.status == 200, answer
        assert answer.json == {"pages": [
            {"file": page["file"], "text": text}
            for page, text in zip(pages, ["高温超导磁页", "AB12线圈", ""], strict=True)]}
        one = server.request("GET", f"/api/v1/rooms/{room.room}/files/{pages[0]['file']}/text",
                             token=token)
        assert (one.status, one.json) == (200, {"text": "高温超导磁页"})
    empty = server.request("GET", f"/api/v1/rooms/{room.room}/slots/2/texts")
    assert empty.json == {"pages": []}
    unknown = server.request("GET", f"/api/v1/rooms/{room.room}/slots/9/texts")
    assert (unknown.status, unknown.json["code"]) == (404, "slot.not_found")
    for file in ("0", "f" * 64):
        answer = server.request("GET", f"/api/v1/rooms/{room.room}/files/{file}/text")
        assert (answer.status, answer.json["code"]) == (404, "not_found")
    # Another room has the same picture when it made it itself, not before.
    other = Room(server)
    answer = server.request("GET", f"/api/v1/rooms/{other.room}/files/{pages[0]['file']}/text")
    assert answer.status == 404


def test_words_of_pages_outlive_a_restart(tmp_path):
    with Server(tmp_path / "data") as running:
        room = Room(running)
        room.place(document(["第一页"]))
        path = f"/api/v1/rooms/{room.room}/slots/1/texts"
        told = running.request("GET", path).json
        assert told["pages"][0]["text"] == "第一页"
    with Server(tmp_path / "data") as running:
        assert running.request("GET", path).json == told


def notes(room, method="GET", page="", body=None, token=None, slot="1"):
    path = f"/api/v1/rooms/{room.room}/slots/{slot}/notes" + (f"/{page}" if page != "" else "")
    return room.server.request(method, path, body, token=token)


def test_only_a_slots_presenters_read_and_write_its_notes(server):
    room = Room(server)
    presenter, second = (server.sign_in("presenter", room=room.room, slot="1", name=name)
                         for name in ("Pia", "Pit"))
    other = server.sign_in("presenter", room=room.room, slot="2", name="Oda")
    for token in (presenter, second, other):
        with server.peer(token) as peer:
            peer.join(room.room)
    assert notes(room, token=presenter).json == {"pages": []}
    assert notes(room, "PUT", 2, {"text": "先说\n试验"}, presenter).status == 204
    assert notes(room, "PUT", 1, {"text": "hello\u0007"}, second).status == 204
    for token in (presenter, second):
        assert notes(room, token=token).json == {"pages": ["hello", "先说\n试验"]}
    # The last that is written to a page counts, and an empty one is none.
    assert notes(room, "PUT", 2, {"text": ""}, second).status == 204
    assert notes(room, token=presenter).json == {"pages": ["hello"]}
    for token, status in ((None, 401), (server.guest("Ann"), 403), (other, 403), (room.token, 403)):
        assert notes(room, token=token).status == status
        assert notes(room, "PUT", 1, {"text": "x"}, token).status == status
    assert notes(room, token=other, slot="2").json == {"pages": []}
    log = server.request("GET", f"/api/v1/rooms/{room.room}/log", token=room.token).body
    assert b"hello" not in log


@pytest.mark.parametrize("page, body, field", [
    (0, {"text": "x"}, "page"), (201, {"text": "x"}, "page"), (-1, {"text": "x"}, "page"),
    (1, {}, "text"), (1, {"text": 1}, "text"), (1, {"text": "长" * 4001}, "text"),
])
def test_notes_are_bounded(server, page, body, field):
    room = Room(server)
    presenter = server.sign_in("presenter", room=room.room, slot="1", name="Pia")
    with server.peer(presenter) as peer:
        peer.join(room.room)
    refused = notes(room, "PUT", page, body, presenter)
    assert refused.status == 400 and refused.json["data"]["field"] == field, refused
    assert notes(room, "PUT", 200, {"text": "长" * 4000}, presenter).status == 204
    assert len(notes(room, token=presenter).json["pages"]) == 200


# Where LibreOffice is installed presentations are taken too; nothing of ours installs it.
HAS_OFFICE = shutil.which("soffice") is not None


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
def test_a_presentation_becomes_slides_with_its_words(server):
    assert server.request("GET", "/api/v1/site").json["uploads"]["presentations"] is True
    room = Room(server)
    sent = room.send(presentation("高温超导磁体", "Second page"))
    assert sent.status == 202 and sent.json["state"] == "converting", sent
    assert room.wait() == {"state": "ready", "pages": 2}
    texts = server.request("GET", f"/api/v1/rooms/{room.room}/slots/1/texts", token=room.token).json
    assert [page["text"].strip() for page in texts["pages"]] == ["高温超导磁体", "Second page"]
    assert not any((server.folder / "work").iterdir())


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
def test_a_presentation_fetches_nothing(server):
    asked = []

    class Tempting(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Tempting) as tempting:
        threading.Thread(target=tempting.serve_forever, daemon=True).start()
        room = Room(server)
        linked = f"http://127.0.0.1:{tempting.server_port}/x.png"
        room.send(presentation("Linked", linked=linked))
        assert room.wait()["state"] == "ready"
        tempting.shutdown()
    assert asked == []


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not installed")
def test_an_archive_that_is_no_presentation_is_told(server):
    room = Room(server)
    room.send(b"PK\x03\x04 and nothing that follows from it")
    assert room.wait() == {"state": "failed", "why": "unreadable"}
    assert not any((server.folder / "work").iterdir())


@pytest.mark.skipif(HAS_OFFICE, reason="LibreOffice is installed")
def test_without_libreoffice_a_presentation_is_refused_at_its_first_bytes(server):
    assert server.request("GET", "/api/v1/site").json["uploads"]["presentations"] is False
    answer = Room(server).send(presentation("One"))
    assert (answer.status, answer.json["code"]) == (415, "file.unsupported")
