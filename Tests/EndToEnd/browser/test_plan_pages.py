"""Proves with a browser that an agenda is written, ordered, timed and imported."""

import pytest
from playwright.sync_api import expect

from visitors import inspect

TABLE = ("序号,项目名称,主讲人,单位,陈述,问答,摘要\r\n"
         "1,钙钛矿电池,李明,某大学,10,5,\"两端叠层，\r\n效率 33%\"\r\n"
         "2,,张三,某研究所,8,7,\r\n"
         "3,\"磁体 \"\"HTS\"\"\",王五,某企业,8,7,\r\n")


def plan(visit, server, **looks):
    return visit(server, token=server.organiser, **looks).open("/new").sees("form.plan")


def titles(page):
    return page.locator(".agenda-rows [data-field=title]").evaluate_all(
        "(fields) => fields.map(({value}) => value)"
    )


def write_rows(page, names):
    for at, name in enumerate(names):
        if at > 0:
            page.locator("[data-act=add]").click()
        field = page.locator(".agenda-rows [data-field=title]").nth(at)
        expect(field).to_be_focused() if at > 0 else None
        field.fill(name)


def focused_name(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_rows_are_moved_and_removed_by_keyboard_alone(shared, visit, look):
    visitor = plan(visit, shared, **look)
    page, t = visitor.page, visitor.t
    write_rows(page, ["Alpha", "Beta", "Gamma"])
    inspect(page)
    page.get_by_role("button", name=t("plan.act.up", name="Gamma")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".unseen[role=status]")).to_have_text(
        t("plan.moved", name="Gamma", n=2, of=3))
    assert titles(page) == ["Alpha", "Gamma", "Beta"]
    # The focus goes with the row; at the top it goes on to the button that still does something.
    assert focused_name(page) == t("plan.act.up", name="Gamma")
    page.keyboard.press("Enter")
    expect(page.locator(".unseen[role=status]")).to_have_text(
        t("plan.moved", name="Gamma", n=1, of=3))
    assert focused_name(page) == t("plan.act.down", name="Gamma")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-act=up]:focus")).to_have_count(1)
    assert titles(page) == ["Alpha", "Beta", "Gamma"]
    page.get_by_role("button", name=t("plan.act.remove", name="Beta")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-act=remove]:focus")).to_have_count(1)
    assert focused_name(page) == t("plan.act.remove", name="Gamma")
    page.get_by_role("button", name=t("plan.restore", name="Beta")).click()
    assert titles(page) == ["Alpha", "Beta", "Gamma"]
    inspect(page)


def test_a_row_is_drawn_to_its_place(shared, visit):
    page = plan(visit, shared).page
    write_rows(page, ["Alpha", "Beta", "Gamma"])
    page.set_viewport_size({"width": 1280, "height": 1600})
    grips = page.locator(".grip")
    start, end = grips.nth(0).bounding_box(), grips.nth(2).bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 200, steps=4)
    expect(page.locator(".agenda-rows > .drop-after")).to_have_count(1)
    page.mouse.up()
    expect(page.locator(".agenda-rows > .dragged")).to_have_count(0)
    assert titles(page) == ["Beta", "Gamma", "Alpha"]


