"""Proves what the moderator and the audience see where a presenter is waited for and does not come."""

import re

from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect


def test_a_presenter_is_waited_for_before_the_slot_is_missed(shared, visit):
    hall = live_hall(shared)
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    hall.ask(("slot.call", {"slot": "1"}))
    moderator.sees(".awaited", re.compile("等候主讲人，还有 0[23]:[0-5][0-9]"))
    button = moderator.page.get_by_role("button", name="未到场：排到最后")
    expect(button).to_be_disabled()
    inspect(moderator.page)
    moderator.look("awaited")


def test_who_is_missing_is_last_and_then_out(shared, visit):
    hall = live_hall(shared, rules={"awaitMs": 0})
    moderator = visit(shared, token=hall.moderator, size="phone").enter(hall.room)
    viewer = visit(shared, language="en", scheme="dark").enter(hall.room, "?tab=agenda")
    first = viewer.page.locator(".agenda .slot-title").first.inner_text()
    hall.ask(("slot.call", {"slot": "1"}))
    moderator.press("未到场：排到最后")
    viewer.sees(".agenda .slot:last-child .mark", "Missed, now last")
    viewer.sees(".agenda .slot:last-child .slot-title", first)
    viewer.look("missed-viewer")
    hall.ask(("slot.call", {"slot": "1"}))
    moderator.look("missed-moderator")
    moderator.press("未到场：视为放弃")
    viewer.sees(".agenda .slot:last-child .mark", "Missed, forfeited")
    for visitor in (moderator, viewer):
        inspect(visitor.page)
    viewer.look("forfeited-viewer")
