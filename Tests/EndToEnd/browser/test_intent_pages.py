"""Proves the intents' tab: what an investor, a presenter, a judge and a moderator see and do there."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rooms import PAPERS, live_hall
from visitors import inspect

NAMES = {"zh-CN": {"tab": "意向"}, "en": {"tab": "Intents"}}
# Where pictures of the states go for people to look at; nowhere by default.
PICTURES = os.environ.get("PICTURES")


def picture(visitor, name):
    if PICTURES:
        visitor.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def comes(shared, visit, hall, name, *, kind="investor", organisation="远山基金", role=None, **look):
    """A guest with a whole name card, in the tab of intents."""
    token = shared.guest(name, organisation=organisation, kind=kind)
    with shared.peer(token) as peer:
        member = peer.join(hall.room)["you"]["member"]
    if role:
        hall.ask(("member.set_roles", {"member": member, "roles": [role]}))
    person = visit(shared, token=token, **look).enter(hall.room)
    person.member, person.token = member, token
    return opens(person)


def opens(person):
    name = NAMES[person.language]["tab"]
    person.page.get_by_role("tab", name=name, exact=True).click()
    person.sees(".intents")
    return person


def card(person, title):
    return person.page.get_by_role("article", name=title, exact=True)


def says(person, title, step, **more):
    """Gives an intent by the dialog."""
    first = card(person, title).locator("p.actions button").first
    first.click()
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_label(person.t(f"intents.step.{step}"), exact=True).check()
    if "least" in more:
        dialog.get_by_label(person.t("intents.least"), exact=True).fill(more["least"])
        dialog.get_by_label(person.t("intents.most"), exact=True).fill(more["most"])
    if "note" in more:
        dialog.get_by_label(person.t("intents.note")).fill(more["note"])
    if more.get("shared"):
        dialog.get_by_label(person.t("intents.share")).check()
    inspect(person.page)
    picture(person, f"dialog-{step}-{person.language}-{person.page.viewport_size['width']}")
    dialog.get_by_role("button", name=person.t("intents.send")).click()
    expect(dialog).to_have_count(0)
    return person


def test_an_investor_and_a_presenter_come_together(shared, visit, look):
    hall = live_hall(shared)
    title = PAPERS[0]["title"]
    investor = comes(shared, visit, hall, "张投资", role="investor", **look)
    presenter = opens(visit(shared, token=hall.presenter("1"), **look).enter(hall.room))
    presenter.sees(".own-project .empty", presenter.t("intents.noLeads"))
    inspect(presenter.page)
    says(investor, title, "amount", least="100", most="300", note="想先看样机", shared=True)
    amount = "100 万 – 300 万元" if investor.language == "zh-CN" else "CNY 1,000,000 – 3,000,000"
    expect(card(investor, title)).to_contain_text(amount)
    lead = card(presenter, "张投资")
    expect(lead).to_contain_text("想先看样机")
    expect(lead).to_contain_text(amount)
    if presenter.language == "zh-CN":
        expect(lead).to_contain_text("叁佰万元整")
    lead.get_by_role("button", name=re.compile(
        re.escape(presenter.t("intents.do.meeting_accepted")))).click()
    expect(card(investor, title)).to_contain_text(investor.t("intents.answer.meeting_accepted"))
    # Contacts: each writes its own, and sees the other's once both did.
    for person, one, text, other in ((investor, card(investor, title), "微信 zhang", "李明"),
                                     (presenter, lead, "电话 ming", "张投资")):
        one.locator("summary", has_text=person.t("intents.contact")).click()
        one.get_by_label(person.t("intents.contactText")).fill(text)
        one.get_by_role("button", name=person.t("intents.contactOffer")).click()
        if person is investor:
            expect(one).to_contain_text(person.t("intents.contactWaits", name=other))
            expect(lead).to_contain_text(presenter.t("intents.contactAsks", name="张投资"))
            expect(lead).not_to_contain_text("微信")
    expect(lead).to_contain_text("微信 zhang")
    expect(card(investor, title)).to_contain_text("电话 ming")
    feedback = card(investor, title)
    feedback.locator("summary", has_text=investor.t("intents.feedback")).click()
    feedback.get_by_label(investor.t("intents.code.too_early")).check()
    feedback.get_by_label(investor.t("intents.feedbackText")).fill("先做中试")
    feedback.get_by_role("button", name=investor.t("intents.feedbackSend")).click()
    presenter.sees(".feedback-codes", presenter.t("intents.code.too_early"))
    presenter.sees(".own-project blockquote", "先做中试")
    name = f"{look['language']}-{look['size'].replace(' ', '')}-{look['scheme']}"
    for person, who in ((investor, "investor"), (presenter, "presenter")):
        inspect(person.page)
        for place, top in (("top", 0), ("below", 500)):
            person.page.locator(".intents").evaluate("(one, top) => { one.scrollTop = top }", top)
            picture(person, f"{who}-{place}-{name}")
    # All of it is there after a reload, and what one withdraws is marked as that.
    opens(investor.enter(hall.room))
    expect(card(investor, title)).to_contain_text("电话 ming")
    card(investor, title).get_by_role(
        "button", name=investor.t("intents.withdrawFor", title=title)).click()
    investor.page.get_by_role("dialog").get_by_role(
        "button", name=investor.t("intents.withdraw"), exact=True).click()
    expect(lead).to_contain_text(presenter.t("intents.withdrawn"))
    inspect(presenter.page)


def test_others_see_a_number_and_nothing_more(shared, visit, far_look):
    hall = live_hall(shared)
    investor = comes(shared, visit, hall, "张投资", role="investor")
    rival = comes(shared, visit, hall, "钱投资", role="investor", **far_look)
    second = opens(visit(shared, token=hall.presenter("2", name="Ann"), **far_look)
                   .enter(hall.room))
    moderator = opens(visit(shared, token=hall.moderator, **far_look).enter(hall.room))
    says(investor, PAPERS[0]["title"], "materials", note="只给主讲人")
    for person in (rival, second):
        expect(card(person, PAPERS[0]["title"])).to_contain_text("1")
        expect(person.page.locator("body")).not_to_contain_text("张投资")
        expect(person.page.locator("body")).not_to_contain_text("只给主讲人")
    expect(moderator.page.locator(".funnel").first).to_contain_text("1")
    expect(moderator.page.locator(".intents")).not_to_contain_text("只给主讲人")
    says(investor, PAPERS[0]["title"], "meet", note="工作人员可看", shared=True)
    expect(moderator.page.locator(".intents")).to_contain_text("工作人员可看")
    expect(rival.page.locator("body")).not_to_contain_text("工作人员可看")
    inspect(moderator.page)
    inspect(rival.page)
    picture(moderator, f"moderator-{far_look['language']}-{far_look['size']}")


def test_an_enterprise_has_its_own_ladder_and_says_how_it_would_cooperate(shared, visit):
    hall = live_hall(shared)
    title = PAPERS[1]["title"]
    firm = comes(shared, visit, hall, "陈总", kind="entrepreneur", organisation="华星制造")
    card(firm, title).get_by_role("button", name=firm.t("intents.giveFor", title=title)).click()
    dialog = firm.page.get_by_role("dialog")
    expect(dialog.get_by_label(firm.t("intents.step.due_diligence"))).to_have_count(0)
    dialog.get_by_label(firm.t("intents.step.cooperation"), exact=True).check()
    dialog.get_by_label(re.compile(f"^{firm.t('intents.cooperation')}")).select_option("licence")
    # What is no amount is said at its field.
    dialog.get_by_label(firm.t("intents.least"), exact=True).fill("300")
    dialog.get_by_label(firm.t("intents.most"), exact=True).fill("100")
    dialog.get_by_role("button", name=firm.t("intents.send")).click()
    expect(dialog.get_by_role("alert")).to_have_text(firm.t("intents.amount.wrong"))
    expect(dialog.get_by_label(firm.t("intents.least"), exact=True)).to_be_focused()
    inspect(firm.page)
    dialog.get_by_label(firm.t("intents.most"), exact=True).fill("500.5")
    expect(dialog.locator("output")).to_contain_text("伍佰万伍仟元整")
    dialog.get_by_role("button", name=firm.t("intents.send")).click()
    expect(card(firm, title)).to_contain_text(firm.t("intents.cooperation.licence"))
    firm.page.get_by_label(re.compile("只看我关注的")).check()
    expect(firm.page.locator(".intents-projects article")).to_have_count(1)


@pytest.mark.parametrize("size", ["desktop", "small phone"])
def test_a_note_is_kept_and_comes_back_by_keyboard_alone(shared, visit, size):
    hall = live_hall(shared)
    title = PAPERS[0]["title"]
    judge = comes(shared, visit, hall, "赵评委", kind="expert", role="judge", size=size)
    expect(card(judge, title).get_by_role("button", name=judge.t("intents.give"))).to_have_count(0)
    summary = card(judge, title).get_by_label(judge.t("intents.noteFor", title=title))
    summary.focus()
    judge.page.keyboard.press("Enter")
    judge.page.keyboard.press("Tab")
    judge.page.keyboard.type("第三页成本存疑")
    inspect(judge.page)
    judge.page.keyboard.press("Tab")
    judge.page.keyboard.press("Enter")
    expect(card(judge, title).get_by_role("button", name=judge.t("intents.noteKept"))
           ).to_be_disabled()
    opens(judge.enter(hall.room))
    expect(card(judge, title).locator("textarea")).to_have_value("第三页成本存疑")


def test_a_guest_without_a_whole_card_is_asked_for_it(shared, visit):
    hall = live_hall(shared)
    viewer = opens(visit(shared).enter(hall.room))
    title = PAPERS[0]["title"]
    card(viewer, title).get_by_role("button", name=viewer.t("intents.giveFor", title=title)).click()
    viewer.sees("dialog", viewer.t("intents.cardFirst"))
    inspect(viewer.page)
    viewer.press(viewer.t("intents.completeCard"))
    expect(viewer.page.get_by_label("姓名", exact=True)).to_be_visible()


def test_weeks_after_both_say_what_became_of_it(shared, visit, far_look):
    hall = live_hall(shared)
    title = PAPERS[0]["title"]
    investor = comes(shared, visit, hall, "张投资", role="investor", **far_look)
    presenter = opens(visit(shared, token=hall.presenter("1"), **far_look).enter(hall.room))
    says(investor, title, "follow")
    hall.ask("room.end", "room.end_confirm")
    one = card(investor, title)
    one.locator("summary", has_text=investor.t("intents.followUp")).click()
    one.locator("select").select_option("in_talks")
    one.get_by_role("button", name=investor.t("intents.followUpSend")).click()
    expect(card(presenter, "张投资")).to_contain_text(presenter.t("intents.outcome.in_talks"))
    inspect(presenter.page)
    inspect(investor.page)
