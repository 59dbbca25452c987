# Proves the way through a door with browsers: waiting, let in, muted, sent out, banned, by form, and the panel.

import re

from playwright.sync_api import expect

from rooms import make_hall
from visitors import inspect

FORM = {"admission": "registration", "form": ["您的单位？", "为什么参加？"]}


def row(moderator, name):
    return moderator.page.locator(".attendant").filter(has_text=name)


def act(moderator, name, command, reason=None):
    button = moderator.t("run.commandFor", command=moderator.t(f"command.{command}"), title=name)
    row(moderator, name).get_by_role("button", name=button).click()
    if reason is not None:
        dialog = moderator.page.locator("dialog")
        dialog.locator("input").fill(reason)
        dialog.locator("button[type=submit]").click()


def test_a_guest_waits_is_let_in_muted_sent_out_and_banned(shared, visit, far_look):
    hall = make_hall(shared, "room.open", door={"waiting": True})
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=people")
    guest = visit(shared, **far_look).open(f"/r/{hall.room}")
    guest.sees(".threshold h2", guest.t("door.card"))
    inspect(guest.page)
    guest.page.locator(".threshold").get_by_role("button").click()
    guest.page.get_by_label(guest.words["name"], exact=True).fill("王小明")
    guest.page.get_by_role("button", name=guest.words["submit"]).click()
    guest.sees(".threshold h2", guest.t("door.waiting"))
    guest.sees(".place", guest.t("door.place", place=1, waiting=1))
    inspect(guest.page)
    moderator.sees(".attendant.waiting", "王小明")
    inspect(moderator.page)
    act(moderator, "王小明", "member.admit")
    expect(guest.page.locator(".room")).to_be_visible()
    guest.say("大家好")
    moderator.tab("chat").sees(".said-text", "大家好")
    moderator.page.locator("#tab-people").click()
    act(moderator, "王小明", "member.mute")
    guest.sees(".composer.closed", guest.t("composer.muted"))
    act(moderator, "王小明", "member.unmute")
    guest.say("谢谢").sees(".said-text", "谢谢")
    act(moderator, "王小明", "member.remove", "请勿喧哗")
    guest.sees(".threshold h2", guest.t("door.removed")).sees(".threshold", "请勿喧哗")
    inspect(guest.page)
    guest.press(guest.t("door.knock")).sees(".threshold h2", guest.t("door.waiting"))
    moderator.sees(".attendant.waiting", "王小明")
    act(moderator, "王小明", "member.ban", "广告")
    guest.sees(".threshold h2", guest.t("door.banned")).sees(".threshold", "广告")
    guest.page.reload()
    guest.sees(".threshold h2", guest.t("door.banned"))
    moderator.sees(".attendant.banned", "王小明")


def test_an_applicant_answers_and_is_let_in_when_approved(shared, visit, far_look):
    hall = make_hall(shared, "room.open", door=FORM)
    moderator = visit(shared, token=hall.moderator, **far_look).enter(hall.room, "?tab=people")
    applicant = visit(shared, token=shared.guest("李申请")).open(f"/r/{hall.room}")
    applicant.sees(".threshold h2", applicant.t("door.registration"))
    applicant.press(applicant.t("door.apply")).sees(".problem", applicant.t("door.answerMissing"))
    inspect(applicant.page)
    for field, answer in zip(applicant.page.locator("textarea").all(), ("某大学", "找合作")):
        field.fill(answer)
    applicant.press(applicant.t("door.apply")).sees(".threshold h2", applicant.t("door.applied"))
    moderator.sees(".attendant.applied", "找合作")
    inspect(moderator.page)
    act(moderator, "李申请", "member.admit")
    expect(applicant.page.locator(".room")).to_be_visible()
    act(moderator, "李申请", "member.set_roles")
    dialog = moderator.page.locator("dialog")
    inspect(moderator.page)
    dialog.get_by_label(moderator.t("role.judge")).check()
    dialog.get_by_role("button", name=moderator.t("people.rolesSave")).click()
    expect(row(moderator, "李申请")).to_contain_text(moderator.t("role.judge"))


def test_staff_makes_links_and_stops_what_the_room_says(shared, visit, far_look):
    hall = make_hall(shared, "room.open")
    moderator = visit(shared, token=hall.moderator, **far_look).enter(hall.room, "?tab=people")
    guest = visit(shared).enter(hall.room).leave_card("观众甲")
    moderator.page.locator(".invite-panel:not(.hall-panel) summary").click()
    moderator.press(moderator.t("invite.make"))
    expect(moderator.page.locator("svg.qr")).to_be_visible()
    expect(moderator.page.locator(".made input")).to_have_value(re.compile(r"/join#[0-9a-f]{64}$"))
    inspect(moderator.page)
    moderator.page.get_by_label(moderator.t("people.search")).fill("没有这个人")
    moderator.sees(".people-panel .empty", moderator.t("people.nobody"))
    hall.ask("output.stop", ("announcement.make", {"text": "请稍候"}))
    guest.tab("chat").sees(".composer.closed", guest.t("composer.stopped"))
    guest.sees(".banner", "请稍候")
    inspect(guest.page)
    hall.ask("output.resume", ("chat.hold", {"on": True}))
    guest.say("待审的话").sees(".said.waits", guest.t("held.own"))
    moderator.tab("chat").sees(".held-messages", "待审的话")
    inspect(moderator.page)
    moderator.press(moderator.t("held.approveOf", name="观众甲"))
    guest.sees(".said-text", "待审的话")
    expect(guest.page.locator(".said.waits")).to_have_count(0)
