"""Proves slides from files on the pages: a PDF, images, and what cannot be taken."""

import shutil

import pytest
from playwright.sync_api import expect

from harness.documents import document
from harness.presentations import presentation
from harness.waiting import until
from rooms import make_hall
from visitors import inspect


@pytest.fixture
def desk(shared, visit):
    """A moderator with the first slot's slides in reach."""
    hall = make_hall(shared, "room.open")
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    moderator.page.get_by_label("《高温超导磁体》的幻灯片与邀请").click()
    return moderator


def choose(moderator, *files, again=False):
    """Files for the first slot; at the first time one confirms that nothing is classified."""
    with moderator.page.expect_file_chooser() as chooser:
        moderator.page.locator(".upload button").first.click()
        if not again:
            moderator.page.get_by_role("dialog").locator("button.primary").click()
    chooser.value.set_files([
        {"name": name, "mimeType": kind, "buffer": body} for name, kind, body in files])


def pdf(name, body):
    return name, "application/pdf", body


def test_a_document_is_placed_and_shown(desk):
    choose(desk, pdf("路演.pdf", document(["高温超导", "第二页"])))
    desk.sees(".notices", "2 页").sees(".upload", "已有 2 页")
    inspect(desk.page)
    choose(desk, pdf("新.pdf", document(["一", "二", "三"])), again=True)
    desk.sees(".upload", "已有 3 页")


@pytest.mark.parametrize("files, words", [
    ([pdf("坏.pdf", b"%PDF-1.4\n")], "坏.pdf"),
    ([pdf("坏.pdf", b"%PDF-1.4\n")], "文件损坏，或设了密码"),
    ([pdf("假.pdf", b"hello")], "这不是 PDF 文件"),
    ([pdf("长.pdf", document(["x"] * 201))], "最多 200 页"),
    ([pdf("a.pdf", document(["x"])), pdf("b.pdf", document(["x"]))], "请选择一个 PDF"),
    # What is made of a .pptx depends on the machine; of older files nothing is made anywhere.
    ([("路演.ppt", "application/vnd.ms-powerpoint", b"\xd0\xcf\x11\xe0")], "另存为 PDF"),
])
def test_what_cannot_be_taken_is_told(desk, files, words):
    choose(desk, *files)
    desk.sees(".upload .problem", words)
    expect(desk.page.locator(".upload button").first).to_be_enabled()


PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def test_a_presentation_is_converted_or_told_how_it_becomes_a_pdf(desk):
    choose(desk, ("路演.pptx", PRESENTATION, presentation("高温超导", "第二页")))
    if shutil.which("soffice") is None:
        desk.sees(".upload .problem", "另存为 PDF")
    else:
        expect(desk.page.locator(".upload").first).to_contain_text("已有 2 页", timeout=120_000)
    inspect(desk.page)


@pytest.fixture
def spoken(shared):
    """A live room whose slot on stage has a document of four pages, the last a picture."""
    hall = make_hall(shared, "room.open")
    path = f"/api/v1/rooms/{hall.room}/slots/1/slides"
    body = document(["High fields", "高温超导磁体 field", "磁体与线圈", ""])
    sent = shared.request("POST", path, body, token=hall.moderator,
                          fields={"Content-Type": "application/pdf"})
    assert sent.status == 202, sent
    until(lambda: shared.request("GET", path, token=hall.moderator).json["state"] == "ready",
          "the slides")
    return hall.ask("room.start", ("slot.call", {"slot": "1"}))


def test_words_are_found_and_lead_to_their_page(shared, spoken, visit, look):
    viewer = visit(shared, **look).enter(spoken.room)
    page, t = viewer.page, viewer.t
    page.get_by_role("button", name=t("stage.words")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".page-words")).to_contain_text("High fields")
    field = dialog.get_by_role("searchbox")
    expect(field).to_be_focused()
    inspect(page)
    field.fill("nowhere")
    expect(dialog.get_by_role("status")).to_have_text(t("words.none"))
    field.fill("磁体")
    expect(dialog.locator(".words-found li")).to_have_count(2)
    expect(dialog.locator("mark").first).to_have_text("磁体")
    viewer.look(f"words-{look['size']}-{look['scheme']}")
    inspect(page)
    dialog.locator(".words-found button").last.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".stage .page-number")).to_contain_text("3 / 4")
    page.get_by_role("button", name=t("stage.words")).click()
    expect(dialog.locator(".page-words")).to_contain_text("磁体与线圈")


