"""Proves what the moderator and the audience see where a presenter is waited for and does not come."""

import os
import re
from pathlib import Path

from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect

LOOKS = os.environ.get("LUYAN_LOOKS")


def look(visitor, name):
    """A picture for whoever asked for one."""
    if LOOKS:
        visitor.page.screenshot(path=Path(LOOKS) / f"{name}.png")


def test_a_presenter_is_waited_for_before_the_slot_is_missed(shared, visit):
    hall = live_hall(shared)
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    hall.ask(("slot.call", {"slot": "1"}))
    moderator.sees(".awaited", re.compile("等候主讲人，还有 0[23]:[0-5][0-9]"))
    button = moderator.page.get_by_role("button", name="未到场：排到最后")
    expect(button).to_be_disabled()
    inspect(moderator.page)
    look(moderator, "awaited")


def test_who_is_missing_is_last_and_then_out(shared, visit):
    hall = live_hall(shared, rules={"awaitMs": 0})
    moderator = visit(shared, token=hall.moderator, size="phone").enter(hall.room)
    viewer = visit(shared, language="en", scheme="dark").enter(hall.room, "?tab=agenda")
    first = viewer.page.locator(".agenda .slot-title").first.inner_text()
    hall.ask(("slot.call", {"slot": "1"}))
    moderator.press("未到场：排到最后")
    viewer.sees(".agenda .slot:last-child .mark", "Missed, now last")
    viewer.sees(".agenda .slot:last-child .slot-title", first)
    look(viewer, "missed-viewer")
    hall.ask(("slot.call", {"slot": "1"}))
    look(moderator, "missed-moderator")
    moderator.press("未到场：视为放弃")
    viewer.sees(".agenda .slot:last-child .mark", "Missed, forfeited")
    for visitor in (moderator, viewer):
        inspect(visitor.page)
    look(viewer, "forfeited-viewer")
