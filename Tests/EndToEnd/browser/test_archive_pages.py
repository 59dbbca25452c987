"""Proves the archive desk and the page that checks a record: every step, every state, four looks."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from rooms import live_hall, make_hall
from visitors import inspect


def shown(server):
    """A roadshow that is over, with talk in it."""
    hall = live_hall(server).place_slides("1", 2)
    hall.guest = server.guest("张投资", organisation="某基金", kind="investor")
    with server.peer(hall.guest) as guest:
        guest.join(hall.room)
        guest.ask("chat.say", hall.room, {"text": "温度是三百度"})
        guest.ask("chat.say", hall.room, {"text": "我的电话 13800000000"})
    hall.own = hall.presenter("1")
    with server.peer(hall.own) as presenter:
        presenter.join(hall.room)
    return hall.ask(("slot.call", {"slot": "1"}), "pitch.start", "slot.finish",
                    ("slot.skip", {"slot": "2"}), "room.end", "room.end_confirm")


def sealed(server, audience="public"):
    return shown(server).ask(
        ("archive.consent", {"slot": "1", "agree": True}),
        ("archive.arrange", {"audience": audience, "retention": "10_years"}),
        ("archive.review", {"review": "transcript", "done": True}),
        ("archive.review", {"review": "redactions", "done": True}),
        "archive.seal", "archive.seal_confirm")


def test_the_desk_from_the_end_to_the_seal(shared, visit, look):
    hall = shown(shared)
    desk = visit(shared, token=hall.moderator, **look).open(f"/r/{hall.room}/archive")
    page, say = desk.page, desk.t
    desk.sees(".archive-steps", say("archive.step.transcript")).sees(".archive-lines", "温度是三百度")
    inspect(page)
    desk.look(f"archive-desk-{look['language']}-{look['size']}-{look['scheme']}", full_page=True)
    line = page.locator(".archive-lines > li", has_text="温度是三百度")
    line.get_by_role("button", name=say("archive.correct")).click()
    page.get_by_role("dialog").get_by_label(say("archive.reads")).fill("温度是 300 °C")
    inspect(page)
    page.get_by_role("dialog").get_by_role("button", name=say("archive.correct")).click()
    line = page.locator(".archive-lines > li", has_text="300 °C")
    expect(line).to_contain_text("温度是三百度")
    line = page.locator(".archive-lines > li", has_text="13800000000")
    line.get_by_role("button", name=say("archive.remove")).click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"\d"))
    inspect(page)
    page.get_by_role("dialog").get_by_role("button", name=say("archive.remove")).click()
    expect(page.locator(".archive-steps")).not_to_contain_text("13800000000")
    for review in ("transcript", "redactions"):
        page.get_by_role("button", name=say(f"archive.review.{review}")).click()
    expect(page.get_by_role("button", name=say("archive.unreview"))).to_have_count(2)
    page.locator("input[value=public]").check()
    page.locator("input[value='10_years']").check()
    page.get_by_role("button", name=say("archive.decide")).click()
    seal = page.get_by_role("button", name=say("archive.seal"), exact=True)
    expect(seal).to_be_disabled()
    page.get_by_role("button", name=say("archive.agreesOnPaper")).or_(
        page.get_by_role("button", name=say("archive.agreeFor", title="高温超导磁体"))).first.click()
    expect(seal).to_be_enabled()
    seal.click()
    page.get_by_role("button", name=re.compile(say("archive.confirm", time=".*")
                                               .replace("(", r"\(").replace(")", r"\)"))).click()
    desk.sees(".archive-facts", say("archive.audience.public"))
    expect(page.locator(".archive-bundles a")).to_have_count(2, timeout=30_000)
    inspect(page)
    desk.look(f"archive-sealed-{look['language']}-{look['size']}-{look['scheme']}", full_page=True)
    with page.expect_download() as download:
        page.locator(".archive-bundles a").first.click()
    assert download.value.suggested_filename.endswith(".zip")


def test_a_supplement_and_a_hold(shared, visit):
    hall = sealed(shared)
    desk = visit(shared, token=hall.moderator).open(f"/r/{hall.room}/archive")
    page, say = desk.page, desk.t
    page.get_by_label(say("archive.add")).fill("合同号 2026-17")
    page.get_by_role("button", name=say("archive.addIt")).click()
    desk.sees(".archive-lines", "合同号 2026-17")
    page.get_by_role("button", name=say("archive.hold"), exact=True).click()
    page.get_by_role("dialog").get_by_label(say("reason.label")).fill("诉讼")
    page.get_by_role("dialog").get_by_role("button", name=say("archive.hold"), exact=True).click()
    desk.sees(".archive-facts", say("archive.held"))
    inspect(page)


def test_a_presenter_agrees_for_its_own_slot(shared, visit, far_look):
    hall = shown(shared)
    own = visit(shared, token=hall.own, **far_look).open(f"/r/{hall.room}/archive")
    own.sees(".archive-consents", "高温超导磁体")
    own.page.get_by_role("button", name=own.t("archive.agreeFor", title="高温超导磁体")).click()
    own.sees(".archive-consents", own.t("archive.agreed"))
    inspect(own.page)


def test_others_are_told_how_the_record_stands(shared, visit, far_look):
    early = live_hall(shared)
    visitor = visit(shared, **far_look).open(f"/r/{early.room}/archive")
    visitor.sees(".state-card", visitor.t("archive.early"))
    inspect(visitor.page)
    visitor.open(f"/r/{shown(shared).room}/archive").sees(".state-card", visitor.t("archive.denied"))
    inspect(visitor.page)
    kept = sealed(shared, "members")
    visitor.open(f"/r/{kept.room}/archive").sees(".state-card", visitor.t("archive.kept"))
    inspect(visitor.page)
    member = visit(shared, token=kept.guest, **far_look).open(f"/r/{kept.room}/archive")
    expect(member.page.locator(".archive-bundles a")).to_have_count(1, timeout=30_000)
    inspect(member.page)
    gone = make_hall(shared, "room.cancel")
    visitor.open(f"/r/{gone.room}/archive").sees(".state-card", visitor.t("archive.early"))
    visitor.open(f"/r/{'0' * 32}/archive").sees(".state-card")


def test_the_desk_comes_back_after_its_line(shared, visit):
    hall = shown(shared)
    desk = visit(shared, token=hall.moderator).open(f"/r/{hall.room}/archive").sees(".archive-steps")
    desk.context.set_offline(True)
    desk.page.evaluate("dispatchEvent(new Event('offline'))")
    desk.sees(".banner.wait")
    desk.context.set_offline(False)
    expect(desk.page.locator(".banner.wait")).to_have_count(0)
    desk.page.get_by_role("button", name=desk.t("archive.review.transcript")).click()
    expect(desk.page.get_by_role("button", name=desk.t("archive.unreview"))).to_be_visible()


@pytest.fixture(scope="module")
def bundle(shared, tmp_path_factory):
    """The bundle that everybody gets of a sealed room."""
    hall = sealed(shared)
    path = tmp_path_factory.mktemp("bundle") / "b.zip"
    from harness.waiting import until

    def made():
        answer = shared.request("GET", f"/api/v1/rooms/{hall.room}/bundles/everyone.zip")
        if answer.status == 200:
            path.write_bytes(answer.body)
        return answer.status == 200
    until(made)
    return path


def test_a_record_is_checked_in_the_browser(shared, visit, bundle, look, tmp_path):
    visitor = visit(shared, **look).open("/verify").sees(".archive-drop")
    page, say = visitor.page, visitor.t
    inspect(page)
    page.locator("input[type=file]").set_input_files(bundle)
    told = page.locator(".archive-told strong")
    expect(told).to_have_text(say("verify.consistent"))
    key = shared.request("GET", "/api/v1/site").json["key"]
    page.get_by_label(say("verify.key")).fill(key.upper())
    expect(told).to_have_text(say("verify.verified"))
    inspect(page)
    visitor.look(f"verify-{look['language']}-{look['size']}-{look['scheme']}", full_page=True)
    page.get_by_label(say("verify.key")).fill("0" * 64)
    expect(told).to_have_text(say("verify.otherKey"))
    data = bytearray(bundle.read_bytes())
    place = data.index("温度是三百度".encode())
    data[place] ^= 1
    forged = tmp_path / "forged.zip"
    forged.write_bytes(data)
    page.locator("input[type=file]").set_input_files(forged)
    expect(told).to_have_text(say("verify.broken"))
    expect(page.locator(".archive-told")).to_contain_text("log.jsonl")
    inspect(page)
    text = tmp_path / "text.zip"
    text.write_text("nothing")
    page.locator("input[type=file]").set_input_files(text)
    expect(told).to_have_text(say("verify.unusable"))


def test_the_browser_agrees_with_the_other_verifiers(shared, visit, bundle, tmp_path):
    visitor = visit(shared).open("/verify")
    data = bundle.read_bytes()
    told = visitor.page.locator(".archive-told strong")
    for place in range(10, len(data), len(data) // 40):
        changed = bytearray(data)
        changed[place] ^= 0x20
        path = tmp_path / f"{place}.zip"
        path.write_bytes(changed)
        visitor.page.locator("input[type=file]").set_input_files(path)
        expect(visitor.page.locator(".archive-told.broken")).to_be_visible()
        visitor.page.locator("input[type=file]").set_input_files(bundle)
        expect(told).to_have_text(visitor.t("verify.consistent"))


def test_a_log_by_itself_is_checked_too(shared, visit, tmp_path):
    hall = sealed(shared)
    path = tmp_path / "log.jsonl"
    path.write_bytes(shared.request("GET", f"/api/v1/rooms/{hall.room}/log").body)
    visitor = visit(shared).open("/verify")
    visitor.page.locator("input[type=file]").set_input_files(path)
    expect(visitor.page.locator(".archive-told strong")).to_have_text(
        visitor.t("verify.consistent"))


def test_the_replay_in_a_bundle_plays_without_a_server(shared, chromium, bundle, tmp_path):
    with zipfile.ZipFile(bundle) as files:
        files.extractall(tmp_path)
    page = chromium().new_context(offline=True).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "reader.html").as_uri())
    expect(page.locator("body")).to_contain_text("高温超导磁体")
    expect(page.locator("body")).to_contain_text("温度是三百度")
    assert errors == []