def test_presets_set_all_times_and_the_sum_says_when_it_ends(shared, visit):
    visitor = plan(visit, shared)
    page = visitor.page
    write_rows(page, ["Alpha", "Beta"])
    page.locator("[name=startsAt]").fill("2026-12-01T10:00")
    for pitch, qa, ends in ((8, 12, "10:40"), (6, 0, "10:12"), (5, 5, "10:20")):
        page.locator(".times-for-all button", has_text=f"{pitch}+{qa}").click()
        expect(page.locator(".agenda-sum")).to_contain_text(ends)
        expect(page.locator("[data-field=pitch]").last).to_have_value(str(pitch))
    page.locator("[data-field=qa]").first.fill("15")
    expect(page.locator(".agenda-sum")).to_contain_text("10:30")
    expect(page.locator(".times-for-all [aria-pressed=true]")).to_have_count(0)
    # A row to come has the times that were chosen.
    page.locator("[data-act=add]").click()
    expect(page.locator("[data-field=pitch]").last).to_have_value("5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_looked_at_and_its_good_rows_are_taken(shared, visit, far_look, encoding):
    visitor = plan(visit, shared, **far_look)
    page, t = visitor.page, visitor.t
    page.locator(".agenda-import > summary").click()
    file = {"name": "项目.csv", "mimeType": "text/csv", "buffer": TABLE.encode(encoding)}
    page.locator(".agenda-import input[type=file]").set_input_files([file])
    expect(page.locator(".line-errors li")).to_have_text(
        [t("plan.line", n=4) + t("agenda.no_title")])
    expect(page.locator(".preview .agenda > li")).to_have_count(2)
    visitor.sees(".preview", "序号")
    inspect(page)
    page.locator("[name=title]").fill("Batteries")
    page.locator("form.plan button[type=submit]").click()
    # What is pasted is not lost unseen.
    visitor.sees(".problem[role=alert]", t("plan.needTake"))
    page.locator("[data-act=take]").click()
    expect(page.locator("[name=import]")).to_have_value("")
    assert titles(page) == ["钙钛矿电池", "磁体 \"HTS\""]
    expect(page.locator("[data-field=pitch]").first).to_have_value("10")
    with page.expect_request("**/api/v1/rooms") as sent:
        page.locator("form.plan button[type=submit]").click()
    assert sent.value.post_data_json["slots"][0] == {
        "title": "钙钛矿电池", "presenters": "李明", "organisation": "某大学",
        "abstract": "两端叠层，\n效率 33%", "pitchMinutes": 10, "qaMinutes": 5,
    }
    visitor.sees(".uploads", "磁体 \"HTS\"")


def test_a_file_that_is_no_table_and_one_too_large_are_told(shared, visit, far_look):
    visitor = plan(visit, shared, **far_look)
    page = visitor.page
    page.locator(".agenda-import > summary").click()
    for buffer, told in (
        (b"PK\x03\x04\x00\x00", visitor.t("plan.fileUnread", name="a.xlsx")),
        (b"a" * (1 << 20 | 1), visitor.t("plan.fileTooLarge", size=1)),
    ):
        page.locator(".agenda-import input[type=file]").set_input_files(
            [{"name": "a.xlsx", "mimeType": "", "buffer": buffer}])
        visitor.sees(".agenda-import .problem[role=alert]", told)
        inspect(page)


def test_a_row_with_a_fault_is_named_and_gets_the_focus(shared, visit, far_look):
    visitor = plan(visit, shared, **far_look)
    page, t = visitor.page, visitor.t
    page.locator("[name=title]").fill("Batteries")
    write_rows(page, ["Alpha", "Beta"])
    page.locator("[data-field=pitch]").last.fill("many")
    page.locator("form.plan button[type=submit]").click()
    visitor.sees(".problem[role=alert]", t("plan.rowFault", n=2))
    field = page.locator("[data-field=pitch]").last
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    inspect(page)


@pytest.mark.parametrize("looks", [
    {"language": "zh-CN", "size": "desktop"}, {"language": "en", "size": "phone", "scheme": "dark"},
])
def test_a_template_fills_the_form_and_all_of_it_can_be_changed(shared, visit, looks):
    visitor = plan(visit, shared, **looks)
    page, chinese = visitor.page, looks["language"] == "zh-CN"
    name = "揭榜答辩" if chinese else "Challenge defence"
    page.get_by_role("radio", name=name).focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=atZero]")).to_have_value("cut")
    expect(page.locator("[name=wait]")).to_have_value("5")
    expect(page.locator("[name=grace]")).to_have_count(0)
    expect(page.locator("[name=judged]")).to_be_checked()
    expect(page.locator("[data-row] [data-field=pitch]").first).to_have_value("10")
    first = page.locator(".weight-line input").first
    own, other = ("技术方案", "Technical solution")[::1 if chinese else -1]
    expect(first).to_have_value(own)
    # Its words follow the room's language, until they are somebody's own.
    languages = page.locator("form.plan select").first
    languages.select_option("en" if chinese else "zh-CN")
    expect(first).to_have_value(other)
    languages.select_option("zh-CN" if chinese else "en")
    expect(first).to_have_value(own)
    inspect(page)
    visitor.look(f"template-{looks['size']}", full_page=True)
    # What is wrong in it is told as anything else is.
    page.locator("[name=title]").fill("T")
    page.locator("[data-row] [data-field=title]").first.fill("X")
    page.locator("[name=wait]").fill("61")
    page.locator("form.plan button[type=submit]").click()
    visitor.sees(".problem[role=alert]", "60")
    expect(page.locator("[name=wait]")).to_be_focused()
    page.locator("[name=wait]").fill("4")
    page.locator(".weight-input").first.fill("36")
    page.locator("form.plan button[type=submit]").click()
    visitor.sees(".problem[role=alert]", "100")
    page.locator(".weight-input").first.fill("35")
    page.locator("form.plan button[type=submit]").click()
    visitor.sees(".uploads")
    room = page.url.split("room=")[1]
    with shared.peer(shared.organiser) as host:
        snapshot = host.join(room)["snapshot"]
    assert snapshot["genre"] == name
    assert snapshot["rules"]["awaitMs"] == 240_000
    assert len(snapshot["judging"]["criteria"]) == 4


def test_a_closed_kind_can_be_made_open(shared, visit):
    visitor = plan(visit, shared, language="en")
    page = visitor.page
    page.get_by_role("radio", name="Closed roadshow").check()
    expect(page.locator("[name=terms]")).not_to_have_value("")
    page.locator("[name=closed]").uncheck()
    page.locator("[name=title]").fill("T")
    page.locator("[data-row] [data-field=title]").first.fill("X")
    page.locator("form.plan button[type=submit]").click()
    visitor.sees(".uploads")
    with shared.peer(shared.organiser) as host:
        door = host.join(page.url.split("room=")[1])["snapshot"]["door"]
    assert "terms" not in door and door["admission"] == "invitation"


def test_without_templates_the_form_works_by_hand(shared, visit):
    visitor = visit(shared, token=shared.organiser, language="en")
    visitor.page.route("**/api/v1/templates", lambda route: route.fulfill(json={"templates": []}))
    visitor.open("/new").sees("form.plan")
    expect(visitor.page.locator(".templates")).to_have_count(0)
    visitor.page.unroute("**/api/v1/templates")
    visitor.page.route("**/api/v1/templates", lambda route: route.abort())
    visitor.page.reload()
    visitor.sees("form.plan .problem")
    inspect(visitor.page)
    visitor.page.unroute("**/api/v1/templates")
    visitor.page.locator("form.plan .problem button").click()
    visitor.sees(".templates")
