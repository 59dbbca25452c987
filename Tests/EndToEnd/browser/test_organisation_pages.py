"""Proves that people add, find, verify and run an organisation on the pages, in every state and look."""

import pytest
from playwright.sync_api import expect

from harness.server import PLENTY, Server
from visitors import inspect


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("organisations"), *PLENTY) as running:
        yield running


def add(server, token, **form):
    form = {"name": "苏州大学", "kind": "university"} | form
    answer = server.request("POST", "/api/v1/organisations", form, token=token)
    assert answer.status == 201, answer
    return answer.json["id"]


def fill_form(visitor, name, region="320000"):
    page, t = visitor.page, visitor.t
    page.get_by_label(t("organisation.name"), exact=True).fill(name)
    page.get_by_role("combobox", name=t("organisation.kind"), exact=True).select_option("institute")
    page.get_by_label(f"{t('organisation.region')}: {t('region.level.0')}").select_option(region)
    page.get_by_label(f"{t('organisation.region')}: {t('region.level.1')}").select_option("320500")
    page.get_by_label(t("organisation.introduction")).fill("光学与材料\n第二行")
    return visitor.press(t("organisation.found"))


def test_from_a_name_card_to_a_verified_organisation(server, visit, look):
    name = f"{look['language']} {look['size']} 研究院"
    ann = visit(server, **look).open("/organisations").sees("main h1")
    ann.press(ann.t("organisations.new"))
    ann.page.get_by_role("dialog").get_by_label(ann.words["name"], exact=True).fill("Ann")
    ann.press(ann.words["submit"])
    ann.sees("form.plan")
    inspect(ann.page)
    ann.press(ann.t("organisation.found")).sees(".problem", ann.t("organisation.needName"))
    fill_form(ann, name).sees(".standing", ann.t("standing.unverified"))
    ann.sees(".people li", "Ann")
    inspect(ann.page)
    ann.press(ann.t("standing.ask")).sees(".standing", ann.t("standing.requested"))
    address = ann.page.url.removeprefix(server.url)

    stranger = visit(server, **look).open(address).sees(".state-card h1", ann.t("organisation.missing"))
    inspect(stranger.page)

    staff = visit(server, **look, token=server.sign_in("operator", name="Op"))
    staff.open("/organisations?standing=requested").sees(".room-card", name)
    inspect(staff.page)
    staff.page.get_by_role("link", name=name, exact=True).click()
    staff.press(staff.t("standing.decline"))
    inspect(staff.page)
    staff.page.get_by_label(staff.t("reason.label")).fill("公章不清楚")
    staff.page.get_by_role("dialog").get_by_role("button", name=staff.t("standing.decline")).click()
    staff.sees(".standing.declined")
    ann.open(address).sees("main", "公章不清楚")
    inspect(ann.page)
    staff.press(staff.t("standing.verify")).sees(".standing.verified")

    stranger.open("/organisations").sees(".room-card", name)
    stranger.page.get_by_label(stranger.t("organisations.search")).fill(name)
    expect(stranger.page.locator(".room-card")).to_have_count(1)
    inspect(stranger.page)
    stranger.page.get_by_label(stranger.t("organisations.search")).fill("没有这样的")
    stranger.sees(".state-card", stranger.t("organisations.none"))
    inspect(stranger.page)
    assert not ann.errors + stranger.errors + staff.errors


def test_a_link_brings_somebody_in_and_they_leave(server, visit, far_look):
    ann = server.guest("Ann")
    id = add(server, ann)
    runs = visit(server, **far_look, token=ann).open(f"/o/{id}").sees("#invites")
    runs.context.grant_permissions(["clipboard-read", "clipboard-write"])
    runs.press(runs.t("organisation.invite")).sees("section[aria-labelledby=invites] li")
    inspect(runs.page)
    link = runs.page.evaluate("navigator.clipboard.readText()")

    bob = visit(server, **far_look)
    bob.page.goto(link)
    bob.sees(".state-card h1", bob.t("enter.stranger"))
    inspect(bob.page)
    bob.page.locator(".state-card").get_by_role("button").click()
    bob.page.get_by_role("dialog").get_by_label(bob.words["name"], exact=True).fill("Bob")
    bob.press(bob.words["submit"]).sees(".people li", "Bob")
    assert "#" not in bob.page.url
    inspect(bob.page)

    runs.page.reload()
    runs.sees(".people li", "Bob")
    runs.page.get_by_label(runs.t("organisation.roleOf", name="Bob")).select_option("admin")
    bob.page.reload()
    bob.sees("#invites")
    bob.press(bob.t("organisation.leave"))
    inspect(bob.page)
    bob.page.get_by_role("dialog").get_by_role("button", name=bob.t("organisation.leave"), exact=True).click()
    bob.sees(".state-card h1", bob.t("organisation.missing"))

    late = visit(server, **far_look, token=server.guest("Cem"))
    late.page.goto(link)
    late.sees(".state-card h1", late.t("join.failed"))
    inspect(late.page)
    assert not runs.errors + bob.errors + late.errors


def test_loading_failing_and_trying_again(server, visit, far_look):
    visitor = visit(server, **far_look)
    held = []
    visitor.page.route("**/api/v1/organisations?*", lambda route: held.append(route))
    with visitor.page.expect_request("**/api/v1/organisations?*"):
        visitor.open("/organisations").sees(".state-card.busy")
        inspect(visitor.page)
    held[0].abort()
    visitor.sees(".state-card", visitor.t("organisations.failed"))
    inspect(visitor.page)
    visitor.page.unroute("**/api/v1/organisations?*")
    visitor.press(visitor.t("common.tryAgain"))
    expect(visitor.page.locator(".state-card", has_text=visitor.t("organisations.failed"))).to_have_count(0)


def test_without_the_table_of_regions_a_form_can_be_sent(server, visit, far_look):
    visitor = visit(server, **far_look, token=server.guest("Ann"))
    visitor.page.route("**/data/regions.txt", lambda route: route.abort())
    visitor.open("/organisations").press(visitor.t("organisations.new"))
    visitor.sees("form.plan", visitor.t("region.failed"))
    inspect(visitor.page)
    visitor.page.get_by_label(visitor.t("organisation.name"), exact=True).fill("无地区")
    kind = visitor.page.get_by_role("combobox", name=visitor.t("organisation.kind"), exact=True)
    kind.select_option("fund")
    visitor.press(visitor.t("organisation.found")).sees("h1", "无地区")


def test_one_above_is_found_by_its_name(server, visit, far_look):
    ann = server.guest("Ann")
    name = f"上级 {far_look['language']}"
    add(server, ann, name=name, kind="association")
    visitor = visit(server, **far_look, token=ann).open("/organisations")
    visitor.press(visitor.t("organisations.new"))
    page, t = visitor.page, visitor.t
    page.get_by_label(t("organisation.parent")).fill("没有这样的")
    visitor.sees("form.plan", t("organisations.none"))
    page.get_by_label(t("organisation.parent")).fill(name)
    visitor.sees(".picker")
    inspect(page)
    visitor.press(name).sees(".picked", name)
    inspect(page)
    fill_form(visitor, f"下级 {far_look['language']}").sees("main a", name)
