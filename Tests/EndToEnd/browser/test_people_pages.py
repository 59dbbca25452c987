"""Proves that people choose a picture, show their page and look at those of others, in every state and look."""

import json

import pytest
from playwright.sync_api import expect

from harness.accounts import register
from harness.images import picture
from harness.server import PLENTY, Server
from test_account_pages import contact_of
from visitors import inspect

PROFILE = {
    "name": "安教授", "titles": ["教授", "博士生导师"], "kinds": ["scientist", "expert"],
    "fields": ["光学", "材料"], "region": "320500", "languages": ["zh-CN", "en"],
    "introduction": "研究光学材料二十年。\nTwenty years of optical materials.",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    many = ("--set", "limits.tries_per_address=100000")
    with Server(tmp_path_factory.mktemp("profiles"), *PLENTY, *many) as running:
        running.operator = running.sign_in("operator", name="Op")
        yield running


def own_page(server, token):
    return server.request("GET", "/api/v1/account", token=token).json["page"]


def image(shade, width=900, height=600):
    return {"name": "face.png", "mimeType": "image/png", "buffer": picture(shade, width, height)}


def test_choosing_looking_sending_and_removing_a_picture(server, visit, look):
    token = register(server, contact_of(look))
    ann = visit(server, **look, token=token).open("/account").sees("#picture")
    page, t, section = ann.page, ann.t, ann.page.locator("section[aria-labelledby=picture]")
    inspect(page)
    # By keyboard alone: the field can be reached, and the choice brings up the next step.
    field = section.locator("input[type=file]")
    field.focus()
    expect(field).to_be_focused()
    field.set_input_files(image(1))
    use = section.get_by_role("button", name=t("picture.use"), exact=True)
    expect(use).to_be_focused()
    expect(section.get_by_role("img", name=t("picture.chosen"))).to_be_visible()
    inspect(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(section.get_by_role("img")).to_have_count(0)
    expect(field).to_be_focused()
    assert own_page(server, token)["picture"] is None

    held = []
    page.route("**/api/v1/account/picture", lambda route: held.append(route))
    field.set_input_files(image(2))
    expect(use).to_be_focused()
    with page.expect_request("**/api/v1/account/picture"):
        page.keyboard.press("Enter")
    ann.sees("section[aria-labelledby=picture] [role=status]", t("picture.sending"))
    inspect(page)
    refusal = {"status": 413, "code": "request.too_large", "action": "mend", "data": {"limit": 2 << 20}}
    held.pop().fulfill(status=413, content_type="application/problem+json", body=json.dumps(refusal))
    ann.sees("section[aria-labelledby=picture] .problem", "2")
    inspect(page)
    page.unroute("**/api/v1/account/picture")
    use.click()
    ann.sees(".notices", t("picture.kept"))
    expect(section.get_by_role("img", name=t("picture.yours"))).to_be_visible()
    kept = server.request("GET", own_page(server, token)["picture"], token=token)
    # The middle as a square: 900 x 600 became 512 x 512.
    assert kept.body[16:24] == bytes([0, 0, 2, 0]) * 2
    inspect(page)
    page.reload()
    shown = section.get_by_role("img", name=t("picture.yours"))
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.complete && image.naturalWidth") == 512

    field.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    ann.sees("section[aria-labelledby=picture] .problem", t("error.file.unsupported"))
    field.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"})
    ann.sees("section[aria-labelledby=picture] .problem", t("error.file.unsupported"))
    inspect(page)
    ann.press(t("picture.remove")).sees(".notices", t("picture.removed"))
    expect(section.get_by_role("img")).to_have_count(0)
    expect(field).to_be_focused()
    assert own_page(server, token)["picture"] is None


def test_showing_ones_page_and_hiding_it(server, visit, look):
    token = register(server, contact_of(look))
    server.request("POST", "/api/v1/account/picture", picture(3, 300, 300), token=token)
    ann = visit(server, **look, token=token).open("/account").sees("#profile")
    page, t = ann.page, ann.t
    page.locator("form[aria-labelledby=profile] input[name=name]").fill(PROFILE["name"])
    page.locator("input[name=titles]").fill("教授，博士生导师")
    page.locator("input[name=fields]").fill("光学，材料")
    names = ["中文", "英语"] if look["language"] == "zh-CN" else ["Chinese", "English"]
    for name in names:
        page.get_by_label(name, exact=True).check()
    page.get_by_label(t("kind.scientist"), exact=True).check()
    page.get_by_label(t("kind.expert"), exact=True).check()
    page.locator("form[aria-labelledby=profile] textarea").fill(PROFILE["introduction"])
    region = page.get_by_label(f"{t('organisation.region')}: {t('region.level.0')}")
    region.select_option("320000")
    page.get_by_label(f"{t('organisation.region')}: {t('region.level.1')}").select_option("320500")
    ann.press(t("organisation.save")).sees(".notices", t("account.saved"))
    made = server.request("POST", "/api/v1/organisations", {"name": "苏州光学研究院", "kind": "institute"},
                          token=token).json["id"]
    server.request("POST", f"/api/v1/organisations/{made}/standing", {"standing": "verified"},
                   token=server.operator)
    address = f"/p/{own_page(server, token)['id']}"

    stranger = visit(server, **look).open(address).sees(".state-card h1", t("profile.missing"))
    inspect(stranger.page)
    page.get_by_role("link", name=t("page.see")).click()
    ann.sees("h1", PROFILE["name"]).sees(".own-page", t("profile.isHidden"))
    inspect(page)
    page.get_by_role("link", name=t("profile.change")).click()
    box = page.get_by_label(t("page.public"))
    expect(box).not_to_be_checked()
    box.focus()
    page.keyboard.press("Space")
    ann.sees(".notices", t("page.shown"))
    expect(box).to_be_checked()
    inspect(page)

    stranger.page.reload()
    stranger.sees("h1", PROFILE["name"]).sees("dd", "光学")
    for text in ("教授", "二十年", "苏州光学研究院", t("kind.scientist"), t("standing.verified"), *names):
        stranger.sees("main", text)
    seen = stranger.page.get_by_role("img", name=t("profile.pictureOf", name=PROFILE["name"]))
    expect(seen).to_be_visible()
    assert seen.evaluate("image => image.complete && image.naturalWidth") == 300
    assert stranger.page.locator(".own-page").count() == 0
    inspect(stranger.page)
    stranger.page.get_by_role("link", name="苏州光学研究院").click()
    stranger.sees("h1", "苏州光学研究院")
    ann.open(f"/o/{made}").page.locator(".people").get_by_role("link", name=PROFILE["name"]).click()
    ann.sees(".own-page", t("profile.isPublic"))
    inspect(page)
    ann.open("/account").sees("#page")
    page.get_by_label(t("page.public")).uncheck()
    ann.sees(".notices", t("page.hidden"))
    stranger.open(address).sees(".state-card h1", t("profile.missing"))
    assert not ann.errors + stranger.errors


def test_a_page_that_loads_fails_and_has_nothing_on_it(server, visit, far_look):
    token = register(server, contact_of(far_look), name="Bo")
    address = f"/p/{own_page(server, token)['id']}"
    server.request("POST", "/api/v1/account/page", {"public": True}, token=token)
    visitor = visit(server, **far_look)
    held = []
    visitor.page.route("**/api/v1/people/*", lambda route: held.append(route))
    with visitor.page.expect_request("**/api/v1/people/*"):
        visitor.open(address).sees(".state-card.busy")
        inspect(visitor.page)
    held[0].abort()
    visitor.sees(".state-card h1", visitor.t("profile.failed"))
    inspect(visitor.page)
    visitor.page.unroute("**/api/v1/people/*")
    visitor.press(visitor.t("common.tryAgain")).sees("h1", "Bo")
    visitor.sees(".state-card", visitor.t("profile.emptyText"))
    inspect(visitor.page)
    bo = visit(server, **far_look, token=token).open(address)
    bo.sees(".state-card", bo.t("profile.emptyOwn"))
    inspect(bo.page)


def test_what_the_server_does_not_do_leaves_the_page_as_it_was(server, visit, far_look):
    token = register(server, contact_of(far_look))
    ann = visit(server, **far_look, token=token).open("/account").sees("#page")
    refusal = {"status": 503, "code": "unavailable", "action": "wait", "data": {"reason": "storage"}}
    ann.page.route("**/api/v1/account/page", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", body=json.dumps(refusal)))
    box = ann.page.get_by_label(ann.t("page.public"))
    box.click()
    ann.sees(".notices", ann.t("error.unavailable"))
    expect(box).not_to_be_checked()
    expect(box).to_be_enabled()
    assert not own_page(server, token)["public"]
