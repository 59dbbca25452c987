"""Proves that private messages reach their channel alone, over a restart, in logs and transcripts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.peer import Refused
from harness.server import PLENTY, Server, luyan

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def confided(you):
    return [line["text"] for line in you.get("confided", [])]


def read(server, room, path, token):
    answer = server.request("GET", f"/api/v1/rooms/{room}/{path}", token=token)
    assert answer.status == 200, answer
    return answer.body.decode()


def test_a_private_message_is_its_channels_and_the_logs_hold(folder, tmp_path):
    with Server(folder, *PLENTY) as server:
        staff_token = server.sign_in("organiser")
        room = server.make_room(staff_token)
        presenter_token = server.sign_in("presenter", room=room, slot="1", name="Ann")
        judge_token, later_token = server.guest("Judge"), server.guest("Later")
        viewer_token = server.guest("Viewer")
        with server.peer(staff_token) as staff, server.peer(presenter_token) as presenter, \
                server.peer(judge_token) as judge, server.peer(viewer_token) as viewer, \
                server.peer(later_token) as later:
            # Nobody else is in the room yet: staff and the back room talk before it opens.
            staff.join(room)
            ann = presenter.join(room)["you"]["member"]
            told = judge.join(room)["you"]["member"]
            viewer.join(room)
            late = later.join(room)["you"]["member"]
            staff.ask("member.set_roles", room, {"member": told, "roles": ["judge"]})
            judge.join(room)
            staff.ask("chat.say", room, {"text": "S-only", "channel": "staff"})
            presenter.ask("chat.say", room, {"text": "B-room", "channel": "slot:1"})
            judge.ask("chat.say", room, {"text": "J-bench", "channel": "judges"})
            seq = judge.ask("chat.say", room, {"text": "J-gone", "channel": "judges"})["seq"]
            judge.ask("content.redact", room, {"seq": seq, "reason": "mistake"})
            said = staff.ask("chat.say", room, {"text": "@Ann", "channel": "slot:1",
                                                "mentions": [ann]})["seq"]
            for channel, needs in (("staff", ["moderator"]), ("judges", ["moderator", "judge"]),
                                   ("slot:1", ["moderator", "presenter"])):
                with pytest.raises(Refused) as refused:
                    viewer.ask("chat.say", room, {"text": "x", "channel": channel})
                assert (refused.value.code, refused.value.data["needs"]) == ("not_permitted", needs)
            with pytest.raises(Refused, match="chat.mentions_outsider"):
                judge.ask("chat.say", room, {"text": "x", "channel": "judges", "mentions": [ann]})
            with pytest.raises(Refused, match="command.malformed"):
                staff.ask("chat.say", room, {"text": "x", "channel": "stuff"})
            with pytest.raises(Refused, match="text.not_found"):
                viewer.ask("content.redact", room, {"seq": said, "reason": "spam"})
            # A judge of later is not told what was said before.
            staff.ask("member.set_roles", room, {"member": late, "roles": ["judge"]})
            staff.ask("chat.say", room, {"text": "J-later", "channel": "judges"})
            staff.ask("announcement.make", room, {"text": "Soon"})
            viewer.event(room, "announcement.made")
            assert not viewer.rooms[room].of_type("chat.said")
        server.restart()

        def seen(token):
            with server.peer(token) as peer:
                joined = peer.join(room)
            return confided(joined["snapshot"] if token == staff_token else joined["you"])

        with server.peer(staff_token) as peer:
            lines = peer.join(room)["snapshot"]["confided"]
        assert [line["channel"] for line in lines] == \
            ["staff", "slot:1", "judges", "judges", "slot:1", "judges"]
        assert lines[3]["removed"] and lines[4]["mentions"] == [ann]
        with server.peer(judge_token) as peer:
            mine = peer.join(room)["you"]["confided"]
        assert [line.get("text") for line in mine] == ["J-bench", None, "J-later"]
        assert seen(presenter_token) == ["B-room", "@Ann"]
        assert seen(later_token) == ["J-later"]
        with server.peer(viewer_token) as peer:
            assert "confided" not in peer.join(room)["you"]
        texts = {"S-only": (), "B-room": (presenter_token,), "J-bench": (judge_token,),
                 "J-later": (judge_token, later_token), "J-gone": ()}
        for token in (None, viewer_token, presenter_token, judge_token, later_token):
            for path in ("events?limit=500", "log"):
                raw = read(server, room, path, token)
                for text, readers in texts.items():
                    assert (text in raw) == (token in readers), (text, path)
        transcript = read(server, room, "transcript?lang=en", staff_token)
        assert "*(staff only)* " in transcript and "J-bench" in transcript
        assert "J-gone" not in transcript
        key = server.key
        for token in (staff_token, judge_token, None):
            file = tmp_path / "log.jsonl"
            file.write_text(read(server, room, "log", token))
            ours = luyan("verify", file, "--json", "--key", key)
            assert (ours.returncode, json.loads(ours.stdout)["verdict"]) == (0, "verified"), ours
            other = subprocess.run([sys.executable, SCRIPTS / "verify.py", file, "--key", key],
                                   capture_output=True, text=True, check=False)
            assert other.returncode == 0, other.stdout + other.stderr
        assert server.terminate() == 0
    assert luyan("verify", folder, "--key", key).returncode == 0
