"""Proves that malformed frames, messages and requests get an answer and disturb nobody else."""

import json
import struct

import pytest

from harness import web
from harness.websocket import (
    BINARY, CLOSE, CONTINUATION, PING, TEXT, Closed, UpgradeRefused, WebSocket, frame,
)


@pytest.fixture
def witness(shared, room):
    """Somebody well-behaved, who must be able to speak whatever the others send."""
    with shared.peer(shared.guest("Witness")) as peer:
        peer.join(room)
        yield peer
        peer.ask("chat.say", room, {"text": "undisturbed"})
        assert shared.is_running


# Frames: what breaks RFC 6455 ends the connection with its close code.

FRAMES = [
    ("not masked", frame(TEXT, b"{}", masked=False), 1002),
    ("reserved bit", frame(TEXT, b"{}", reserved=4), 1002),
    ("reserved opcode", frame(3, b""), 1002),
    ("reserved control opcode", frame(11, b""), 1002),
    ("nothing to continue", frame(CONTINUATION, b"x"), 1002),
    ("fragmented ping", frame(PING, b"", final=False), 1002),
    ("long ping", frame(PING, b"x" * 126), 1002),
    ("message not finished", frame(TEXT, b"a", final=False) + frame(TEXT, b"b"), 1002),
    ("no UTF-8", frame(TEXT, b"\xff\xfe"), 1007),
    ("surrogate", frame(TEXT, b"\xed\xa0\x80"), 1007),
    ("close of one byte", frame(CLOSE, b"\x03"), 1002),
    ("close with a code of no one", frame(CLOSE, struct.pack("!H", 999)), 1002),
    ("close with bad UTF-8", frame(CLOSE, struct.pack("!H", 1000) + b"\xff"), 1007),
    ("giant frame", b"\x81\xff" + struct.pack("!Q", 1 << 40) + b"mask", 1009),
    ("length with its top bit", b"\x81\xff" + struct.pack("!Q", 1 << 63) + b"mask", 1002),
]


@pytest.mark.parametrize("raw, code", [row[1:] for row in FRAMES], ids=[row[0] for row in FRAMES])
def test_a_broken_frame_ends_its_connection(shared, witness, raw, code):
    with shared.peer() as peer:
        peer.socket.send_bytes(raw)
        assert peer.closing() == code


def test_a_message_beyond_the_limit_ends_its_connection(shared, witness):
    with shared.peer() as peer:
        try:
            peer.socket.send_bytes(frame(TEXT, b"x" * 65_536, final=False))
            for _ in range(1_000):
                peer.socket.send_bytes(frame(CONTINUATION, b"x" * 65_536, final=False))
        except Closed:
            pass  # It may close before everything has been sent.
        assert peer.closing() in (1009, None)


# Messages: what is no command is answered, and the connection goes on.

MESSAGES = [
    "", " ", "hello", "{", "[", "null", "1", '"x"', "{}", "[[]]", "[1]", '{"id":"a"',
    '{"id":"a","id":"b"}', '{"id":"a","type":"time.sync"} x', "{'id':'a'}", '{"id":"\\ud800"}',
    "[" * 10_000, '{"a":' * 1_000, "{" + ",".join(f'"k{n}":1' for n in range(5_000)) + "}",
    "[" + ",".join(["{}"] * 1_000) + "]", '{"id":"a","type":"time.sync","data":NaN}',
    '{"id":"a","type":"time.sync","data":1e999}', "\ufeff{}",
]


@pytest.mark.parametrize("text", MESSAGES, ids=range(len(MESSAGES)))
def test_a_message_that_is_no_command_is_answered(shared, witness, text):
    with shared.peer() as peer:
        peer.socket.send_text(text)
        if text == '{"id":"a","type":"time.sync","data":1e999}':
            peer.until(lambda: peer.loose or "a" in peer.answers)
            return
        peer.until(lambda: peer.loose)
        error = peer.loose[0]["error"]
        assert error["code"] in ("message.malformed", "command.malformed")
        assert error["action"] and error["message"]
        peer.ask("time.sync")


