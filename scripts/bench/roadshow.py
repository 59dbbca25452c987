"""A roadshow at a size: pages turn, people chat, react and answer a poll; and coming late to a long one."""

import argparse
import json
import statistics
import threading
import time
import urllib.request

from attacks import Peer  # with the tests' harness on the path
from harness.images import picture
from servers import Product

SECONDS = 20
TURN = 1.0  # seconds between two pages
EVENTS = 50_000
JOINS = 50
GOAL = 50  # milliseconds for who comes late


def roadshow(options, table):
    free = argparse.Namespace(**vars(options) | {"pin": ([], [])})
    with Product(free, shards=0).started() as running:
        stage = Stage(running)
        with stage.turning() as seen:
            run = running.bench(
                "--room", stage.room, "--viewers", str(options.crowd), "--members",
                str(options.crowd), "--senders", "50", "--rate", "50", "--seconds", str(SECONDS),
                "--reactions", "200", "--poll", stage.poll, "--window", "256",
            )
        stage.host.close()
    name = f"{run['viewers']:,} viewers: "
    chat, vote = run["deliveryMs"], run["voteMs"]
    table.add(name + "50 messages/s", "luyan", quantiles(chat),
              f"{run['missing']} missing, {run['cpuPercent']:.0f} % of a core, "
              f"{run['bytesPerMinute'] / 1000:.0f} kB to a viewer a minute", run)
    table.add(name + "a poll answered within 10 s", "luyan", quantiles(vote),
              f"{run['votes']:,} votes kept and told", {})
    table.add(name + "a page a second", "luyan", quantiles(shares(seen.pages)),
              f"{len(seen.pages)} pages, as one viewer saw them", {})
    table.add(name + f"200 reactions/s, {run['reactions']:,} in all", "luyan",
              quantiles(shares(seen.reactions)),
              f"one of its own a second, {len(seen.reactions)} in all, until a viewer was told of it", {})
    late(free, table)


def late(options, table):
    """Who joins a room of many events gets a snapshot, not its history."""
    with Product(options, shards=0).started() as running:
        room = running.bench("--viewers", "1", "--senders", "50", "--rate", str(EVENTS / 10),
                             "--seconds", "10")["room"]
        times = []
        for _ in range(JOINS):
            with Peer(running.url) as peer:
                started = time.monotonic()
                peer.join(room)
                times.append((time.monotonic() - started) * 1000)
    table.add(f"coming to a room of {EVENTS:,} events", "luyan", quantiles(shares(times)),
              f"join and its answer, read in Python (goal: {GOAL} ms)", {"joinMs": shares(times)})


class Stage:
    """A live room with a slot of two pages on stage, and a poll that is open."""

    def __init__(self, running):
        self.running = running
        self.token = self.post("/session/invite", {
            "token": running.organiser_link().split("#")[1], "name": "Bench"})["token"]
        self.room = self.post("/rooms", {
            "title": "Roadshow", "startsAt": int(time.time() * 1000),
            "slots": [{"title": "Project", "pitchMinutes": 30}],
        })["room"]
        pages = [self.post(f"/rooms/{self.room}/files", picture(shade))["file"] for shade in (1, 2)]
        self.host = Peer(running.url, self.token)
        self.host.join(self.room)
        for command, data in (
            ("room.open", {}), ("room.start", {}), ("slides.place", {"slot": "1", "files": pages}),
            ("slot.call", {"slot": "1"}), ("pitch.start", {}),
        ):
            self.host.ask(command, self.room, data)
        poll = {"kind": "yes_no", "question": "Would you invest?", "results": "live"}
        self.poll = str(self.host.ask("poll.open", self.room, poll)["seq"])

    def post(self, path, body):
        is_file = isinstance(body, bytes)
        fields = {"Content-Type": "image/png" if is_file else "application/json"}
        if getattr(self, "token", None):
            fields["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(
            f"{self.running.url}/api/v1{path}", body if is_file else json.dumps(body).encode(), fields
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def turning(self):
        return Turning(self)


class Turning:
    """Turns pages and reacts as long as it stands: milliseconds until a viewer saw either."""

    def __init__(self, stage):
        self.stage, self.over = stage, threading.Event()
        self.pages, self.reactions = [], []
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def run(self):
        room, page = self.stage.room, 1
        with Peer(self.stage.running.url) as viewer:
            viewer.join(room)
            while not self.over.wait(TURN):
                page = 3 - page
                viewer.flush()
                viewer.rooms[room].events.clear()
                started = time.monotonic()
                self.stage.host.send("slide.show", room, {"slot": "1", "page": page})
                viewer.event(room, "slide.shown")
                self.pages.append((time.monotonic() - started) * 1000)
                # The load shows another, so that this one is known again among them.
                viewer.rooms[room].signals.clear()
                started = time.monotonic()
                self.stage.host.send("reaction.show", room, {"reaction": "puzzled"})
                viewer.signal(room, "reactions", lambda shown: "puzzled" in shown)
                self.reactions.append((time.monotonic() - started) * 1000)
                self.stage.host.flush()


def shares(values):
    cuts = statistics.quantiles(values, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}


def quantiles(values):
    return ", ".join(f"{share} {values[share]:.1f}" for share in ("p50", "p95", "p99")) + " ms"
