"""A room behind a closed door with somebody in every position that a person can have there."""

import hashlib
from dataclasses import dataclass, field

STATES = ("scheduled", "open", "live", "paused", "follow_up", "closed", "archived", "cancelled")
ROLES = ("audience", "judge", "investor", "bidder", "expert", "asker", "captioner", "presenter",
         "moderator", "auditor")
# In the room, and has yet to sign its terms.
UNSIGNED = "unsigned"
OUTSIDE = ("stranger", "waiting", "applied", "declined", "removed", "banned")
TERMS = "Nothing leaves the room.\n\u51fa\u95e8\u4e0d\u8bf4\u3002"
DOOR = {"admission": "registration", "waiting": True, "form": ["Where from?"], "terms": TERMS}
ON_THE_WAY = {
    "scheduled": (), "open": ("room.open",), "live": ("room.open", "room.start"),
    "paused": ("room.open", "room.start", "room.pause"),
    "follow_up": ("room.open", "room.start", "room.end", "room.end_confirm"),
    "closed": ("room.open", "room.start", "room.end", "room.end_confirm", "room.close"),
    "archived": ("room.open", "room.start", "room.end", "room.end_confirm", "room.close"),
    "cancelled": ("room.cancel",),
}


def sign(person, room, name="Signed"):
    """What a closed matter asks of whoever comes in; its page joins again after it."""
    terms = hashlib.sha256(TERMS.encode()).hexdigest()
    return person.ask("terms.sign", room, {"terms": terms, "name": name})


@dataclass
class Cast:
    """Sessions by position; each person is the same in all rooms of the cast."""

    server: object
    tokens: dict
    rooms: dict = field(default_factory=dict)

    @classmethod
    def gather(cls, server):
        tokens = {position: server.guest(position) for position in (*OUTSIDE, UNSIGNED, *ROLES)}
        return cls(server, {"visitor": None, **tokens})

    def stage(self, state, **plan):
        """A room of that state with everybody in it, or before it, as they are called."""
        server = self.server
        room = server.make_room(server.organiser, **({"door": DOOR} | plan))
        with server.peer(server.organiser) as host:
            host.join(room)
            sign(host, room)
            host.join(room)
            for position in (*OUTSIDE[1:], UNSIGNED, *ROLES):
                self._bring(host, room, position)
            # Nobody stays who is in no column.
            for step in ON_THE_WAY[state]:
                host.ask(step, room)
            if state == "archived":
                seal(host, room)
        self.rooms[state] = room
        return room

    def _bring(self, host, room, position):
        with self.server.peer(self.tokens[position]) as person:
            person.join(room)
            person.ask("door.apply", room, {"answers": [position]})
            applied = host.event(room, "member.applied",
                                 lambda body: body["data"]["answers"] == [position])
            member = {"member": applied["data"]["member"]}
            if position == "applied":
                return
            if position == "declined":
                host.ask("member.decline", room, member | {"reason": "full"})
                return
            host.ask("member.admit", room, member)
            if position in ("removed", "waiting"):
                host.ask("member.remove", room, member | {"reason": "noise"})
            elif position == "banned":
                host.ask("member.ban", room, member | {"reason": "noise"})
            elif position not in ("audience", UNSIGNED):
                slots = ["1"] if position == "presenter" else []
                host.ask("member.set_roles", room, member | {"roles": [position], "slots": slots})
            if position in ROLES:
                person.join(room)
                sign(person, room)
            if position == "waiting":
                # Whoever comes back after a removal waits.
                answer = person.join(room)
                assert answer["you"]["door"]["state"] == "waiting", answer["you"]


def seal(host, room, audience="nobody", retention="10_years"):
    """What a moderator does after the live part, up to the seal."""
    host.ask("archive.arrange", room, {"audience": audience, "retention": retention})
    for review in ("transcript", "redactions"):
        host.ask("archive.review", room, {"review": review, "done": True})
    host.ask("archive.seal", room)
    host.ask("archive.seal_confirm", room)
