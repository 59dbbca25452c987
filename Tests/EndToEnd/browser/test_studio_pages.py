"""Proves the desks for live media: hands and floor, layout, captions, looks and keys."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall, make_hall
from speakers import offered, opened_desk, opens_fold
from visitors import inspect


@pytest.fixture(scope="module")
def browser(stage_browser):
    """A browser with a microphone and a camera that are none."""
    return stage_browser


def test_hands_are_let_speak_in_their_order_and_the_floor_is_taken(shared, speaks, moderates):
    hall = live_hall(shared)
    guests = [speaks(hall, shared.guest(name)) for name in ("张投资", "Ann Lee")]
    for guest in guests:
        guest.asks("hand.raise")
    moderator = moderates(hall)
    rows = moderator.page.locator(".hand-row")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("张投资")
    expect(moderator.page.locator(".run .tabs .badge")).to_have_text("2")
    moderator.press("请发言：张投资")
    expect(rows).to_have_count(1)
    moderator.sees(".air-row", "可以发言，还没有打开麦克风")
    guests[0].publishes("voice")
    moderator.sees(".air-row .kind", "麦克风")
    moderator.press("静音：张投资").sees(".air-row .mark", "被静音")
    guests[0].line.track(lambda track: track["byStaff"])
    moderator.sees(".air-row .kind.off").press("取消静音：张投资")
    moderator.press("放大：张投资").sees(".air-row .mark", "已放大")
    expect(moderator.page.get_by_label("人像为主")).to_be_checked()
    moderator.press("取消放大：张投资")
    moderator.press("收回发言：张投资")
    expect(moderator.page.locator(".air-row")).to_have_count(0)
    guests[0].line.signal("media.barred")
    moderator.press("放下：Ann Lee")
    expect(rows).to_have_count(0)


def test_the_layout_is_a_group_of_radio_buttons_for_keys(shared, visit, moderates):
    hall = live_hall(shared)
    moderator = moderates(hall)
    chosen = moderator.page.get_by_label("幻灯为主")
    expect(chosen).to_be_checked()
    chosen.focus()
    moderator.page.keyboard.press("ArrowRight")
    expect(moderator.page.get_by_label("人像为主")).to_be_checked()
    other = moderates(hall)
    expect(other.page.get_by_label("人像为主")).to_be_checked()
    moderator.page.keyboard.press("ArrowRight")
    expect(other.page.get_by_label("并排")).to_be_checked()


def test_the_people_panel_gives_the_floor_too(shared, speaks, visit):
    hall = live_hall(shared)
    guest = speaks(hall, shared.guest("张投资"))
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=people")
    row = moderator.page.locator(".attendant", has_text="张投资")
    row.get_by_role("button", name="请发言：张投资").click()
    guest.control.event(hall.room, "floor.given")
    row.get_by_role("button", name="静音：张投资").click()
    guest.control.event(hall.room, "microphone.muted")
    row.get_by_role("button", name="收回发言：张投资").click()
    guest.control.event(hall.room, "floor.taken")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_captioner_types_and_takes_back(shared, visit, size):
    hall = live_hall(shared)
    token = hall.joins_as("captioner", "周字幕")
    captioner = visit(shared, token=token, size=size).enter(hall.room)
    captioner.page.get_by_role("tab", name="字幕").click()
    field = captioner.page.locator("#caption-field")
    field.fill("这种磁体")
    field.press("Shift+Enter")
    field.type("在液氮温区工作")
    field.press("Enter")
    captioner.sees(".last-captions .said-text", "在液氮温区工作")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    captioner.page.get_by_label("字幕语言").select_option("en")
    field.fill("It works in liquid nitrogen")
    field.press("Enter")
    expect(captioner.page.locator(".last-captions li").first).to_contain_text("英语")
    # The choice is kept.
    captioner.page.reload()
    captioner.page.get_by_role("tab", name="字幕").click()
    expect(captioner.page.get_by_label("字幕语言")).to_have_value("en")
    captioner.page.get_by_role("button", name=re.compile("^删除")).first.click()
    captioner.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    captioner.sees(".last-captions", "（已删除）")
    inspect(captioner.page)


def test_too_long_a_caption_is_said_before_and_a_refused_one_is_given_back(shared, visit):
    hall = live_hall(shared)
    token = hall.joins_as("captioner", "周字幕")
    captioner = visit(shared, token=token).enter(hall.room)
    captioner.page.get_by_role("tab", name="字幕").click()
    field = captioner.page.locator("#caption-field")
    field.fill("字" * 501)
    captioner.sees(".caption-count.problem", "501 / 500")
    expect(captioner.page.get_by_role("button", name="发送字幕")).to_be_disabled()
    inspect(captioner.page)
    field.fill("坏\u0007字")
    field.press("Enter")
    captioner.sees(".caption-form .problem", "没有发出")
    captioner.press("放回修改")
    expect(field).to_have_value("坏\u0007字")


def test_a_moderator_has_the_captions_too(shared, moderates):
    moderator = moderates(live_hall(shared))
    opens_fold(moderator, "字幕").page.locator("#caption-field").fill("大家好")
    moderator.press("发送字幕").sees(".last-captions", "大家好")


def test_the_desks_hold_in_every_look(shared, visit, speaks, look):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}), "pitch.start", "recording.start")
    presenter = offered(hall, speaks).publishes("camera", "voice")
    guests = [speaks(hall, shared.guest(name)) for name in ("张投资", "W" * 40)]
    for guest in guests:
        guest.asks("hand.raise")
    hall.ask(("floor.give", {"member": guests[0].member}),
             ("caption.add", {"language": "en", "text": "Five per cent"}))
    moderator = visit(shared, token=hall.moderator, **look).enter(hall.room, "?tab=run")
    moderator.page.locator("#tab-media").click()
    moderator.sees(".air-row").sees(".hand-row").sees(".playback .recording-row")
    for fold in moderator.page.locator(".run-pane summary").all():
        fold.click()
    moderator.sees(".recording .recording-row").sees(".last-captions")
    inspect(moderator.page)
    desk = opened_desk(visit, hall, shared.sign_in("presenter", room=hall.room, slot="2"), **look)
    desk.sees(".presenter-studio h4")
    inspect(desk.page)
    assert presenter.member != guests[0].member


def test_the_desks_change_their_language_with_the_page(shared, moderates):
    moderator = moderates(live_hall(shared)).sees(".run-pane", "没有人举手")
    moderator.press("English").sees(".run-pane", "No hand is raised.")
    inspect(moderator.page)
    moderator.press("中文").sees(".run-pane", "没有人举手")


def test_a_desk_that_does_not_load_says_so_and_comes_when_asked_again(shared, visit):
    hall = make_hall(shared)
    presenter = visit(shared, token=hall.presenter("1"))
    presenter.page.route("**/styles/studio.css", lambda route: route.abort())
    presenter.enter(hall.room).page.locator(".own-slot .fold > summary").first.click()
    presenter.sees(".part-missing", "没有载入")
    inspect(presenter.page)
    presenter.page.unroute("**/styles/studio.css")
    presenter.press("再试一次").sees(".presenter-studio", "私下排练")


def test_the_media_are_reached_by_keys_alone(shared, visit, speaks):
    hall = live_hall(shared)
    guest = speaks(hall, shared.guest("张投资")).asks("hand.raise")
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    moderator.page.locator("#tab-flow").focus()
    moderator.page.keyboard.press("ArrowRight")
    moderator.sees(".hand-row")
    moderator.page.keyboard.press("Tab")
    expect(moderator.page.get_by_role("button", name="请发言：张投资")).to_be_focused()
    moderator.page.keyboard.press("Enter")
    guest.control.event(hall.room, "floor.given")
