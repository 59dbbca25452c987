"""Proves that people register, sign in, take a second step, reset a password and leave on the pages."""

import re
import time

import pytest
from playwright.sync_api import expect

from harness.accounts import PASSWORD, authenticator, code, register
from harness.server import PLENTY, Server
from visitors import inspect

NEW = "another long password"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("accounts"), *PLENTY) as running:
        yield running


def contact_of(look):
    return f"{look['language']}.{look['size'].replace(' ', '-')}.{time.time_ns()}@luyan.example".lower()


def fill(visitor, name, text):
    visitor.page.locator(f"input[name={name}]").fill(text)
    return visitor


def signed_in(visitor, name):
    expect(visitor.page.locator(".me")).to_have_text(name)
    return visitor


def test_a_guest_registers_and_signs_in_again(server, visit, look):
    contact = contact_of(look)
    ann = visit(server, **look, token=server.guest("Ann")).open("/sign-in?new&back=/organisations")
    ann.sees("h1", ann.t("signIn.title.register"))
    inspect(ann.page)
    ann.press(ann.t("signIn.do.register")).sees(".problem", ann.t("signIn.need.contact"))
    inspect(ann.page)
    fill(fill(ann, "contact", contact), "password", "short").press(ann.t("signIn.do.register"))
    ann.sees(".problem", ann.t("signIn.passwordShort"))
    fill(ann, "password", PASSWORD).press(ann.t("signIn.do.register"))
    ann.sees("h1", ann.t("signIn.title.verify"))
    inspect(ann.page)
    fill(ann, "code", "000000").press(ann.t("signIn.do.verify"))
    ann.sees(".problem", ann.t("error.account.code_refused"))
    fill(ann, "code", code(server, contact)).press(ann.t("signIn.do.verify"))
    ann.page.wait_for_url("**/organisations")
    signed_in(ann, "Ann")

    other = visit(server, **look).open("/").press(ann.words["card"])
    inspect(other.page)
    other.page.keyboard.press("Escape")
    other.page.get_by_role("link", name=other.t("me.signIn")).click()
    fill(fill(other, "contact", contact.upper()), "password", "not the password")
    other.press(other.t("signIn.do.signIn")).sees(".problem", other.t("error.account.refused"))
    inspect(other.page)
    fill(other, "password", PASSWORD).press(other.t("signIn.do.signIn"))
    other.page.wait_for_url(re.compile("/$"))
    signed_in(other, "Ann")
    other.open("/sign-in").sees(".state-card h1")
    inspect(other.page)
    assert not ann.errors + other.errors


