"""Proves that an event is made, filled, found and read on the pages, in every state and look."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from visitors import inspect


def make(server, token, **profile):
    answer = server.request("POST", "/api/v1/events", {"title": "活动"} | profile, token=token)
    assert answer.status == 201, answer.body
    return answer.json["event"]


def fill(server, token, event, *rooms, **profile):
    body = {"title": "活动", "rooms": [{"room": room, "hall": hall} for room, hall in rooms]}
    answer = server.request("POST", f"/api/v1/events/{event}", body | profile, token=token)
    assert answer.status == 200, answer.body
    return answer.json


def test_an_organiser_makes_an_event_and_fills_it(shared, visit, look):
    token = shared.sign_in("organiser", name="Olga")
    mark = f"{look['language']} {look['size']} {time.time_ns()}"
    known = shared.make_room(token, title=f"已有会场 {mark}", starts_in=3_600_000)
    olga = visit(shared, **look, token=token).open().sees("main h1")
    olga.page.get_by_role("link", name=olga.t("home.newEvent")).click()
    olga.press(olga.t("event.create")).sees(".problem", olga.t("event.needTitle"))
    inspect(olga.page)
    title = f"技术交易日 {mark}"
    olga.page.get_by_label(olga.t("event.titleField")).fill(title)
    olga.page.get_by_label(olga.t("event.venueField")).fill("会展中心")
    olga.page.get_by_label(olga.t("event.introductionField")).fill("第一行\n第二行")
    olga.press(olga.t("event.create"))
    # Its rooms come next: one that is there already.
    adding = olga.page.get_by_label(olga.t("event.addRoom"))
    adding.select_option(known)
    olga.page.get_by_label(olga.t("event.hallOf", title=f"已有会场 {mark}")).fill("主会场")
    # The names that it offers lie over what is below.
    olga.page.keyboard.press("Tab")
    inspect(olga.page)
    olga.look(f"event-edit-{look['language']}-{look['size']}-{look['scheme']}", full_page=True)
    olga.press(olga.t("event.save")).sees("h1", title)
    expect(olga.page.locator(".hall-card")).to_have_count(1)
    # And one that is made for it.
    olga.page.get_by_role("link", name=olga.t("event.newRoom")).first.click()
    olga.sees("#hall-hint", title)
    olga.page.locator("[name=title]").fill(f"新会场 {mark}")
    olga.page.locator("[name=hall]").fill("分会场一")
    olga.page.locator("[data-row] [data-field=title]").first.fill("一个项目")
    inspect(olga.page)
    olga.press(olga.t("new.create"))
    olga.page.get_by_role("link", name=olga.t("new.backToEvent")).click()
    halls = olga.page.locator(".hall-card .hall-name")
    expect(halls).to_have_text(["主会场", "分会场一"])
    inspect(olga.page)

    # The order by keyboard, the focus staying on the row.
    olga.press(olga.t("event.edit"))
    up = olga.page.get_by_role("button", name=olga.t("event.upOf", title=f"新会场 {mark}"))
    up.focus()
    olga.page.keyboard.press("Enter")
    expect(olga.page.locator(".hall-rows strong")).to_have_text([f"新会场 {mark}", f"已有会场 {mark}"])
    down = olga.page.get_by_role("button", name=olga.t("event.downOf", title=f"新会场 {mark}"))
    expect(down).to_be_focused()
    olga.press(olga.t("event.save"))
    expect(halls).to_have_text(["分会场一", "主会场"])

    # What is taken out can be put back, and the code is shown and renewed.
    olga.press(olga.t("event.edit"))
    olga.page.get_by_role("button", name=olga.t("event.takeOutOf", title=f"新会场 {mark}")).click()
    olga.page.get_by_label(olga.t("event.addRoom")).locator("option", has_text=f"新会场 {mark}")
    olga.press(olga.t("event.save"))
    expect(halls).to_have_text(["主会场"])
    olga.press(olga.t("event.showCode"))
    code = olga.page.locator(".entry-code")
    expect(code).to_have_text(re.compile(r"^\d{4} \d{4}$"))
    first = code.inner_text()
    olga.press(olga.t("event.renewCode"))
    inspect(olga.page)
    dialog = olga.page.get_by_role("dialog")
    dialog.get_by_role("button", name=olga.t("event.renewCode")).click()
    expect(code).not_to_have_text(first)
    olga.press(olga.t("event.remove"))
    dialog.get_by_role("button", name=olga.t("event.remove")).click()
    olga.page.wait_for_url(shared.url + "/")
    olga.sees(".room-card", f"已有会场 {mark}")
    expect(olga.page.locator(".room-card.event", has_text=title)).to_have_count(0)


@pytest.fixture
def day(shared):
    """A day of three halls: live, to come, and closed; with a fourth on the next day."""
    token = shared.sign_in("organiser", name="Olga")
    live = shared.make_room(token, title="前沿材料路演", slots=10)
    coming = shared.make_room(token, title="生物医药路演", starts_in=600_000, slots=3)
    closed = shared.make_room(token, title="闭门投融对接", starts_in=600_000,
                              door={"admission": "code"})
    later = shared.make_room(token, title="次日闭幕路演", starts_in=86_400_000)
    with shared.peer(token) as host:
        host.join(live)
        for command, data in (("room.open", {}), ("room.start", {}), ("slot.call", {"slot": "1"})):
            host.ask(command, live, data)
    event = make(shared, token)
    fill(shared, token, event, (live, "主会场"), (coming, "分会场一"), (closed, "分会场二"), (later, None),
         title="科技成果转化大会", venue="国际会展中心", introduction="三个会场同时进行。")
    shared.day = {"event": event, "live": live, "closed": closed, "token": token}
    return shared.day


def test_anybody_reads_the_programme(shared, day, visit, look):
    ann = visit(shared, **look).open().sees(".room-card.event", "科技成果转化大会")
    inspect(ann.page)
    ann.page.get_by_role("link", name="科技成果转化大会").first.click()
    ann.sees("h1", "科技成果转化大会").sees(".hall-now", "Project 1")
    expect(ann.page.locator("section h2")).to_have_count(2)
    expect(ann.page.locator(".hall-card")).to_have_count(4)
    main = ann.page.locator(".hall-card").first
    expect(main.locator(".programme > li").first).to_contain_text("Project 1")
    main.locator("summary").click()
    expect(main.locator(".programme > li")).to_have_count(10)
    closed = ann.page.locator(".hall-card", has_text="闭门投融对接")
    expect(closed).to_contain_text(ann.t("event.closedOrder"))
    expect(closed.locator("time")).to_have_count(0)
    inspect(ann.page)
    ann.look(f"event-{look['language']}-{look['size']}-{look['scheme']}", full_page=True)
    ann.page.locator("summary", has_text=ann.t("event.share")).click()
    ann.sees("svg.qr")
    with ann.page.expect_download() as saved:
        ann.press(ann.t("share.poster"))
    assert saved.value.suggested_filename.endswith(".png")
    inspect(ann.page)
    # From a hall there is a way back to all of them.
    main.get_by_role("link", name=ann.t("event.enterOf.live", title="前沿材料路演")).click()
    ann.sees(".room-header")
    ann.tab("about").sees(".about-event", "科技成果转化大会")
    expect(ann.page.locator(".about-event")).to_contain_text("主会场")
    inspect(ann.page)


def test_one_code_opens_all_its_rooms(shared, day, visit, far_look):
    code = shared.request("GET", f"/api/v1/events/{day['event']}/code", token=day["token"]).json["code"]
    other = shared.make_room(day["token"], title="另一闭门会", door={"admission": "code"})
    shown = shared.request("GET", f"/api/v1/events/{day['event']}").json
    rooms = [(room["room"], room["hall"]) for room in shown["rooms"]]
    fill(shared, day["token"], day["event"], *rooms, (other, None))
    bob = visit(shared, **far_look, token=shared.guest("Bob"))
    bob.open(f"/r/{day['closed']}").sees(".door-page, .door")
    bob.page.get_by_role("textbox", name=bob.t("door.codeField")).fill("00000000")
    bob.press(bob.t("door.enter")).sees(".problem")
    bob.page.get_by_role("textbox", name=bob.t("door.codeField")).fill(code)
    bob.press(bob.t("door.enter"))
    bob.sees(".panel, .side-panel")
    bob.open(f"/r/{other}")
    expect(bob.page.locator(".connection.online")).to_be_attached()
    expect(bob.page.get_by_role("textbox", name=bob.t("door.codeField"))).to_have_count(0)


def test_every_state_of_the_page(shared, visit, far_look):
    token = shared.sign_in("organiser", name="Olga")
    event = make(shared, token, title="空活动")
    olga = visit(shared, **far_look, token=token).open(f"/e/{event}")
    olga.sees(".state-card", olga.t("event.emptyMine"))
    inspect(olga.page)
    ann = visit(shared, **far_look).open(f"/e/{event}").sees(".state-card", olga.t("event.emptyText"))
    inspect(ann.page)
    # Whoever comes by the organiser's address edits nothing.
    ann.open(f"/e/{event}?edit=1").sees(".problem", ann.t("event.notYours"))
    inspect(ann.page)
    ann.open("/e/new").sees(".state-card", ann.t("event.deniedText"))
    inspect(ann.page)
    ann.open(f"/e/{'0' * 32}").sees(".state-card h1", ann.t("event.missing"))
    inspect(ann.page)
    ann.page.route("**/api/v1/events/*", lambda route: route.abort())
    ann.open(f"/e/{event}").sees(".state-card", ann.t("event.failed"))
    inspect(ann.page)
    ann.page.unroute("**/api/v1/events/*")
    ann.press(ann.t("common.tryAgain")).sees("h1", "空活动")


def test_a_lost_line_leaves_the_programme_and_says_of_when_it_is(shared, day, visit, far_look):
    ann = visit(shared, **far_look)
    ann.page.clock.install()
    ann.open(f"/e/{day['event']}").sees(".hall-card")
    ann.page.route("**/api/v1/events/*", lambda route: route.abort())
    ann.page.clock.fast_forward(31_000)
    ann.sees(".problem", ann.t("event.stale", time="").split(",")[0].split(".")[0].split("，")[0])
    expect(ann.page.locator(".hall-card")).to_have_count(4)
    inspect(ann.page)
    ann.page.unroute("**/api/v1/events/*")
    ann.page.clock.fast_forward(31_000)
    expect(ann.page.locator("main .problem")).to_have_count(0)


def test_a_refused_change_keeps_what_was_typed(shared, day, visit, far_look):
    token = shared.sign_in("organiser", name="Other")
    event = make(shared, token)
    olga = visit(shared, **far_look, token=token)
    refusal = {"code": "event.room_taken", "action": "mend", "data": {"room": day["live"]}}
    olga.open(f"/e/{event}?edit=1").sees("form.plan")
    olga.page.route("**/api/v1/events/*", lambda route: route.fulfill(
        status=409, content_type="application/problem+json", body=json.dumps(refusal)))
    olga.page.get_by_label(olga.t("event.venueField")).fill("别处")
    olga.press(olga.t("event.save")).sees(".problem", olga.t("error.event.room_taken"))
    expect(olga.page.get_by_label(olga.t("event.venueField"))).to_have_value("别处")
    inspect(olga.page)
