"""Proves what holds of looks and weight: languages, forced colours, reduced motion, page size."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall
from stage import go_on_air, watch
from visitors import inspect

HEAVIEST = 150_000  # bytes, compressed, without slides
FIRST_PAINT = 1_000  # milliseconds
SLOW_LINE = {  # 1 Mbit/s with 100 ms of delay
    "offline": False, "latency": 100, "downloadThroughput": 125_000, "uploadThroughput": 125_000,
}


def test_the_language_changes_at_once_and_the_line_stays(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared)
    sockets = []
    viewer.page.on("websocket", lambda socket: sockets.append(socket.url))
    viewer.enter(hall.room)
    expect(viewer.page.locator("html")).to_have_attribute("lang", "zh-CN")
    viewer.press("English").sees(".room-header .state", "Live")
    expect(viewer.page.locator("html")).to_have_attribute("lang", "en")
    inspect(viewer.page)
    viewer.press("中文").sees(".room-header .state", "直播中")
    assert sorted(url.rpartition("/ws")[2] for url in sockets) == ["", "/media"]
    # The choice is kept for the next page.
    viewer.press("English").open("/")
    expect(viewer.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nothing_of_the_other_language_is_left(shared, visit, language):
    room = live_hall(shared, title="2026", slots=[{"title": "1"}]).room
    viewer = visit(shared, language=language).enter(room)
    for tab in ("qa", "chat", "agenda", "about"):
        viewer.tab(tab)
        text = viewer.page.locator("body").inner_text()
        if language == "en":
            assert re.findall(r"[\u4e00-\u9fff]+", text.replace("中文", "")) == []
        else:
            # Names, keys, commands and units are the same in every language.
            known = r"English|PageUp|PageDown|Tab|luyan\b.*|[0-9a-f]{64}|Luyan|GMT\+8|\d[\w.+-]*"
            assert re.findall(r"[A-Za-z]{2,}", re.sub(known, "", text)) == []


def test_forced_colours_and_reduced_motion(shared, visit):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}), "pitch.start")
    viewer = visit(shared, forced_colors="active", reduced_motion="reduce").enter(hall.room)
    inspect(viewer.page)
    for part in (".room-header .state.live", ".composer .primary"):
        colours = viewer.page.locator(part).evaluate(
            "(part) => [getComputedStyle(part).color, getComputedStyle(part).backgroundColor,"
            " getComputedStyle(part).forcedColorAdjust]"
        )
        assert colours[0] != colours[1] and colours[2] == "none", f"{part} hides its words"
    running = "document.getAnimations().filter((one) => one.playState === 'running').length"
    assert viewer.page.evaluate(running) == 0


def weighed(visitor):
    """The compressed bytes of each address that the visitor's page will have fetched."""
    sizes = {}

    def weigh(response):
        if "/files/" not in response.url and response.status == 200:
            sizes[response.url] = len(gzip.compress(response.body()))

    visitor.page.on("response", weigh)
    return sizes


def test_the_room_page_is_light(shared, visit):
    viewer = visit(shared)
    sizes = weighed(viewer)
    viewer.enter(live_hall(shared).room).page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes.values()) < HEAVIEST, sizes


def test_a_room_with_camera_and_voice_is_light_too(shared, on_stage, come):
    go_on_air(come(shared, token=on_stage.presenter("1")).enter(on_stage.room), "microphone", "camera")
    viewer = come(shared)
    sizes = weighed(viewer)
    watch(viewer.enter(on_stage.room), ".place.small canvas")
    viewer.page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes.values()) < HEAVIEST, sizes


def test_the_first_paint_is_quick_on_a_slow_line(shared, visit):
    hall = live_hall(shared)
    paints = []
    while len(paints) < 3 and min(paints, default=FIRST_PAINT) >= FIRST_PAINT:
        viewer = visit(shared)
        line = viewer.context.new_cdp_session(viewer.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW_LINE)
        viewer.enter(hall.room)
        paints += viewer.page.evaluate("""() => performance.getEntriesByType("paint")
            .filter((one) => one.name === "first-contentful-paint").map((one) => one.startTime)""")
    assert min(paints) < FIRST_PAINT, paints


def test_a_phone_shows_clock_and_line_on_every_tab(shared, visit):
    hall = live_hall(shared).place_slides("1", 2).ask(("slot.call", {"slot": "1"}), "pitch.start")
    viewer = visit(shared, size="small phone").enter(hall.room)
    for tab in ("qa", "chat", "agenda", "about"):
        viewer.tab(tab)
        for part in (".room-header .clock-time", ".connection", ".here", ".screen", ".phone-bar"):
            expect(viewer.page.locator(part)).to_be_in_viewport()
    bar = viewer.page.locator(".phone-bar button")
    assert bar.count() == 5
    assert all(bar.nth(n).bounding_box()["height"] >= 44 for n in range(5))
    # While somebody types, the stage is a strip and the field stays in sight.
    viewer.leave_card("张投资").page.locator(".phone-bar button").nth(2).click()
    field = viewer.page.locator("#chat-field")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    assert viewer.page.locator(".screen").bounding_box()["height"] < 100


def test_enlarged_four_times_everything_can_be_reached(shared, visit):
    hall = live_hall(shared).place_slides("1", 2).ask(("slot.call", {"slot": "1"}), "pitch.start")
    viewer = visit(shared, size="enlarged").enter(hall.room).leave_card("张投资")
    inspect(viewer.page)
    viewer.say("放大也能用").sees(".said:not(.outgoing)", "放大也能用")
    moderator = visit(shared, size="enlarged", token=hall.moderator).enter(hall.room)
    moderator.press("进入问答").sees(".room-header .clock.qa")
    inspect(moderator.page)


@pytest.mark.parametrize("size", ["desktop", "phone", "small phone"])
def test_long_words_and_many_people_fit(shared, visit, size):
    slots = [{"title": "W" * 200, "presenters": "名" * 300, "abstract": "长" * 3_000}] * 12
    hall = live_hall(shared, title="题" * 200, slots=slots).ask(("slot.call", {"slot": "1"}))
    viewer = visit(shared, size=size).enter(hall.room).leave_card("N" * 40)
    viewer.say("W" * 900).sees(".said:not(.outgoing)").ask("问" * 500)
    viewer.sees(".question:not(.outgoing)")
    for tab in ("qa", "chat", "agenda", "about"):
        viewer.tab(tab)
        inspect(viewer.page)


def test_without_a_secure_context_the_page_says_what_is_off(shared, visit):
    hall = live_hall(shared)
    # Plain HTTP under a name: no WebCrypto, no clipboard.
    insecure = visit(shared, token=hall.moderator, base=shared.url.replace("127.0.0.1", "luyan.test"))
    insecure.enter(hall.room, "?tab=about")
    assert not insecure.page.evaluate("isSecureContext")
    insecure.sees(".trust", "没有核对存证点")
    insecure.press("复制观众链接")
    expect(insecure.page.locator("input.copied")).to_have_value(re.compile(f"/r/{hall.room}$"))
    inspect(insecure.page)
    insecure.say("照样可以说话").sees(".said:not(.outgoing)", "照样可以说话")
