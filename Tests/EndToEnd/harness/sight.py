"""Everybody who can read a room, and what each got of every event by each way there is."""

import json
import time
from itertools import count

from .cast import DOOR, UNSIGNED, sign
from .clips import clip
from .images import picture
from .peer import Peer

INSIDE = ("audience", "presenter", "moderator", "auditor")
BEFORE_THE_DOOR = ("waiting", "declined", "removed", "banned")
WAYS = ("live", "resume", "events", "proof", "log", "snapshot")
UNSEEN = "."
# Who gave, and who was given, what staff are not told of.
PRIVATE = ("presenter", "self")


class Listener(Peer):
    """Keeps what it hears; gaps are for other tests."""

    def _sort(self, item):
        if "seq" in item and "parts" in item:
            self.heard = [*getattr(self, "heard", []), item]
        else:
            super()._sort(item)

    def join(self, room, **data):
        joined = self.ask("room.join", room, data)
        self.rooms.setdefault(room, Signals())
        return joined


class Signals:
    def __init__(self):
        self.signals = []


def level(bodies):
    """What parts tell: nothing, what happened, or that with its texts; texts alone are `!`."""
    told = any("type" in body for body in bodies)
    texts = any("texts" in body for body in bodies)
    return "t" if told and texts else "h" if told else "!" if texts else "-"


def most(levels):
    """The most that was told of a kind; `?` where one event of it is told and another is not."""
    if not levels:
        return UNSEEN
    if "!" in levels or ("-" in levels and set(levels) != {"-"}):
        return "?"
    return "t" if "t" in levels else levels[0]


