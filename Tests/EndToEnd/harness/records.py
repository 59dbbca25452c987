"""Roadshows up to their seal, and the verifiers that look at what is made of them."""

import subprocess
import sys
from pathlib import Path

from harness.cast import seal
from harness.images import picture
from harness.server import luyan
from harness.waiting import until

SCRIPT = Path(__file__).resolve().parents[3] / "scripts/verify.py"


def upload(server, room, token, number):
    answer = server.request("POST", f"/api/v1/rooms/{room}/files", picture(number), token=token,
                            fields={"Content-Type": "image/png"})
    assert answer.status == 201, answer
    return answer.json["file"]


class Shown:
    """A roadshow with slides, talk, a question, a poll, scores and a caption, up to its end."""

    def __init__(self, server, **plan):
        self.server, self.token = server, server.sign_in("organiser", name="Olga")
        judging = {"criteria": [{"weight": 60, "name": "Novelty"}, {"weight": 40, "name": "Team"}],
                   "publication": "each_slot", "detail": "judges"}
        self.room = server.make_room(self.token, judging=judging, **plan)
        self.presenter = server.sign_in("presenter", room=self.room, slot="1", name="Petra")
        self.judge = server.sign_in("judge", room=self.room, name="Jo")
        self.guest = server.guest("Ann", organisation="Fund", kind="investor")
        with server.peer(self.token) as host, server.peer(self.guest) as guest, \
                server.peer(self.judge) as judge, server.peer(self.presenter) as presenter:
            for peer in (host, guest, judge, presenter):
                peer.join(self.room)
            self.files = [upload(server, self.room, self.token, n) for n in (1, 2)]
            host.ask("slides.place", self.room, {"slot": "1", "files": self.files})
            host.ask("room.open", self.room)
            guest.join(self.room)
            host.ask("room.start", self.room)
            host.ask("slot.call", self.room, {"slot": "1"})
            host.ask("pitch.start", self.room)
            self.said = guest.ask("chat.say", self.room, {"text": "saidwords"})["seq"]
            self.secret = guest.ask("chat.say", self.room, {"text": "privatewords"})["seq"]
            host.ask("chat.say", self.room, {"text": "staffwords", "channel": "staff"})
            self.asked = guest.ask("question.ask", self.room,
                                   {"text": "askedwords", "slot": "1"})["seq"]
            host.ask("caption.add", self.room, {"language": "en", "text": "spokenwords"})
            host.ask("qa.start", self.room)
            judge.ask("sheet.submit", self.room, {"slot": "1", "marks": [90, 81], "comment": "ok"})
            host.ask("slot.finish", self.room)
            host.ask("scoring.close", self.room, {"slot": "1"})
            host.ask("slot.skip", self.room, {"slot": "2"})
            host.ask("room.end", self.room)
            host.ask("room.end_confirm", self.room)

    def seal(self, audience="nobody", retention="10_years"):
        with self.server.peer(self.token) as host, self.server.peer(self.presenter) as presenter:
            host.join(self.room)
            presenter.join(self.room)
            presenter.ask("archive.consent", self.room, {"slot": "1", "agree": True})
            seal(host, self.room, audience, retention)
        return self

    def tell(self, kind, data=None):
        with self.server.peer(self.token) as host:
            host.join(self.room)
            return host.ask(kind, self.room, data or {})

    def desk(self, token=None):
        answer = self.server.request("GET", f"/api/v1/rooms/{self.room}/archive", token=token)
        assert answer.status == 200, answer
        return answer.json

    def ready(self, *names):
        """Waits until these bundles are made."""
        def made():
            states = {b["name"]: b["state"] for b in self.desk(self.token)["bundles"]}
            assert "failed" not in states.values(), states
            return all(states.get(name) == "ready" for name in names)
        until(made)

    def bundle(self, name, token=None):
        return self.server.request("GET", f"/api/v1/rooms/{self.room}/bundles/{name}.zip",
                                   token=token or self.token)

    def kept(self, name, path):
        self.ready(name)
        answer = self.bundle(name)
        assert answer.status == 200, answer
        path.write_bytes(answer.body)
        return path


def key_of(server):
    return server.request("GET", "/api/v1/site").json["key"]


def verify(path, *options):
    """What `luyan verify` says; the verifier of other make comes to the same verdict."""
    done = luyan("verify", str(path), *options)
    if Path(path).is_file():
        plain = [str(option) for option in options if option != "--json"]
        other = subprocess.run([sys.executable, SCRIPT, path, *plain], capture_output=True, text=True,
                               timeout=60)
        assert other.returncode == done.returncode, (done.stdout, other.stdout, other.stderr)
        done.other = other.stdout
    return done
