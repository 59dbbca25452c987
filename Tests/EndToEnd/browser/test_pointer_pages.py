"""Proves that a presenter's pointer is seen where it points, by mouse and by keyboard, and goes by itself."""

from playwright.sync_api import expect

from harness.waiting import until
from rooms import live_hall
from visitors import inspect


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def near(at, place):
    return abs(at[0] - place[0]) < 8 and abs(at[1] - place[1]) < 8


def test_viewers_and_the_big_screen_see_where_it_points(shared, visit, look):
    hall = live_hall(shared).place_slides("1", 2).ask(("slot.call", {"slot": "1"}))
    presenter = visit(shared, **look, token=hall.presenter("1")).enter(hall.room)
    viewer = visit(shared, **look).enter(hall.room)
    screen = visit(shared).open(f"/r/{hall.room}/screen").sees(".big-stage img")
    tool = presenter.page.locator(".pointer-tool")
    expect(tool).to_have_attribute("aria-pressed", "false")
    tool.click()
    expect(tool).to_have_attribute("aria-pressed", "true")
    inspect(presenter.page)
    slide = presenter.page.locator(".screen img[data-slide]")
    x, y = centre(slide)
    for watcher, picture in ((viewer, ".screen img[data-slide]"), (screen, ".big-stage img"),
                             (presenter, ".screen img[data-slide]")):
        presenter.page.mouse.move(x - 5, y - 5)
        presenter.page.mouse.move(x, y)
        dot = watcher.page.locator(".pointer-dot")
        expect(dot).to_be_visible()
        middle = centre(watcher.page.locator(picture).first)
        # It glides there.
        until(lambda: dot.count() == 1 and near(centre(dot), middle), "the dot at its place")
    viewer.look(f"pointer-{look['language']}-{look['size']}")
    # It goes by itself, and comes back by keyboard; the arrows turn no page meanwhile.
    expect(viewer.page.locator(".pointer-dot")).to_have_count(0)
    tool.focus()
    presenter.page.keyboard.press("ArrowRight")
    expect(viewer.page.locator(".pointer-dot")).to_be_visible()
    expect(presenter.page.locator(".page-number")).to_contain_text("1")
    presenter.page.keyboard.press("l")
    expect(tool).to_have_attribute("aria-pressed", "false")
    # A viewer has none.
    expect(viewer.page.locator(".pointer-tool")).to_have_count(0)


def test_who_browses_alone_sees_no_dot_of_another_page(shared, visit, far_look):
    hall = live_hall(shared).place_slides("1", 2).ask(("slot.call", {"slot": "1"}))
    viewer = visit(shared, **far_look).enter(hall.room).sees(".screen img")
    viewer.page.keyboard.press("ArrowRight")
    other = visit(shared, **far_look).enter(hall.room).sees(".screen img")
    hall.ask(("pointer.show", {"slot": "1", "page": 1, "x": 5000, "y": 5000}))
    expect(other.page.locator(".pointer-dot")).to_be_visible()
    expect(viewer.page.locator(".pointer-dot")).to_have_count(0)
    inspect(viewer.page)
