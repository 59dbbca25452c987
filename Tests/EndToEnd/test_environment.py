"""Proves that a hostile environment gets a clear answer: ports, configuration, files, full disks."""

import os
import socket
import sqlite3

import pytest

from harness import disk
from harness.ledger_check import all_events, said
from harness.peer import Refused
from harness.rounds import live_room
from harness.server import PLENTY, DidNotStart, Server, luyan

# sysexits.h
USAGE, DATAERR, UNAVAILABLE, CANTCREAT, IOERR, TEMPFAIL, CONFIG = 64, 65, 69, 73, 74, 75, 78


def refuses(server):
    """Starts a server that must not start; gives its exit code and what it said."""
    with pytest.raises(DidNotStart) as caught:
        server.start()
    refused = caught.value
    assert "Fatal error" not in refused.errors and "Stack dump" not in refused.errors
    assert refused.errors.strip(), "it says nothing"
    return refused.code, refused.errors


def seeded(folder):
    """A data folder with a room in it; the server is stopped."""
    with Server(folder, *PLENTY) as server:
        organiser = server.sign_in("organiser", name="Olga")
        server.make_room(organiser)
        assert server.terminate() == 0


# Ports and addresses


def test_a_taken_port_is_named(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = refuses(Server(folder, port=port))
        assert code == UNAVAILABLE and str(port) in said


@pytest.mark.parametrize("port", ["-1", "65536", "http", ""])
def test_a_port_that_is_none_is_refused(folder, port):
    done = luyan("serve", "--data", folder, "--port", port)
    assert done.returncode in (USAGE, CONFIG) and done.stderr.strip()


def test_a_host_that_is_none_is_named(folder):
    # An address of nobody's (RFC 5737): it cannot be this machine's.
    done = luyan("serve", "--data", folder, "--host", "192.0.2.1", "--port", "0")
    assert done.returncode == UNAVAILABLE and "192.0.2.1" in done.stderr


# Configuration


CONFIGURATIONS = [
    ("server.prot = 80\n", "server.prot"),
    ("\n\nserver.port = eighty\n", ":3"),
    ("server.port\n", ":1"),
    ("storage.synchronous = maybe\n", "full or off"),
]


@pytest.mark.parametrize("text, named", CONFIGURATIONS)
def test_a_bad_configuration_names_file_and_line(folder, text, named):
    folder.mkdir(parents=True)
    file = folder.parent / "luyan.conf"
    file.write_text(text)
    code, said = refuses(Server(folder, "--config", file))
    assert code == CONFIG and named in said and str(file) in said


def test_an_unreadable_configuration_is_named(folder):
    missing = folder.parent / "nothing.conf"
    for file in (missing, folder.parent):
        code, said = refuses(Server(folder, "--config", file))
        assert code == CONFIG and str(file) in said


def test_unknown_settings_are_refused_wherever_they_stand(folder):
    code, said = refuses(Server(folder, "--set", "no.such=1"))
    assert code == CONFIG and "no.such" in said
    code, said = refuses(Server(folder, environment={"LUYAN_NO_SUCH": "1"}))
    assert code == CONFIG and "LUYAN_NO_SUCH" in said


@pytest.mark.parametrize("arguments", [["fly"], ["serve", "--fly"], ["invite", "--role", "king"],
    ["invite", "--role", "presenter", "--room", "0" * 32],
    ["invite", "--role", "moderator", "--room", "0" * 32, "--slot", "1"],
])
def test_wrong_usage_is_told(arguments):
    done = luyan(*arguments)
    assert done.returncode in (USAGE, CONFIG) and done.stderr.strip()


@pytest.mark.parametrize("command", [[], ["serve"], ["invite"], ["verify"], ["bench"]])
def test_help_has_an_example(command):
    done = luyan(*command, "--help")
    assert done.returncode == 0 and "luyan" in done.stdout
    if command:
        assert "xample" in done.stdout


# The data folder


def test_a_second_server_on_the_same_data_is_refused(folder):
    with Server(folder, *PLENTY) as first:
        code, said = refuses(Server(folder))
        assert code == TEMPFAIL and str(first.process.pid) in said
        assert first.request("GET", "/healthz").status == 200


def test_a_file_in_place_of_the_data_folder_is_named(folder):
    folder.write_text("no folder")
    code, said = refuses(Server(folder))
    assert code in (CANTCREAT, IOERR) and str(folder) in said


def test_a_data_folder_whose_parent_is_missing_is_named(folder):
    code, said = refuses(Server(folder / "a" / "b"))
    assert code in (CANTCREAT, IOERR) and str(folder / "a") in said


@pytest.mark.parametrize("database", ["events.sqlite", "people.sqlite"])
def test_a_newer_database_is_left_alone(folder, database):
    seeded(folder)
    file = folder / database
    with sqlite3.connect(file) as connection:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if "grdb_migrations" in names:
            connection.execute("INSERT INTO grdb_migrations VALUES ('9999 of the future')")
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = file.read_bytes()
    code, said = refuses(Server(folder))
    assert code == DATAERR and "newer" in said
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", ["no database", "first page", "cut short"])
def test_a_corrupt_database_is_told(folder, damage):
    seeded(folder)
    file = folder / "events.sqlite"
    whole = file.read_bytes()
    file.write_bytes({
        "no database": b"this is no database" * 100,
        "first page": whole[:100] + os.urandom(3_996) + whole[4_096:],
        "cut short": whole[: len(whole) // 2 // 4_096 * 4_096],
    }[damage])
    code, said = refuses(Server(folder))
    assert code == DATAERR and str(folder) in said and "damaged" in said


def test_a_missing_key_is_not_replaced_in_silence(folder):
    seeded(folder)
    (folder / "key.ed25519").unlink()
    code, said = refuses(Server(folder))
    assert code == DATAERR and "key" in said


def test_a_clean_stop_leaves_whole_databases(folder):
    seeded(folder)
    left = {path.name for path in folder.iterdir()}
    assert {"events.sqlite", "people.sqlite"} <= left
    assert not {name for name in left if name.endswith(("-wal", "-shm"))}


def test_files_of_the_data_folder_are_private(folder):
    seeded(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "key.ed25519").stat().st_mode & 0o777 == 0o600


# While it runs


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return disk.build(tmp_path_factory.mktemp("powercut"))


@pytest.fixture
def faulty(library, folder):
    return disk.Disk(library, folder)


FAULTS = {"full": disk.Disk.FULL, "bad sync": disk.Disk.BAD_SYNC, "read-only": disk.Disk.READ_ONLY}


@pytest.mark.parametrize("how", FAULTS.values(), ids=FAULTS.keys())
def test_a_failing_disk_is_told_and_recovered_from(folder, faulty, how):
    with Server(folder, *PLENTY, environment=faulty.environment) as server:
        organiser, room = live_room(server)
        with server.peer(organiser) as peer, server.peer() as visitor:
            peer.join(room)
            visitor.join(room)
            peer.ask("chat.say", room, {"text": "before"})
            faulty.fail(how)
            pending = say_until_unavailable(peer, room)
            assert visitor.signal(room, "unavailable")["reason"]
            with pytest.raises(Refused) as caught:
                peer.ask("chat.say", room, {"text": "while it is broken"})
            assert caught.value.code == "unavailable" and caught.value.action == "wait"
            # Reading goes on while writing cannot.
            assert server.request("GET", f"/api/v1/rooms/{room}/events").status == 200
            faulty.mend()
            for listener in (peer, visitor):
                listener.signal(room, "available")
            # What was in doubt is settled before the room accepts: kept, or refused.
            try:
                peer.answer(pending)
            except Refused as refused:
                assert refused.code == "unavailable"
            peer.ask("chat.say", room, {"text": "after"})
            for listener in (peer, visitor):
                listener.event(room, "chat.said", lambda body: body["data"]["text"] == "after")
            kept = said(all_events(server, room, organiser))
            assert kept.keys() == said(visitor.rooms[room].events).keys()
        key = server.key
        assert server.terminate() == 0
    assert luyan("verify", folder, "--key", key).returncode == 0


def say_until_unavailable(peer, room):
    """Gives the command at which the disk failed: a full one has room in files that are long."""
    signals = peer.rooms[room].signals
    for n in range(5_000):
        id = peer.send("chat.say", room, {"text": f"{n} " + "x" * 900})
        peer.until(
            lambda: id in peer.answers or any(s["signal"] == "unavailable" for s in signals)
        )
        if any(s["signal"] == "unavailable" for s in signals):
            return id
    raise AssertionError("the broken disk took everything")


STARTS = {"full": disk.Disk.FULL, "read-only": disk.Disk.READ_ONLY, "bad writes": disk.Disk.BAD_WRITE}


@pytest.mark.parametrize("how", STARTS.values(), ids=STARTS.keys())
@pytest.mark.parametrize("is_new", [True, False], ids=["new folder", "old folder"])
def test_a_start_on_a_failing_disk_is_told_or_works(folder, faulty, how, is_new):
    if not is_new:
        seeded(folder)
    faulty.fail(how)
    server = Server(folder, environment=faulty.environment)
    try:
        server.start()
    except DidNotStart as refused:
        assert refused.code in (CANTCREAT, IOERR) and refused.errors.strip()
        faulty.mend()
        with Server(folder) as mended:
            assert mended.request("GET", "/readyz").status == 200
    else:
        assert not is_new, "nothing can be made on such a disk"
        assert server.request("GET", "/healthz").status == 200
        server.kill()


def test_a_database_held_by_somebody_else_is_told_and_recovered_from(folder):
    with Server(folder, *PLENTY) as server:
        organiser, room = live_room(server)
        with server.peer(organiser) as peer, sqlite3.connect(folder / "events.sqlite") as other:
            peer.join(room)
            # Another process holds the database: no write can begin.
            other.isolation_level = None
            other.execute("BEGIN IMMEDIATE")
            refused = None
            try:
                peer.ask("chat.say", room, {"text": "held up"}, id="held")
            except Refused as caught:
                refused = caught
            assert refused and refused.code == "unavailable"
            other.execute("ROLLBACK")
            peer.signal(room, "available")
            peer.forget_answers()
            peer.ask("chat.say", room, {"text": "held up"}, id="held")
            texts = [body["data"]["text"] for body in peer.rooms[room].of_type("chat.said")]
            assert texts == ["held up"]
        other.close()


def test_rates_are_limited_with_a_time_to_wait(folder):
    limits = ("--set", "limits.commands_per_second=1", "--set", "limits.command_burst=3")
    with Server(folder, *limits) as server:
        with server.peer() as peer:
            ids = [peer.send("time.sync") for _ in range(6)]
            codes = []
            for id in ids:
                try:
                    peer.answer(id)
                    codes.append("ok")
                except Refused as refused:
                    codes.append(refused.code)
                    assert refused.action == "wait" and refused.data["retryMs"] > 0
            assert codes[:3] == ["ok"] * 3 and codes[-1] == "rate_limited"
