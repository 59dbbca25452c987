"""One round of the crash tests: a burst of commands, a crash somewhere in it, all sent again."""

from .ledger_check import said
from .websocket import Closed


def live_room(server, **plan):
    """An organiser's token and a room that is live."""
    organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(organiser, **plan)
    with server.peer(organiser) as peer:
        peer.join(room)
        peer.ask("room.open", room)
        peer.ask("room.start", room)
    return organiser, room


def take_until_the_end(peer):
    """Takes what the server had still sent before it died."""
    try:
        while True:
            peer.pump()
    except (Closed, OSError):
        pass


class Crowd:
    """Two people in a room over many crashes: one writes, one watches; and all they were told."""

    BURST = 64  # commands sent at once
    IN_FLIGHT = 32  # at least so many are unanswered at each crash

    def __init__(self, server, room):
        self.server, self.room = server, room
        self.writer, self.watcher = (server.peer(server.guest(n)) for n in ("Writer", "Watcher"))
        self.answers, self.told, self.batch, self.sent = {}, {}, {}, set()
        for peer in (self.writer, self.watcher):
            peer.join(room)

    def send_burst(self, name, heard):
        """Sends a burst and waits until `heard` of its answers have come."""
        self.batch = {f"{name}-{n}": f"{name} line {n}" for n in range(self.BURST)}
        self.sent |= set(self.batch.values())
        for id, text in self.batch.items():
            self.writer.send("chat.say", self.room, {"text": text}, id=id)
        heard = min(heard, self.BURST - self.IN_FLIGHT)
        while len(self.writer.answers) < heard:
            self.writer.pump()

    def note_what_was_told(self):
        """After the crash: takes what still came, and remembers it."""
        for peer in (self.writer, self.watcher):
            take_until_the_end(peer)
            self.told |= {e["seq"]: e["hash"] for e in peer.rooms[self.room].events}
        self.answers |= {id: m["ok"] for id, m in self.writer.answers.items() if "ok" in m}

    def come_back(self):
        """After the restart: both resume where they were."""
        for peer in (self.writer, self.watcher):
            peer.url = self.server.url
            peer.forget_answers()
            peer.reconnect()
            peer.rejoin(self.room)

    def send_again(self):
        """Everything once more: what was answered before has to be answered the same."""
        for id, text in self.batch.items():
            self.writer.send("chat.say", self.room, {"text": text}, id=id)
        for id in self.batch:
            again = self.writer.answer(id)
            assert self.answers.setdefault(id, again) == again, f"{id} got another answer"
        self.writer.forget_answers()

    def check(self, events):
        """Told is kept, sent is there once, and the watcher saw all of it."""
        self.watcher.flush()
        self.told |= {e["seq"]: e["hash"] for e in self.watcher.rooms[self.room].events}
        kept = {event["seq"]: event["hash"] for event in events}
        for seq, digest in self.told.items():
            assert kept.get(seq) == digest, f"event {seq} was told and is not what was kept"
        found = said(events)
        assert found.keys() == self.sent, f"lost: {sorted(self.sent - found.keys())[:5]}"
        doubled = {text: seqs for text, seqs in found.items() if len(seqs) != 1}
        assert not doubled, f"doubled: {doubled}"
        assert said(self.watcher.rooms[self.room].events).keys() == self.sent

    def close(self):
        self.writer.close()
        self.watcher.close()
