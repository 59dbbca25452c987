"""Proves what a presenter learns slide by slide, that turning back by hand is what counts, and what the report
says of the audience.
"""

import re

import pytest
from playwright.sync_api import expect

from harness.accounts import register
from harness.organisations import bring_in, found, stand
from harness.server import PLENTY, Server
from rooms import live_hall
from visitors import inspect

TAB = {"zh-CN": "意向", "en": "Intents"}


@pytest.fixture(scope="module")
def counting(tmp_path_factory):
    often = ("--set", "rooms.attendance_seconds=1", "--set", "limits.codes_per_hour=100000")
    with Server(tmp_path_factory.mktemp("attendance") / "data", *PLENTY, *often) as running:
        running.organiser = running.sign_in("organiser", name="Olga")
        institute = found(running, running.guest("Founder"), "江苏所", region="320500")
        stand(running, institute, running.sign_in("operator", name="Op"), "verified")
        running.institute = institute
        yield running


def test_a_presenter_learns_slide_by_slide_and_the_report_of_the_audience(counting, visit, far_look):
    hall = live_hall(counting).place_slides("1", 3)
    presenter = visit(counting, **far_look, token=hall.presenter("1")).enter(hall.room)
    presenter.page.get_by_role("tab", name=TAB[presenter.language], exact=True).click()
    presenter.sees(".own-project", presenter.t("intents.noSlides"))
    inspect(presenter.page)
    with counting.peer(hall.moderator) as host:
        host.join(hall.room)
        host.ask("slot.call", hall.room, {"slot": "1"})
        host.ask("pitch.start", hall.room)
        viewers = [counting.peer(counting.guest(f"V{n}", kind="investor")) for n in range(5)]
        for viewer in viewers:
            viewer.join(hall.room)
        host.ask("slide.show", hall.room, {"slot": "1", "page": 2})
        # Four over the protocol, and one by its page.
        for viewer in viewers[:4]:
            viewer.ask("slide.look_back", hall.room, {"slot": "1", "page": 1})
        reader = visit(counting, language=presenter.language).enter(hall.room)
        reader.sees(".stage img")
        reader.page.keyboard.press("ArrowLeft")
        expect(reader.page).to_have_url(re.compile(r"slide=1\b"))
        for viewer in viewers:
            viewer.ask("question.ask", hall.room, {"text": "成本？", "slot": "1"})
        host.event(hall.room, "attendance.counted", lambda body: body["data"]["most"] >= 8)
        host.ask("qa.start", hall.room)
        host.ask("slot.finish", hall.room)
        for viewer in viewers:
            viewer.close()
    rows = presenter.page.locator(".followed tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("td")).to_have_text(["–", "5", "–"])
    expect(rows.nth(1).locator("td")).to_have_text(["5", "–", "–"])
    inspect(presenter.page)
    presenter.look(f"followed-{presenter.language}-{far_look['size']}", full_page=True)
    presenter.page.reload()
    expect(presenter.page.locator(".followed tbody tr")).to_have_count(2)

    hall.ask(("slot.skip", {"slot": "2"}), "room.end", "room.end_confirm")
    report = visit(counting, **far_look, token=hall.moderator).open(f"/r/{hall.room}/outcome")
    report.sees(".report-figures", report.t("outcome.peak")).sees(".report-still")
    inspect(report.page)
    report.look(f"report-{report.language}-{far_look['size']}", full_page=True)


def test_the_report_names_regions(counting, visit, far_look):
    hall = live_hall(counting)
    token = register(counting, f"m{far_look['size']}@example.org", name="Ann")
    bring_in(counting, counting.institute, counting.sign_in("operator", name="Op"), token)
    with counting.peer(token) as ann:
        ann.join(hall.room)
    hall.ask("room.end", "room.end_confirm")
    report = visit(counting, **far_look, token=hall.moderator).open(f"/r/{hall.room}/outcome")
    province = {"zh-CN": "江苏省", "en": "Jiangsu"}[report.language]
    report.sees("section[aria-labelledby=regions]", province)
    inspect(report.page)
