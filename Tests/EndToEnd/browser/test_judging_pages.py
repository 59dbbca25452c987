"""Proves judging on the pages: arranged, marked, closed and told; drafts, recusal, papers, keys."""

import re

import pytest
from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect

CRITERIA = [{"weight": 60, "name": "创新性", "anchors": "90 分以上：国际领先"}, {"weight": 40, "name": "团队"}]


def judged_hall(server, **scheme):
    hall = live_hall(server)
    return hall.ask(("judging.arrange", {"criteria": CRITERIA} | scheme))


def comes_to_judge(hall, name):
    """The session of a judge who has been in the room."""
    token = hall.joins_as("judge", name)
    with hall.server.peer(token) as peer:
        peer.join(hall.room)
    return token


def give(hall, token, slot, *marks, **more):
    """Somebody's sheet over the protocol."""
    with hall.server.peer(token) as peer:
        peer.join(hall.room)
        peer.ask("sheet.submit", hall.room, {"slot": slot, "marks": list(marks)} | more)


def play(hall, slot, until="slot.finish"):
    steps = ["pitch.start", "qa.start", "slot.finish"]
    return hall.ask(("slot.call", {"slot": slot}), *steps[:steps.index(until) + 1])


def at_desk(visitor, hall):
    visitor.enter(hall.room, "?tab=judging")
    expect(visitor.page.locator(".judging")).to_be_visible()
    return visitor


def marks_of(visitor):
    return visitor.page.locator(".mark-input")


def test_a_day_is_judged_from_arranging_to_the_results(shared, visit, look):
    hall = live_hall(shared)
    judges = [comes_to_judge(hall, name) for name in ("钱评委", "孙评委")]
    moderator = at_desk(visit(shared, token=hall.moderator, **look), hall)
    say = moderator.t
    inspect(moderator.page)
    moderator.press(say("judging.start"))
    inspect(moderator.page)
    moderator.press(say("judging.preset.venture"))
    weight = moderator.page.locator(".weight-input").first
    weight.fill("31")
    moderator.sees(".weight-lines .warning", "101%")
    moderator.press(say("judging.save")).sees(".problem", say("judging.wrong.sum"))
    weight.fill("30")
    moderator.press(say("judging.save"))
    expect(moderator.page.locator(".scoring-slot")).to_have_count(2)
    expect(moderator.page.locator(".judges tbody tr")).to_have_count(2)

    play(hall, "1", until="pitch.start")
    judge = visit(shared, token=judges[0], **look).enter(hall.room)
    judge.sees(".sheet-choice[aria-pressed=true] .mark.open")
    for field, mark in zip(marks_of(judge).all(), (90, 80, 85, 95, 70)):
        field.fill(str(mark))
    judge.sees(".sheet-total output", "85.25")
    inspect(judge.page)
    judge.press(say("judging.give"))
    judge.press(say("judging.signAs", name="钱评委"))
    judge.sees(".sheet-choice .mark.given")
    judge.sees(".sheet-form .actions", say("judging.isGiven"))
    moderator.sees(".cell.given")
    assert "85.25" not in moderator.page.content()

    give(hall, judges[1], "1", 80, 80, 80, 80, 80, comment="团队完整")
    hall.ask("slot.finish")
    moderator.press(say("run.commandFor", command=say("command.scoring.close"), title="高温超导磁体"))
    moderator.page.get_by_role("dialog").get_by_role("button", name=say("command.scoring.close")).click()
    moderator.sees(".scoring-desk .block", say("command.scores.publish"))
    hall.ask(("slot.skip", {"slot": "2"}))
    viewer = at_desk(visit(shared, **look), hall)
    viewer.sees(".judging .empty", say("judging.notYet.end"))
    inspect(viewer.page)
    moderator.page.locator(".scoring-desk .block").get_by_role("button").click()
    moderator.page.get_by_role("dialog").locator("button.primary").click()
    viewer.sees(".placed .placed-total", "82.63")
    inspect(viewer.page)
    assert "团队完整" not in viewer.page.content()
    moderator.sees(".placed .placed-total", "82.63")
    moderator.page.locator(".placed summary").click()
    moderator.sees(".opened", "团队完整")
    inspect(moderator.page)
    judge.sees(".sheet-note", say("judging.note.published"))


