"""Proves the order of projects on the page: by hand with keys, and drawn, where presenters' pages contribute
by themselves and everybody's page computes the outcome again."""

from playwright.sync_api import expect

from rooms import PAPERS, make_hall
from visitors import inspect

THIRD = {"title": "低空物流无人机", "presenters": "周航", "organisation": "某研究院"}


def order_of(server, hall):
    with server.peer(hall.moderator) as peer:
        return [slot["id"] for slot in peer.join(hall.room)["snapshot"]["slots"]]


def titles(visitor, selector):
    return visitor.page.locator(selector).all_inner_texts()


def test_the_order_by_hand_needs_keys_alone(shared, visit):
    hall = make_hall(shared, slots=[*PAPERS, THIRD])
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    fold = moderator.page.locator(".order-desk details.fold")
    fold.locator("summary").focus()
    moderator.page.keyboard.press("Enter")
    up = moderator.page.get_by_role("button", name="上移《低空物流无人机》")
    up.focus()
    for place in (2, 1):
        moderator.page.keyboard.press("Enter")
        expect(fold.locator("[role=status]")).to_contain_text(f"现在排第 {place}")
    # At the top it goes no further: the focus stays with the project.
    expect(moderator.page.get_by_role("button", name="下移《低空物流无人机》")).to_be_focused()
    assert order_of(shared, hall) == ["3", "1", "2"]
    inspect(moderator.page)
    moderator.look("by-hand")
    hall.ask("room.open", "room.start", ("slot.call", {"slot": "1"}))
    expect(moderator.page.locator(".order-desk")).to_have_count(0)


def test_two_presenters_pages_contribute_and_all_verify(shared, visit):
    hall = make_hall(shared, slots=[*PAPERS, THIRD])
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    first = visit(shared, token=hall.presenter("1"), size="phone").enter(hall.room)
    second = visit(shared, token=hall.presenter("2", name="Ann Lee"), language="en").enter(hall.room)
    viewer = visit(shared, token=shared.guest("周听众"), size="small phone", scheme="dark")
    viewer.enter(hall.room, "?tab=agenda")

    moderator.press("开始抽签")
    first.sees(".banner", "您的页面已提供随机数")
    second.sees(".banner", "your page has contributed")
    moderator.sees(".order-desk", "已有 2/3 个项目参与")
    viewer.sees(".draw.committing", "收集承诺")
    for visitor, name in ((moderator, "moderator"), (first, "presenter"), (viewer, "viewer")):
        inspect(visitor.page)
        visitor.look(f"committing-{name}")

    # What was committed outlives a reload.
    second.page.reload()
    moderator.press("停止收集，开始公开")
    first.sees(".banner", "您的随机数已公开")
    second.sees(".banner", "contribution is revealed")
    moderator.sees(".order-desk", "已公开 2/2 份随机数")
    moderator.press("公布结果")

    for visitor in (moderator, viewer):
        visitor.sees(".draw.finished .draw-good", "已核验")
    second.tab("agenda").sees(".draw.finished .draw-good", "Verified")
    drawn = order_of(shared, hall)
    names = {str(place): paper["title"] for place, paper in enumerate([*PAPERS, THIRD], 1)}
    expect(viewer.page.locator(".agenda .slot-title")).to_have_text([names[id] for id in drawn])
    viewer.page.get_by_text("查看数值").click()
    viewer.sees(".draw-values", " ".join(drawn))
    for visitor, name in ((moderator, "moderator"), (second, "presenter"), (viewer, "viewer")):
        inspect(visitor.page)
        visitor.look(f"finished-{name}")

    # Whoever changes the order afterwards is seen to do so.
    hall.ask(("slots.order", {"slots": drawn[::-1]}))
    viewer.sees(".draw.finished .problem", "手动调整了顺序")


def test_a_draw_that_is_called_off_is_shown_as_failed(shared, visit):
    hall = make_hall(shared, "draw.start", slots=[*PAPERS, THIRD])
    moderator = visit(shared, token=hall.moderator, size="phone").enter(hall.room)
    viewer = visit(shared, token=shared.guest("Ann"), language="en").enter(hall.room, "?tab=agenda")
    moderator.press("取消抽签")
    viewer.sees(".draw.failed", "called it off")
    moderator.sees(".draw.failed", "抽签失败")
    inspect(moderator.page)
    moderator.look("failed-moderator")
    moderator.press("重新抽签")
    viewer.sees(".draw.committing", "Draw number 2")
