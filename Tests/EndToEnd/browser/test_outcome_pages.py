"""Proves the big screen, the report of a room, and the ways to share it: states, looks, paper."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall, make_hall
from visitors import inspect

CRITERIA = [{"weight": 60, "name": "创新性"}, {"weight": 40, "name": "团队"}]


def judged(server, **plan):
    """A hall whose first slot is scored at once."""
    hall = live_hall(server, **plan)
    hall.ask(("judging.arrange", {"criteria": CRITERIA, "publication": "each_slot"}))
    token = hall.joins_as("judge", "钱评委")
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start")
    with server.peer(token) as judge:
        judge.join(hall.room)
        judge.ask("sheet.submit", hall.room, {"slot": "1", "marks": [90, 85]})
    return hall


def ended(server):
    hall = judged(server)
    hall.ask("slot.finish", ("scoring.close", {"slot": "1"}), ("slot.skip", {"slot": "2"}))
    with server.peer(server.guest("张投资", kind="investor")) as guest:
        guest.join(hall.room)
        guest.ask("question.ask", hall.room, {"text": "成本如何？", "slot": "1"})
    return hall.ask("room.end", "room.end_confirm")


def test_the_big_screen_follows_the_hall(shared, visit):
    hall = live_hall(shared).place_slides("1", 2)
    screen = visit(shared).open(f"/r/{hall.room}/screen")
    screen.sees(".big-words", "下一个：高温超导磁体").sees(".big-code svg.qr")
    hall.ask(("judging.arrange", {"criteria": CRITERIA, "publication": "each_slot"}),
             ("slot.call", {"slot": "1"}), "pitch.start")
    screen.sees(".big-stage img").sees(".big-clock", "陈述").sees(".big-facts", "李明")
    hall.ask(("slide.show", {"slot": "1", "page": 2}))
    expect(screen.page.locator(".big-stage img")).to_have_attribute("alt", re.compile("第 2 页"))
    inspect(screen.page)
    with shared.peer(shared.guest("张投资")) as guest:
        guest.join(hall.room)
        asked = guest.ask("question.ask", hall.room, {"text": "成本如何？"})["seq"]
    hall.ask(("question.mark", {"question": str(asked), "state": "answering"}))
    screen.sees(".big-bottom", "成本如何？")
    token = hall.joins_as("judge", "钱评委")
    with shared.peer(token) as judge:
        judge.join(hall.room)
        judge.ask("sheet.submit", hall.room, {"slot": "1", "marks": [90, 85]})
    hall.ask("slot.finish")
    screen.sees(".big-scoring", "评委评分中")
    hall.ask(("scoring.close", {"slot": "1"}))
    screen.sees(".big-score", "88.00")
    hall.ask(("slot.skip", {"slot": "2"}), "room.end", "room.end_confirm")
    screen.sees(".big-ranking li", "88.00")
    inspect(screen.page)


def test_the_big_screen_comes_back_after_its_line_and_after_a_reload(shared, visit):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}), "pitch.start")
    screen = visit(shared).open(f"/r/{hall.room}/screen").sees(".big-clock")
    screen.context.set_offline(True)
    screen.page.evaluate("dispatchEvent(new Event('offline'))")
    screen.sees(".big-line")
    hall.ask("qa.start")
    screen.context.set_offline(False)
    screen.sees(".big-clock", "问答")
    expect(screen.page.locator(".big-line")).to_have_count(0)
    screen.page.reload()
    screen.sees(".big-clock", "问答")


def test_a_closed_hall_shows_nothing_on_a_strangers_screen(shared, visit):
    hall = make_hall(shared, "room.open", "room.start", door={"admission": "invitation"})
    hall.ask(("slot.call", {"slot": "1"}))
    stranger = visit(shared).open(f"/r/{hall.room}/screen")
    stranger.sees(".big-words", "会场没有对外开放")
    inspect(stranger.page)
    member = visit(shared, token=hall.moderator).open(f"/r/{hall.room}/screen")
    member.sees(".big-words", "高温超导磁体")
    lost = visit(shared).open("/r/" + "0" * 32 + "/screen")
    lost.sees(".state-card", "没有这个会场")


@pytest.mark.parametrize("size", ["desktop", "phone", "small phone"])
def test_the_big_screen_fits_with_long_words(shared, visit, size):
    slots = [{"title": "长" * 200, "presenters": "W" * 300}] * 12
    hall = live_hall(shared, title="题" * 200, slots=slots).ask(("slot.call", {"slot": "1"}))
    inspect(visit(shared, size=size).open(f"/r/{hall.room}/screen").sees(".big-words").page)


def test_the_report_of_a_room(shared, visit, look):
    hall = ended(shared)
    reader = visit(shared, **look).open(f"/r/{hall.room}/outcome")
    say = reader.t
    reader.sees(".report-table", "88.00").sees(".report-questions", "成本如何？")
    reader.sees(".report-kinds", say("kind.investor")).sees(".report-proof", "luyan verify")
    inspect(reader.page)
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=say("outcome.table")).click()
    assert download.value.suggested_filename.endswith("-outcome.csv")
    reader.page.emulate_media(media="print")
    expect(reader.page.locator(".site-header")).not_to_be_visible()
    expect(reader.page.locator(".report-table")).to_be_visible()


def test_a_report_says_why_it_is_not_there(shared, visit):
    hall = live_hall(shared)
    early = visit(shared).open(f"/r/{hall.room}/outcome")
    early.sees(".state-card", "路演还没有结束")
    inspect(early.page)
    visit(shared).open("/r/" + "0" * 32 + "/outcome").sees(".state-card", "简报没有载入")
    closed = make_hall(shared, "room.open", "room.start", "room.end", "room.end_confirm",
                       door={"admission": "invitation"})
    outside = visit(shared).open(f"/r/{closed.room}/outcome").sees(".state-card", "简报只给会场成员")
    inspect(outside.page)
    kept = live_hall(shared, rules={"outcome": "kept"}).ask("room.end", "room.end_confirm")
    reader = visit(shared).open(f"/r/{kept.room}/outcome").sees(".state-card", "简报没有公开")
    inspect(reader.page)
    staff = visit(shared, token=kept.moderator).open(f"/r/{kept.room}/outcome")
    staff.sees(".report-head", "成果专场路演")


def test_the_end_leads_to_the_report(shared, visit):
    hall = ended(shared)
    viewer = visit(shared).enter(hall.room)
    viewer.page.get_by_role("link", name="查看简报").first.click()
    viewer.sees(".report-head h1", "成果专场路演")


def test_a_room_is_shared_by_code_calendar_and_poster(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared).enter(hall.room).tab("about")
    viewer.page.get_by_text("分享和加入日历").click()
    viewer.sees(".share svg.qr")
    inspect(viewer.page)
    with viewer.page.expect_download() as download:
        viewer.press("下载海报")
    assert download.value.suggested_filename == "成果专场路演.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    with viewer.page.expect_download() as download:
        viewer.page.get_by_role("link", name="加入日历").click()
    assert download.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR")
