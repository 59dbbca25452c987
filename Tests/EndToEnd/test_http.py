"""HTTP/1.1 whole, by a client that shares no code with the server: chunked bodies, ranges, conditions,
variants, uploads to the disk, and requests hidden in others."""

import gzip
import hashlib
import os
import re
import time

import pytest

from harness import web

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x06\x40\0\0\x03\x84\x08\x06\0\0\0\1\2\3\4"
PNG_END = b"\0\0\0\0IEND\xae\x42\x60\x82"


def image(size, seed=1):
    """As many bytes of a page image, told by their place."""
    block = hashlib.sha512(bytes([seed])).digest()
    return (PNG + block * (size // len(block) + 1))[:size - len(PNG_END)] + PNG_END


def uploads(server, room, body, **options):
    return server.request("POST", f"/api/v1/rooms/{room}/files", body, **options)


@pytest.fixture(scope="module")
def kept(shared):
    """A file on the shared server: its address, its bytes and its name."""
    room = shared.make_room(shared.organiser)
    with shared.peer(shared.organiser) as peer:
        peer.join(room)
    body = image(300_000)
    answer = uploads(shared, room, body, token=shared.organiser)
    assert answer.status == 201, answer
    return f"/api/v1/rooms/{room}/files/{answer.json['file']}", body, answer.json["file"]


def test_a_chunked_upload_is_the_same_file(shared, room):
    body = image(700_000, seed=2)
    pieces = (body[start:start + 9_999] for start in range(0, len(body), 9_999))
    answer = uploads(shared, room, pieces, token=shared.organiser)
    assert answer.status == 201, answer
    assert answer.json["file"] == hashlib.sha256(body).hexdigest()
    assert (answer.json["bytes"], answer.json["width"]) == (700_000, 1_600)
    got = shared.request("GET", f"/api/v1/rooms/{room}/files/{answer.json['file']}")
    assert (got.status, got.body, got.fields["content-type"]) == (200, body, "image/png")


def test_a_chunked_body_of_json_is_read(shared):
    answer = shared.request(
        "POST", "/api/v1/session/guest", iter([b'{"na', b'me":', b'"Ann"}']),
        fields={"Content-Type": "application/json"},
    )
    assert answer.status == 201 and answer.json["person"]["name"] == "Ann"


RANGES = [
    ("bytes=0-9", 206, [(0, 10)]), ("bytes=299990-", 206, [(299_990, 300_000)]),
    ("bytes=-5", 206, [(299_995, 300_000)]), ("bytes=0-9,200000-200009", 206, [(0, 10), (200_000, 200_010)]),
    ("bytes=0-9,5-20", 206, [(0, 21)]), ("bytes=300000-", 416, []), ("bytes=9-0", 200, [(0, 300_000)]),
    ("bytes=" + ",".join(f"{n}000-{n}001" for n in range(17)), 200, [(0, 300_000)]),
]


@pytest.mark.parametrize("field, status, ranges", RANGES, ids=range(len(RANGES)))
def test_ranges_of_a_file(shared, kept, field, status, ranges):
    path, body, _ = kept
    answer = shared.request("GET", path, fields={"Range": field})
    assert answer.status == status
    if status == 416:
        assert answer.fields["content-range"] == "bytes */300000"
    elif len(ranges) == 1:
        start, end = ranges[0]
        assert answer.body == body[start:end]
        if status == 206:
            assert answer.fields["content-range"] == f"bytes {start}-{end - 1}/300000"
    else:
        boundary = answer.fields["content-type"].partition("boundary=")[2].encode()
        parts = answer.body.split(b"--" + boundary)
        assert parts[0] == b"" and parts[-1] == b"--\r\n"
        for part, (start, end) in zip(parts[1:-1], ranges, strict=True):
            head, _, content = part.partition(b"\r\n\r\n")
            assert f"Content-Range: bytes {start}-{end - 1}/300000".encode() in head
            assert content == body[start:end] + b"\r\n"


def test_conditions_of_a_file(shared, kept):
    path, body, name = kept
    modified = shared.request("HEAD", path).fields["last-modified"]
    table = [
        ({"If-None-Match": f'"{name}"'}, 304), ({"If-None-Match": '"x"'}, 200), ({"If-Match": '"x"'}, 412),
        ({"If-Modified-Since": modified}, 304), ({"If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"}, 412),
        ({"Range": "bytes=0-0", "If-Range": f'"{name}"'}, 206), ({"Range": "bytes=0-0", "If-Range": '"x"'}, 200),
        ({"Range": "bytes=0-0", "If-Range": modified}, 206),
    ]
    for fields, status in table:
        answer = shared.request("GET", path, fields=fields)
        assert answer.status == status, fields
        if status == 304:
            assert answer.body == b"" and answer.fields["etag"] == f'"{name}"'
    head = shared.request("HEAD", path)
    assert head.body == b"" and head.fields["content-length"] == "300000"


def test_pages_come_packed_and_each_coding_has_its_tag(shared):
    plain = shared.request("GET", "/app/main.js", fields={"Accept-Encoding": "identity"})
    assert plain.status == 200 and plain.fields["vary"] == "Accept-Encoding"
    end = time.monotonic() + 60
    while True:  # They are packed beside the first answers.
        packed = shared.request("GET", "/app/main.js", fields={"Accept-Encoding": "gzip, br"})
        if packed.fields.get("content-encoding") == "br" or time.monotonic() > end:
            break
    assert packed.fields["content-encoding"] == "br" and len(packed.body) < len(plain.body)
    gzipped = shared.request("GET", "/app/main.js", fields={"Accept-Encoding": "gzip;q=0.5, br;q=0"})
    assert gzip.decompress(gzipped.body) == plain.body
    assert len({answer.fields["etag"] for answer in (plain, packed, gzipped)}) == 3
    same = shared.request(
        "GET", "/app/main.js", fields={"Accept-Encoding": "gzip", "If-None-Match": gzipped.fields["etag"]}
    )
    assert same.status == 304


def test_options_tell_the_methods(shared, room):
    for path, methods in [
        ("*", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"), ("/", "GET, HEAD, OPTIONS"),
        ("/app/main.js", "GET, HEAD, OPTIONS"), ("/api/v1/rooms", "GET, HEAD, POST, OPTIONS"),
        (f"/api/v1/rooms/{room}/files", "POST, OPTIONS"), ("/healthz", "GET, HEAD, OPTIONS"),
        ("/ws", "GET, OPTIONS"),
    ]:
        answer = shared.request("OPTIONS", path)
        assert (answer.status, answer.fields.get("allow"), answer.body) == (204, methods, b""), path
    assert shared.request("OPTIONS", "/nothing/here").status == 404
    refused = shared.request("DELETE", "/api/v1/rooms", token=shared.organiser)
    assert (refused.status, refused.fields["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_the_log_is_a_stream(shared, room):
    answer = shared.request("GET", f"/api/v1/rooms/{room}/log", token=shared.organiser)
    assert answer.fields["transfer-encoding"] == "chunked" and "content-length" not in answer.fields
    assert answer.body.endswith(b"\n") and b'"checkpoint"' in answer.body.splitlines()[-1]
    head = shared.request("HEAD", f"/api/v1/rooms/{room}/log", token=shared.organiser)
    assert head.body == b"" and head.fields["transfer-encoding"] == "chunked"
    old = web.raw(
        shared.url,
        f"GET /api/v1/rooms/{room}/log HTTP/1.0\r\nAuthorization: Bearer {shared.organiser}\r\n\r\n".encode(),
    )
    assert old.partition(b"\r\n\r\n")[2].splitlines()[:-1] == answer.body.splitlines()[:-1]


# Uploads and the disk


def own_room(server):
    token = server.sign_in("organiser", name="Olga")
    room = server.make_room(token)
    with server.peer(token) as peer:
        peer.join(room)
    return token, room


def until(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end


def test_nothing_is_left_of_an_upload_that_ends_badly(server, folder):
    token, room = own_room(server)
    new = folder / "blobs" / "new"
    head = f"POST /api/v1/rooms/{room}/files HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
    with web.connect(server.url, 20) as cut:
        cut.sendall(head.encode() + b"Content-Length: 1000000\r\n\r\n" + image(500_000))
        until(lambda: os.listdir(new) and (new / os.listdir(new)[0]).stat().st_size > 100_000)
    until(lambda: not os.listdir(new))
    # No image, wrong framing, too long: refused before or while it is written.
    assert uploads(server, room, b"<svg>" + bytes(9_000_000 - 5), token=token).status in (413, 415)
    bad = web.raw(
        server.url,
        head.encode() + b"Transfer-Encoding: chunked\r\n\r\n30d40\r\n" + image(200_000) + b"\r\nxyz\r\n",
    )
    assert bad.startswith(b"HTTP/1.1 400 ")
    long = (image(1_000_000) for _ in range(9))
    try:
        assert uploads(server, room, long, token=token).status == 413
    except (BrokenPipeError, ConnectionResetError):
        pass  # It was refused while it was still coming.
    until(lambda: not os.listdir(new))
    # What a crash leaves is taken away at the next start.
    server.kill()
    (new / "99").write_bytes(b"half")
    server.start()
    assert os.listdir(new) == []


def test_a_full_disk_is_told_and_left_as_it_was(server, folder):
    token, room = own_room(server)
    # The first upload's file is a device that is always full.
    (folder / "blobs" / "new" / "1").symlink_to("/dev/full")
    body = image(100_000, seed=3)
    answer = uploads(server, room, body, token=token)
    assert (answer.status, answer.json["code"]) == (503, "unavailable")
    assert os.listdir(folder / "blobs" / "new") == []
    assert uploads(server, room, body, token=token).status == 201


def test_rights_are_asked_before_the_body_is_sent(shared, room):
    for token, expected in ((shared.organiser, b"100"), (shared.guest("Hal"), b"403"), ("", b"401")):
        with web.connect(shared.url, 20) as waiting:
            waiting.sendall(
                f"POST /api/v1/rooms/{room}/files HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n"
                "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n".encode()
            )
            assert waiting.recv(12).startswith(b"HTTP/1.1 " + expected)


# Requests hidden in others (the whole table is in TransportTests)

HIDDEN = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
ATTACKS = [
    (b"Content-Length: 6\r\n" + CHUNKED, HIDDEN, 400), (CHUNKED + b"Content-Length: 4\r\n", HIDDEN, 400),
    (CHUNKED + CHUNKED, HIDDEN, 400), (b"Transfer-Encoding : chunked\r\n", HIDDEN, 400),
    (b"Transfer-Encoding: xchunked\r\n", HIDDEN, 501), (b"Transfer-Encoding:\x0bchunked\r\n", HIDDEN, 400),
    (b"Content-Length: +5\r\n", b"hello", 400), (b"Content-Length: 5\r\nContent-Length: 5\r\n", b"hello", 400),
    (CHUNKED, b"FFFFFFFFFFFFFFFFF\r\nhello", 400), (CHUNKED, b"5;a\nhello\r\n" + HIDDEN, 400),
    (CHUNKED, b"5\r\nhello" + HIDDEN, 400), (b"X: y\r" + CHUNKED, HIDDEN, 400),
]


@pytest.mark.parametrize("fields, body, status", ATTACKS, ids=range(len(ATTACKS)))
def test_nothing_behind_a_hidden_request_is_served(shared, fields, body, status):
    answer = web.raw(
        shared.url,
        b"POST /api/v1/session/guest HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n" + body
        + b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        end=True,
    )
    assert [int(found) for found in re.findall(rb"HTTP/1\.1 (\d+)", answer)] == [status]