COMMANDS = [
    {"id": 7, "type": "time.sync"}, {"id": "", "type": "time.sync"},
    {"id": "x" * 65, "type": "time.sync"}, {"id": None, "type": "time.sync"},
    {"type": "time.sync"},
]


@pytest.mark.parametrize("command", COMMANDS, ids=range(len(COMMANDS)))
def test_a_command_without_a_usable_id_is_answered_to_nobody(shared, witness, command):
    with shared.peer() as peer:
        peer.socket.send_text(json.dumps(command))
        peer.until(lambda: peer.loose)
        assert peer.loose[0]["re"] is None
        assert peer.loose[0]["error"]["code"] == "command.malformed"


IDENTIFIED = [
    ({"id": "q", "type": 7}, "command.malformed"),
    ({"id": "q"}, "command.malformed"),
    ({"id": "q", "type": "nothing.like_it"}, "command.unknown"),
    ({"id": "q", "type": "x" * 10_000}, "command.unknown"),
    ({"id": "q", "type": "chat.say", "room": "zz"}, "command.malformed"),
    ({"id": "q", "type": "chat.say", "room": 5}, "command.malformed"),
    ({"id": "q", "type": "chat.say"}, "command.malformed"),
    ({"id": "q", "type": "room.join", "room": "0" * 32, "data": []}, "command.malformed"),
    ({"id": "q", "type": "room.join", "room": "0" * 32, "data": {"since": -1}}, "command.malformed"),
    ({"id": "q", "type": "room.join", "room": "0" * 32, "data": {"since": 2**70}}, "command.malformed"),
    ({"id": "q", "type": "room.join", "room": "0" * 32, "data": {"since": 1.5}}, "command.malformed"),
]


@pytest.mark.parametrize("command, code", IDENTIFIED, ids=range(len(IDENTIFIED)))
def test_a_bad_command_is_answered_by_its_id(shared, witness, command, code):
    with shared.peer() as peer:
        peer.socket.send_text(json.dumps(command))
        peer.until(lambda: "q" in peer.answers)
        assert peer.answers["q"]["error"]["code"] == code


def test_a_binary_message_is_not_taken(shared, witness):
    with shared.peer() as peer:
        peer.socket.send_bytes(frame(BINARY, b"\x00\x01"))
        peer.until(lambda: peer.loose)
        assert peer.loose[0]["error"]["code"] == "message.not_text"


def test_who_keeps_sending_nonsense_is_sent_away(shared, witness):
    with shared.peer() as peer:
        peer.socket.send_bytes(frame(TEXT, b"nonsense") * 2_000)
        assert peer.closing() == 4503


def test_join_with_what_the_room_has_not_said_gives_a_snapshot(shared, room, witness):
    with shared.peer() as peer:
        assert "snapshot" in peer.join(room, since=10**12, own=10**12)


@pytest.mark.parametrize("note", ["", "x", "a\nb\nc\n\n— d e\n", "luyan/x/y\n-1\n\n"])
def test_a_checkpoint_that_is_none_is_refused(shared, room, witness, note):
    with shared.peer() as peer:
        peer.send("room.join", room, {"checkpoint": note}, id="j")
        peer.until(lambda: "j" in peer.answers)
        assert peer.answers["j"]["error"]["code"] == "checkpoint.malformed"


# HTTP: what is malformed gets a status, problem details, and the end of the connection.

