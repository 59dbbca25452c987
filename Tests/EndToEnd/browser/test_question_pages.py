"""Proves questions on the page: anonymous ones, merging, answers in writing, in each look."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect


def ask(shared, hall, token, text, **data):
    with shared.peer(token) as peer:
        peer.join(hall.room)
        return str(peer.ask("question.ask", hall.room, {"text": text} | data)["seq"])


def question(person, text):
    return person.page.locator(".question").filter(has_text=text)


def test_a_question_is_asked_anonymously_where_staff_allows_it(shared, visit):
    hall = live_hall(shared)
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=qa")
    asker = visit(shared, token=shared.guest("钱七")).enter(hall.room, "?tab=qa")
    other = visit(shared, token=shared.guest("Ann Lee"), language="en", size="phone")
    other.enter(hall.room, "?tab=qa")
    expect(asker.page.locator(".ask-anonymous")).to_have_count(0)
    moderator.page.get_by_label("允许匿名提问").check()
    asker.page.get_by_label(re.compile("匿名提问")).check()
    asker.page.locator("#question-field").fill("成本为何没有披露？")
    asker.press("提问")
    expect(question(other, "成本为何").locator(".asker")).to_have_text("Anonymous")
    expect(question(moderator, "成本为何").locator(".said-by")).to_contain_text("钱七")
    expect(question(moderator, "成本为何").locator(".said-by")).to_contain_text("对他人匿名")
    # It is its author's all the same: it can be removed by it.
    expect(question(asker, "成本为何").locator(".marks button")).not_to_have_count(0)
    expect(question(other, "成本为何").locator(".marks")).to_have_count(0)


def test_questions_are_merged_and_taken_apart(shared, visit):
    hall = live_hall(shared)
    first = ask(shared, hall, shared.guest("张投资"), "一度电多少钱？")
    second = ask(shared, hall, shared.guest("Ann Lee"), "What does a kWh cost?")
    with shared.peer(shared.guest("周听众")) as peer:
        peer.join(hall.room)
        for id in (first, second):
            peer.ask("question.vote", hall.room, {"question": id})
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=qa")
    viewer = visit(shared, token=shared.guest("李听众")).enter(hall.room, "?tab=qa")
    question(moderator, "kWh").get_by_role("button", name="合并…").click()
    moderator.page.get_by_role("dialog").get_by_label("一度电").check()
    moderator.page.get_by_role("dialog").get_by_role("button", name="合并", exact=True).click()
    expect(viewer.page.locator(".question")).to_have_count(1)
    expect(viewer.page.locator(".vote")).to_contain_text("1")
    viewer.page.locator(".merged summary").click()
    viewer.sees(".merged", "What does a kWh cost? (Ann Lee)")
    moderator.page.locator(".merged summary").click()
    moderator.press("取消合并")
    expect(viewer.page.locator(".question")).to_have_count(2)


def test_a_presenter_answers_in_writing(shared, visit):
    hall = live_hall(shared)
    ask(shared, hall, shared.guest("张投资"), "有专利吗？", slot="1")
    ask(shared, hall, shared.guest("张投资"), "别的项目呢？", slot="2")
    presenter = visit(shared, token=hall.presenter("1")).enter(hall.room, "?tab=qa")
    viewer = visit(shared).enter(hall.room, "?tab=qa")
    expect(presenter.page.get_by_role("button", name="书面回答")).to_have_count(1)
    presenter.press("书面回答")
    presenter.page.get_by_role("dialog").get_by_label("回答").fill("已获授权三项。\n另有两项在审。")
    presenter.press("发布回答")
    viewer.sees(".question.answered .answer", "另有两项在审")
    presenter.press("修改回答")
    presenter.page.get_by_role("dialog").get_by_label("回答").fill("已获授权五项。")
    presenter.press("发布回答")
    viewer.sees(".answer", "五项")
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=qa")
    question(moderator, "别的项目").get_by_role("button", name="会后回答").click()
    viewer.sees(".question.later .mark", "会后回答")


@pytest.mark.parametrize("who", ["moderator", "viewer"])
def test_questions_in_each_look(shared, visit, look, who):
    hall = live_hall(shared)
    hall.ask(("question.allow_anonymous", {"on": True}))
    asker = shared.guest("张投资")
    first = ask(shared, hall, asker, "成本？" * 20, anonymous=True)
    hall.ask(("question.answer", {"question": first, "text": "见附件。\n" + "x" * 120}))
    hall.ask(("question.merge", {"question": ask(shared, hall, asker, "w" * 200), "into": first}))
    ask(shared, hall, asker, "Third")
    token = hall.moderator if who == "moderator" else asker
    person = visit(shared, token=token, **look).enter(hall.room, "?tab=qa")
    person.page.locator(".merged summary").click()
    person.sees(".answer")
    if who == "moderator":
        expect(person.page.locator(".marks").nth(1)).to_be_visible()
    inspect(person.page)
    if who == "moderator":
        person.page.locator(".question").last.locator(".marks button").last.click()
        expect(person.page.get_by_role("dialog")).to_be_visible()
        inspect(person.page)
