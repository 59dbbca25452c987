"""How long others wait while somebody misbehaves: a member's commands under each attack of the tests,
against the same without it, interleaved."""

import contextlib
import os
import pathlib
import statistics
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "EndToEnd"
sys.path.insert(0, str(TESTS))

from harness import attacks as hostile  # noqa: E402
from harness.peer import Peer  # noqa: E402
from servers import Product  # noqa: E402

NAMES = [
    "slow headers", "slow body", "endless body", "empty fragments", "endless fragments", "pings",
    "pongs", "commands", "zero window", "zero window, pages", "half-open", "connections", "churn",
]
GOAL = 2
INNOCENT = "127.0.0.2"
PACE = 0.004  # seconds between two commands, so that a round has some hundreds
MEMBERS = 16  # take turns: no one of them meets the limit of its rate


class Limited(Product):
    """With its own limits: what is set later counts."""

    def command(self, mode, port, folder):
        rates = [
            "limits.commands_per_second=20", "limits.command_burst=100",
            "limits.connections_per_address=1000",
        ]
        return [
            *super().command(mode, port, folder),
            *(word for rate in rates for word in ("--set", rate)),
        ]


def attacks(options, table):
    """Each round measures the same server without an attack and under it, one after another."""
    with Limited(options).started() as running, beside(options):
        room, token = running.room_with_member()
        tokens = [token, *(running.guest() for _ in range(1, MEMBERS))]
        for name in NAMES:
            calm, stormy, report = [], [], {}
            for _ in range(options.rounds):
                with members(running, tokens, room) as people:
                    calm += trips(people, room, options.seconds)
                with hostile.Running(name, running.port, room=room) as attack:
                    while not (report := attack.report())["opened"]:
                        pass
                    with members(running, tokens, room) as people:
                        stormy += trips(people, room, options.seconds)
                    report = attack.report()
            row(table, name, calm, stormy, report)


@contextlib.contextmanager
def beside(options):
    """Ourselves and the attacks on the processor of the load, not on the server's."""
    before = os.sched_getaffinity(0)
    if options.pin[1]:
        os.sched_setaffinity(0, {int(options.pin[1][-1])})
    yield
    os.sched_setaffinity(0, before)


@contextlib.contextmanager
def members(running, tokens, room):
    with contextlib.ExitStack() as stack:
        people = [stack.enter_context(Peer(running.url, it, source=INNOCENT)) for it in tokens]
        for peer in people:
            peer.join(room)
            peer.ask("chat.say", room, {"text": "warm"})
        yield people
        for peer in people:
            peer.close()


def trips(people, room, seconds):
    """Round trips of one command after another, in milliseconds."""
    end, found = time.monotonic() + seconds, []
    while (started := time.monotonic()) < end:
        peer = people[len(found) % len(people)]
        said = peer.ask("chat.say", room, {"text": "still here"})["seq"]
        found.append((time.monotonic() - started) * 1000)
        for other in people:
            view = other.rooms[room]
            other.until(lambda: view.cursor["class"] >= said)
            view.events.clear()
        time.sleep(max(0, started + PACE - time.monotonic()))
    return found


def p99(values):
    return statistics.quantiles(values, n=100)[98]


def row(table, name, calm, stormy, report):
    ratio = round(p99(stormy) / p99(calm), 2)
    middle = round(statistics.median(stormy) / statistics.median(calm), 2)
    ends = ", ".join(f"{count} x {reason}" for reason, count in sorted(report["ends"].items()))
    table.add(
        f"under {name}", "luyan", f"p99 {p99(stormy):.2f} ms",
        f"{ratio:.2f} of calm (goal: {GOAL}); calm p99 {p99(calm):.2f} ms; p50 {middle:.2f}; {ends or 'none ended'}",
        {"p99": p99(stormy), "calmP99": p99(calm), "p99Ratio": ratio, "p50Ratio": middle,
         "goal": GOAL, "commands": len(stormy), "attack": report},
    )
