"""Proves checking in at the hall on the pages: the moderator's code, a guest who scans it, staff by hand."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect


def code_of(server, hall):
    answer = server.request("GET", f"/api/v1/rooms/{hall.room}/check-in", token=hall.moderator)
    return answer.json["code"]


@pytest.mark.parametrize("language, leave, done", [
    ("zh-CN", "留名片并签到", "已签到"), ("en", "Leave a card and check in", "Checked in"),
])
def test_a_guest_scans_leaves_a_card_and_is_on_site(shared, visit, language, leave, done):
    hall = live_hall(shared)
    guest = visit(shared, language=language, size="phone")
    guest.enter(hall.room, f"?here={code_of(shared, hall)}")
    guest.sees(".check-in", leave)
    inspect(guest.page)
    guest.look(f"scanned-{language}")
    guest.press(leave)
    guest.page.get_by_role("dialog").get_by_role("textbox").first.fill("周来宾")
    guest.page.get_by_role("dialog").locator("button[type=submit]").click()
    guest.sees(".notice", done)
    expect(guest.page.locator(".check-in")).to_have_count(0)
    assert "here=" not in guest.page.url


def test_a_wrong_code_is_told_and_put_away(shared, visit):
    hall = live_hall(shared)
    guest = visit(shared, token=shared.guest("Ann"), language="en", scheme="dark")
    guest.enter(hall.room, "?here=12345")
    guest.sees(".check-in", "not the hall's code")
    inspect(guest.page)
    guest.look("wrong-code")
    guest.press("All right")
    expect(guest.page.locator(".check-in")).to_have_count(0)


def test_a_moderator_shows_the_code_and_checks_in_by_hand(shared, visit):
    hall = live_hall(shared)
    visit(shared, token=shared.guest("周来宾")).enter(hall.room)
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    moderator.page.get_by_role("tab", name=re.compile("成员")).click()
    moderator.page.locator(".hall-panel > summary").click()
    expect(moderator.page.get_by_role("img", name="现场签到二维码")).to_be_visible()
    with moderator.page.expect_download() as poster:
        moderator.press("保存签到海报")
    assert poster.value.suggested_filename.endswith("现场签到.png")
    inspect(moderator.page)
    moderator.look("hall-code")
    moderator.page.locator(".hall-panel > summary").click()
    row = moderator.page.locator(".attendant", has_text="周来宾")
    row.get_by_role("button", name="签到").click()
    expect(row.locator(".mark", has_text="现场")).to_be_visible()
    moderator.page.get_by_label("显示").select_option("on_site")
    expect(moderator.page.locator(".attendant")).to_have_count(1)
    inspect(moderator.page)
    moderator.look("on-site")
