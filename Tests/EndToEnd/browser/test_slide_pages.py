"""Proves slides from files on the pages: a PDF, images, and what cannot be taken."""

import pytest
from playwright.sync_api import expect

from harness.documents import document
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
    ([("路演.pptx", "application/vnd.ms-powerpoint", b"PK")], "另存为 PDF"),
])
def test_what_cannot_be_taken_is_told(desk, files, words):
    choose(desk, *files)
    desk.sees(".upload .problem", words)
    expect(desk.page.locator(".upload button").first).to_be_enabled()
