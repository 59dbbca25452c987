"""Proves what a link to a room or an event shows where it is sent on: no more than visitors are told."""

import html
import re
import time

import pytest

from harness.images import picture
from harness.server import PLENTY, Server


def preview(server, path, **options):
    answer = server.request("GET", path, **options)
    found = re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', answer.body.decode())
    return {name: html.unescape(value) for name, value in found}, answer


def test_a_room_shows_title_time_and_first_slide(shared):
    room = shared.make_room(shared.organiser, title='A & B "<b>', slots=2)
    told, answer = preview(shared, f"/r/{room}")
    assert answer.status == 200 and told["og:title"] == 'A & B "<b>'
    assert "<title>A &amp; B &quot;&lt;b&gt;</title>" in answer.body.decode()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC\+08:00 · 2 个项目", told["og:description"])
    assert told["og:url"] == f"{shared.url}/r/{room}"
    shown = told["og:image"].removeprefix(shared.url)
    assert shown == "/styles/card.png"
    assert shared.request("GET", shown).fields["content-type"] == "image/png"
    with shared.peer(shared.organiser) as host:
        host.join(room)
        file = shared.request("POST", f"/api/v1/rooms/{room}/files", picture(1), token=shared.organiser)
        host.ask("slides.place", room, {"slot": "2", "files": [file.json["file"]]})
    shown = preview(shared, f"/r/{room}")[0]["og:image"].removeprefix(shared.url)
    assert shown == f"/api/v1/rooms/{room}/files/{file.json['file']}"
    assert shared.request("GET", shown).status == 200


def test_behind_a_closed_door_no_slide_is_shown(shared):
    room = shared.make_room(shared.organiser, title="Closed", language="en", slots=1,
                            door={"admission": "code"})
    with shared.peer(shared.organiser) as host:
        host.join(room)
        file = shared.request("POST", f"/api/v1/rooms/{room}/files", picture(1), token=shared.organiser)
        host.ask("slides.place", room, {"slot": "1", "files": [file.json["file"]]})
    told, _ = preview(shared, f"/r/{room}")
    assert told["og:image"] == f"{shared.url}/styles/card.png" and told["og:locale"] == "en_GB"
    assert told["og:description"].endswith("UTC+00:00 · 1 project")


def test_an_event_shows_its_first_start_and_place(shared):
    body = {"title": "大会", "venue": "一号馆"}
    event = shared.request("POST", "/api/v1/events", body, token=shared.organiser).json["event"]
    assert preview(shared, f"/e/{event}")[0]["og:description"] == "一号馆"
    rooms = [shared.make_room(shared.organiser, startsAt=start) for start in (1_000_000, 0)]
    shared.request("POST", f"/api/v1/events/{event}", token=shared.organiser,
                   body=body | {"rooms": [{"room": room} for room in rooms]})
    told, _ = preview(shared, f"/e/{event}")
    assert told["og:title"] == "大会" and told["og:site_name"] == "路演"
    assert told["og:description"] == "1970-01-01 08:00 UTC+08:00 · 一号馆"


@pytest.mark.parametrize("path", ["/", "/new", "/r/" + "0" * 32, "/e/" + "0" * 32, "/o/1"])
def test_where_there_is_nothing_to_show_the_page_is_as_it_is(shared, path):
    told, answer = preview(shared, path)
    assert answer.status == 200 and "og:title" not in told
    assert "etag" in answer.fields


def test_a_browser_gets_the_page_that_all_share(shared):
    room = shared.make_room(shared.organiser)
    told, answer = preview(shared, f"/r/{room}", fields={"Sec-Fetch-Dest": "document"})
    assert "og:title" not in told and "etag" in answer.fields
    assert shared.request("HEAD", f"/r/{room}").body == b""
    guarded = preview(shared, f"/r/{room}")[1].fields
    assert "default-src 'none'" in guarded["content-security-policy"]
    assert guarded["vary"] == "Sec-Fetch-Dest"


def test_the_address_is_the_one_that_was_set(tmp_path):
    options = (*PLENTY, "--set", "server.public_url=https://luyan.example.org",
               "--set", "site.name_zh=成果路演")
    with Server(tmp_path / "data", *options) as server:
        server.url = f"http://127.0.0.1:{server.ready['port']}"
        organiser = server.sign_in("organiser")
        room = server.make_room(organiser, startsAt=int(time.time() * 1000))
        told, _ = preview(server, f"/r/{room}")
        assert told["og:url"] == f"https://luyan.example.org/r/{room}"
        assert told["og:image"].startswith("https://luyan.example.org/")
        assert told["og:site_name"] == "成果路演"
