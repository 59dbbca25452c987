"""Proves that a power cut loses nothing acknowledged, and that this test would see it if it did.

What is not synced is dropped, or survives by chance sector by sector; with synchronous=OFF the
same rounds have to lose something, or they prove nothing.
"""

import os
import random

import pytest

from harness import disk
from harness.ledger_check import all_events
from harness.peer import Refused
from harness.rounds import Crowd, live_room
from harness.server import PLENTY, DidNotStart, Server, luyan
from harness.websocket import UpgradeRefused

CUTS = 12
SEED = int(os.environ.get("SEED", "20261"))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return disk.build(tmp_path_factory.mktemp("powercut"))


def cut_again_and_again(library, folder, synchronous, cuts):
    """Cuts the power in the middle of bursts, counts it in `cuts`, and fails when something is lost."""
    dice = random.Random(SEED)
    server = Server(folder, *PLENTY, "--set", f"storage.synchronous={synchronous}")

    def power(number):
        # Every other cut drops everything that is not synced, the others a part by chance.
        seed = dice.randrange(1, 1 << 30) if number % 2 else 0
        server.environment = disk.Disk(library, folder, seed).environment

    power(0)
    with server:
        organiser, room = live_room(server)
        crowd = Crowd(server, room)
        for number in range(CUTS):
            crowd.send_burst(f"c{number}", heard=dice.randrange(Crowd.BURST - Crowd.IN_FLIGHT))
            disk.Disk.cut_power(server)
            cuts.append(number)
            crowd.note_what_was_told()
            power(number + 1)
            server.start()
            crowd.come_back()
            crowd.send_again()
        crowd.check(all_events(server, room, organiser))
        crowd.close()
        key = server.key
        assert server.terminate() == 0
    done = luyan("verify", folder, "--key", key)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_acknowledged_is_lost(library, folder):
    cut_again_and_again(library, folder, "full", [])


def test_without_syncs_the_same_cuts_lose_something(library, folder):
    # A session, room or event that is gone, a gap in a chain, a log that does not hold, a database
    # that does not open: each is a loss, and has to be noticed after a cut.
    cuts = []
    with pytest.raises((AssertionError, DidNotStart, Refused, UpgradeRefused)):
        cut_again_and_again(library, folder, "off", cuts)
    assert cuts, "it failed before the first cut"
