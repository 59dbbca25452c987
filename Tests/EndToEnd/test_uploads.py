"""Uploads: their limits as settings, how they are served, and what becomes of those that are nobody's."""

import hashlib
import os
import sqlite3
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.images import picture
from harness.server import PLENTY, Server
from harness.waiting import until

HTML = b"<!doctype html><script>fetch('/api/v1/session')</script>"
DAYS = 86_400


def chunk(name, data):
    whole = name + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def room_of(server):
    organiser = server.sign_in("organiser")
    room = server.make_room(organiser)
    with server.peer(organiser) as peer:
        peer.join(room)
    return organiser, room


def upload(server, room, token, body, **options):
    return server.request("POST", f"/api/v1/rooms/{room}/files", body, token=token, **options)


def blob(server, digest):
    return server.folder / "blobs" / digest[:2] / digest


def test_the_limits_are_settings(folder):
    limits = ("--set", "uploads.slide_bytes=2000", "--set", "uploads.slide_pixels=300",
              "--set", "uploads.files_per_room=2")
    with Server(folder, *PLENTY, *limits) as server:
        organiser, room = room_of(server)
        told = server.request("GET", "/api/v1/site").json["uploads"]
        assert told["slide"] == {"bytes": 2_000, "pixels": 300}
        assert told["picture"] == {"bytes": 2 << 20, "pixels": 4_096}
        wide = upload(server, room, organiser, picture(1, 301, 2))
        assert (wide.status, wide.json["code"]) == (422, "file.too_many_pixels")
        assert wide.json["data"] == {"width": 301, "height": 2, "limit": 300}
        for body in (bytes(2_001), iter([picture(1, 9, 9), bytes(2_000)])):
            long = upload(server, room, organiser, body)
            assert (long.status, long.json["code"]) == (413, "request.too_large")
            assert long.json["data"] == {"limit": 2_000} and long.json["action"] == "mend"
        for shade in (1, 2):
            assert upload(server, room, organiser, picture(shade, 300, 2)).status == 201
        many = upload(server, room, organiser, picture(3, 300, 2))
        assert (many.status, many.json["code"], many.json["data"]) == (409, "file.too_many", {"limit": 2})
        assert list((folder / "blobs" / "new").iterdir()) == []


def test_uploads_at_once_do_not_pass_the_limit(folder):
    with Server(folder, *PLENTY, "--set", "uploads.files_per_room=5") as server:
        organiser, room = room_of(server)
        bodies = [picture(1, 20 + number, 20) for number in range(24)]
        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(lambda body: upload(server, room, organiser, body), bodies))
        assert sorted(answer.status for answer in answers) == [201] * 5 + [409] * 19
        assert {answer.json["code"] for answer in answers if answer.status == 409} == {"file.too_many"}
        with sqlite3.connect(folder / "people.sqlite") as people:
            assert people.execute("SELECT count(*) FROM files").fetchone() == (5,)
        people.close()


