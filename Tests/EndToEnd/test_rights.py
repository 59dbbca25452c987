# Proves every cell of the matrices of rights through the real server: commands, and routes.

import json
import re
from pathlib import Path

import pytest

from harness.cast import STATES, Cast
from harness.images import picture
from harness.peer import Refused

MATRICES = Path(__file__).parent / "rights"
ROOT = MATRICES.parents[2]
LETTERS = {
    "s": "room.wrong_state", "r": "not_permitted", "c": "not_admitted", "j": "room.not_joined",
    "w": "door.waiting", "d": "door.declined", "x": "door.removed", "b": "door.banned",
    "i": "member.already_in", "t": "terms.not_signed",
}
# Where they are taken they change the room, so they come after everything else, in this order.
MOVES = ("member.admit_all", "room.open", "room.start", "room.pause", "room.resume", "room.close")


def grid(name):
    """The rows of a matrix by the names of its columns."""
    lines = [line for line in (MATRICES / name).read_text().splitlines()
             if line.strip() and not line.startswith("#")]
    head, *rows = [re.split(r"\s{2,}", line.strip()) for line in lines]
    assert all(len(row) == len(head) for row in rows), [r for r in rows if len(r) != len(head)]
    return [dict(zip(head, row)) for row in rows]


def outcome(peer, id):
    try:
        peer.answer(id)
    except Refused as refused:
        return refused.code
    return "ok"


@pytest.fixture(scope="module")
def cast(shared):
    cast = Cast.gather(shared)
    for state in STATES:
        cast.stage(state)
    return cast


COMMANDS = grid("commands.txt")
POSITIONS = [name for name in COMMANDS[0] if name not in ("command", "data", "taken")]
walked = {"commands": 0, "routes": 0}


def wanted(row, position, state):
    letter = row[position][STATES.index(state)]
    return row["taken"] if letter == "+" else LETTERS[letter]


def is_move(row, position, state):
    if row["command"] == "room.reopen":
        return row[position][STATES.index(state)] == "+"
    return row["command"] in MOVES and row[position][STATES.index(state)] == "+"


@pytest.mark.parametrize("position", POSITIONS)
def test_every_command_has_its_answer(cast, position):
    wrong = []
    token = cast.tokens.get("audience" if position == "not_joined" else position)
    with cast.server.peer(token) as peer:
        if position != "not_joined":
            for room in cast.rooms.values():
                peer.join(room)
        for state, room in cast.rooms.items():
            asked = []
            for row in COMMANDS:
                if not is_move(row, position, state):
                    id = peer.send(row["command"], room, json.loads(row["data"]))
                    asked.append((row, id))
            for row, id in asked:
                found, want = outcome(peer, id), wanted(row, position, state)
                walked["commands"] += 1
                if found != want:
                    wrong.append((row["command"], position, state, found, "not", want))
    assert wrong == []


def test_what_moves_a_room_is_taken_by_its_moderator(cast):
    """The cells left out above: each in a room of its own state, the last command there."""
    left = [(row, position, state) for row in COMMANDS for position in POSITIONS
            for state in STATES if is_move(row, position, state)]
    assert {position for _, position, _ in left} == {"moderator"}
    order = {name: place for place, name in enumerate((*MOVES, "room.reopen"))}
    for row, position, state in sorted(left, key=lambda cell: order[cell[0]["command"]]):
        room = cast.stage("follow_up") if row["command"] == "room.reopen" else cast.rooms[state]
        with cast.server.peer(cast.tokens[position]) as peer:
            peer.join(room)
            found = outcome(peer, peer.send(row["command"], room))
            walked["commands"] += 1
            assert found == wanted(row, position, state), (row["command"], state, found)
    assert walked["commands"] == len(COMMANDS) * len(POSITIONS) * len(STATES)
    print(f"{walked['commands']} cells of commands walked")


def test_the_matrix_holds_every_command_of_the_protocol():
    text = (ROOT / "docs/protocol.md").read_text()
    table = text.split("\n### Commands\n")[1].split("\n### ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+\.[a-z_]+)`", row)}
    assert {row["command"] for row in COMMANDS} == named - {"time.sync"}


def test_every_route_has_its_status(shared):
    cast = Cast.gather(shared)
    room = cast.stage("live")
    upload = shared.request("POST", f"/api/v1/rooms/{room}/files", picture(1),
                            token=cast.tokens["moderator"], fields={"Content-Type": "image/png"})
    assert upload.status == 201, upload
    wrong = []
    for row in grid("routes.txt"):
        method, path = row["request"].split()
        path = "/api/v1" + path.replace("/R", f"/{room}").replace("FILE", upload.json["file"])
        for position, status in list(row.items())[2:]:
            body, fields = row["body"].encode(), {}
            if row["body"] == "image":
                body, fields = picture(2), {"Content-Type": "image/png"}
            answer = shared.request(method, path, None if row["body"] == "-" else body,
                                    token=cast.tokens[position], fields=fields)
            walked["routes"] += 1
            if answer.status != int(status):
                wrong.append((row["request"], position, answer.status, "not", status))
    assert wrong == []
    print(f"{walked['routes']} cells of routes walked")
