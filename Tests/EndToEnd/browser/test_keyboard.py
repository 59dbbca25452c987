"""Proves that the keyboard alone is enough: to watch, to speak, and to run the room."""

from playwright.sync_api import expect

from rooms import live_hall, make_hall
from visitors import inspect

FOCUSED = """() => {
  const element = document.activeElement;
  return element.getAttribute("aria-label") || element.textContent.trim() || element.id;
}"""


def tab_to(page, name, back=False, most=80):
    """Presses Tab until the element of that name has the focus; it must be seen to have it."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate(FOCUSED).startswith(name):
            style = "getComputedStyle(document.activeElement)"
            ringed = page.evaluate(f"{style}.outlineStyle !== 'none'")
            assert ringed, f"{name} has the focus and does not show it"
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_a_viewer_needs_no_pointer(shared, visit):
    hall = live_hall(shared).place_slides("1", 2).ask(("slot.call", {"slot": "1"}))
    viewer = visit(shared).enter(hall.room)
    page = viewer.page
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    viewer.sees(".page-number", "自行翻阅中")
    tab_to(page, "回到同步")
    page.keyboard.press("Enter")
    viewer.sees(".page-number", "与主讲同步")
    tab_to(page, "递名片", back=True)
    page.keyboard.press("Enter")
    viewer.sees("dialog")
    page.get_by_label("姓名").focus()
    page.keyboard.type("张投资")
    page.keyboard.press("Enter")
    viewer.sees(".me", "张投资")
    expect(page.locator("dialog")).to_have_count(0)
    tab_to(page, "向当前项目提问")
    page.keyboard.type("有中试数据吗？")
    page.keyboard.press("Enter")
    viewer.sees(".question:not(.outgoing)", "有中试数据吗？")
    tab_to(page, "赞成这个问题", back=True)
    page.keyboard.press("Enter")
    viewer.sees(".vote[aria-pressed=true]", "1")
    tab_to(page, "问答", back=True)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    viewer.sees("#tab-agenda[aria-selected=true]")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    tab_to(page, "说点什么")
    page.keyboard.type("大家好")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    page.keyboard.press("Enter")
    viewer.sees(".said:not(.outgoing)", "第二行")
    inspect(page)


def test_a_moderator_runs_the_room_by_keyboard(shared, visit):
    hall = make_hall(shared)
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    page = moderator.page
    steps = [
        ("开放会场", ".room-header .state.open"),
        ("开始路演", ".room-header .state.live"),
        ("请上台", ".on-stage"),
        ("开始陈述", ".room-header .clock.pitch:not(.stopped)"),
        ("暂停计时", ".room-header .clock.stopped"),
        ("继续计时", ".room-header .clock.pitch:not(.stopped)"),
        ("进入问答", ".room-header .clock.qa"),
        ("完成", ".room-header .clock.idle"),
        ("结束路演", ".ending"),
        ("确认结束", ".room-header .state.follow_up"),
    ]
    for name, sign in steps:
        tab_to(page, name)
        page.keyboard.press("Enter")
        moderator.sees(sign)


def test_a_dialog_keeps_the_focus_and_gives_it_back(shared, visit):
    hall = make_hall(shared)
    viewer = visit(shared).enter(hall.room)
    page = viewer.page
    tab_to(page, "递名片")
    page.keyboard.press("Enter")
    viewer.sees("dialog")
    inside = "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate(FOCUSED) == "递名片"
