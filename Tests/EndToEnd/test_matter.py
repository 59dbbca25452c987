# Proves over the protocol what a closed matter shows to whom, and that what is sent of it is noted.

import csv
import hashlib
import io
import json
import socket
from urllib.parse import urlsplit

import pytest

from harness.cast import TERMS, sign
from harness.images import picture
from harness.peer import Refused

DIGEST = hashlib.sha256(TERMS.encode()).hexdigest()


@pytest.fixture
def matter(shared):
    """A closed matter, open, with a page on the first slot; its moderator and its maker's socket."""
    room = shared.make_room(shared.organiser, door={"terms": TERMS})
    with shared.peer(shared.organiser) as host:
        host.join(room)
        sign(host, room, "Host")
        host.join(room)
        host.ask("room.open", room)
        kept = shared.request("POST", f"/api/v1/rooms/{room}/files", picture(7),
                              token=shared.organiser, fields={"Content-Type": "image/png"})
        host.ask("slides.place", room, {"slot": "1", "files": [kept.json["file"]]})
        host.ask("chat.say", room, {"text": "INSIDE"})
        yield room, host, kept.json["file"]


def fetch(server, room, file, token, method="GET", **fields):
    return server.request(method, f"/api/v1/rooms/{room}/files/{file}", token=token, fields=fields)


def rows(server, room, query=""):
    path = f"/api/v1/rooms/{room}/disclosures{query}"
    answer = server.request("GET", path, token=server.organiser)
    assert answer.status == 200, answer
    return answer.json


def test_nothing_is_shown_before_the_terms_are_signed(shared, matter):
    room, host, file = matter
    with shared.peer(shared.guest("Ann")) as ann:
        joined = ann.join(room)
        assert joined["you"]["door"] == {"state": "terms"} and joined["you"]["member"] is None
        assert joined["snapshot"]["terms"] == TERMS
        assert joined["snapshot"]["door"]["terms"] == DIGEST
        assert "INSIDE" not in json.dumps(joined) and file not in json.dumps(joined)
        refused = fetch(shared, room, file, ann.token)
        assert (refused.status, refused.json["code"]) == (403, "terms.not_signed")
        with pytest.raises(Refused) as refusal:
            ann.ask("chat.say", room, {"text": "hi"})
        assert refusal.value.code == "terms.not_signed"
        sign(ann, room, "  Ann Lee ")
        ann.signal(room, "restart")
        inside = ann.join(room)
        assert inside["you"]["roles"] == ["audience"] and inside["you"]["signed"] > 0
        assert [said["text"] for said in inside["snapshot"]["chat"]] == ["INSIDE"]
        told = host.event(room, "terms.signed", lambda body: body["data"]["name"] == "Ann Lee")
        assert told["data"]["terms"] == DIGEST
    for path in ("log", "events?limit=500"):
        with_nothing = shared.request("GET", f"/api/v1/rooms/{room}/{path}",
                                      token=shared.guest("Ben"))
        assert "INSIDE" not in with_nothing.body.decode()


def test_staff_signs_too(shared):
    room = shared.make_room(shared.organiser, door={"terms": TERMS})
    with shared.peer(shared.organiser) as host:
        assert host.join(room)["you"]["door"] == {"state": "terms"}
        with pytest.raises(Refused) as refusal:
            host.ask("room.open", room)
        assert refusal.value.code == "terms.not_signed"
        with pytest.raises(Refused) as refusal:
            host.ask("terms.sign", room, {"terms": "00" * 32, "name": "Host"})
        assert (refusal.value.code, refusal.value.data) == ("terms.others", {"expected": DIGEST})


