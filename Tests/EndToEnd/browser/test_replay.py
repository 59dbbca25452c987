"""Proves replays: what was seen at a second is shown at that second, its states, looks and keys."""

import re
import time

import pytest
from playwright.sync_api import expect

from rooms import live_hall, make_hall
from visitors import inspect


def opened_at(hall):
    """When the replay of a hall begins: milliseconds."""
    answer = hall.server.request("GET", f"/api/v1/rooms/{hall.room}/events?limit=100")
    for event in answer.json["events"]:
        if event["parts"][0]["body"].get("type") == "room.opened":
            return event["at"]
    raise AssertionError("the doors never opened")


def second_after(hall, begin):
    """Waits until a whole second of the replay has passed since what happened last, and names it."""
    second = int((time.time() * 1000 - begin) // 1000) + 1
    time.sleep(max(0, (begin + second * 1000) / 1000 - time.time()))
    return second


def says(server, hall, name, *commands):
    with server.peer(server.guest(name)) as peer:
        peer.join(hall.room)
        return [peer.ask(kind, hall.room, data)["seq"] for kind, data in commands]


def past_hall(server, **plan):
    """A hall with slides, words, a question with an answer and a poll, that is over."""
    hall = live_hall(server, **plan).place_slides("1", 3)
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start", ("slide.show", {"slot": "1", "page": 2}))
    _, asked = says(server, hall, "张投资", ("chat.say", {"text": "大家好，材料很清楚"}),
                    ("question.ask", {"text": "成本如何？", "slot": "1"}))
    hall.ask(("question.answer", {"question": str(asked), "text": "每瓦两元"}),
             ("poll.open", {"kind": "single", "question": "投给谁？", "options": ["甲", "乙"],
                            "results": "live"}))
    return hall.ask(("announcement.make", {"text": "十点继续"}), "slot.finish",
                    ("slot.skip", {"slot": "2"}), "room.end", "room.end_confirm")


def test_the_replay_of_a_room(shared, visit, look):
    hall = past_hall(shared)
    reader = visit(shared, **look).open(f"/r/{hall.room}/replay")
    reader.sees(".replay .screen").sees(".transcript .line")
    reader.look("replay-" + "-".join(look.values()))
    inspect(reader.page)
    for name in ("tab.qa", "tab.agenda", "tab.polls", "replay.transcript"):
        reader.page.get_by_role("tab", name=reader.t(name), exact=True).click()
        inspect(reader.page)