REQUESTS = [
    (b"GET / HTTP/1.1\n\n", 400), (b"\x16\x03\x01\x02\x00\r\n\r\n", 400), (b"GET /\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\n\r\n", 400), (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    (b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501), (b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET /../x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET /%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n", 501),
    (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 500 + b"\r\n", 431),
    (b"POST /api/v1/session/guest HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", 413),
]


@pytest.mark.parametrize("request_bytes, status", REQUESTS, ids=range(len(REQUESTS)))
def test_a_malformed_request_is_refused(shared, witness, request_bytes, status):
    answer = web.raw(shared.url, request_bytes)
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:200]
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head and b"connection: close" in head.lower()
    assert json.loads(body)["status"] == status


BODIES = [
    (b"", 400), (b"{", 400), (b"[]", 400), (b'{"name": 5}', None), (b'{"name": ""}', 422),
    (b'{"name": "   "}', 422), (json.dumps({"name": "x" * 500}).encode(), 422),
    (b'{"name": "a\\u0000"}', 422), (b'{"name": "a", "kind": "wizard"}', None),
    (b"\xff\xfe", 400),
]


@pytest.mark.parametrize("body, status", BODIES, ids=range(len(BODIES)))
def test_a_malformed_body_is_refused(shared, body, status):
    answer = shared.request("POST", "/api/v1/session/guest", body)
    assert answer.status == status if status else answer.status in (400, 422)
    assert answer.json["code"] and answer.json["action"] == "mend"


def test_pipelined_requests_are_answered_in_order(shared):
    paths = [b"/healthz", b"/nothing", b"/readyz", b"/api/v1/site"]
    lines = [b"GET %s HTTP/1.1\r\nHost: %s\r\n" % (p, b"a") for p in paths]
    lines[-1] += b"Connection: close\r\n"
    answer = web.raw(shared.url, b"\r\n".join(lines) + b"\r\n")
    statuses = [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [200, 404, 200, 200]


@pytest.mark.parametrize("path", [
    "/api/v1/rooms/" + "0" * 32, "/api/v1/rooms/xyz", "/api/v1/nothing",
    "/api/v1/rooms/" + "0" * 32 + "/log",
])
def test_what_does_not_exist_is_a_problem_document(shared, path):
    answer = shared.request("GET", path, token=shared.organiser)
    assert answer.status == 404
    assert answer.fields["content-type"] == "application/problem+json"
    assert answer.json["code"] in ("not_found", "room.not_found")


def test_a_wrong_method_names_the_right_ones(shared):
    answer = shared.request("DELETE", "/api/v1/site", token=shared.organiser)
    assert answer.status == 405 and "GET" in answer.fields["allow"]


@pytest.mark.parametrize("fields, status", [
    ([("Sec-WebSocket-Version", "8")], 426), ([("Connection", "close")], 426),
])
def test_a_handshake_that_is_none_is_refused(shared, fields, status):
    names = {name.lower() for name, _ in fields}
    lines = [
        f"{name}: {value}" for name, value in [
            ("Host", "a"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="),
            ("Sec-WebSocket-Protocol", "luyan.v1"),
        ] if name.lower() not in names
    ] + [f"{name}: {value}" for name, value in fields]
    text = "GET /ws HTTP/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n"
    answer = web.raw(shared.url, text.encode(), end=True)
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:200]


def test_a_made_up_session_is_refused_or_a_visitor(shared, room):
    try:
        with shared.peer("f" * 64) as peer:
            assert peer.join(room)["you"]["member"] is None
    except UpgradeRefused as refused:
        assert refused.status == 401


def test_a_half_sent_request_does_not_hold_anything_up(shared, witness):
    answer = web.raw(shared.url, b"GET / HTTP/1.1\r\nHost", end=True)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")


def test_uploads_are_sniffed_and_sized(shared, room):
    path = f"/api/v1/rooms/{room}/files"
    for body in (b"", b"<svg onload=alert(1)>", b"GIF89a" + bytes(100), b"\x89PNG\r\n\x1a\n"):
        answer = shared.request("POST", path, body, token=shared.organiser)
        assert answer.status in (400, 415, 422), body
        assert answer.json["code"] == "file.unsupported"
    guest = shared.guest("Hal")
    assert shared.request("POST", path, b"x", token=guest).status in (401, 403)
    big = shared.request("POST", path, bytes(9 << 20), token=shared.organiser)
    assert big.status == 413


def test_socket_address_is_no_page(shared):
    answer = shared.request("GET", "/ws")
    assert answer.status in (400, 426)


def test_websocket_on_another_path_is_refused(shared):
    with pytest.raises(UpgradeRefused) as caught:
        WebSocket(shared.url, "/elsewhere")
    assert caught.value.status in (400, 404)
