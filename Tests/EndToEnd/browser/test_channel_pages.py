"""Proves the chat's channels on the pages: who has which, who reads what, names that are called."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall, make_hall
from visitors import inspect

CRITERIA = [{"weight": 100, "name": "创新性"}]


def judge_of(hall, name="钱评委"):
    token = hall.joins_as("judge", name)
    with hall.server.peer(token) as peer:
        peer.join(hall.room)
    return token


def at_chat(visitor, hall):
    visitor.enter(hall.room, "?tab=chat")
    expect(visitor.page.locator("#chat-field")).to_be_visible()
    return visitor


def channel(visitor, key, **values):
    return visitor.page.locator(".channel-tabs").get_by_role(
        "tab", name=re.compile("^" + re.escape(visitor.t(f"channel.{key}", **values))))


def write(visitor, text):
    visitor.page.locator("#chat-field").fill(text)
    visitor.page.locator("form.composer button[type=submit]").click()


def test_each_reads_its_channels_and_nobody_else_does(shared, visit, look):
    hall = live_hall(shared).ask(("judging.arrange", {"criteria": CRITERIA}))
    judge_token, presenter_token = judge_of(hall), hall.presenter("1")
    moderator = at_chat(visit(shared, token=hall.moderator, **look), hall)
    judge = at_chat(visit(shared, token=judge_token, **look), hall)
    presenter = at_chat(visit(shared, token=presenter_token, **look), hall)
    viewer = at_chat(visit(shared, token=shared.guest("周听众"), **look), hall)
    t = moderator.t
    expect(viewer.page.locator(".channel-tabs")).to_have_count(0)

    channel(judge, "judges").click()
    judge.sees(".readers", t("channel.readers.judges"))
    inspect(judge.page)
    write(judge, "利益冲突怎么处理？")
    judge.sees(".channel.apart .said.own", "利益冲突")
    expect(channel(moderator, "judges").locator(".badge")).to_have_text("1")
    channel(moderator, "judges").click()
    moderator.sees(".said", "利益冲突")
    expect(channel(moderator, "judges").locator(".badge")).to_have_count(0)
    write(moderator, "请回避。")
    judge.sees(".said", "请回避")
    inspect(moderator.page)
    moderator.look(f"channel-judges-{look.get('size')}-{look.get('scheme')}")

    channel(presenter, "slot", title="高温超导磁体").click()
    write(presenter, "我们到了。")
    channel(moderator, "slot", title="高温超导磁体").click()
    moderator.sees(".said", "我们到了")
    inspect(presenter.page)
    presenter.look(f"channel-back-room-{look.get('size')}-{look.get('scheme')}")
    channel(moderator, "staff").click()
    write(moderator, "只有我们看到。")
    moderator.sees(".said.own", "只有我们看到")

    write(viewer, "大家好")
    viewer.sees(".said.own", "大家好")
    for person in (viewer, presenter):
        person.page.reload()
        expect(person.page.locator("#chat-field")).to_be_visible()
        assert "利益冲突" not in person.page.content() and "请回避" not in person.page.content()
    assert "我们到了" not in viewer.page.content() and "我们到了" not in judge.page.content()
    channel(presenter, "slot", title="高温超导磁体").click()
    presenter.sees(".said.own", "我们到了")
    # Removed, it is removed for all who had it.
    presenter.page.locator(".said.own .said-by button").click()
    presenter.page.get_by_role("dialog").locator("button.danger, button.primary").first.click()
    presenter.sees(".said.removed")
    channel(moderator, "slot", title="高温超导磁体").click()
    moderator.sees(".said.removed")


def test_staff_and_the_back_room_talk_before_the_room_opens(shared, visit):
    hall = make_hall(shared)
    presenter = at_chat_closed(visit(shared, token=hall.presenter("2", "Ann Lee"), language="en"), hall)
    expect(presenter.page.locator(".composer.closed")).to_be_visible()
    channel(presenter, "slot", title="Solid-state cells").click()
    write(presenter, "Where is the projector?")
    moderator = at_chat_closed(visit(shared, token=hall.moderator), hall)
    channel(moderator, "slot", title="Solid-state cells").click()
    moderator.sees(".said", "Where is the projector?")


def at_chat_closed(visitor, hall):
    visitor.enter(hall.room, "?tab=chat")
    visitor.sees(".channel-tabs")
    return visitor


def test_a_draft_stays_in_its_channel(shared, visit):
    hall = live_hall(shared)
    moderator = at_chat(visit(shared, token=hall.moderator), hall)
    moderator.page.locator("#chat-field").fill("给全场的话")
    channel(moderator, "staff").click()
    expect(moderator.page.locator("#chat-field")).to_have_value("")
    moderator.page.locator("#chat-field").fill("给同事的话")
    # Arrow keys move between the channels.
    channel(moderator, "staff").focus()
    moderator.page.keyboard.press("ArrowLeft")
    expect(moderator.page.locator("#chat-field")).to_have_value("给全场的话")
    moderator.page.keyboard.press("ArrowRight")
    expect(moderator.page.locator("#chat-field")).to_have_value("给同事的话")


@pytest.mark.parametrize("language, size", [("zh-CN", "desktop"), ("en", "small phone")])
def test_somebody_is_called_by_keyboard_and_told(shared, visit, language, size):
    hall = live_hall(shared)
    judge_token = judge_of(hall, "钱评委")
    judge = visit(shared, token=judge_token, language=language).enter(hall.room, "?tab=agenda")
    viewer = at_chat(visit(shared, token=shared.guest("周听众"), language=language), hall)
    moderator = at_chat(visit(shared, token=hall.moderator, language=language, size=size), hall)
    field = moderator.page.locator("#chat-field")
    field.click()
    field.press_sequentially("你好 @钱")
    options = moderator.page.locator(".mention-list li")
    expect(options).to_have_count(1)
    expect(field).to_have_attribute("aria-activedescendant", "mention-list-0")
    inspect(moderator.page)
    moderator.look(f"mention-{language}-{size}")
    field.press("Enter")
    expect(field).to_have_value("你好 @钱评委 ")
    expect(options).to_have_count(0)
    field.press_sequentially("请上台")
    field.press("Enter")
    viewer.sees("mark.call", "@钱评委")
    expect(viewer.page.locator("mark.call.me")).to_have_count(0)
    judge.sees(".notice", judge.t("chat.called", name="王主持"))
    chat = judge.page.get_by_role("tab", name=re.compile("^" + judge.words["chat"]))
    expect(chat.locator(".badge")).to_have_text("@")
    judge.tab("chat")
    judge.sees(".said.calling mark.call.me", "@钱评委")
    inspect(judge.page)


def test_a_list_of_names_is_left_by_escape(shared, visit):
    hall = live_hall(shared)
    visit(shared, token=shared.guest("周听众")).enter(hall.room)
    moderator = at_chat(visit(shared, token=hall.moderator), hall)
    field = moderator.page.locator("#chat-field")
    field.click()
    field.press_sequentially("@周")
    expect(moderator.page.locator(".mention-list li")).to_have_count(1)
    field.press("Escape")
    expect(moderator.page.locator(".mention-list li")).to_have_count(0)
    field.press("Enter")
    moderator.sees(".said.own", "@周")
    expect(moderator.page.locator("mark.call")).to_have_count(0)


def test_earlier_messages_are_loaded_by_channel(shared, visit):
    hall = live_hall(shared)
    hall.ask(*[("chat.say", {"text": f"内部 {n}", "channel": "staff"}) for n in range(1, 41)],
             *[("chat.say", {"text": f"公开 {n}"}) for n in range(1, 4)])
    moderator = at_chat(visit(shared, token=hall.moderator), hall)
    expect(moderator.page.locator(".said")).to_have_count(3)
    channel(moderator, "staff").click()
    expect(moderator.page.locator(".said")).to_have_count(30)
    moderator.press("查看更早的消息")
    expect(moderator.page.locator(".said")).to_have_count(40)
    channel(moderator, "everyone").click()
    expect(moderator.page.locator(".said")).to_have_count(3)
