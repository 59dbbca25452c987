"""Fixtures of the end-to-end tests: a program, a server of one's own or shared, a room on it."""

import shutil
import tempfile
from pathlib import Path

import pytest

from harness.server import PLENTY, PROGRAM, Server


def pytest_sessionstart(session):
    if not PROGRAM.exists():
        raise pytest.UsageError(f"{PROGRAM} does not exist: build it, or set LUYAN_BIN")


@pytest.fixture
def folder():
    """A data folder that does not exist yet, on a short path; removed afterwards."""
    parent = Path(tempfile.mkdtemp(prefix="luyan-"))
    yield parent / "data"
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def server(folder):
    """A server of the test's own on an empty data folder."""
    with Server(folder, *PLENTY) as running:
        yield running


@pytest.fixture(scope="module")
def shared():
    """A server that the tests of one file share; each makes its own room and people."""
    parent = Path(tempfile.mkdtemp(prefix="luyan-"))
    with Server(parent / "data", *PLENTY) as running:
        running.organiser = running.sign_in("organiser", name="Olga")
        yield running
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture(scope="module")
def demo():
    """A server with the filled example."""
    parent = Path(tempfile.mkdtemp(prefix="luyan-"))
    with Server(parent / "data", "--demo", *PLENTY) as running:
        yield running
    shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def room(shared):
    """An open, live room on the shared server, made by its organiser."""
    identifier = shared.make_room(shared.organiser)
    with shared.peer(shared.organiser) as organiser:
        organiser.join(identifier)
        organiser.ask("room.open", identifier)
        organiser.ask("room.start", identifier)
    return identifier


@pytest.fixture
def live(server):
    """An open, live room with its moderator on the control socket."""
    organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(organiser)
    with server.peer(organiser) as host:
        host.join(room)
        host.ask("room.open", room)
        host.ask("room.start", room)
        host.room, host.token = room, organiser
        yield host


@pytest.fixture
def presenter(server, live):
    """The presenter of the first slot."""
    token = server.sign_in("presenter", room=live.room, slot="1", name="Petra")
    with server.peer(token) as peer:
        peer.join(live.room)
        peer.token = token
        yield peer