def test_a_draft_is_kept_over_a_reload_and_a_sheet_can_be_given_anew(shared, visit):
    hall = judged_hall(shared)
    token = comes_to_judge(hall, "钱评委")
    play(hall, "1", until="pitch.start")
    judge = visit(shared, token=token).enter(hall.room)
    marks_of(judge).first.fill("91")
    judge.sees(".sheet-form .actions", "草稿存在本机")
    judge.page.reload()
    expect(marks_of(judge).first).to_have_value("91")
    # An unfinished sheet is not sent: what is missing is said, and has the focus.
    judge.press("签名交表").sees(".mark-field .problem", "请填 0 到 100 的整数")
    expect(marks_of(judge).nth(1)).to_be_focused()
    marks_of(judge).nth(1).fill("60")
    judge.press("签名交表").press("签名：钱评委").sees(".mark.given")
    judge.page.reload()
    expect(marks_of(judge).first).to_have_value("91")
    expect(judge.page.get_by_role("button", name="重新签名交表")).to_be_disabled()
    marks_of(judge).first.fill("95")
    judge.press("重新签名交表").press("签名：钱评委")
    judge.sees(".sheet-form .actions", "已交表")
    hall.ask("slot.finish", ("scoring.close", {"slot": "1"}), ("slot.skip", {"slot": "2"}),
             "scores.publish")
    judge.sees(".placed-total", "81.00")


def test_keys_alone_fill_and_give_a_sheet(shared, visit):
    hall = judged_hall(shared)
    token = comes_to_judge(hall, "钱评委")
    play(hall, "1", until="pitch.start")
    judge = visit(shared, token=token).enter(hall.room)
    keys = judge.page.keyboard
    marks_of(judge).first.focus()
    keys.type("88")
    keys.press("ArrowUp")
    keys.press("PageUp")
    expect(marks_of(judge).first).to_have_value("94")
    keys.press("Tab")
    keys.type("70")
    keys.press("Enter")
    expect(judge.page.get_by_role("dialog")).to_be_visible()
    judge.page.get_by_role("button", name="签名：钱评委").focus()
    keys.press("Enter")
    judge.sees(".mark.given")


def test_who_stands_back_gives_no_marks(shared, visit):
    hall = judged_hall(shared)
    token = comes_to_judge(hall, "钱评委")
    play(hall, "1", until="pitch.start")
    judge = visit(shared, token=token).enter(hall.room)
    judge.press("回避")
    judge.page.get_by_role("dialog").get_by_label("原因（可不填）").fill("同一单位")
    judge.page.get_by_role("dialog").get_by_role("button", name="回避").click()
    judge.sees(".sheet-note", "您已回避这个项目")
    expect(marks_of(judge)).to_have_count(0)
    moderator = at_desk(visit(shared, token=hall.moderator), hall)
    moderator.sees(".cell.recused")
    moderator.press("回避：钱评委")
    dialog = moderator.page.get_by_role("dialog")
    expect(dialog.get_by_label("高温超导磁体")).to_be_checked()
    dialog.get_by_label("高温超导磁体").uncheck()
    dialog.get_by_role("button", name="保存").click()
    expect(marks_of(judge)).to_have_count(2)


def test_panels_are_changed_until_a_judge_gave_a_sheet(shared, visit):
    panels = [{"weight": 70, "name": "专家评委"}, {"weight": 30, "name": "投资人评委"}]
    hall = judged_hall(shared, panels=panels)
    token = comes_to_judge(hall, "钱评委")
    moderator = at_desk(visit(shared, token=hall.moderator), hall)
    judge = visit(shared, token=token).enter(hall.room)
    judge.sees(".judge-desk", "您在专家评委")
    moderator.page.get_by_label("钱评委 所在的评委组").select_option("投资人评委")
    judge.sees(".judge-desk", "您在投资人评委")
    play(hall, "1", until="pitch.start")
    give(hall, token, "1", 90, 90)
    expect(moderator.page.get_by_label("钱评委 所在的评委组")).to_have_count(0)
    expect(moderator.page.get_by_role("button", name="修改评审办法")).to_have_count(0)


