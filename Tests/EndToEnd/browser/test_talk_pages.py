"""Proves how people come to speak in a roadshow: hands, consent, devices, keys."""

import re

import pytest
from playwright.sync_api import expect

from rooms import make_hall
from stage import go_on_air, hear, talk, watch
from visitors import SIZES, inspect


def test_a_hand_is_raised_heard_muted_and_taken_back(shared, on_stage, come):
    hall = on_stage
    viewer = come(shared, size="phone").enter(hall.room).leave_card("张投资")
    other = come(shared, language="en").enter(hall.room).leave_card("Ann Investor")
    other.page.locator(".under-stage .hand").click()
    other.sees(".hand[aria-pressed=true]", "Hand raised, no. 1")
    viewer.page.locator(".phone-bar .hand").click()
    viewer.sees(".phone-bar .hand", "举手第 2 位")
    inspect(viewer.page)
    inspect(other.page)
    other.page.locator(".under-stage .hand").click()
    other.sees(".hand", "Raise hand")
    viewer.sees(".phone-bar .hand", "举手第 1 位")
    member = member_of(hall, "张投资")
    hall.ask(("floor.give", {"member": member}))
    viewer.sees(".talk-note.given", "主持人请您发言")
    expect(viewer.page.locator(".notices [role=status]")).to_have_text(re.compile("主持人请您发言"))
    inspect(viewer.page)
    go_on_air(viewer, "microphone")
    inspect(viewer.page)
    other.sees(".voices .speaking", "张投资")
    hear(other)
    hall.ask(("microphone.mute", {"member": member}))
    viewer.sees(".talk-note.problem", "主持人已将您静音")
    expect(talk(viewer, "microphone")).to_have_attribute("aria-pressed", "false")
    expect(other.page.locator(".voices .speaking")).to_have_count(0)
    other.sees(".voices", "muted")
    inspect(viewer.page)
    hall.ask(("microphone.unmute", {"member": member}))
    expect(talk(viewer, "microphone")).to_have_attribute("aria-pressed", "true")
    hall.ask(("floor.take", {"member": member}))
    viewer.sees(".notice", "您的发言已结束")
    expect(viewer.page.locator(".talk-bar")).to_have_count(0)
    expect(other.page.locator(".voices")).to_have_count(0)


def member_of(hall, name):
    people = hall.server.request("GET", f"/api/v1/rooms/{hall.room}/people?filter=all",
                                 token=hall.moderator).json["people"]
    return next(one["member"] for one in people if one["name"] == name)


def test_a_visitor_who_raises_a_hand_is_asked_for_a_card(shared, on_stage, come):
    viewer = come(shared).enter(on_stage.room)
    viewer.page.locator(".under-stage .hand").click()
    viewer.page.get_by_label(viewer.words["name"], exact=True).fill("张投资")
    viewer.page.get_by_role("button", name=viewer.words["submit"]).click()
    viewer.sees(".hand[aria-pressed=true]", "举手中，第 1 位")