# What an image can carry besides itself: the name, the bytes, and the type they are served as, or None.
whole = picture(1, 20, 20)
head, rest = whole[:33], whole[33:]
POLYGLOTS = [
    ("a PNG with HTML in a text chunk", head + chunk(b"tEXt", b"Comment\0" + HTML) + rest, "image/png"),
    ("a PNG with HTML behind its end", whole + HTML, "image/png"),
    ("a JPEG with HTML in a comment", b"\xff\xd8\xff\xfe" + struct.pack(">H", len(HTML) + 2) + HTML
     + b"\xff\xc0\0\x0b\x08\0\x14\0\x14\1\1\x11\0" + b"\xff\xda\0\2\xff\xd9", "image/jpeg"),
    ("a WebP with HTML in a chunk", b"RIFF" + struct.pack("<I", 4 + 18 + 8 + len(HTML) + len(HTML) % 2)
     + b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + b"\x13\0\0\x13\0\0" + b"EXIF"
     + struct.pack("<I", len(HTML)) + HTML + bytes(len(HTML) % 2), "image/webp"),
    ("a page", HTML, None), ("a page that says PNG later", HTML + whole, None),
    ("a GIF that is a script", b"GIF89a/*" + bytes(40) + b"*/=0;alert(1)", None),
    ("a drawing with a script", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", None),
    ("a document", b"%PDF-1.7\n" + HTML, None), ("blanks, then a page", b" " * 40 + HTML, None),
    ("a PNG's signature and a page", whole[:8] + HTML, None),
]


@pytest.mark.parametrize(("body", "type"), [row[1:] for row in POLYGLOTS], ids=[row[0] for row in POLYGLOTS])
def test_a_file_is_served_as_its_kind_of_image_or_refused(shared, room, body, type):
    named = {"Content-Type": "text/html"}
    answer = upload(shared, room, shared.organiser, body, fields=named)
    if type is None:
        assert (answer.status, answer.json["code"]) == (415, "file.unsupported")
        return
    assert (answer.status, answer.json["type"]) == (201, type)
    path = f"/api/v1/rooms/{room}/files/{answer.json['file']}"
    for fields, status in (({}, 200), ({"Range": "bytes=33-60"}, 206), ({"Range": "bytes=0-1,40-50"}, 206)):
        got = shared.request("GET", path, fields=fields | {"Accept": "text/html"})
        assert got.status == status
        safely(got, None if "," in fields.get("Range", "") else type)
    assert shared.request("GET", path).body == body
    safely(shared.request("HEAD", path), type)


def safely(answer, type):
    """The fields that keep an uploaded file from being anything but an image."""
    if type is not None:
        assert answer.fields["content-type"] == type
        suffix = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}[type]
        assert answer.fields["content-disposition"].startswith('inline; filename="')
        assert answer.fields["content-disposition"].endswith(f'.{suffix}"')
    assert answer.fields["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.fields["x-content-type-options"] == "nosniff"
    assert answer.fields["cross-origin-resource-policy"] == "same-origin"


def test_a_file_that_is_still_fresh_keeps_its_policy(shared, room):
    name = upload(shared, room, shared.organiser, picture(5, 30, 30)).json["file"]
    again = shared.request("GET", f"/api/v1/rooms/{room}/files/{name}", fields={"If-None-Match": f'"{name}"'})
    assert again.status == 304 and again.body == b""
    safely(again, None)


def test_a_crash_between_bytes_and_record_leaves_an_orphan_for_a_day(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = room_of(server)
        kept = upload(server, room, organiser, picture(1)).json["file"]
        # The record cannot be made, and then the process dies: the bytes are there, and nobody's.
        change(folder, "CREATE TRIGGER no BEFORE INSERT ON files BEGIN SELECT RAISE(ABORT, 'no'); END")
        assert upload(server, room, organiser, picture(2)).status == 503
        server.kill()
        orphan = hashlib.sha256(picture(2)).hexdigest()
        assert blob(server, orphan).exists()
        (folder / "blobs" / "new" / "77").write_bytes(b"half of something")
        change(folder, "DROP TRIGGER no")
        server.start()
        until(lambda: "uploads=1" in server.log())
        assert blob(server, orphan).exists() and blob(server, kept).exists()
        assert not (folder / "blobs" / "new" / "77").exists()

        for name in (orphan, kept):
            os.utime(blob(server, name), (time.time() - 2 * DAYS,) * 2)
        server.restart()
        until(lambda: "files=1" in server.log())
        assert not blob(server, orphan).exists()
        path = f"/api/v1/rooms/{room}/files"
        assert server.request("GET", f"{path}/{kept}").body == picture(1)
        # The same bytes once more are a file like any other.
        again = upload(server, room, organiser, picture(2))
        assert again.status == 201
        assert server.request("GET", f"{path}/{orphan}").body == picture(2)


def test_files_in_slots_outlive_the_loss_of_their_records(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = room_of(server)
        names = [upload(server, room, organiser, picture(shade)).json["file"] for shade in (1, 2)]
        with server.peer(organiser) as peer:
            peer.join(room)
            peer.send("slides.place", room, {"slot": "1", "files": names[:1]}, id="place")
            peer.until(lambda: "place" in peer.answers)
            assert "ok" in peer.answers["place"]
        server.kill()
        change(folder, "DELETE FROM files")
        for name in names:
            os.utime(blob(server, name), (time.time() - 2 * DAYS,) * 2)
        server.start()
        until(lambda: "files=1" in server.log())
        assert blob(server, names[0]).exists() and not blob(server, names[1]).exists()


def change(folder, sql):
    with sqlite3.connect(folder / "people.sqlite") as people:
        people.execute(sql)
    people.close()
