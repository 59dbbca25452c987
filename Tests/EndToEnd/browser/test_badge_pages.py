"""Proves that the organisation beside a name is chosen, seen with its badge, and followed to its page."""

import time

import pytest
from playwright.sync_api import expect

from harness.accounts import register
from harness.organisations import bring_in, found, show, stand
from harness.server import PLENTY, Server
from rooms import live_hall, make_hall
from visitors import inspect

LONG = "国家先进功能材料与微纳制造产业协同创新中心（长三角）联合研究院"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    more = ("--set", "limits.tries_per_address=100000", "--set", "limits.codes_per_hour=100000")
    with Server(tmp_path_factory.mktemp("badges"), *PLENTY, *more) as running:
        running.staff = running.sign_in("operator", name="Op")
        running.founder = running.guest("Founder")
        running.university = found(running, running.founder, LONG)
        running.lab = found(running, running.founder, "未认证实验室")
        stand(running, running.university, running.staff, "verified")
        yield running


def member(server, *organisations, name="林一"):
    """Somebody with an account who is in these organisations."""
    contact = f"p{time.time_ns()}@luyan.example"
    token = register(server, contact, name=name)
    for id in organisations:
        bring_in(server, id, server.founder, token)
    return token


def badge_of(visitor, selector):
    """The badge within what a selector finds."""
    return visitor.page.locator(f"{selector} .vouched")


def lines_of(visitor, selector):
    """How many pixels high a line is."""
    return visitor.page.locator(selector).first.bounding_box()["height"]


def test_one_is_chosen_and_stands_with_what_is_said(server, visit, look):
    hall = live_hall(server)
    token = member(server, server.university, server.lab)
    ann = visit(server, **look, token=token).open("/account").sees(".shown-choices")
    expect(ann.page.get_by_label(ann.t("shown.typed"))).to_be_checked()
    inspect(ann.page)
    ann.page.get_by_label(LONG).check()
    ann.sees(".notice", ann.t("shown.saved"))
    inspect(ann.page)

    eve = visit(server, **look, token=server.guest("Eve", organisation=LONG)).enter(hall.room)
    ann.enter(hall.room).say("大家好").ask("何时量产？")
    eve.say("我也好").tab("chat")
    said = ".said:has-text('大家好')"
    eve.sees(f"{said} .affiliation", LONG)
    expect(badge_of(eve, said)).to_have_count(1)
    expect(badge_of(eve, said)).to_have_attribute("title", eve.t("badge.why"))
    expect(badge_of(eve, said)).to_contain_text(eve.t("badge.read"))
    # The same words, typed: shown as they are, and nothing beside them.
    eve.sees(".said:has-text('我也好') .affiliation", LONG)
    expect(badge_of(eve, ".said:has-text('我也好')")).to_have_count(0)
    expect(eve.page.locator(".said:has-text('我也好') .affiliation a")).to_have_count(0)
    # However long it is, name, organisation and time stand on one line.
    for text in ("大家好", "我也好"):
        assert lines_of(eve, f".said:has-text('{text}') .said-by") < 40
    badge = badge_of(eve, said).bounding_box()
    assert badge["x"] + badge["width"] <= eve.page.viewport_size["width"]
    inspect(eve.page)
    eve.tab("qa").sees(".question .affiliation", LONG)
    expect(badge_of(eve, ".question")).to_have_count(1)
    assert lines_of(eve, ".question .said-by") < 40
    inspect(eve.page)
    with eve.page.expect_popup() as opened:
        eve.page.locator(".question .affiliation a").click()
    expect(opened.value.locator("h1")).to_have_text(LONG)

    # Chosen otherwise, what was said keeps its badge, and what is said from now on has none.
    show(server, token, server.lab)
    ann.say("再见")
    eve.tab("chat").sees(".said:has-text('再见') .affiliation", "未认证实验室")
    expect(badge_of(eve, ".said:has-text('再见')")).to_have_count(0)
    eve.page.reload()
    eve.tab("chat").sees(".said:has-text('再见')")
    expect(badge_of(eve, ".said")).to_have_count(1)


def test_staff_see_it_wherever_a_name_stands(server, visit, far_look):
    hall = make_hall(
        server, "room.open", "room.start", ("chat.hold", {"on": True}), door={"waiting": True})
    name = f"林二 {far_look['language']}"
    token = member(server, server.university, name=name)
    ann = visit(server, **far_look, token=token).open(f"/r/{hall.room}").sees(".threshold h2")
    moderator = visit(server, **far_look, token=hall.moderator).enter(hall.room, "?tab=people")
    moderator.sees(".attendant.waiting .affiliation", LONG)
    expect(badge_of(moderator, ".attendant.waiting")).to_have_count(1)
    inspect(moderator.page)
    hall.ask("member.admit_all")
    ann.say("请审")
    moderator.tab("chat").sees(".held-messages .affiliation", LONG)
    expect(badge_of(moderator, ".held-messages")).to_have_count(1)
    assert lines_of(moderator, ".held-messages .said-by") < 40
    inspect(moderator.page)
    moderator.press(moderator.t("held.approveOf", name=name)).sees(".said .affiliation", LONG)
    inspect(moderator.page)

    operator = visit(server, **far_look, token=server.staff).open(f"/people?q={name}")
    operator.sees(".people .affiliation", LONG)
    inspect(operator.page)
    runs = visit(server, **far_look, token=server.founder).open(f"/o/{server.university}")
    runs.sees(".people li", name)
    expect(badge_of(runs, f".people li:has-text('{name}')")).to_have_count(1)
    inspect(runs.page)


def test_the_name_card_says_what_stands_beside_the_name(server, visit, far_look):
    token = member(server, server.university)
    ann = visit(server, **far_look, token=token).open("/").press("林一")
    ann.sees("dialog .affiliation", LONG)
    expect(badge_of(ann, "dialog")).to_have_count(1)
    inspect(ann.page)
    ann.press(ann.t("me.edit")).sees("dialog .field .affiliation", LONG)
    expect(ann.page.get_by_label(ann.words["organisation"])).to_have_count(0)
    inspect(ann.page)
    ann.page.locator("dialog .choose").click()
    ann.sees(".shown-choices")
    expect(ann.page.get_by_label(LONG)).to_be_checked()
    ann.page.get_by_label(ann.t("shown.typed")).check()
    ann.sees(".notice", ann.t("shown.saved"))
    ann.open("/").press("林一").press(ann.t("me.edit"))
    expect(ann.page.get_by_label(ann.words["organisation"])).to_be_visible()


def test_without_an_organisation_and_without_an_answer(server, visit, far_look):
    ann = visit(server, **far_look, token=member(server)).open("/account")
    ann.sees("section[aria-labelledby=shown-organisation] a", ann.t("shown.find"))
    inspect(ann.page)
    ann.page.route("**/api/v1/account/organisations", lambda route: route.abort())
    ann.open("/account").sees("section[aria-labelledby=shown-organisation] .problem")
    inspect(ann.page)
    ann.page.unroute("**/api/v1/account/organisations")
    ann.page.locator("section[aria-labelledby=shown-organisation]").get_by_role("button").click()
    ann.sees("section[aria-labelledby=shown-organisation] a", ann.t("shown.find"))


def test_the_badge_is_there_in_forced_colours(server, visit):
    hall = live_hall(server)
    token = member(server, server.university)
    ann = visit(server, language="en", token=token, forced_colors="active").enter(hall.room)
    ann.say("你好").sees(".said .affiliation", LONG)
    sign = badge_of(ann, ".said")
    expect(sign).to_be_visible()
    colours = sign.evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
    assert colours[0] != colours[1]