def test_consent_is_asked_once_and_again_for_a_recording(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    talk(presenter, "microphone").click()
    presenter.sees("dialog", "可能会录制")
    inspect(presenter.page)
    presenter.press("不同意").sees(".talk-bar", "未同意录制")
    talk(presenter, "camera").click()
    expect(talk(presenter, "camera")).to_have_attribute("aria-pressed", "true")
    expect(presenter.page.locator("dialog")).to_have_count(0)
    viewer = come(shared, size="phone").enter(hall.room)
    hall.ask("recording.start")
    presenter.sees("dialog", "正在录制").sees(".state.recording", "录制中")
    viewer.sees(".state.recording", "录制中")
    expect(viewer.page.locator(".state.recording")).not_to_have_attribute("title", re.compile("李明"))
    presenter.press("同意录制").sees(".state.recording", "李明")
    expect(viewer.page.locator(".state.recording")).to_have_attribute("title", "录制中：李明")
    inspect(viewer.page)
    presenter.press("已同意录制").press("不同意").sees(".talk-bar", "未同意录制")
    expect(presenter.page.locator(".recording-names")).to_have_count(0)


def test_a_reload_offers_to_go_on_and_sends_nothing_by_itself(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "microphone", "camera")
    viewer = come(shared).enter(hall.room)
    watch(viewer, ".place.small canvas")
    presenter.page.reload()
    presenter.sees(".talk-note", "刷新页面前您正在发言")
    expect(viewer.page.locator(".place.small")).to_have_count(0)
    inspect(presenter.page)
    presenter.press("继续发言")
    for kind in ("microphone", "camera"):
        expect(talk(presenter, kind)).to_have_attribute("aria-pressed", "true")
    watch(viewer, ".place.small canvas")
    presenter.press("结束发言")
    expect(viewer.page.locator(".place.small")).to_have_count(0)
    presenter.enter(hall.room)
    expect(talk(presenter, "microphone")).to_be_enabled()
    expect(presenter.page.locator(".talk-note")).to_have_count(0)


@pytest.mark.parametrize("language, size, scheme",
                         [("zh-CN", "phone", "dark"), ("en", "desktop", "light")])
def test_devices_are_tried_before_the_room_opens(shared, come, language, size, scheme):
    hall = make_hall(shared)
    presenter = come(shared, language=language, size=size, scheme=scheme,
                     token=hall.presenter("1")).enter(hall.room)
    expect(talk(presenter, "microphone")).to_be_disabled()
    inspect(presenter.page)
    if size == "phone":
        presenter.page.locator(".talk-open").click()
    presenter.press(presenter.t("talk.test")).sees("dialog")
    inspect(presenter.page)
    presenter.press(presenter.t("test.tryMicrophone")).sees("dialog", presenter.t("test.heard"))
    presenter.press(presenter.t("test.tryCamera"))
    watch(presenter, ".test-view video")
    presenter.page.get_by_label(presenter.t("test.size")).select_option("small")
    presenter.press(presenter.t("test.tone"))
    inspect(presenter.page)
    presenter.press(presenter.t("test.done"))
    hall.ask("room.open", "room.start")
    go_on_air(presenter, "camera")
    viewer = come(shared).enter(hall.room)
    watch(viewer, ".in-side canvas")
    assert viewer.page.locator(".in-side canvas").evaluate("(one) => one.width") == 320


def test_a_refused_device_is_told_with_what_to_do(shared, on_stage, come):
    refuse = "navigator.mediaDevices.getUserMedia = () =>" \
        " Promise.reject(new DOMException('no', 'NotAllowedError'));"
    presenter = come(shared, token=on_stage.presenter("1"), script=refuse).enter(on_stage.room)
    expect(talk(presenter, "microphone")).to_be_enabled()
    talk(presenter, "microphone").click()
    presenter.sees(".talk-note.problem", "允许使用后重试")
    inspect(presenter.page)
    presenter.page.locator(".talk-note.problem button").click()
    expect(presenter.page.locator(".talk-note.problem")).to_have_count(0)


def test_everything_of_speaking_is_reached_by_keyboard(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    button = talk(presenter, "microphone")
    expect(button).to_be_enabled()
    for _ in range(30):
        presenter.page.keyboard.press("Tab")
        if button.evaluate("(one) => one === document.activeElement"):
            break
    presenter.page.keyboard.press("Space")
    presenter.sees("dialog")
    presenter.page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    presenter.page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    presenter.sees(".talk-button", "已静音")
    presenter.page.keyboard.press("Tab")
    presenter.page.keyboard.press("Enter")
    expect(talk(presenter, "camera")).to_have_attribute("aria-pressed", "true")


def test_a_moderators_phone_is_left_to_the_run_of_show(shared, on_stage, come):
    moderator = come(shared, size="phone", token=on_stage.moderator)
    moderator.enter(on_stage.room, "?tab=run").sees(".run")
    expect(moderator.page.locator(".talk-bar")).to_have_count(0)
    assert moderator.page.locator(".side").bounding_box()["height"] > SIZES["phone"][1] / 2
    moderator.press("发言").sees(".talk-bar .talk-row")
    go_on_air(moderator, "microphone")
    inspect(moderator.page)
    # What is sent stays in sight.
    moderator.press("发言").sees(".talk-bar .talk-row").page.locator(".talk-open").click()
    moderator.press("结束发言")
    expect(moderator.page.locator(".talk-bar")).to_have_count(0)


@pytest.mark.parametrize("size", ["phone", "small phone"])
def test_a_phone_tells_of_a_recording_and_its_buttons_stay_whole(shared, on_stage, come, size):
    on_stage.ask("recording.start")
    viewer = come(shared, size=size, language="en").enter(on_stage.room)
    expect(viewer.page.locator(".state.recording")).to_be_in_viewport()
    assert viewer.page.locator(".me").evaluate("(one) => one.scrollWidth <= one.clientWidth")
    inspect(viewer.page)