class Sight:
    """A room with its readers, a story told in it, and what was seen of it."""

    def __init__(self, server, door):
        self.server, self.door = server, door
        names = (*BEFORE_THE_DOOR, *INSIDE, *(("stranger", "applied", UNSIGNED) if door else ()))
        self.tokens = {"visitor": None} | {name: server.guest(f"N{name}") for name in names}
        slots = [{"title": f"Project {n}", "presenters": "Ann", "pitchMinutes": 1} for n in (1, 2)]
        plan = {"title": "Roadshow", "startsAt": int(time.time() * 1000), "slots": slots,
                "rules": {"awaitMs": 0}}
        answer = server.request("POST", "/api/v1/rooms", plan | ({"door": DOOR} if door else {}),
                                token=server.organiser)
        assert answer.status == 201, answer
        self.room = answer.json["room"]
        self.host = server.peer(server.organiser)
        self.host.join(self.room)
        if door:
            sign(self.host, self.room)
            self.host.join(self.room)
        self.live, self.members = {}, {}
        # Whoever was sent out waits as soon as it joins, so its page is not looked at.
        self.away = {"removed"}
        for name in self.tokens:
            self._connect(name)
            self._bring(name)
        # What staff downloads of a closed matter is noted, once in ten minutes.
        for name in ("moderator", "auditor"):
            self._get("transcript", name)
        # Something that everybody is told of, behind what changed how they read.
        self.host.ask("announcement.make", self.room, {"text": "Soon"})
        self.base = self.host.join(self.room)["snapshot"]["seq"]
        self.marks = count(1)
        # By kind and reader: letters of snapshots; by kind: of transcripts.
        self.snapshots, self.transcripts = {}, {}

    def close(self):
        for peer in (self.host, *self.live.values()):
            peer.cut()

    def _connect(self, name):
        self.live[name] = Listener(self.server.url, self.tokens[name])

    def bring_self(self):
        """One more reader, whom events will be about."""
        self.tokens["self"] = self.server.guest("Nself", organisation="Fund", kind="investor")
        self._connect("self")
        return self.live["self"]

    def _bring(self, name):
        person = self.live[name]
        person.join(self.room)
        if name in ("visitor", "stranger"):
            return
        if self.door:
            person.ask("door.apply", self.room, {"answers": [name]})
        self.know(name)
        if name == "applied" or (name == "declined" and self.door):
            if name == "declined":
                self._give("member.decline", name, reason="full")
            person.join(self.room)
            return
        if self.door:
            self._give("member.admit", name)
        if name == "banned":
            self._give("member.ban", name, reason="noise")
        elif name in BEFORE_THE_DOOR:
            self._give("member.remove", name, reason="noise")
        elif name not in ("audience", UNSIGNED):
            slots = ["1"] if name == "presenter" else []
            self._give("member.set_roles", name, roles=[name], slots=slots)
        if self.door and name in INSIDE:
            person.join(self.room)
            sign(person, self.room)
        if name != "removed":
            person.join(self.room)
        if name == "declined":
            self._give("member.decline", name, reason="full")
            person.join(self.room)

    def know(self, name):
        """Who came last is called so from now on; outside a room nobody is told an id."""
        answer = self.server.request("GET", f"/api/v1/rooms/{self.room}/events?limit=500",
                                     token=self.server.organiser)
        self.members[name] = answer.json["events"][-1]["parts"][0]["body"]["data"]["member"]

    def _give(self, command, name, **data):
        self.host.ask(command, self.room, {"member": self.members[name]} | data)

    # A story, step by step

    def mark(self):
        """A text that stands nowhere else."""
        return f"mk{next(self.marks)}z"

    def step(self, kind, act, mark="mknone", unseen=(), events=1):
        """Does what makes one event of the kind, and looks before and after it."""
        before = self.look(unseen)
        result = act()
        self.compare(kind, before, self.look(unseen), mark, events)
        return result

    def compare(self, kind, before, after, mark="mknone", events=1):
        """Notes what the one event of that kind between two looks changed."""
        made = after["moderator"][1] - before["moderator"][1]
        assert made == events, (kind, "made", made, "events")
        for name in after:
            self.snapshots.setdefault((kind, name), []).append(
                changed(before[name][0], after[name][0], mark))
        for name in ("moderator", "auditor"):
            old, new = before[name][2], after[name][2]
            self.transcripts.setdefault(kind, []).append(changed(old, new, mark))

    def look(self, unseen=()):
        """What each reader's page and staff's transcripts hold now, and up to which event."""
        seen = {}
        for name in self.tokens:
            if name in self.away or name in unseen:
                continue
            joined = self._snapshot(name)
            snapshot, you = joined["snapshot"], joined["you"]
            # Places in the queue are told by their own signal.
            door = {k: v for k, v in (you.get("door") or {}).items()
                    if k not in ("place", "waiting")}
            picture = json.dumps([{k: v for k, v in snapshot.items() if k != "seq"},
                                  you | {"door": door}], ensure_ascii=False)
            seen[name] = [picture, snapshot["seq"], None]
            if name in ("moderator", "auditor"):
                text = self._get("transcript?lang=en", name).body.decode()
                seen[name][2] = text.rpartition("\n---\n")[0]
        return seen

    def _get(self, path, name):
        answer = self.server.request(
            "GET", f"/api/v1/rooms/{self.room}/{path}", token=self.tokens[name])
        assert answer.status == 200, (path, name, answer)
        return answer

    def fetch(self, file, name):
        return self._get(f"files/{file}", name)

    def say(self, command, **data):
        return lambda: self.host.ask(command, self.room, data)

    def tell(self, name, command):
        self._give(command, name)

    def about(self, command, **data):
        return lambda: self._give(command, "self", **data)

    def host_hears(self, kind, patience):
        """Meanwhile everybody else answers the server's pings, so that no socket is given up."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            for peer in self.live.values():
                peer.flush()
            self.host.flush()
            if self.host.rooms[self.room].of_type(kind):
                return
            try:
                self.host.socket.socket.settimeout(2)
                self.host.pump()
            except TimeoutError:
                continue
            finally:
                self.host.socket.socket.settimeout(self.host.timeout)
        raise TimeoutError(f"{kind} did not come")

    def catch_up(self):
        """Every reader has heard live what it can read."""
        for name, peer in self.live.items():
            last = self.events(name)[-1]["seq"]
            if name not in self.away and last > self.base:
                peer.until(lambda: any(e["seq"] == last for e in getattr(peer, "heard", [])))

    def reconnect(self):
        """After a restart, which has another address; nobody who stays removed joins again."""
        for peer in (self.host, *self.live.values()):
            peer.cut()
            peer.url = self.server.url
            peer.reconnect()
        self.host.join(self.room)
        for name, peer in self.live.items():
            if name != "removed":
                peer.join(self.room)

    def picture(self, shade):
        answer = self.server.request(
            "POST", f"/api/v1/rooms/{self.room}/files", picture(shade),
            token=self.server.organiser, fields={"Content-Type": "image/png"})
        assert answer.status == 201, answer
        return answer.json["file"]

    def recording(self, name):
        """A recording of two minutes that somebody uploads to the first slot."""
        answer = self.server.request(
            "POST", f"/api/v1/rooms/{self.room}/slots/1/recordings", clip(120, video=False),
            token=self.tokens[name])
        assert answer.status == 201, answer
        return answer.json["recording"]

    # What was seen

    def events(self, name):
        return self._get("events?limit=500", name).json["events"]

    def gather(self):
        """By reader and way: the level of each event by its number. Live only after the start."""
        whole = self.events("moderator")
        last = whole[-1]["seq"]
        self.whole = {event["seq"]: bodies(event) for event in whole}
        # What is between some alone is told by them.
        for name in PRIVATE:
            for event in getattr(self.live.get(name), "heard", []):
                if event["seq"] <= last:
                    self.whole.setdefault(event["seq"], bodies(event))
        assert sorted(self.whole) == list(range(1, last + 1)), "staff is told of every other event"
        self.seen, self.raw = {}, {}
        told = self.events("visitor")[-1]["seq"]  # The last that everybody hears of.
        for name in self.tokens:
            if name not in self.away:
                self.live[name].until(
                    lambda: any(e["seq"] == told for e in getattr(self.live[name], "heard", [])))
            self.live[name].flush()
            log = self._get("log", name).body.decode()
            lines = [json.loads(line) for line in log.splitlines()]
            got = self.events(name)
            self.seen[name] = {
                "live": levels(getattr(self.live[name], "heard", []), after=self.base),
                "resume": self._resume(name),
                "events": levels(got),
                "proof": {seq: self._proof(name, seq) for seq in self.whole},
                "log": {line["seq"]: level([json.loads(part["text"]) for part in line["parts"]
                                            if "text" in part]) for line in lines if "seq" in line},
            }
            self.raw[name] = [log, json.dumps(got), json.dumps(self._snapshot(name))]

    def _resume(self, name):
        with Listener(self.server.url, self.tokens[name]) as peer:
            joined = peer.join(self.room, since=self.base, own=self.base)
            # Whom the room cannot tell what was missed gets the whole picture instead.
            events = joined.get("events")
            return None if events is None else levels(events, after=self.base)

    def _snapshot(self, name):
        with Listener(self.server.url, self.tokens[name]) as peer:
            return peer.join(self.room)

    def _proof(self, name, seq):
        parts = self._get(f"events/{seq}/proof", name).json["parts"]
        return level([json.loads(part["bytes"]) for part in parts
                      if "bytes" in part])

    def kinds(self):
        return {kind(bodies) for bodies in self.whole.values()}

    def cell(self, name, row, subject_of):
        """The letters of a reader in a row of the matrix; of `self` where the event is about it."""
        own = name == "self"
        if own and not any(kind(parts) == row and subject_of(parts) == self.members.get(name)
                           for parts in self.whole.values()):
            return UNSEEN * len(WAYS)
        letters = ""
        for way in WAYS:
            if way == "snapshot":
                letters += most(self.snapshots.get((row, name), []))
                continue
            seen = self.seen[name][way]
            if seen is None:
                letters += UNSEEN
                continue
            after = self.base if way in ("live", "resume") else 0
            letters += most([
                seen.get(seq, "-") for seq, parts in self.whole.items()
                if kind(parts) == row and seq > after
                and (subject_of(parts) == self.members.get(name)) == own])
        return letters


def bodies(event):
    return [part["body"] for part in event["parts"]]


def kind(parts):
    """Of what its author lets staff see, the type with `*`; of private messages with their channel."""
    body = next(body for body in parts if "type" in body)
    data = body.get("data", {})
    channel = data["channel"].split(":")[0] if body["type"] == "chat.said" and "channel" in data else ""
    return body["type"] + ("*" if data.get("shared") else "") + ("@" + channel if channel else "")


def levels(events, after=0):
    """By number; an event that came in two messages, to a class and to one person, is one."""
    parts = {}
    for event in events:
        if event["seq"] > after:
            parts.setdefault(event["seq"], []).extend(bodies(event))
    return {seq: level(found) for seq, found in parts.items()}


def changed(before, after, mark):
    if mark in after and mark not in before:
        return "t"
    return "h" if after != before else "-"
