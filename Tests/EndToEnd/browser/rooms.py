"""Rooms for the browser tests, brought into their state over the protocol."""

import time
from dataclasses import dataclass

from harness.images import picture

PAPERS = [
    {
        "title": "高温超导磁体", "presenters": "李明", "organisation": "某大学", "field": "材料科学",
        "abstract": "一种在液氮温区工作的磁体，已完成百小时试验。", "pitchMinutes": 8, "qaMinutes": 7,
    },
    {"title": "Solid-state cells", "presenters": "Ann Lee", "organisation": "Lab Two"},
]


@dataclass
class Hall:
    """A room with its moderator's session."""

    server: object
    room: str
    moderator: str

    def ask(self, *commands):
        """Sends commands as the moderator: a type, or a type with its data."""
        with self.server.peer(self.moderator) as peer:
            peer.join(self.room)
            for command in commands:
                kind, data = command if isinstance(command, tuple) else (command, {})
                peer.ask(kind, self.room, data)
        return self

    def place_slides(self, slot, count):
        files = []
        for page in range(1, count + 1):
            answer = self.server.request(
                "POST", f"/api/v1/rooms/{self.room}/files", picture(page),
                token=self.moderator, fields={"Content-Type": "image/png"},
            )
            assert answer.status == 201, answer
            files.append(answer.json["file"])
        return self.ask(("slides.place", {"slot": slot, "files": files}))

    def joins_as(self, role, name):
        """The session of somebody who came by a link of the moderator's."""
        link = self.server.request("POST", f"/api/v1/rooms/{self.room}/invites", {"role": role},
                                   token=self.moderator)
        assert link.status == 201, link
        answer = self.server.request("POST", "/api/v1/session/invite",
                                     {"token": link.json["token"], "name": name})
        assert answer.status in (200, 201), answer
        return answer.json["token"]

    def presenter(self, slot, name="李明"):
        return self.server.sign_in("presenter", room=self.room, slot=slot, name=name)


def make_hall(server, *commands, **plan):
    moderator = server.sign_in("organiser", name="王主持")
    plan = {
        "title": "成果专场路演", "slots": PAPERS, "language": "zh-CN",
        "startsAt": int(time.time() * 1000) + 600_000,
    } | plan
    answer = server.request("POST", "/api/v1/rooms", plan, token=moderator)
    assert answer.status == 201, answer
    hall = Hall(server, answer.json["room"], moderator)
    return hall.ask(*commands) if commands else hall


def live_hall(server, **plan):
    return make_hall(server, "room.open", "room.start", **plan)
