# Proves the site's templates over HTTP, and that a server does not start with one that makes no room.

import json
import shutil
from pathlib import Path

import pytest

from harness.server import luyan

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["project", "results", "financing", "reverse", "challenge", "closed"]


def templates(server):
    answer = server.request("GET", "/api/v1/templates")
    assert answer.status == 200, answer
    return {template["id"]: template for template in answer.json["templates"]}


def test_anybody_may_read_what_there_is(shared):
    found = templates(shared)
    assert list(found) == NAMES
    for template in found.values():
        assert set(template["name"]) == set(template["purpose"]) == {"zh-CN", "en"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_room_is_made_of_each(shared, name, language):
    template = templates(shared)[name]
    room = shared.request("POST", "/api/v1/rooms", {
        "template": name, "title": "T", "startsAt": 1, "language": language, "slots": [{"title": "x"}],
    }, token=shared.organiser).json["room"]
    with shared.peer(shared.organiser) as host:
        joined = host.join(room)
        snapshot = joined["snapshot"]
    assert snapshot["genre"] == template["name"][language]
    assert snapshot["subject"] == template.get("subject", "project")
    assert snapshot["slots"][0]["pitchMs"] == template["pitchMinutes"] * 60_000
    assert snapshot["rules"]["atZero"] == template["rules"]["atZero"]
    if name != "closed":  # Its terms are signed before its judging is shown.
        given = [one["name"][language] for one in template.get("judging", {}).get("criteria", [])]
        assert [one["name"] for one in (snapshot["judging"] or {"criteria": []})["criteria"]] == given


def test_another_name_is_refused_with_what_there_is(shared):
    answer = shared.request("POST", "/api/v1/rooms", {
        "template": "opera", "title": "T", "startsAt": 1, "slots": [{"title": "x"}],
    }, token=shared.organiser)
    assert answer.status == 400 and answer.json["data"]["field"] == "template"
    assert answer.json["data"]["expected"] == "one of " + ", ".join(NAMES)


def test_a_wrong_template_stops_the_start_and_is_named(shared, tmp_path):
    own = tmp_path / "templates"
    shutil.copytree(ROOT / "config/templates", own)
    wrong = json.loads((own / "project.json").read_text()) | {"pitchMinutes": "eight"}
    (own / "project.json").write_text(json.dumps(wrong))
    run = luyan("serve", "--port", "0", "--data", tmp_path / "data",
                "--set", f"server.templates={own}")
    assert run.returncode == 78, run
    assert "project.json" in run.stderr and "pitchMinutes" in run.stderr
