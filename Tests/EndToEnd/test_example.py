"""Proves that a first start with `--demo` gives a room one can hold, and a second one changes nothing."""

import json
import re
import signal
import subprocess

import pytest

from harness import web
from harness.server import PROGRAM, ROOT, Server, clean_environment, die_with_parent, luyan


def slots(demo, room):
    with demo.peer() as visitor:
        return visitor.join(room)["snapshot"]


def test_the_example_is_a_roadshow_of_six_projects_with_their_sources(demo):
    rooms = demo.request("GET", "/api/v1/rooms").json["rooms"]
    assert rooms and all(room["group"] in ("live", "coming", "past") for room in rooms)
    room = demo.ready["room"].rstrip("/").rpartition("/")[2]
    assert room in {entry["room"] for entry in rooms}
    snapshot = slots(demo, room)
    assert len(snapshot["slots"]) == 6
    for slot in snapshot["slots"]:
        assert slot["title"] and slot["source"], slot
        assert slot["pages"], "there is something to show"
        for page in slot["pages"]:
            answer = demo.request("GET", f"/api/v1/rooms/{room}/files/{page['file']}")
            assert answer.status == 200 and answer.fields["content-type"] == page["type"]
            assert answer.fields["x-content-type-options"] == "nosniff"


def test_the_example_stands_in_an_event_with_a_parallel_hall(demo):
    [event] = demo.request("GET", "/api/v1/events").json["events"]
    assert event["rooms"] == 2 and not event["mine"]
    shown = demo.request("GET", f"/api/v1/events/{event['event']}").json
    assert [room["hall"] for room in shown["rooms"]] == ["主会场", "分会场"]
    assert shown["rooms"][0]["room"] == demo.ready["room"].rpartition("/")[2]
    assert [len(room["programme"]) for room in shown["rooms"]] == [6, 2]


def test_the_links_of_the_example_sign_in(demo):
    token = demo.ready["moderator"].partition("#")[2]
    answer = demo.request("POST", "/api/v1/session/invite", {"token": token, "name": "Mo"})
    room, session = answer.json["room"], answer.json["token"]
    with demo.peer(session) as moderator:
        assert "moderator" in moderator.join(room)["you"]["roles"]
    link = demo.ready["presenters"][0].partition("#")[2]
    answer = demo.request("POST", "/api/v1/session/invite", {"token": link, "name": "Pia"})
    with demo.peer(answer.json["token"]) as presenter:
        you = presenter.join(room)["you"]
        assert "presenter" in you["roles"] and len(you["slots"]) == 1
    link = demo.ready["judges"][0].partition("#")[2]
    answer = demo.request("POST", "/api/v1/session/invite", {"token": link, "name": "Jo"})
    with demo.peer(answer.json["token"]) as judge:
        joined = judge.join(room)
        assert joined["you"]["roles"] == ["judge"] and joined["you"]["sheets"] == []
        assert sum(one["weight"] for one in joined["snapshot"]["judging"]["criteria"]) == 100


def test_a_second_start_keeps_what_is_there(folder):
    with Server(folder, "--demo") as server:
        before = server.request("GET", "/api/v1/rooms").json["rooms"]
        server.restart()
        assert server.request("GET", "/api/v1/rooms").json["rooms"] == before


def test_on_every_interface_links_lead_somewhere(folder):
    with Server(folder, "--demo", "--host", "0.0.0.0") as server:
        urls = server.ready["urls"]
        assert urls[0] == server.url and f"http://127.0.0.1:{server.ready['port']}" in urls
        for url in urls:
            assert web.request(url, "GET", "/healthz").status == 200
        made = json.loads(luyan("invite", "--data", folder, "--role", "organiser", "--json").stdout)
        for link in (server.ready["room"], server.ready["moderator"], made["url"]):
            assert link.startswith(urls[0] + "/")
        assert "0.0.0.0" not in json.dumps(server.ready) + made["url"]


def test_a_room_of_somebody_else_is_never_taken_for_the_example(folder):
    def titles(server):
        rooms = server.request("GET", "/api/v1/rooms").json["rooms"]
        return {room["room"]: room["title"] for room in rooms}

    with Server(folder) as server:
        # It begins before every other, and was there first.
        own = server.make_room(server.sign_in("organiser"), starts_in=-3_600_000, title="Own")
        server.terminate()
        server.arguments.append("--demo")
        server.start()
        example = server.ready["room"].rpartition("/")[2]
        examples = {room for room, title in titles(server).items() if title.startswith("示例")}
        assert example in examples and set(titles(server)) == {own, *examples}
        earlier = server.make_room(server.sign_in("organiser"), starts_in=-7_200_000, title="Earlier")
        server.restart()
        assert server.ready["room"].rpartition("/")[2] == example
        assert set(titles(server)) == {own, earlier, *examples}


def test_people_are_told_address_and_links_in_words(folder):
    command = [PROGRAM, "serve", "--data", folder, "--port", "0", "--demo"]
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=clean_environment(), cwd=ROOT, preexec_fn=die_with_parent,
    )
    try:
        said = ""
        for line in process.stdout:
            said += line
            if len(re.findall(r"/join#[0-9a-f]{64}", said)) >= 9:
                break
        assert re.search(r"http://127\.0\.0\.1:\d+", said)
        assert "oderator" in said and "resenter" in said
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()


PAGES = ["/", "/new", "/join", "/r/" + "0" * 32, "/e/new", "/e/" + "0" * 32]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_served_with_its_guards(demo, path):
    answer = demo.request("GET", path)
    assert answer.status == 200 and answer.fields["content-type"].startswith("text/html")
    policy = answer.fields["content-security-policy"]
    # Of what is unsafe WebAssembly alone is allowed: it runs decoders, no script of a page's.
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
    assert answer.fields["x-content-type-options"] == "nosniff"
    again = demo.request("GET", path, fields={"If-None-Match": answer.fields["etag"]})
    assert again.status == 304 and again.body == b""
    head = demo.request("HEAD", path)
    assert head.status == 200 and head.body == b""
    assert head.fields["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("path", [
    "/nothing", "/r/xyz", "/e/xyz", "/app", "/app/", "/deno.json/", "/..%2fPackage.swift",
    "/tests/i18n_test.js",
])
def test_what_is_no_page_is_not_served(demo, path):
    assert demo.request("GET", path).status in (400, 404)
