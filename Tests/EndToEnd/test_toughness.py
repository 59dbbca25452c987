"""Proves that whoever misbehaves is ended for a named reason and costs bounded memory, and that others
are answered meanwhile."""

import os
import resource
import threading
import time
from pathlib import Path

import pytest

from harness.attacks import Running
from harness.certificates import Identity
from harness.ledger_check import all_events, said
from harness.peer import Peer, Refused
from harness.rounds import live_room, take_until_the_end
from harness.server import PLENTY, Server
from harness.waiting import until
from harness.websocket import Closed

# So that time limits are reached within a test.
SHORT = [
    value
    for name in ("ping_after", "pong", "handshake", "head", "body", "stall")
    for value in ("--set", f"limits.{name}_ms=700")
]
INNOCENT = "127.0.0.2"
PACE = 0.06  # seconds; the limit of commands holds for the innocent too
MIB = 1024  # KiB


def resident(server):
    """Its memory, in KiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def busy(server):
    """Seconds of processor time it has used."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descriptors(server):
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


class Stage:
    """A server with a room, and an innocent member who goes on chatting from another address."""

    def __init__(self, server, **line):
        self.server = server
        self.organiser, self.room = live_room(server)
        self.token = server.guest("Ann")
        self.line = line
        self.ann = None

    def enter(self):
        self.ann = Peer(self.server.url, self.token, source=INNOCENT, **self.line)
        self.ann.join(self.room)
        self.chat()
        self.memory, self.most, self.worst = resident(self.server), 0, 0

    def chat(self):
        """A command of the innocent's, answered."""
        started = time.monotonic()
        self.ann.ask("chat.say", self.room, {"text": "still here"})
        return time.monotonic() - started

    def endure(self, attack, done):
        """Chats until the attack's report shows what is awaited, and watches the memory."""
        end = time.monotonic() + 20
        while not done(report := attack.report(wait=PACE)):
            assert time.monotonic() < end, f"it did not come: {report}"
            self.worst = max(self.worst, self.chat())
            self.most = max(self.most, resident(self.server) - self.memory)
        print(f"worst answer {self.worst * 1000:.0f} ms, {self.most} KiB more, {report}")
        return report

    @property
    def port(self):
        return self.server.ready["port"]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tough") / "data"
    limits = ["--set", "limits.connections_per_address=200", "--set", "limits.outbound_bytes=262144"]
    with Server(folder, *SHORT, *limits) as server:
        yield Stage(server)


# Name, how lines end for its reason, how many lines do before we stop, and KiB that it may cost.
ATTACKS = [
    ("slow line", "408", 100, 16 * MIB),
    ("slow headers", "408", 100, 16 * MIB),
    ("slow body", "408", 100, 16 * MIB),
    ("endless body", "413", 100, 16 * MIB),
    ("endless headers", "431", 100, 16 * MIB),
    ("empty fragments", "1008", 50, 24 * MIB),
    ("endless fragments", "1009", 50, 32 * MIB),
    ("pings", "1008", 100, 24 * MIB),
    ("pongs", "1008", 100, 24 * MIB),
    ("half-open", "cut", 100, 24 * MIB),
    ("zero window", "cut", 16, 64 * MIB),
    ("zero window, pages", "200", 16, 32 * MIB),
    ("connections", "503", 200, 32 * MIB),
    ("sockets", "503", 200, 48 * MIB),
]


@pytest.mark.parametrize(("name", "reason", "number", "bound"), ATTACKS, ids=[a[0] for a in ATTACKS])
def test_others_are_served(stage, name, reason, number, bound):
    stage.enter()
    with Running(name, stage.port, room=stage.room) as attack:
        report = stage.endure(attack, lambda report: report["ends"].get(reason, 0) >= number)
    # Nothing else ended them, but what the network makes of an end that comes while they send.
    assert set(report["ends"]) <= {reason, "cut"}
    assert stage.most < bound
    assert stage.worst < 2
    stage.ann.close()


def test_a_reader_that_takes_nothing_is_let_go_of(stage):
    """Its end cannot be heard by it: the server's descriptors tell."""
    stage.enter()
    before = descriptors(stage.server)
    with Running("zero window", stage.port, count=16, room=stage.room) as attack:
        stage.endure(attack, lambda report: report["opened"] >= 48)
        assert descriptors(stage.server) <= before + 2 * 16
    until(lambda: descriptors(stage.server) <= before, "the end of all")
    stage.ann.close()


def test_commands_beyond_the_rate_cost_others_nothing(folder):
    with Server(folder) as server:
        stage = Stage(server)
        stage.enter()
        with Running("commands", stage.port) as attack:
            report = stage.endure(attack, lambda report: report["sent"] > 1 << 20)
        assert stage.most < 32 * MIB and stage.worst < 2, report
        stage.ann.close()


