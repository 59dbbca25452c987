# Proves who is told what of every kind of event, by every way a room can be read, against a matrix.

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.server import PLENTY, Server
from harness.sight import INSIDE, Sight
from harness.story import count, follow, run_over, shift, tell

ROOT = Path(__file__).resolve().parents[2]
MATRIX = Path(__file__).parent / "rights/visibility.txt"
DOORS = ("open", "closed")
OF_ONE_MEMBER = (
    "recording.offered", "judge.seated", "judge.recused", "judge.returned", "sheet.submitted",
    "poll.voted", "note.kept", "feedback.given",
)


def matrix():
    """By door, the rows by kind of event."""
    grids = {}
    for line in MATRIX.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        first, *cells = line.split()
        if first in DOORS:
            head, grid = cells, grids.setdefault(first, {})
            continue
        assert len(cells) == len(head) and first not in grid, line
        grid[first] = dict(zip(head, cells))
    return grids


MATRICES = matrix()


def subject_of(parts):
    """The person whom alone an event is about, as docs/protocol.md tells by kind."""
    body = next(body for body in parts if "type" in body)
    if body["type"].startswith("member.") or body["type"] in ("terms.signed", "matter.disclosed"):
        return body["data"]["member"]
    if body["type"] in OF_ONE_MEMBER or body["type"].startswith("intent."):
        return body["data"]["member"]
    if body["type"].startswith("contact."):
        return body["data"]["author"]
    if body["data"].get("channel") == "judges":
        return body["data"]["told"][0]
    if body["type"] in ("chat.held", "chat.declined"):
        return body["data"]["author"]
    return ""


# What takes ten years: `test_archive.py` has it.
APART = {"archive.expired"}


def kinds_of_the_protocol():
    table = (ROOT / "docs/protocol.md").read_text().split("\n### Events\n")[1].split("\n### ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([a-z_]+\.[a-z_]+)`", row)} - APART


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """For each door a room whose audience is counted, which elsewhere is not.

    Looking opens sockets of its own: it is over well before they are counted."""
    often = ("--set", "rooms.attendance_seconds=5")
    with Server(tmp_path_factory.mktemp("counted") / "data", *PLENTY, *often) as server:
        server.organiser = server.sign_in("organiser", name="Olga")
        sights = {door: Sight(server, door == "closed") for door in DOORS}
        for sight in sights.values():
            count(sight)
        yield sights
        for sight in sights.values():
            sight.close()


@pytest.fixture(scope="module")
def told(shared, counted):
    """For each door a room whose story is told to its end, one that was cancelled, one that is counted."""
    late = {door: Sight(shared, door == "closed") for door in DOORS}
    main = {door: Sight(shared, door == "closed") for door in DOORS}
    with ThreadPoolExecutor() as beside:
        overtimes = [beside.submit(run_over, sight) for sight in late.values()]
        for sight in main.values():
            tell(sight)
            sight.gather()
        for overtime in overtimes:
            overtime.result()
    shift(shared, late)
    for sight in late.values():
        # A clock that runs would be stopped by an event of its own.
        follow(sight)
        mark = sight.mark()
        sight.step("room.cancelled", sight.say("room.cancel", reason=mark), mark)
        sight.gather()
    yield {door: (main[door], late[door], counted[door]) for door in DOORS}
    for sight in (*late.values(), *main.values()):
        sight.close()


@pytest.mark.parametrize("door", DOORS)
def test_every_reader_is_told_what_the_matrix_says(told, door):
    wrong = []
    for row, cells in MATRICES[door].items():
        for sight in told[door]:
            if row not in sight.kinds() or (row, "visitor") not in sight.snapshots \
                    and row != "room.created":
                continue
            for name in sight.tokens:
                found = sight.cell(name, row, subject_of)
                if found != cells[name]:
                    wrong.append((row, name, found, "not", cells[name]))
            found = "".join(sorted(set(sight.transcripts.get(row, "."))))
            if found != cells["transcript"]:
                wrong.append((row, "transcript", found, "not", cells["transcript"]))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("door", DOORS)
def test_every_kind_of_event_has_a_row_and_was_made(told, door):
    behind_door = {"member.applied", "terms.signed", "matter.disclosed"}
    kinds = kinds_of_the_protocol() - (behind_door if door == "open" else set())
    assert len(kinds) > 40
    rows = set(MATRICES[door])
    assert {re.sub(r"\*|@.*", "", row) for row in rows} == kinds
    assert set().union(*(sight.kinds() for sight in told[door])) == rows
    measured = {row for sight in told[door] for row, _ in sight.snapshots}
    assert measured == rows - {"room.created"}


@pytest.mark.parametrize("door", DOORS)
def test_what_was_taken_out_is_read_by_nobody(told, door):
    sight = told[door][0]
    for name, raw in sight.raw.items():
        assert not any(sight.gone in text for text in raw), name


@pytest.mark.parametrize("door", DOORS)
def test_a_transcript_is_for_staff(told, door):
    for sight in told[door]:
        for name in sight.tokens:
            if name not in INSIDE[2:]:
                answer = sight.server.request(
                    "GET", f"/api/v1/rooms/{sight.room}/transcript", token=sight.tokens[name])
                assert answer.status in (401, 403), (name, answer)