def test_two_steps_recovery_codes_and_ending_a_sign_in(server, visit, far_look):
    contact = contact_of(far_look)
    ann = visit(server, **far_look, token=register(server, contact)).open("/account")
    ann.sees("#two-step")
    inspect(ann.page)
    fill(ann, "two-step-password", "wrong password").press(ann.t("twoStep.begin"))
    ann.sees(".problem", ann.t("error.account.refused"))
    fill(ann, "two-step-password", PASSWORD).press(ann.t("twoStep.begin")).sees("svg.qr")
    inspect(ann.page)
    secret = ann.page.locator("form[aria-labelledby=two-step] code").inner_text()
    fill(ann, "two-step-code", authenticator(secret, int(time.time()) // 30))
    ann.press(ann.t("twoStep.confirm")).sees(".codes")
    inspect(ann.page)
    recovery = ann.page.locator(".codes li").first.inner_text()
    ann.press(ann.t("twoStep.codesKept")).sees("#two-step")

    other = visit(server, **far_look).open("/sign-in?back=/account")
    fill(fill(other, "contact", contact), "password", PASSWORD).press(other.t("signIn.do.signIn"))
    other.sees("h1", other.t("signIn.title.second"))
    inspect(other.page)
    fill(other, "code", "123456").press(other.t("signIn.do.second")).sees(".problem")
    fill(other, "code", recovery).press(other.t("signIn.do.second"))
    other.page.wait_for_url("**/account")
    other.sees("section[aria-labelledby=sign-ins] li:nth-child(2)")
    other.press(other.t("account.endOthers"))
    expect(other.page.locator("section[aria-labelledby=sign-ins] li")).to_have_count(1)
    ann.page.reload()
    ann.sees(".state-card h1", ann.t("account.stranger"))
    inspect(ann.page)
    assert not ann.errors + other.errors


def test_a_forgotten_password(server, visit, far_look):
    contact = contact_of(far_look)
    register(server, contact)
    ann = visit(server, **far_look).open("/sign-in")
    ann.press(ann.t("signIn.way.reset"))
    inspect(ann.page)
    fill(ann, "contact", contact).press(ann.t("signIn.do.reset"))
    ann.sees("h1", ann.t("signIn.title.renew"))
    inspect(ann.page)
    fill(fill(ann, "code", code(server, contact, 2)), "password", NEW).press(ann.t("signIn.do.renew"))
    ann.sees("h1", ann.t("signIn.title.signIn"))
    fill(ann, "password", NEW).press(ann.t("signIn.do.signIn"))
    signed_in(ann, "Ann")


def test_profile_password_and_leaving(server, visit, far_look):
    contact = contact_of(far_look)
    ann = visit(server, **far_look, token=register(server, contact)).open("/account").sees("#profile")
    fill(fill(ann, "name", "安教授"), "fields", "光学，材料").press(ann.t("organisation.save"))
    signed_in(ann, "安教授")
    ann.page.reload()
    ann.sees("#profile")
    expect(ann.page.locator("input[name=fields]")).to_have_value("光学，材料")
    fill(fill(ann, "current", PASSWORD), "password", NEW).press(ann.t("account.passwordChange"))
    expect(ann.page.locator("input[name=current]")).to_have_value("")
    ann.press(ann.t("ownData.erase")).sees("dialog")
    inspect(ann.page)
    fill(ann, "erase-password", PASSWORD).press(ann.t("ownData.eraseNow"))
    ann.sees("dialog .problem", ann.t("error.account.refused"))
    fill(ann, "erase-password", NEW).press(ann.t("ownData.eraseNow")).sees("dialog [role=status]")
    inspect(ann.page)
    ann.page.get_by_role("dialog").get_by_role("button", name=ann.t("common.home"), exact=True).click()
    ann.page.wait_for_url(re.compile("/$"))
    expect(ann.page.locator(".me")).to_have_text(ann.words["card"])


def test_a_foreign_way_back_is_not_taken(server, visit, far_look):
    contact = contact_of(far_look)
    register(server, contact)
    for back in ("//evil.example/", "https://evil.example/", "/%5Cevil.example"):
        ann = visit(server, **far_look).open(f"/sign-in?back={back}")
        fill(fill(ann, "contact", contact), "password", PASSWORD).press(ann.t("signIn.do.signIn"))
        signed_in(ann, "Ann")
        assert ann.page.url == server.url + "/"


def test_an_operator_finds_and_changes_people(server, visit, far_look):
    contact = contact_of(far_look)
    register(server, contact, name="Bo")
    guest = visit(server, **far_look, token=server.guest("Ann")).open("/people")
    guest.sees(".state-card", guest.t("directory.denied"))
    inspect(guest.page)
    staff = visit(server, **far_look, token=server.sign_in("operator", name="Op")).open("/people")
    staff.page.get_by_label(staff.t("directory.search")).fill(contact)
    expect(staff.page.locator(".people li")).to_have_count(1)
    inspect(staff.page)
    staff.page.get_by_label(f"Bo: {staff.t('directory.organiser')}").check()
    staff.sees(".notices", staff.t("directory.changed", name="Bo"))
    staff.page.get_by_role("button", name=f"{staff.t('directory.close')}: Bo").click()
    inspect(staff.page)
    staff.page.get_by_role("dialog").get_by_role("button", name=staff.t("directory.close"), exact=True).click()
    staff.sees(".standing.declined")
    bo = visit(server, **far_look).open("/sign-in")
    fill(fill(bo, "contact", contact), "password", PASSWORD).press(bo.t("signIn.do.signIn"))
    bo.sees(".problem", bo.t("error.account.refused"))
    staff.page.get_by_role("button", name=f"{staff.t('directory.reopen')}: Bo").click()
    expect(staff.page.locator(".standing.declined")).to_have_count(0)
    bo.press(bo.t("signIn.do.signIn"))
    signed_in(bo, "Bo")
    bo.open("/").sees("a[href='/new']")
    staff.page.get_by_label(staff.t("directory.search")).fill("没有这样的人")
    staff.sees(".state-card", staff.t("directory.none"))
    inspect(staff.page)
