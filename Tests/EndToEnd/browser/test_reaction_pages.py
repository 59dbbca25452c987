"""Proves reactions on the page: shown by one, seen by all, by keys alone, read out, in each look."""

import pytest
from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect


def show(shared, hall, token, reaction, times=1):
    with shared.peer(token) as peer:
        peer.join(hall.room)
        for _ in range(times):
            peer.ask("reaction.show", hall.room, {"reaction": reaction})


def test_what_one_shows_all_see(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared, token=shared.guest("Ann Lee"), size="phone", language="en").enter(hall.room)
    other = visit(shared).enter(hall.room)
    viewer.press("React")
    expect(viewer.page.locator(".react-palette button")).to_have_count(4)
    # The other page fetches what it needs when the first reaction is shown.
    viewer.page.get_by_role("button", name="Applause").click()
    expect(viewer.page.locator(".bubble.applause")).not_to_have_count(0)
    expect(other.page.locator(".react-bubbles")).to_have_count(1)
    show(shared, hall, hall.moderator, "puzzled")
    expect(other.page.locator(".bubble.puzzled")).not_to_have_count(0)
    expect(other.page.locator(".bubble")).to_have_count(0)
    expect(other.page.locator(".react [role=status]")).to_contain_text("没听懂 1")


def test_keys_alone_show_one(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared, token=shared.guest("Ann Lee")).enter(hall.room)
    toggle = viewer.page.locator(".react > button")
    toggle.focus()
    viewer.page.keyboard.press("Enter")
    expect(viewer.page.locator(".react-palette")).to_be_visible()
    viewer.page.keyboard.press("Tab")
    viewer.page.keyboard.press("Enter")
    expect(viewer.page.locator(".bubble.applause")).not_to_have_count(0)
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.locator(".react-palette")).to_have_count(0)
    expect(toggle).to_be_focused()


def test_a_visitor_leaves_a_card_first(shared, visit):
    hall = live_hall(shared)
    visitor = visit(shared).enter(hall.room)
    visitor.press("回应").press("鼓掌")
    visitor.page.get_by_label("姓名", exact=True).fill("李听众")
    visitor.press("递上名片")
    expect(visitor.page.locator(".bubble.applause")).not_to_have_count(0)


def test_reactions_in_each_look(shared, visit, look):
    hall = live_hall(shared).place_slides("1", 2).ask(("slot.call", {"slot": "1"}))
    token = shared.guest("Ann Lee")
    viewer = visit(shared, token=token, **look).enter(hall.room)
    viewer.page.locator(".react > button").click()
    expect(viewer.page.locator(".react-palette button")).to_have_count(4)
    inspect(viewer.page)
    show(shared, hall, token, "like")
    expect(viewer.page.locator(".bubble.like")).not_to_have_count(0)


@pytest.mark.parametrize("role", ["moderator", "presenter"])
def test_staff_react_too(shared, visit, role):
    hall = live_hall(shared)
    token = hall.moderator if role == "moderator" else hall.presenter("1")
    person = visit(shared, token=token).enter(hall.room)
    person.press("回应").press("感兴趣")
    expect(person.page.locator(".bubble.interested")).not_to_have_count(0)