def test_words_that_do_not_come_are_told(shared, spoken, visit):
    viewer = visit(shared).enter(spoken.room)
    page, t = viewer.page, viewer.t
    page.route("**/slots/1/texts", lambda route: route.abort())
    page.get_by_role("button", name=t("stage.words")).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_be_visible()
    inspect(page)
    page.unroute("**/slots/1/texts")
    dialog.get_by_role("button", name=t("common.tryAgain")).click()
    dialog.get_by_role("searchbox").fill("线圈")
    expect(dialog.locator(".words-found li")).to_have_count(1)


def test_slides_that_are_pictures_have_no_words(shared, visit):
    hall = make_hall(shared, "room.open").place_slides("1", 2)
    hall.ask("room.start", ("slot.call", {"slot": "1"}))
    viewer = visit(shared, language="en").enter(hall.room)
    viewer.page.get_by_role("button", name=viewer.t("stage.words")).click()
    viewer.sees(".words-search", viewer.t("words.pictures"))
    viewer.sees(".page-words", viewer.t("words.noneHere"))


def test_a_leader_is_told_that_a_found_page_is_for_all(shared, spoken, visit):
    moderator = visit(shared, token=spoken.moderator).enter(spoken.room)
    viewer = visit(shared).enter(spoken.room)
    moderator.page.get_by_role("button", name=moderator.t("stage.words")).click()
    moderator.sees("dialog", moderator.t("words.leads"))
    moderator.page.get_by_role("searchbox").fill("线圈")
    moderator.page.locator(".words-found button").click()
    viewer.sees(".stage .page-number", "3 / 4")


def test_notes_are_written_saved_and_follow_the_page(shared, spoken, visit, look):
    token = spoken.presenter("1")
    presenter = visit(shared, token=token, **look).enter(spoken.room)
    page, t = presenter.page, presenter.t
    if look["size"] != "desktop":
        page.get_by_role("tab", name=t("tab.desk")).click()
    notes = page.locator(".notes textarea")
    notes.fill("先说试验")
    expect(page.locator(".notes")).to_contain_text(t("notes.saved"))
    size = "field => parseFloat(getComputedStyle(field).fontSize)"
    before = notes.evaluate(size)
    page.get_by_role("button", name=t("notes.larger")).click()
    assert notes.evaluate(size) > before
    inspect(page)
    presenter.look(f"notes-{look['size']}-{look['scheme']}")
    # The line is down: told, kept over a reload, and saved once it is back.
    page.route("**/notes/*", lambda route: route.abort())
    notes.fill("先说试验，再说成本")
    expect(page.locator(".notes [role=alert]")).to_be_visible()
    page.unroute("**/notes/*")
    expect(page.locator(".notes")).to_contain_text(t("notes.saved"))
    # A remote control turns the page out of the notes.
    notes.press("PageDown")
    expect(page.locator(".notes h2")).to_have_text(t("notes.toPage", page=2))
    expect(notes).to_have_value("")
    path = f"/api/v1/rooms/{spoken.room}/slots/1/notes"
    told = shared.request("GET", path, token=token)
    assert told.json == {"pages": ["先说试验，再说成本"]}


def test_notes_are_written_before_the_slot_is_on_stage(shared, spoken, visit):
    hall = spoken
    hall.place_slides("2", 2)
    presenter = visit(shared, token=hall.presenter("2", "Ann")).enter(hall.room)
    page, t = presenter.page, presenter.t
    page.get_by_text(t("desk.notes"), exact=True).click()
    page.locator(".notes textarea").fill("eins")
    page.locator(".notes-pages button").last.click()
    page.locator(".notes textarea").fill("zwei")
    expect(page.locator(".notes")).to_contain_text(t("notes.saved"))
    inspect(page)
    page.reload()
    page.get_by_text(t("desk.notes"), exact=True).click()
    expect(page.locator(".notes textarea")).to_have_value("eins")