def test_a_sheet_waits_for_the_line_and_is_given_once_it_is_back(shared, visit):
    hall = judged_hall(shared)
    token = comes_to_judge(hall, "钱评委")
    play(hall, "1", until="pitch.start")
    judge = visit(shared, token=token).enter(hall.room)
    marks_of(judge).first.fill("80")
    marks_of(judge).last.fill("80")
    judge.press("签名交表")
    judge.context.set_offline(True)
    judge.page.evaluate("dispatchEvent(new Event('offline'))")
    judge.press("签名：钱评委")
    judge.context.set_offline(False)
    judge.sees(".mark.given")


def test_papers_are_printed_and_scores_are_downloaded(shared, visit, tmp_path):
    hall = judged_hall(shared, publication="each_slot", detail="judges", aggregation="mean")
    judges = [comes_to_judge(hall, name) for name in ("钱评委", "孙评委")]
    moderator = at_desk(visit(shared, token=hall.moderator), hall)
    moderator.press("空白评分表")
    expect(moderator.page.locator(".paper")).to_have_count(2)
    inspect(moderator.page)
    moderator.page.get_by_role("button", name="关闭", exact=True).click()
    play(hall, "1", until="pitch.start")
    give(hall, judges[0], "1", 90, 81, comment="=HYPERLINK()")
    give(hall, judges[1], "1", 80, 80)
    hall.ask("slot.finish", ("scoring.close", {"slot": "1"}))
    moderator.press("评分汇总表").sees(".paper", "83.20")
    inspect(moderator.page)
    moderator.page.emulate_media(media="print")
    expect(moderator.page.locator(".paper table")).to_be_visible()
    expect(moderator.page.locator(".room-header")).not_to_be_visible()
    moderator.page.emulate_media(media="screen")
    moderator.page.get_by_role("button", name="关闭", exact=True).click()
    with moderator.page.expect_download() as download:
        moderator.press("下载 CSV")
    download.value.save_as(tmp_path / "scores.csv")
    text = (tmp_path / "scores.csv").read_text("utf-8-sig")
    assert re.search(r"1,高温超导磁体,李明,某大学,全部评委,,83\.20,85\.00,80\.50", text), text
    assert "'=HYPERLINK()" in text


def test_nothing_is_judged_and_nobody_is_shown_a_tab(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared).enter(hall.room)
    expect(viewer.page.get_by_role("tab", name="评审")).to_have_count(0)
    hall.ask(("judging.arrange", {"criteria": CRITERIA}))
    expect(viewer.page.get_by_role("tab", name="评审")).to_have_count(1)


@pytest.mark.parametrize("size", ["desktop", "small phone"])
def test_many_criteria_and_judges_with_long_names_fit(shared, visit, size):
    hall = live_hall(shared)
    criteria = [{"weight": 9 if n else 1, "name": "长" * 60, "anchors": "说" * 200} for n in range(12)]
    hall.ask(("judging.arrange", {"criteria": criteria, "detail": "judges", "publication": "each_slot"}))
    judges = [comes_to_judge(hall, "N" * 39 + str(n)) for n in range(5)]
    play(hall, "1", until="pitch.start")
    judge = visit(shared, size=size, token=judges[0]).enter(hall.room)
    expect(marks_of(judge)).to_have_count(12)
    inspect(judge.page)
    for token in judges:
        give(hall, token, "1", *range(50, 62), comment="评" * 1000)
    hall.ask("slot.finish", ("scoring.close", {"slot": "1"}))
    moderator = at_desk(visit(shared, size=size, token=hall.moderator), hall)
    moderator.page.locator(".placed summary").click()
    inspect(moderator.page)
