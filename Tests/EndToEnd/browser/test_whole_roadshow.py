"""Proves a whole roadshow with everybody in front of a browser at once, from the first slide to the report."""

import pytest
from playwright.sync_api import expect

from harness.documents import document
from rooms import make_hall
from test_intent_pages import says
from test_poll_pages import open_poll
from visitors import inspect

TITLE = "高温超导磁体"
PANELS = [{"weight": 70, "name": "专家评委"}, {"weight": 30, "name": "投资人评委"}]
CRITERIA = [{"weight": 60, "name": "创新性"}, {"weight": 40, "name": "团队"}]
JUDGES = ("钱评委", "孙评委", "Ann Judge")


class Day:
    """One moderator, one presenter, three judges, two investors, four viewers and the big screen."""

    def __init__(self, server, visit):
        self.server = server
        self.hall = make_hall(server, ("judging.arrange", {
            "criteria": CRITERIA, "panels": PANELS, "publication": "each_slot", "detail": "judges"}))
        room = self.hall.room
        self.moderator = visit(server, token=self.hall.moderator).enter(room)
        self.presenter = visit(server, token=self.hall.presenter("1")).enter(room)
        self.judges = [
            visit(server, token=self.hall.joins_as("judge", name), language=language, size=size)
            .enter(room) for name, language, size in zip(
                JUDGES, ("zh-CN", "zh-CN", "en"), ("desktop", "phone", "desktop"))]
        self.investors = [self._guest(visit, name, "investor", language) for name, language
                          in (("张投资", "zh-CN"), ("Ida Fund", "en"))]
        self.viewers = [
            visit(server, language=language, size=size, scheme=scheme).enter(room)
            for language, size, scheme in (
                ("zh-CN", "desktop", "dark"), ("en", "phone", "light"),
                ("zh-CN", "small phone", "dark"), ("en", "desktop", "light"))]
        self.screen = visit(server).open(f"/r/{room}/screen").sees(".big-words")

    def _guest(self, visit, name, kind, language):
        token = self.server.guest(name, organisation="远山基金", kind=kind)
        return visit(self.server, token=token, language=language).enter(self.hall.room)

    @property
    def everybody(self):
        return [self.moderator, self.presenter, *self.judges, *self.investors, *self.viewers]

    def tab(self, person, key):
        person.page.get_by_role("tab", name=person.t(key)).click()
        return person


@pytest.fixture
def day(shared, visit):
    return Day(shared, visit)


def test_a_whole_roadshow(day):
    moderator, presenter, hall = day.moderator, day.presenter, day.hall

    # Before: slides come as one PDF, the doors open, the room begins.
    answer = day.server.request(
        "POST", f"/api/v1/rooms/{hall.room}/slots/1/slides", document(["一", "二", "三"]),
        token=hall.moderator, fields={"Content-Type": "application/pdf"})
    assert answer.status == 202, answer
    moderator.press(moderator.t("command.room.open")).press(moderator.t("command.room.start"))
    moderator.press(moderator.t("run.commandFor", command=moderator.t("command.slot.call"), title=TITLE))
    moderator.press(moderator.t("command.pitch.start"))
    day.screen.sees(".big-clock", "陈述")
    for viewer in day.viewers:
        viewer.sees(".room-header .clock.pitch").sees(".page-number", "1 / 3")
    presenter.press(presenter.t("stage.next"))
    for viewer in day.viewers:
        viewer.sees(".page-number", "2 / 3")

    # The pitch: a question with votes, a poll, an intent in confidence.
    asker, voter = day.investors
    asker.ask("成本如何？")
    voter.page.get_by_role("tab", name=voter.t("tab.qa")).click()
    voter.sees(".question", "成本如何？").page.locator(".question .vote").first.click()
    expect(asker.page.locator(".question .vote").first).to_contain_text("1")
    poll = open_poll(hall)
    for person, place in ((asker, 0), (voter, 0), (presenter, 1)):
        day.tab(person, "tab.polls")
        person.page.locator(".ballot .choice").nth(place).click()
        person.page.locator(".ballot button[type=submit]").click()
        expect(person.page.locator(".poll-results tr.own")).to_have_count(1)
    hall.ask(("poll.close", {"poll": poll}))
    day.tab(asker, "tab.intents").sees(".intents")
    says(asker, TITLE, "amount", least="100", most="300")
    assert "300" not in voter.page.locator("body").inner_text()

    # Questions, then scoring: three judges in their ways.
    moderator.press(moderator.t("command.qa.start"))
    moderator.sees(".room-header .clock.qa")
    for judge, marks in zip(day.judges, ((90, 80), (80, 70), (85, 95))):
        fields = judge.page.locator(".mark-input")
        expect(fields).to_have_count(2)
        fields.first.fill(str(marks[0]))
        fields.last.fill(str(marks[1]))
        judge.press(judge.t("judging.give"))
        judge.page.get_by_role("dialog").locator("button.primary").click()
        judge.sees(".mark.given")
    moderator.press(moderator.t("command.slot.finish"))
    day.screen.sees(".big-scoring")
    for person in (presenter, *day.investors, *day.viewers):
        assert "86.00" not in person.page.content()
    moderator.press(moderator.t("command.scoring.close"))
    # 86, 76 and 89, all in the first panel: 83.67.
    day.screen.sees(".big-score", "83.67")
    for viewer in day.viewers:
        viewer.sees(".stage-score", "83.67")
        inspect(viewer.page)

    # The end, and the report that everybody finds.
    hall.ask(("slot.skip", {"slot": "2"}))
    moderator.press(moderator.t("command.room.end"))
    moderator.press(moderator.t("command.room.end_confirm"))
    day.screen.sees(".big-ranking li", "83.67")
    report = day.viewers[0].open(f"/r/{hall.room}/outcome")
    report.sees(".report-table", "83.67").sees(".report-questions", "成本如何？")
    report.sees(".report-projects", "1 人有意向")
    inspect(report.page)
    for person in day.everybody:
        assert person.errors == []
