"""Proves that forms and links keep what they were given when the line, a limit or a rule says no."""

import re

import pytest
from playwright.sync_api import expect

from harness.images import picture
from harness.server import Server
from lines import Line
from rooms import live_hall, make_hall
from visitors import inspect

AGAIN = ".state-card button.primary"


def test_a_sign_in_link_survives_a_line_that_is_down(shared, visit, far_look):
    hall = live_hall(shared)
    token = shared.invite("moderator", room=hall.room, name="Mo")
    visitor = visit(shared, **far_look)
    visitor.page.route("**/session/invite", lambda route: route.abort())
    visitor.open(f"/join#{token}").sees(AGAIN)
    inspect(visitor.page)
    assert token not in visitor.page.url
    visitor.page.unroute("**/session/invite")
    visitor.page.locator(AGAIN).click()
    visitor.sees(".room.moderator")


def test_a_sign_in_link_survives_a_limit(folder, visit, far_look):
    with Server(folder, "--set", "limits.guests_per_minute=1") as server:
        token = server.invite("organiser", name="Olga")
        server.guest("First")
        visitor = visit(server, **far_look).open(f"/join#{token}").sees(AGAIN)
        inspect(visitor.page)


def test_a_refused_name_is_explained_and_a_used_link_told(shared, visit, far_look):
    hall = make_hall(shared)
    token = shared.invite("moderator", room=hall.room)
    visitor = visit(shared, **far_look).open(f"/join#{token}").sees("form.card")
    expect(visitor.page.locator(".problem")).to_have_count(0)
    inspect(visitor.page)
    field, enter = visitor.page.locator("form.card input"), visitor.page.locator("form.card button")
    for name in ("  ", "李明\u200d👩"):  # empty, and with a joiner that nobody sees
        field.fill(name)
        enter.click()
        visitor.sees(".problem[role=alert]")
        expect(field).to_have_attribute("aria-invalid", "true")
        inspect(visitor.page)
    field.fill("李明")
    enter.click()
    visitor.sees(".room.moderator")
    late = visit(shared, **far_look).open(f"/join#{token}").sees(".state-card h1")
    expect(late.page.locator(AGAIN)).to_have_count(0)
    inspect(late.page)


def fill_plan(page, title="Energy", lines="Cells | Ann | Lab | 8+7"):
    page.locator("form.plan [name=title]").fill(title)
    fold = page.locator(".agenda-import")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.locator("textarea").fill(lines)
    if lines and page.locator(".line-errors li").count() == 0:
        fold.locator("[data-act=take]").click()


def test_the_form_for_a_room_says_what_is_missing(shared, visit, look):
    visitor = visit(shared, **look, token=shared.organiser).open("/new").sees("form.plan")
    page, submit = visitor.page, visitor.page.locator("form.plan button[type=submit]")
    inspect(page)
    seen = set()

    def refused():
        submit.click()
        visitor.sees(".problem[role=alert]")
        expect(page.locator(".problem[role=alert]")).to_be_in_viewport()
        seen.add(page.locator(".problem[role=alert]").inner_text())
        inspect(page)

    refused()
    fill_plan(page, lines="")
    refused()
    fill_plan(page, lines="Cells | Ann | Lab | 8:7\n| nobody")
    expect(page.locator(".line-errors li")).to_have_count(2)
    refused()
    page.locator(".agenda-import textarea").fill("")
    expect(page.locator(".line-errors li")).to_have_count(0)
    fill_plan(page)
    date = page.locator("input[type=datetime-local]")
    date.fill("")
    refused()
    # Title, projects, what was pasted and not taken, start: a sentence for each.
    assert len(seen) == 4, seen
    date.fill("2026-12-01T10:00")
    submit.click()
    visitor.sees(".uploads")
    page.locator("input[type=file]").set_input_files(
        [{"name": "1.png", "mimeType": "image/png", "buffer": picture(1)}]
    )
    visitor.sees(".notice", "Cells")
    inspect(page)
    page.locator("input[type=file]").set_input_files(
        [{"name": "wide.png", "mimeType": "image/png", "buffer": picture(1, 8_193, 1)}]
    )
    visitor.sees(".upload .problem", "8193")
    inspect(page)


def test_the_slides_step_waits_for_the_line_and_survives_a_reload(shared, visit, far_look):
    visitor = visit(shared, **far_look, token=shared.organiser)
    line = Line(visitor.page)
    visitor.open("/new").sees("form.plan")
    line.down = True
    fill_plan(visitor.page)
    visitor.page.locator("form.plan button[type=submit]").click()
    # It is made, and the page says why it does not go on.
    expect(visitor.page).to_have_url(re.compile(r"/new\?room=[0-9a-f]{32}$"))
    title = "连不上服务器" if far_look["language"] == "zh-CN" else "The server cannot be reached"
    visitor.sees(".state-card h1", title)
    inspect(visitor.page)
    line.mend()
    visitor.sees(".uploads")
    line.cut()
    visitor.sees(".banner.wait")
    inspect(visitor.page)
    line.mend()
    expect(visitor.page.locator(".banner.wait")).to_have_count(0)
    visitor.page.reload()
    visitor.sees(".uploads", "Cells")
    # Somebody else finds the room there, and not its slides.
    other = visit(shared, **far_look, token=shared.guest("Guest"))
    other.page.goto(visitor.page.url)
    other.sees(".state-card h1")
    inspect(other.page)


def test_who_cannot_be_told_is_not_turned_away(shared, visit, far_look):
    visitor = visit(shared, **far_look, token=shared.organiser)
    visitor.page.route("**/api/v1/session", lambda route: route.abort())
    visitor.open("/new").sees(AGAIN)
    inspect(visitor.page)
    visitor.page.unroute("**/api/v1/session")
    visitor.page.locator(AGAIN).click()
    visitor.sees("form.plan")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_is_being_written_outlives_a_look_elsewhere(shared, visit, size):
    hall = live_hall(shared)
    viewer = visit(shared, size=size, token=shared.guest("张投资")).enter(hall.room)
    fields = {"qa": "#question-field", "chat": "#chat-field"}
    for tab, field in fields.items():
        viewer.tab(tab).page.locator(f"textarea{field}").fill(f"写到一半：{tab}")
    viewer.tab("agenda")
    hall.ask("room.end", "room.end_confirm")
    viewer.sees(".room-header .state.follow_up")
    hall.ask("room.reopen")
    for tab, field in fields.items():
        expect(viewer.tab(tab).page.locator(f"textarea{field}")).to_have_value(f"写到一半：{tab}")
    viewer.page.locator("form.composer button").click()
    viewer.sees(".said:not(.outgoing)", "写到一半：chat").tab("about").tab("chat")
    expect(viewer.page.locator("#chat-field")).to_have_value("")


def test_a_vote_that_asked_for_a_card_is_cast_with_it(shared, visit):
    hall = live_hall(shared)
    with shared.peer(shared.guest("提问者")) as peer:
        peer.join(hall.room)
        peer.ask("question.ask", hall.room, {"text": "成本如何？"})
    viewer = visit(shared).enter(hall.room, "?tab=qa")
    vote = viewer.page.locator(".vote")
    vote.click()
    viewer.sees("dialog").page.keyboard.press("Escape")
    expect(vote).to_have_attribute("aria-pressed", "false")
    vote.click()
    viewer.page.get_by_label("姓名", exact=True).fill("张投资")
    viewer.press("递上名片")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_have_text(re.compile("1"))
