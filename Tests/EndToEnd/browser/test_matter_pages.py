# Proves a closed roadshow with browsers: making it, signing, the watermark, and the list of disclosures.

import re

from playwright.sync_api import expect

from rooms import make_hall
from visitors import catalogue, inspect

TERMS = "一、内容保密。\n二、不得外传。"


def sign(visitor):
    visitor.page.locator("input[name=agrees]").check()
    visitor.press(visitor.t("terms.sign"))
    expect(visitor.page.locator(".room")).to_be_visible()
    return visitor


def test_an_organiser_makes_a_closed_roadshow_and_signs_first(shared, visit):
    organiser = visit(shared, token=shared.sign_in("organiser", name="王主持")).open("/new")
    page = organiser.page
    page.locator("[name=title]").fill("保密专场")
    page.locator("[data-field=title]").fill("高温超导磁体")
    page.locator("input[name=closed]").check()
    expect(page.locator("textarea[name=terms]")).to_have_value(re.compile("保密信息"))
    inspect(page)
    page.locator("textarea[name=terms]").fill(" ")
    organiser.press(organiser.t("new.create")).sees(".problem", organiser.t("new.needTerms"))
    page.locator("textarea[name=terms]").fill(TERMS)
    organiser.press(organiser.t("new.create"))
    # Slides are placed by whoever has signed: the next step asks for it first.
    organiser.sees(".lead", organiser.t("door.terms")).sees(".terms-text", "不得外传")
    organiser.press(organiser.t("terms.sign")).sees(".problem", organiser.t("terms.needTick"))
    inspect(page)
    page.locator("input[name=agrees]").check()
    organiser.press(organiser.t("terms.sign"))
    expect(page.locator(".uploads")).to_be_visible()
    page.get_by_role("link", name=organiser.t("new.enter")).click()
    organiser.sees(".state.matter", organiser.t("matter.badge"))


def test_a_guest_signs_sees_its_name_on_the_page_and_stands_in_the_list(shared, visit, far_look):
    hall = make_hall(shared, door={"terms": TERMS})
    moderator = visit(shared, token=hall.moderator).open(f"/r/{hall.room}")
    sign(moderator)
    hall.ask("room.open", "room.start").place_slides("1", 2)
    hall.ask(("slot.call", {"slot": "1"}))
    guest = visit(shared, token=shared.guest("李投资", organisation="某基金"), **far_look)
    guest.open(f"/r/{hall.room}").sees(".threshold h2", guest.t("door.terms"))
    inspect(guest.page)
    expect(guest.page.locator("input[name=signature]")).to_have_value("李投资")
    moderator.open(f"/r/{hall.room}?tab=people").sees(".attendant", moderator.t("people.unsigned"))
    sign(guest)
    expect(guest.page.locator(".watermark text").first).to_contain_text("李投资")
    expect(guest.page.locator(".screen img")).to_be_visible()
    # Words are there page by page, which is noted; nothing is searched.
    guest.page.get_by_role("button", name=guest.t("stage.words")).click()
    guest.sees("dialog", guest.t("words.matter")).sees(".page-words", guest.t("words.noneHere"))
    expect(guest.page.get_by_role("searchbox")).to_have_count(0)
    inspect(guest.page)
    guest.page.keyboard.press("Escape")
    # The watermark lies above and takes no click.
    guest.tab("about").sees(".about", guest.t("matter.title"))
    inspect(guest.page)
    expect(guest.page.get_by_role("button", name=guest.t("matter.list"))).to_have_count(0)
    moderator.tab("about").press(moderator.t("matter.list"))
    listed = moderator.page.locator(".disclosures")
    expect(listed).to_contain_text("李投资")
    expect(listed).to_contain_text(moderator.t("matter.item.signature"))
    expect(listed).to_contain_text(moderator.t("matter.page", page=1))
    inspect(moderator.page)
    with moderator.page.expect_download() as started:
        moderator.page.get_by_role("link", name=moderator.t("matter.csv")).click()
    table = started.value.path().read_text(encoding="utf-8-sig")
    assert "李投资" in table and catalogue("zh-CN")["matter.item.signature"] in table


def test_who_uploads_confirms_that_nothing_is_classified(shared, visit):
    hall = make_hall(shared, "room.open")
    presenter = visit(shared, token=hall.presenter("1")).enter(hall.room)
    button = presenter.page.locator(".upload button").first
    button.click()
    expect(presenter.page.locator("dialog")).to_contain_text("涉密不上网")
    inspect(presenter.page)
    with presenter.page.expect_file_chooser():
        presenter.press(presenter.t("slides.confirm"))
    expect(presenter.page.locator("dialog")).to_have_count(0)
    # Asked once for a room.
    with presenter.page.expect_file_chooser():
        button.click()