def test_connections_that_come_and_go_cost_others_nothing(stage):
    stage.enter()
    with Running("churn", stage.port) as attack:
        report = stage.endure(attack, lambda report: report["opened"] > 500)
    assert stage.most < 24 * MIB and stage.worst < 2, report
    stage.ann.close()


@pytest.mark.parametrize(
    ("name", "done"),
    [
        ("tls, silent", lambda report: report["ends"].get("cut", 0) >= 400),
        ("tls, handshakes", lambda report: report["opened"] >= 500),
    ],
    ids=["silent", "handshakes"],
)
def test_handshakes_of_tls(folder, name, done):
    identity = Identity(folder.parent / "tls")
    with Server(folder, *SHORT) as server:
        stage = Stage(server, authority=identity.certificate)
        server.kill()
        server.arguments += identity.settings
        server.start()
        stage.enter()
        with Running(name, stage.port) as attack:
            stage.endure(attack, done)
        assert stage.most < 48 * MIB and stage.worst < 2
        stage.ann.close()


def share_of_a_second(server, attack):
    """How much of a processor it uses while ten reports of the attack come."""
    started, before = time.monotonic(), busy(server)
    for _ in range(10):
        attack.report()
    return (busy(server) - before) / (time.monotonic() - started)


def test_without_descriptors_it_waits_and_does_not_spin(folder):
    limit = 80

    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    with Server(folder, *PLENTY, before=few) as server:
        stage = Stage(server)
        stage.enter()
        with Running("connections", stage.port, count=2 * limit) as attack:
            # The system completes connections that the server has no descriptor for.
            stage.endure(attack, lambda report: report["now"] >= 2 * limit)
            until(lambda: descriptors(server) >= limit - 1, "the last descriptor")
            # In its first seconds it packs its pages besides.
            assert any(share_of_a_second(server, attack) < 0.05 for _ in range(15)), "it spins"
            stage.chat()
        until(lambda: server.request("GET", "/healthz").status == 200, "a descriptor")
        stage.chat()
        stage.ann.close()


# SIGTERM under load


class Sender(threading.Thread):
    """A member who says one thing after another, several at once, until the server closes."""

    AHEAD = 8

    def __init__(self, server, room, number):
        super().__init__(daemon=True)
        self.peer = server.peer(server.guest(f"Guest {number}"))
        self.peer.join(room)
        self.room, self.number = room, number
        self.texts, self.code, self.refused = {}, None, 0

    def run(self):
        try:
            while True:
                self.say()
                while len(self.texts) - len(self.peer.answers) >= self.AHEAD:
                    self.peer.pump()
        except Closed as closed:
            self.code = closed.code
        except OSError:
            take_until_the_end(self.peer)
        if self.code is None:
            self.code = self.peer.closing()

    def say(self):
        text = f"{self.number}-{len(self.texts)}"
        try:
            self.texts[self.peer.send("chat.say", self.room, {"text": text})] = text
        except Closed:
            # The server's words before the end are still to be read.
            self.code = self.peer.closing()
            raise Closed(self.code) from None

    @property
    def acknowledged(self):
        answers = self.peer.answers
        return [text for id, text in self.texts.items() if "ok" in answers.get(id, {})]


def test_a_term_signal_under_load_loses_nothing_acknowledged(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        senders = [Sender(server, room, number) for number in range(16)]
        for sender in senders:
            sender.start()
        until(lambda: sum(len(s.peer.answers) for s in senders) > 400, "the load")
        assert server.terminate() == 0
        for sender in senders:
            sender.join(20)
        assert [s.code for s in senders] == [1012] * len(senders)
        server.start()
        found = said(all_events(server, room, organiser))
        acknowledged = [text for sender in senders for text in sender.acknowledged]
        assert len(acknowledged) > 400
        lost = [text for text in acknowledged if len(found.get(text, [])) != 1]
        assert not lost, f"lost or doubled: {lost[:5]}"
        assert all(len(places) == 1 for places in found.values())


def test_a_second_term_signal_under_load_ends_at_once(folder):
    with Server(folder, *PLENTY, "--set", "server.drain_ms=600000") as server:
        _, room = live_room(server)
        # Half-open peers, that never answer the close frame, hold the drain up.
        with Running("half-open", server.ready["port"], count=20, room=room) as attack:
            while attack.report()["now"] < 20:
                pass
            with server.peer(server.guest("Ann")) as ann:
                ann.join(room)
                with pytest.raises((Closed, Refused)):
                    server.process.terminate()
                    while True:
                        ann.ask("chat.say", room, {"text": "on"})
                started = time.monotonic()
                server.process.terminate()
                assert server.process.wait(10) == 128 + 15
                assert time.monotonic() - started < 2
