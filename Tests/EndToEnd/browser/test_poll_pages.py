"""Proves polls on the page: opened by a moderator, voted in by three, shown as they say, in each look."""

import pytest
from playwright.sync_api import expect

from rooms import live_hall
from visitors import catalogue, inspect

QUESTION = "哪个项目最有前景？"


def open_poll(hall, **data):
    """A poll over the protocol. Returns its id."""
    plan = {"kind": "single", "question": QUESTION, "options": ["高温超导磁体", "Solid-state cells"]}
    with hall.server.peer(hall.moderator) as peer:
        peer.join(hall.room)
        return str(peer.ask("poll.open", hall.room, plan | data)["seq"])


def vote(server, hall, token, poll, *choices):
    with server.peer(token) as peer:
        peer.join(hall.room)
        peer.ask("poll.vote", hall.room, {"poll": poll, "choices": list(choices)})


def test_a_moderator_opens_and_three_vote(shared, visit):
    hall = live_hall(shared)
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=polls")
    presenter = visit(shared, token=hall.presenter("1")).enter(hall.room, "?tab=qa")
    voters = [visit(shared, token=shared.guest(name), size=size, language=language)
              .enter(hall.room, "?tab=chat")
              for name, size, language in (("张投资", "desktop", "zh-CN"), ("Ann Lee", "phone", "en"),
                                           ("周听众", "small phone", "zh-CN"))]

    form = moderator.page.locator(".poll-form")
    form.get_by_label("问题").fill(QUESTION)
    form.get_by_role("button", name="开始投票").click()
    moderator.sees(".problem", "请填写这个选项")
    form.get_by_label("选项 1").fill("高温超导磁体")
    form.get_by_label("选项 2").fill("Solid-state cells")
    form.get_by_role("button", name="添加选项").click()
    form.get_by_label("选项 3", exact=True).fill("都有前景")
    form.get_by_role("button", name="开始投票").click()
    moderator.sees(".poll.open .poll-question", QUESTION)
    expect(form).to_have_count(0)

    for place, voter in enumerate([*voters, presenter]):
        tab = voter.page.get_by_role("tab", name=catalogue(voter.language)["tab.polls"])
        expect(tab.locator(".badge")).to_have_text("1")
        tab.click()
        voter.page.locator(".ballot .choice").nth(place % 2).click()
        voter.page.locator(".ballot button[type=submit]").click()
        expect(voter.page.locator(".poll-mine")).not_to_be_empty()
        expect(voter.page.locator(".poll-results tr.own")).to_have_count(1)
    counts = moderator.page.locator(".poll-results tbody td:nth-child(2)")
    expect(counts).to_have_text(["2", "2", "0"])
    moderator.sees(".poll-count", "4 人已投票")

    # A vote may be changed, and whoever comes back finds its own.
    voters[0].page.locator(".ballot .choice").nth(2).click()
    voters[0].page.get_by_role("button", name="改投").click()
    expect(counts).to_have_text(["1", "2", "1"])
    voters[0].page.reload()
    expect(voters[0].page.locator(".poll-results tr.own")).to_contain_text("都有前景")

    moderator.press("结束投票")
    for voter in voters:
        expect(voter.page.locator(".poll.closed tbody td:nth-child(2)")).to_have_text(["1", "2", "1"])
        expect(voter.page.locator(".ballot")).to_have_count(0)
    moderator.press("撤回结果").press("确认取消")
    for voter in voters:
        voter.sees(".poll.cancelled")
        expect(voter.page.locator(".poll-results")).to_have_count(0)


def test_hidden_results_are_for_staff_until_the_poll_closes(shared, visit):
    hall = live_hall(shared)
    poll = open_poll(hall, kind="rating", options=[], results="closed", changeable=False)
    vote(shared, hall, shared.guest("张投资"), poll, 4)
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=polls")
    viewer = visit(shared, token=shared.guest("Ann Lee")).enter(hall.room, "?tab=polls")
    expect(moderator.page.locator(".poll-results tbody td:nth-child(2)")).to_have_text(
        ["0", "0", "0", "1", "0"])
    viewer.sees(".poll.open", "结果在投票结束后公布")
    expect(viewer.page.locator(".poll-results")).to_have_count(0)
    viewer.page.get_by_label("5 分").check()
    viewer.page.locator(".ballot button[type=submit]").click()
    viewer.sees(".poll-mine", "已投：5 分")
    expect(viewer.page.locator(".ballot")).to_have_count(0)
    moderator.press("结束投票")
    viewer.sees(".poll.closed .poll-count", "平均 4.5 分")


def test_only_registered_members_vote_where_the_poll_says_so(shared, visit):
    hall = live_hall(shared)
    open_poll(hall, kind="yes_no", options=[], registered=True)
    viewer = visit(shared, token=shared.guest("Ann Lee")).enter(hall.room, "?tab=polls")
    viewer.sees(".ballot", "登录或注册")
    viewer.page.get_by_label("是", exact=True).check()
    viewer.page.locator(".ballot button[type=submit]").click()
    viewer.sees(".notices", "仅限注册用户")
    expect(viewer.page.locator(".poll-mine")).to_be_empty()


def test_a_visitor_leaves_a_card_and_has_voted(shared, visit):
    hall = live_hall(shared)
    open_poll(hall)
    visitor = visit(shared).enter(hall.room, "?tab=polls")
    visitor.page.locator(".ballot .choice").first.click()
    visitor.page.locator(".ballot button[type=submit]").click()
    visitor.page.get_by_label("姓名", exact=True).fill("李听众")
    visitor.press("递上名片")
    expect(visitor.page.locator(".poll-results tr.own")).to_have_count(1)


def test_keys_alone_vote(shared, visit):
    hall = live_hall(shared)
    open_poll(hall)
    viewer = visit(shared, token=shared.guest("Ann Lee")).enter(hall.room, "?tab=polls")
    viewer.page.locator(".ballot input").first.focus()
    viewer.page.keyboard.press("Space")
    viewer.page.keyboard.press("ArrowDown")
    viewer.page.keyboard.press("Enter")
    viewer.sees(".poll-mine", "Solid-state cells")


@pytest.mark.parametrize("who", ["moderator", "viewer"])
def test_polls_in_each_look(shared, visit, look, who):
    hall = live_hall(shared)
    voter = shared.guest("张投资")
    past = open_poll(hall, kind="rating", options=[], question="讲得如何？")
    vote(shared, hall, voter, past, 4)
    hall.ask(("poll.close", {"poll": past}))
    token = hall.moderator if who == "moderator" else voter
    person = visit(shared, token=token, **look).enter(hall.room, "?tab=polls")
    person.sees(".poll.closed .poll-results")
    inspect(person.page)
    poll = open_poll(hall, kind="multiple", options=["高温超导磁体", "x" * 100, "第三"])
    vote(shared, hall, voter, poll, 1, 3)
    person.sees(".poll.open .poll-results")
    inspect(person.page)
