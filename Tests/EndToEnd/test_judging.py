# Proves judging through the real server: restarts in the middle, sheets nobody reads, refusals, the log.

import subprocess

import pytest

from harness.peer import Refused
from harness.server import PROGRAM, Server

CRITERIA = [{"weight": 70, "name": "Novelty"}, {"weight": 30, "name": "Team"}]
MARK = 97  # of the secret sheet; its total is 97.00


class Contest:
    """A judged room with its moderator and three judges, as peers that can come again."""

    def __init__(self, server, **scheme):
        self.server = server
        self.token = server.sign_in("organiser", name="Mo")
        answer = server.request("POST", "/api/v1/rooms", {
            "title": "Final", "startsAt": 1_900_000_000_000,
            "slots": [{"title": "One"}, {"title": "Two"}],
            "judging": {"criteria": CRITERIA} | scheme,
        }, token=self.token)
        assert answer.status == 201, answer
        self.room = answer.json["room"]
        self.judges = [self._judge(f"Judge {n}") for n in range(3)]

    def _judge(self, name):
        link = self.server.request("POST", f"/api/v1/rooms/{self.room}/invites",
                                   {"role": "judge", "name": name}, token=self.token)
        answer = self.server.request("POST", "/api/v1/session/invite",
                                     {"token": link.json["token"], "name": name})
        return answer.json["token"]

    def ask(self, token, *commands):
        """The answers; a peer of its own each time, as after a lost line."""
        with self.server.peer(token) as peer:
            peer.join(self.room)
            return [peer.ask(kind, self.room, data) for kind, data in commands]

    def run(self, *commands):
        return self.ask(self.token, *((one if isinstance(one, tuple) else (one, {}))
                                      for one in commands))

    def give(self, judge, slot, *marks):
        return self.ask(self.judges[judge],
                        ("sheet.submit", {"slot": slot, "marks": list(marks), "comment": "mk7z"}))

    def play(self, slot):
        self.run(("slot.call", {"slot": slot}), "pitch.start", "qa.start")

    def snapshot(self, token=None):
        with self.server.peer(token) as peer:
            return peer.join(self.room)["snapshot"]["judging"]

    def refusal(self, token, kind, **data):
        with pytest.raises(Refused) as refused:
            self.ask(token, (kind, data))
        return refused.value.code

    def read_everywhere(self, token):
        """All that somebody can read of the room."""
        with self.server.peer(token) as peer:
            told = str(peer.join(self.room)["snapshot"])
        paths = ["events?limit=500", "log"]
        return [told] + [
            self.server.request("GET", f"/api/v1/rooms/{self.room}/{path}", token=token)
            .body.decode() for path in paths
        ]


@pytest.fixture
def server(tmp_path):
    with Server(tmp_path / "data") as server:
        yield server


def test_a_contest_goes_on_over_restarts_to_a_verified_log(server, tmp_path):
    contest = Contest(server)
    contest.run("room.open", "room.start")
    contest.play("1")
    contest.give(0, "1", MARK, MARK)
    contest.give(1, "1", 80, 70)
    server.restart()
    judging = contest.snapshot(contest.token)
    assert len(judging["given"]) == 2 and judging["sheets"] == [] == judging["scores"]
    with server.peer(contest.judges[0]) as judge:
        assert judge.join(contest.room)["you"]["sheets"][0]["marks"] == [MARK, MARK]
    # Before scores are told nobody else reads a mark or a word of a sheet, by any way.
    for token in (None, contest.token, contest.judges[1]):
        for text in contest.read_everywhere(token):
            assert f"[{MARK}" not in text and str(MARK * 100) not in text
    words = "".join(contest.read_everywhere(contest.token))
    assert "mk7z" not in words

    contest.run("slot.finish", ("scoring.close", {"slot": "1"}))
    assert contest.refusal(contest.token, "scores.publish") == "judging.too_early"
    contest.play("2")
    contest.ask(contest.judges[2], ("judge.recuse", {"slot": "2", "reason": "same institute"}))
    assert contest.refusal(contest.judges[2], "sheet.submit", slot="2", marks=[1, 1]) \
        == "judging.recused"
    contest.run("slot.finish")
    server.restart()
    contest.give(1, "2", 85, 85)
    contest.run(("scoring.close", {"slot": "2"}), "scores.publish")
    told = contest.snapshot()
    # (97.00 + 77.00) / 2, and 85.00 alone.
    assert [(one["slot"], one["total"], one["recused"]) for one in told["scores"]] \
        == [("1", 8_700, 0), ("2", 8_500, 1)]
    assert told["ranks"] == [{"slot": "1", "rank": 1}, {"slot": "2", "rank": 2}]
    assert told["sheets"] == [] and len(contest.snapshot(contest.token)["sheets"]) == 3
    server.restart()
    assert contest.snapshot() == told

    log = tmp_path / "log.jsonl"
    log.write_bytes(server.request("GET", f"/api/v1/rooms/{contest.room}/log").body)
    verified = subprocess.run([PROGRAM, "verify", log, "--key", server.ready["key"]],
                              capture_output=True, text=True, timeout=60)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_refusals_say_what_is_wrong_and_what_is_allowed(server):
    contest = Contest(server)
    contest.run("room.open", "room.start")
    contest.play("1")
    judge = contest.judges[0]
    for marks, code in (([1], "judging.bad_marks"), ([1, 101], "judging.bad_marks"),
                        ([1, -1], "judging.bad_marks"), ([1, 2**60], "judging.bad_marks"),
                        ([1, 2.5], "command.malformed"), ([1, "2"], "command.malformed")):
        assert contest.refusal(judge, "sheet.submit", slot="1", marks=marks) == code, marks
    assert contest.refusal(judge, "sheet.submit", slot="2", marks=[1, 1]) == "slot.wrong_state"
    assert contest.refusal(contest.token, "sheet.submit", slot="1", marks=[1, 1]) \
        == "not_permitted"
    assert contest.refusal(contest.token, "scoring.close", slot="1") == "slot.wrong_state"
    contest.give(0, "1", 1, 1)
    changed = {"criteria": [{"weight": 100, "name": "x"}]}
    assert contest.refusal(contest.token, "judging.arrange", **changed) == "judging.begun"


@pytest.mark.parametrize("judging, field", [
    ({"criteria": []}, "criteria"),
    ({"criteria": [{"weight": 99, "name": "x"}]}, "criteria.weight"),
    ({"criteria": [{"weight": 2**63, "name": "x"}]}, "criteria.weight"),
    ({"criteria": [{"weight": 100, "name": ""}]}, "criteria.name"),
    ({"criteria": CRITERIA, "ties": [3]}, "ties"),
    ({"criteria": CRITERIA, "panels": [{"weight": 50, "name": "x"}]}, "panels.weight"),
    ({"criteria": CRITERIA, "publication": "after", "after": 0}, "after"),
    ({"criteria": CRITERIA, "groups": [{"name": "x", "slots": ["2"]}]}, "groups.slots"),
    ({"criteria": CRITERIA, "aggregation": "best"}, "judging.aggregation"),
])
def test_a_room_with_a_bad_scheme_is_not_made(server, judging, field):
    answer = server.request("POST", "/api/v1/rooms", {
        "title": "Final", "startsAt": 1_900_000_000_000, "slots": [{"title": "One"}],
        "judging": judging,
    }, token=server.sign_in("organiser"))
    assert answer.status in (400, 422), answer
    assert answer.json["data"]["field"].endswith(field), answer.json
