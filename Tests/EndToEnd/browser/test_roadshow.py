"""Proves that a moderator, a presenter and a viewer hold a roadshow together in the browser."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall, make_hall, picture
from visitors import inspect


def slide(page, number):
    return page.locator(f".screen img[alt*='第 {number} 页']")


def test_a_whole_roadshow(shared, visit):
    hall = make_hall(shared)
    hall.place_slides("1", 3)
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    viewer = visit(shared).enter(hall.room)
    presenter = visit(shared, token=hall.presenter("1")).enter(hall.room)

    moderator.press("开放会场").sees(".run .state.open")
    viewer.sees(".room-header .state.open")
    presenter.press("我已准备好")
    moderator.sees(".run .mark.ready").press("开始路演")
    viewer.sees(".room-header .state.live")

    moderator.press("请上台：高温超导磁体")
    expect(slide(viewer.page, 1)).to_be_visible()
    moderator.press("开始陈述")
    viewer.sees(".room-header .clock.pitch.calm", "陈述")
    presenter.page.keyboard.press("PageDown")
    for person in (presenter, moderator, viewer):
        expect(slide(person.page, 2)).to_be_visible()

    viewer.leave_card("张投资", "某创投").ask("成本如何？")
    presenter.sees(".question", "成本如何？")
    presenter.page.get_by_role("button", name=re.compile("赞成这个问题")).click()
    viewer.sees(".question .vote", "1")
    moderator.press("正在回答")
    presenter.sees(".desk blockquote", "成本如何？")
    viewer.say("大家好")
    moderator.sees("#tab-chat .badge", "1").tab("chat").sees(".said", "大家好")

    moderator.press("进入问答")
    viewer.sees(".room-header .clock.qa")
    moderator.press("暂停计时")
    viewer.sees(".room-header .clock.stopped")
    moderator.press("继续计时").press("加 1 分钟").press("完成")
    viewer.sees(".room-header .clock.idle").tab("agenda").sees(".slot .mark.done")

    moderator.press("结束路演").sees(".ending").press("确认结束")
    viewer.sees(".room-header .state.follow_up")
    with moderator.page.expect_download() as transcript:
        moderator.page.get_by_role("link", name="文字记录").first.click()
    text = transcript.value.path().read_text()
    assert "成本如何？" in text and "大家好" in text
    with viewer.tab("about").page.expect_download() as log:
        viewer.page.get_by_role("link", name="全程记录").first.click()
    assert "大家好" in log.value.path().read_text()
    for person in (moderator, viewer, presenter):
        inspect(person.page)


def test_a_viewer_browses_alone_and_snaps_back(shared, visit):
    hall = live_hall(shared).place_slides("1", 3).ask(("slot.call", {"slot": "1"}))
    viewer = visit(shared).enter(hall.room)
    expect(slide(viewer.page, 1)).to_be_visible()
    viewer.page.keyboard.press("ArrowRight")
    viewer.page.keyboard.press("ArrowRight")
    expect(slide(viewer.page, 3)).to_be_visible()
    expect(viewer.page).to_have_url(re.compile("slide=3"))
    hall.ask(("slide.show", {"slot": "1", "page": 2}))
    expect(slide(viewer.page, 3)).to_be_visible()
    viewer.press("回到同步")
    expect(slide(viewer.page, 2)).to_be_visible()
    expect(viewer.page).not_to_have_url(re.compile("slide="))
    # The address leads back to the slide.
    viewer.enter(hall.room, "?slide=3&tab=agenda")
    expect(slide(viewer.page, 3)).to_be_visible()
    viewer.sees("#tab-agenda[aria-selected=true]")


def test_a_text_is_removed_by_its_author_and_by_a_moderator(shared, visit, far_look):
    hall = live_hall(shared)
    moderator = visit(shared, **far_look, token=hall.moderator).enter(hall.room, "?tab=chat")
    viewer = visit(shared, **far_look).enter(hall.room).leave_card("张投资")
    viewer.say("写错了").sees(".said", "写错了").say("广告").sees(".said", "广告")
    viewer.page.locator(".said", has_text="写错了").get_by_role("button").click()
    viewer.sees("dialog")
    inspect(viewer.page)
    viewer.page.locator("dialog .primary").click()
    moderator.sees(".said.removed")
    expect(moderator.page.locator(".said", has_text="写错了")).to_have_count(0)
    moderator.page.locator(".said", has_text="广告").get_by_role("button").click()
    moderator.sees("dialog input[type=radio]")
    inspect(moderator.page)
    moderator.page.locator("dialog .primary").click()
    expect(viewer.page.locator(".said.removed")).to_have_count(2)
    # Who comes later finds the marks and no text.
    later = visit(shared).enter(hall.room, "?tab=chat")
    expect(later.page.locator(".said.removed")).to_have_count(2)
    assert "广告" not in later.page.locator(".panel").inner_text()


def test_earlier_chat_is_loaded_and_the_place_is_kept(shared, visit):
    hall = live_hall(shared)
    with shared.peer(shared.guest("多言")) as peer:
        peer.join(hall.room)
        for number in range(260):
            peer.ask("chat.say", hall.room, {"text": f"第{number}句"})
    viewer = visit(shared).enter(hall.room, "?tab=chat")
    viewer.sees(".said", "第259句")
    expect(viewer.page.locator(".said", has_text=re.compile("第0句$"))).to_have_count(0)
    before = viewer.page.locator(".said").first.inner_text()
    viewer.page.locator(".scroll").evaluate("(list) => { list.scrollTop = 0; }")
    viewer.press("查看更早的消息")
    first = viewer.page.locator(".said", has_text=before.splitlines()[-1]).first
    expect(viewer.page.locator(".said").first).not_to_have_text(before)
    expect(first).to_be_in_viewport()
    # A new message does not pull the reader away, a button leads to it.
    with shared.peer(shared.guest("后来")) as peer:
        peer.join(hall.room)
        peer.ask("chat.say", hall.room, {"text": "最新一句"})
    viewer.sees(".below", "1 条新消息")
    inspect(viewer.page)
    viewer.page.locator(".below").click()
    expect(viewer.page.locator(".said", has_text="最新一句")).to_be_in_viewport()


def test_an_organiser_makes_a_room_with_slides(shared, visit, tmp_path):
    organiser = visit(shared, token=shared.organiser).open("/")
    organiser.page.get_by_role("link", name="新建会场").click()
    page = organiser.page
    page.get_by_label("会场名称").fill("绿色能源专场")
    page.locator(".agenda-import > summary").click()
    lines = page.get_by_label(re.compile("每行一个"))
    lines.fill("高效电池 | 李明 | 某大学 | 8+7\n坏时间 | 王芳 | 所 | 8:7\n\n| 无名")
    organiser.sees(".line-errors", "第 2 行").sees(".line-errors", "第 4 行")
    inspect(page)
    page.get_by_role("button", name="建立会场").click()
    organiser.sees(".problem[role=alert]")
    lines.fill("高效电池 | 李明 | 某大学 | 8+7\n储能材料｜王芳｜所｜１０＋５")
    expect(page.locator(".line-errors li")).to_have_count(0)
    organiser.press("加入这 2 个项目")
    page.get_by_role("button", name="建立会场").click()
    organiser.sees(".uploads")
    for number in (10, 2, 1):
        (tmp_path / f"页{number}.png").write_bytes(picture(number))
    page.locator("input[type=file]").first.set_input_files(sorted(tmp_path.iterdir()))
    organiser.sees(".upload", "已有 3 页")
    (tmp_path / "readme.txt").write_text("no picture")
    page.locator("input[type=file]").last.set_input_files(tmp_path / "readme.txt")
    organiser.sees(".upload .problem", "只接受 PNG")
    inspect(page)
    page.get_by_role("link", name="进入会场").click()
    organiser.sees(".run", "储能材料")


def test_sign_in_links_work_once(shared, visit):
    hall = make_hall(shared)
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    moderator.context.grant_permissions(["clipboard-read", "clipboard-write"])
    moderator.page.locator(".run .agenda summary").first.click()
    moderator.press("复制主讲人链接").sees(".notice", "只能使用一次")
    link = moderator.page.evaluate("navigator.clipboard.readText()")
    presenter = visit(shared)
    presenter.page.goto(link)
    presenter.page.get_by_label("姓名").fill("李明")
    inspect(presenter.page)
    presenter.press("进入会场").sees(".room.presenter")
    assert "#" not in presenter.page.url
    late = visit(shared)
    late.page.goto(link)
    late.sees(".state-card", "登录链接不能使用")
    inspect(late.page)


@pytest.mark.parametrize("command", ["cancel", "close"])
def test_what_cannot_be_undone_is_asked_about(shared, visit, far_look, command):
    hall = make_hall(shared)
    if command == "close":
        hall.ask("room.open", "room.start", "room.end", "room.end_confirm")
    moderator = visit(shared, **far_look, token=hall.moderator).enter(hall.room)
    button = moderator.t(f"command.room.{command}")
    moderator.press(button).sees("dialog")
    inspect(moderator.page)
    moderator.page.keyboard.press("Escape")
    expect(moderator.page.locator("dialog")).to_have_count(0)
    moderator.press(button).page.locator("dialog .primary").click()
    moderator.sees(f".room-header .state.{'cancelled' if command == 'cancel' else 'closed'}")
    inspect(moderator.page)


def test_the_room_is_reopened_in_mid_pitch(shared, visit):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}), "pitch.start")
    stayed = visit(shared).enter(hall.room).sees(".room-header .clock.pitch")
    hall.ask("room.end", "room.end_confirm")
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    came = visit(shared).enter(hall.room)
    presenter = visit(shared, token=hall.presenter("1")).enter(hall.room)
    for person in (stayed, moderator, came, presenter):
        person.sees(".room-header .state.follow_up")
        expect(person.page.locator(".clock")).to_have_count(0)
        # What the end cut short is not under way, and what was recorded is at hand.
        person.tab("agenda").sees(".slot .mark.unfinished").sees(".slot .mark.unheld")
        person.sees(".title-card a[download]")
    moderator.page.get_by_role("button", name=re.compile("^重新开场")).click()
    moderator.sees(".banner", "暂停").press("继续路演").sees(".room-header .state.live")
    for person in (stayed, moderator, came, presenter):
        person.sees(".room-header .clock.pitch:not(.stopped) .clock-time", re.compile("0[78]:"))