def test_what_is_sent_is_noted_before_it_is_sent(shared, matter):
    room, host, file = matter
    with shared.peer(shared.guest("=Ann")) as ann:
        ann.join(room)
        sign(ann, room, "=Ann")
        ann.join(room)
        page = fetch(shared, room, file, ann.token)
        assert page.status == 200 and page.fields["cache-control"] == "no-store"
        noted = ann.event(room, "matter.disclosed")["data"]
        assert noted["file"] == file and (noted["slot"], noted["page"]) == ("1", 1)
        # Sent again at once, or asked for without its bytes: nothing more to note.
        fetch(shared, room, file, ann.token)
        fetch(shared, room, file, ann.token, Range="bytes=0-9")
        fetch(shared, room, file, shared.organiser, method="HEAD")
        shared.request("HEAD", f"/api/v1/rooms/{room}/log", token=shared.organiser)
        shared.request("GET", f"/api/v1/rooms/{room}/log", token=ann.token)
        listed = rows(shared, room)
        assert [(row["name"], row["item"], row["page"]) for row in listed["rows"]] == [
            ("=Ann", "log", None), ("=Ann", "file", 1), ("=Ann", "signature", None),
            ("Host", "signature", None)]
        assert (listed["total"], listed["signed"], listed["next"]) == (4, 2, None)
        first = rows(shared, room, "?limit=1")
        # Less than one row is no page.
        assert rows(shared, room, "?limit=0") == first
        rest = rows(shared, room, f"?limit=9&before={first['next']}")
        assert [*first["rows"], *rest["rows"]] == listed["rows"] and rest["next"] is None
        denied = shared.request("GET", f"/api/v1/rooms/{room}/disclosures", token=ann.token)
        assert (denied.status, denied.json["code"]) == (403, "not_permitted")


def test_who_signs_while_the_log_is_on_its_way_reads_no_more_of_it(shared):
    room = shared.make_room(shared.organiser, door={"terms": TERMS})
    with shared.peer(shared.organiser) as host, shared.peer(shared.guest("Ann")) as ann:
        host.join(room)
        sign(host, room)
        host.join(room)
        host.ask("room.open", room)
        # More than the buffers between the server and a reader that takes its time can hold.
        for command, text, count in (("announcement.make", "公" * 300, 6_000),
                                     ("chat.say", "INSIDE", 50)):
            for sent in [host.send(command, room, {"text": text}) for _ in range(count)]:
                host.answer(sent)
        ann.join(room)
        parts = urlsplit(shared.url)
        with socket.socket() as reader:
            reader.settimeout(20)
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            reader.connect((parts.hostname, parts.port))
            reader.sendall(f"GET /api/v1/rooms/{room}/log HTTP/1.1\r\nHost: a\r\n"
                           f"Authorization: Bearer {ann.token}\r\nConnection: close\r\n\r\n".encode())
            got = [reader.recv(4_096)]
            sign(ann, room)
            while piece := reader.recv(1 << 16):
                got.append(piece)
    log = b"".join(got)
    assert log.count("公".encode()) > 1_000_000 and b"INSIDE" not in log
    assert {row["item"] for row in rows(shared, room)["rows"]} == {"signature"}


def test_an_answer_without_content_is_no_disclosure(shared, matter):
    room, _, file = matter
    with shared.peer(shared.guest("Ann")) as ann:
        ann.join(room)
        sign(ann, room)
        before = rows(shared, room)["total"]
        for fields, status in (({"If-None-Match": f'"{file}"'}, 304), ({"If-Match": '"x"'}, 412),
                               ({"Range": "bytes=99999999-"}, 416)):
            assert fetch(shared, room, file, ann.token, **fields).status == status
        assert rows(shared, room)["total"] == before
        assert fetch(shared, room, file, ann.token, Range="bytes=0-3").status == 206
        assert rows(shared, room)["total"] == before + 1


