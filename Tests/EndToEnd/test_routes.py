"""Proves who may call which route: every route by every kind of caller against routes.txt, and that
routes.txt leaves out none that the server's table has.
"""

import json
import re
from pathlib import Path

import pytest

from harness.accounts import PASSWORD, register, sign_in
from harness.server import PLENTY, ROOT, Server, luyan

LINES = [
    line.split() for line in (Path(__file__).parent / "routes.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
CALLERS, ROUTES = LINES[0][1:], LINES[1:]
CELLS = [
    (method, path, caller, int(status))
    for method, path, *statuses in ROUTES for caller, status in zip(CALLERS, statuses, strict=True)
]


def user(server, *arguments, password=PASSWORD):
    """A command of `luyan user` beside the server: its lines of JSON."""
    done = luyan("user", *arguments, "--data", server.folder, input=password + "\n")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    many = ("--set", "limits.tries_per_address=100000", "--set", "limits.tries_per_account=100000",
            "--set", "limits.codes_per_hour=100000")
    with Server(tmp_path_factory.mktemp("routes") / "data", *PLENTY, *many) as running:
        maker = running.sign_in("organiser", name="Maker")
        running.room = running.make_room(maker)
        made = running.request("POST", "/api/v1/events", {"title": "Event"}, token=maker)
        running.event = made.json["event"]
        moderator = running.sign_in("moderator", room=running.room, name="Mo")
        with running.peer(moderator) as peer:
            peer.join(running.room)
        user(running, "add", "root@example.org", "--name", "Root", "--operator")
        running.callers = {
            "visitor": None, "guest": running.guest("Guest"),
            "account": register(running, "account@example.org"),
            "moderator": moderator, "organiser": running.sign_in("organiser", name="Other"),
            "operator": sign_in(running, "root@example.org").json["token"],
        }
        hidden = register(running, "hidden@example.org")
        running.page = running.request("GET", "/api/v1/account", token=hidden).json["page"]["id"]
        yield running


@pytest.mark.parametrize(("method", "path", "caller", "status"), CELLS)
def test_a_route_is_for_its_callers(site, method, path, caller, status):
    address = "/api/v1" + path.replace("R/", f"{site.room}/", 1) if "/R/" in path else "/api/v1" + path
    address = re.sub(r"/R$", f"/{site.room}", address).replace("/P", f"/{site.page}")
    address = address.replace("/E", f"/{site.event}")
    body = {} if method == "POST" else None
    answer = site.request(method, address, body, token=site.callers[caller])
    assert answer.status == status, answer.body[:300]


def test_no_route_is_left_out():
    source = (ROOT / "Sources/Server/Accounts/AccountRoute.swift").read_text()
    known = re.findall(r'case \[((?:"[\w-]+"(?:, )?)+)\]', source)
    paths = {"/" + "/".join(re.findall(r'"([\w-]+)"', one)) for one in known}
    assert len(paths) > 10
    assert paths <= {path for _, path, *_ in ROUTES}


def test_operators_find_and_change_people(site):
    for number in range(3):
        user(site, "add", f"find{number}@example.org", "--name", f"Zoe {number}")
    operator = site.callers["operator"]
    first = site.request("GET", "/api/v1/people?q=ZOE&limit=2", token=operator).json
    assert [one["name"] for one in first["people"]] == ["Zoe 0", "Zoe 1"]
    rest = first["next"].replace(" ", "%20")
    second = site.request("GET", f"/api/v1/people?q=zoe&limit=2&after={rest}", token=operator).json
    assert [one["name"] for one in second["people"]] == ["Zoe 2"]
    assert site.request("GET", "/api/v1/people?limit=201", token=operator).status == 400
    one = first["people"][0]
    token = sign_in(site, one["contact"]).json["token"]
    path = f"/api/v1/people/{one['id']}"
    assert site.request("POST", path, {"organiser": True}, token=operator).json["organiser"]
    site.make_room(token)
    assert site.request("POST", path, {"disabled": True}, token=operator).json["disabled"]
    assert site.request("GET", "/api/v1/account", token=token).status == 401
    assert sign_in(site, one["contact"]).status == 403
    own = site.request("GET", "/api/v1/people?q=root", token=operator).json["people"][0]
    refused = site.request("POST", f"/api/v1/people/{own['id']}", {"operator": False}, token=operator)
    assert refused.status == 422


def test_the_command_line_lists_and_changes_accounts(site):
    made = user(site, "add", "13900139000", "--name", "王芳")[0]
    assert made["contact"] == "+8613900139000" and not made["operator"]
    again = luyan("user", "add", "13900139000", "--name", "W", "--data", site.folder,
                  input=PASSWORD + "\n")
    assert again.returncode == 1 and "has an account already" in again.stderr
    assert [one["id"] for one in user(site, "list", "--text", "王")] == [made["id"]]
    changed = user(site, "set", "13900139000", "--operator", "true", "--password",
                   password="a newer password 1")[0]
    assert changed["operator"]
    assert sign_in(site, "13900139000").status == 403
    assert sign_in(site, "13900139000", "a newer password 1").status == 201
    weak = luyan("user", "set", "13900139000", "--password", "--data", site.folder, input="short\n")
    assert weak.returncode == 1 and "10 to 200 characters" in weak.stderr