def test_the_list_calls_people_as_they_signed_and_names_the_page_on_stage(shared, matter):
    room, host, file = matter
    other = shared.request("POST", f"/api/v1/rooms/{room}/files", picture(8),
                           token=shared.organiser, fields={"Content-Type": "image/png"})
    host.ask("slides.place", room, {"slot": "2", "files": [other.json["file"], file]})
    token = shared.guest("Card")
    with shared.peer(token) as ann:
        ann.join(room)
        sign(ann, room, "Real Name")
        assert ann.join(room)["you"]["signature"] == "Real Name"
    for step, data in (("room.start", {}), ("slot.call", {"slot": "2"}),
                       ("slide.show", {"slot": "2", "page": 2})):
        host.ask(step, room, data)
    fetch(shared, room, file, token)
    row = rows(shared, room)["rows"][0]
    assert (row["name"], row["slot"], row["page"]) == ("Real Name", "2", 2)


def test_the_list_is_a_table_that_runs_nothing(shared, matter):
    room, _, file = matter
    with shared.peer(shared.guest('=cmd,"x"')) as ann:
        ann.join(room)
        sign(ann, room, '=cmd,"x"')
        fetch(shared, room, file, ann.token)
    answer = shared.request(
        "GET", f"/api/v1/rooms/{room}/disclosures?format=csv&lang=en&offset=480",
        token=shared.organiser)
    assert answer.fields["content-type"] == "text/csv; charset=utf-8"
    assert answer.body.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert len({len(row) for row in table}) == 1
    head, *lines = table
    page = dict(zip(head, lines[-1]))
    assert page["name"] == "'=cmd,\"x\"" and page["page"] == "1" and page["SHA-256"] == file
    proof = shared.request("GET", f"/api/v1/rooms/{room}/events/{page['event']}/proof",
                           token=shared.organiser)
    assert proof.json["hash"] == page["event hash"]


def test_a_signature_outlives_a_restart(server):
    organiser = server.sign_in("organiser")
    room = server.make_room(organiser, door={"terms": TERMS})
    with server.peer(organiser) as host:
        host.join(room)
        sign(host, room)
    server.restart()
    with server.peer(organiser) as host:
        assert host.join(room)["you"]["roles"] == ["moderator"]


@pytest.mark.parametrize("terms", ["", " ", "x" * 10_001, 7, "a\u0007b"])
def test_terms_that_are_none_make_no_room(shared, terms):
    plan = {"title": "T", "startsAt": 1_790_000_000_000, "slots": [{"title": "One"}]}
    answer = shared.request("POST", "/api/v1/rooms", plan | {"door": {"terms": terms}},
                            token=shared.organiser)
    assert answer.status in (400, 422) and "terms" in json.dumps(answer.json), answer


def test_a_plain_room_has_no_list(shared):
    room = shared.make_room(shared.organiser)
    answer = shared.request("GET", f"/api/v1/rooms/{room}/disclosures", token=shared.organiser)
    assert (answer.status, answer.json["code"]) == (409, "terms.none")


def test_the_words_of_a_page_are_noted_as_the_page_is_and_never_sent_in_bulk(shared, matter):
    room, host, file = matter
    with shared.peer(shared.guest("Ann")) as ann:
        ann.join(room)
        path = f"/api/v1/rooms/{room}/files/{file}/text"
        refused = shared.request("GET", path, token=ann.token)
        assert (refused.status, refused.json["code"]) == (403, "terms.not_signed")
        assert shared.request("GET", path).status == 401
        sign(ann, room, "Ann")
        ann.join(room)
        told = shared.request("GET", path, token=ann.token)
        assert told.status == 200 and told.fields["cache-control"] == "no-store"
        noted = ann.event(room, "matter.disclosed")["data"]
        assert noted["file"] == file and (noted["slot"], noted["page"]) == ("1", 1)
        bulk = f"/api/v1/rooms/{room}/slots/1/texts"
        for token in (ann.token, shared.organiser):
            answer = shared.request("GET", bulk, token=token)
            assert (answer.status, answer.json["code"]) == (409, "terms.page_by_page")
    assert [row["item"] for row in rows(shared, room)["rows"]].count("file") == 1
