"""Proves replays: what was seen at a second is shown at that second, its states, looks and keys."""

import json
import re
import subprocess
import time

import pytest
from playwright.sync_api import expect

from harness.server import PROGRAM, ROOT, clean_environment
from harness.waiting import until
from rooms import live_hall, make_hall
from visitors import inspect

SEEN = """() => ({
    slide: document.querySelector(".screen img[data-slide]")?.alt ?? null,
    card: document.querySelector(".screen .title-card h2")?.textContent ?? null,
    phase: document.querySelector(".clock .clock-phase")?.textContent ?? null,
    paused: [...document.querySelectorAll(".banner.info")].map((one) => one.textContent),
})"""
SAID = """(rows) => rows.map((row) => row.querySelector(".said-text").textContent)"""


def opened_at(hall):
    """When the replay of a hall begins: milliseconds."""
    answer = hall.server.request("GET", f"/api/v1/rooms/{hall.room}/events?limit=100")
    for event in answer.json["events"]:
        if event["parts"][0]["body"].get("type") == "room.opened":
            return event["at"]
    raise AssertionError("the doors never opened")


def second_after(begin):
    """Waits until a whole second of the replay has passed since what happened last, and names it."""
    second = int((time.time() * 1000 - begin) // 1000) + 1
    until(lambda: time.time() * 1000 >= begin + second * 1000, f"second {second}")
    return second


def shows(reader, lines):
    """What is on a replay's stage, and what stands in these lines of its transcript."""
    heard = reader.page.locator(lines).evaluate_all(SAID)
    return (reader.page.evaluate(SEEN),
            [text for text in heard if text != reader.t("replay.removed")])


def says(server, hall, name, *commands):
    with server.peer(server.guest(name)) as peer:
        peer.join(hall.room)
        return [peer.ask(kind, hall.room, data)["seq"] for kind, data in commands]


def past_hall(server, **plan):
    """A hall with slides, words, a question with an answer and a poll, that is over."""
    hall = live_hall(server, **plan).place_slides("1", 3)
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start", ("slide.show", {"slot": "1", "page": 2}))
    _, asked = says(server, hall, "张投资", ("chat.say", {"text": "大家好，材料很清楚"}),
                    ("question.ask", {"text": "成本如何？", "slot": "1"}))
    hall.ask(("question.answer", {"question": str(asked), "text": "每瓦两元"}),
             ("poll.open", {"kind": "single", "question": "投给谁？", "options": ["甲", "乙"],
                            "results": "live"}))
    return hall.ask(("announcement.make", {"text": "十点继续"}), "slot.finish",
                    ("slot.skip", {"slot": "2"}), "room.end", "room.end_confirm")


def replay(visitor, hall, second=None):
    hash_ = "" if second is None else f"#t={second}"
    visitor.open("/").open(f"/r/{hall.room}/replay{hash_}")
    return visitor.sees(".replay .screen").sees(".transcript")


def test_what_was_seen_at_a_second_is_replayed_at_that_second(shared, visit):
    hall = make_hall(shared, "room.open").place_slides("1", 3)
    begin = opened_at(hall)
    viewers = [visit(shared).enter(hall.room), visit(shared, size="phone").enter(hall.room)]
    removed = []

    def chats(text):
        seq = says(shared, hall, "张投资", ("chat.say", {"text": text}))[0]
        viewers[0].tab("chat").sees(".said-text", text)
        return seq

    def removes():
        removed.append(chats("这句会被移除"))
        hall.ask(("content.redact", {"seq": removed[0], "reason": "mistake"}))
        expect(viewers[0].page.get_by_text("这句会被移除")).to_have_count(0)

    steps = [
        lambda: hall.ask("room.start"),
        lambda: hall.ask(("slot.call", {"slot": "1"}), "pitch.start"),
        lambda: (hall.ask(("slide.show", {"slot": "1", "page": 2})), chats("讲得很清楚")),
        removes,
        lambda: says(shared, hall, "李提问", ("question.ask", {"text": "成本如何？", "slot": "1"})),
        lambda: hall.ask(("slide.show", {"slot": "1", "page": 3}), "qa.start"),
        lambda: hall.ask(("poll.open", {"kind": "yes_no", "question": "投吗？", "results": "closed"}),
                         "clock.pause"),
        lambda: hall.ask("room.pause"),
        lambda: hall.ask("room.resume", ("slot.finish", {}), ("slot.call", {"slot": "2"})),
    ]
    looks = []
    for step in steps:
        step()
        second = second_after(begin)
        viewers[0].tab("chat")
        said = viewers[0].page.locator(".chat .said:not(.removed)").evaluate_all(SAID)
        seen = [viewer.page.evaluate(SEEN) for viewer in viewers]
        assert seen[0] == seen[1]
        viewers[0].tab("qa")
        asked = viewers[0].page.locator(".questions .said-text").all_inner_texts()
        looks.append((second, seen[0], said, asked))
    assert len({json.dumps(look[1:]) for look in looks}) == len(looks) - 1  # A poll shows elsewhere.
    hall.ask("room.end", "room.end_confirm")
    reader = replay(visit(shared), hall)
    expect(reader.page.locator(".banner.wait")).to_have_count(0)
    for second, seen, said, asked in [*looks, *reversed(looks)]:
        reader.page.evaluate("(second) => { location.hash = `t=${second}`; }", second)
        shown = ".line.of-chat:is(.is-past, .is-current)"
        until(lambda: shows(reader, shown) == (seen, said), f"second {second}: {seen}, {said}")
        reader.page.get_by_role("tab", name=reader.t("tab.qa"), exact=True).click()
        expect(reader.page.locator(".replay-question .said-text")).to_have_text(asked)
        expect(reader.page.get_by_text("这句会被移除")).to_have_count(0)
        reader.page.get_by_role("tab", name=reader.t("replay.transcript")).click()
    assert "这句会被移除" not in reader.page.content()
    log = shared.request("GET", f"/api/v1/rooms/{hall.room}/log").body.decode()
    assert "这句会被移除" not in log


def test_the_replay_of_a_room(shared, visit, look):
    hall = past_hall(shared)
    reader = visit(shared, **look)
    replay(reader, hall, 1)
    reader.sees(".transcript .line")
    reader.look("replay-" + "-".join(look.values()))
    inspect(reader.page)
    for name in ("tab.qa", "tab.agenda", "tab.polls", "replay.transcript"):
        reader.page.get_by_role("tab", name=reader.t(name), exact=True).click()
        reader.look(f"{name}-" + "-".join(look.values()))
        inspect(reader.page)
    if look["size"] != "desktop":
        reader.page.locator(".replay-options-fold summary").click()
        inspect(reader.page)


def test_scores_are_shown_from_when_they_were_told(shared, visit, far_look):
    hall = live_hall(shared)
    hall.ask(("judging.arrange", {"criteria": [{"weight": 100, "name": "创新性"}],
                                  "publication": "each_slot"}))
    begin = opened_at(hall)
    token = hall.joins_as("judge", "钱评委")
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start")
    with shared.peer(token) as judge:
        judge.join(hall.room)
        judge.ask("sheet.submit", hall.room, {"slot": "1", "marks": [90]})
    second = second_after(begin)
    hall.ask("slot.finish", ("scoring.close", {"slot": "1"}), "room.end", "room.end_confirm")
    reader = visit(shared, **far_look)
    replay(reader, hall, second)
    reader.page.get_by_role("tab", name=reader.t("replay.results")).click()
    reader.sees(".empty", reader.t("replay.noResults"))
    replay(reader, hall, second + 60)
    reader.page.get_by_role("tab", name=reader.t("replay.results")).click()
    reader.sees(".placed-total", "90.00")
    inspect(reader.page)


def test_it_plays_by_keys_and_tells_a_link(shared, visit):
    hall = live_hall(shared)
    begin = opened_at(hall)
    says(shared, hall, "张投资", ("chat.say", {"text": "开始了"}))
    second_after(begin), second_after(begin)
    says(shared, hall, "张投资", ("chat.say", {"text": "快结束了"}))
    hall.ask("room.end", "room.end_confirm")
    reader = replay(visit(shared), hall)
    page = reader.page
    reader.sees(".replay-play", reader.t("replay.play"))
    page.keyboard.press("k")
    reader.sees(".replay-play", reader.t("replay.pause"))
    for _ in range(4):
        page.keyboard.press(">")
    expect(page.locator(".replay-rate select")).to_have_value("3")
    reader.sees(".line.is-current", reader.t("room.state.follow_up"))
    reader.sees(".replay-play", reader.t("replay.play"))
    page.keyboard.press("<")
    expect(page.locator(".replay-rate select")).to_have_value("2")
    page.keyboard.press("j")
    expect(page.locator(".replay-time")).to_contain_text("0:00 /")
    page.keyboard.press("l")
    expect(page.locator(".replay-time")).not_to_contain_text("0:00 /")
    bar = page.get_by_label(reader.t("replay.seek"), exact=True)
    bar.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".replay-time")).to_contain_text("0:00 /")
    page.keyboard.press("Space")
    reader.sees(".replay-play", reader.t("replay.pause"))
    page.keyboard.press("Space")
    page.get_by_role("button", name=reader.t("replay.copy")).click()
    # Found by a word, gone to by its line, and told by a link that leads there.
    page.get_by_label(reader.t("replay.find")).fill("快结束")
    reader.sees(".replay-search", "1")
    page.locator(".line.found .line-time").click()
    reader.sees(".line.is-current.found", "快结束了")
    expect(page.locator(".replay-time")).to_contain_text(re.compile("0:0[12]"))
    page.get_by_label(reader.t("replay.find")).fill("没有的词")
    reader.sees(".replay-search", reader.t("replay.foundNone"))
    later = replay(visit(shared), hall, 2)
    expect(later.page.locator(".replay-time")).to_contain_text("0:02 /")
    place = later.page.get_by_label(later.t("replay.seek"), exact=True).input_value()
    assert float(place) == pytest.approx(2_000, abs=1)


def test_the_states_of_a_replay(shared, visit, far_look):
    empty = make_hall(shared)
    reader = visit(shared, **far_look).open(f"/r/{empty.room}/replay")
    reader.sees(".state-card", reader.t("replay.empty"))
    inspect(reader.page)
    closed = make_hall(shared, "room.open", "room.start", door={"admission": "invitation"})
    says_it = closed.ask(("announcement.make", {"text": "开始"}), ("slot.call", {"slot": "1"}))
    outside = visit(shared, **far_look).open(f"/r/{says_it.room}/replay")
    outside.sees(".state-card", outside.t("replay.outside"))
    inspect(outside.page)
    member = visit(shared, token=closed.moderator, **far_look)
    replay(member, closed, 9).sees(".line", "高温超导磁体")
    lost = visit(shared, **far_look).open("/r/" + "0" * 32 + "/replay")
    lost.sees(".state-card", lost.t("room.missing"))
    hall = past_hall(shared)
    broken = visit(shared, **far_look)
    broken.page.route("**/log", lambda route: route.abort())
    broken.open(f"/r/{hall.room}/replay").sees(".state-card", broken.t("replay.failed"))
    inspect(broken.page)
    broken.page.unroute("**/log")
    broken.press(broken.t("common.tryAgain")).sees(".replay .screen")


def test_who_comes_late_catches_up_and_falls_into_the_live_room(shared, visit):
    hall = live_hall(shared)
    begin = opened_at(hall)
    for number in range(7):
        says(shared, hall, "张投资", ("chat.say", {"text": f"第 {number} 句"}))
        second_after(begin)
    late = visit(shared).enter(hall.room)
    expect(late.page.get_by_role("link", name=late.t("late.fromStart"))).to_have_count(0)
    # With the first project over there is something that one missed.
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start", "slot.finish")
    late = visit(shared).enter(hall.room)
    late.page.get_by_role("link", name=late.t("late.fromStart")).click()
    late.sees(".banner", "正在追播")
    expect(late.page.locator(".replay-rate select")).to_have_value("1.5")
    late.sees(".notices", late.t("replay.caughtUp"))
    expect(late.page.locator(".connection.online")).to_be_attached()
    assert late.page.url.endswith(f"/r/{hall.room}")
    # Without the hurry it stays, tells what comes, and leads there by a button.
    calm = visit(shared)
    replay(calm, hall).sees(".banner", calm.t("replay.isLive"))
    says(shared, hall, "张投资", ("chat.say", {"text": "刚刚说的"}))
    calm.sees(".line.is-coming", "刚刚说的")
    inspect(calm.page)
    calm.page.get_by_role("link", name=calm.t("replay.toLive")).click()
    expect(calm.page.locator(".connection.online")).to_be_attached()


def test_a_room_that_is_over_leads_to_its_replay(shared, visit):
    hall = past_hall(shared)
    viewer = visit(shared).enter(hall.room)
    viewer.page.get_by_role("link", name=viewer.t("late.watch")).first.click()
    viewer.sees(".replay .screen")
    report = visit(shared).open(f"/r/{hall.room}/outcome")
    report.page.get_by_role("link", name=report.t("outcome.replay")).click()
    report.sees(".replay .screen")


def test_a_recording_plays_along(shared, speaks, come):
    hall = live_hall(shared)
    presenter = speaks(hall, hall.presenter("1"))
    hall.ask("recording.start")
    presenter.publishes("camera", "voice")
    presenter.asks("recording.consent", {"agree": True})
    presenter.plays(4)
    hall.ask("recording.stop", "room.end", "room.end_confirm")
    staff = come(shared, token=hall.moderator)
    replay(staff, hall)
    video = staff.page.locator("video.replay-video")
    expect(video).to_be_attached()
    staff.page.keyboard.press("k")
    place = video.evaluate("""(video) => new Promise((done) => {
        const look = () => video.currentTime > 1.5 ? done(video.videoWidth)
            : requestAnimationFrame(look);
        look();
    })""")
    assert place == 320
    inspect(staff.page)
    # Recordings are staff's: a visitor has the log alone, and is told of no fault.
    viewer = replay(come(shared), hall, 1)
    expect(viewer.page.locator("video")).to_have_count(0)
    expect(viewer.page.locator(".media-note")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_log_that_was_taken_away_is_read_without_server_and_line(shared, visit, tmp_path, language):
    hall = live_hall(shared).place_slides("1", 2)
    hall.ask(("slot.call", {"slot": "1"}))
    says(shared, hall, "张投资", ("chat.say", {"text": "</script><script>alert(1)</script><!--"}))
    hall.ask("room.end", "room.end_confirm")
    log = tmp_path / "log.jsonl"
    log.write_bytes(shared.request("GET", f"/api/v1/rooms/{hall.room}/log").body)
    files = tmp_path / "files"
    files.mkdir()
    for digest in set(re.findall(rb'file\\":\\"([0-9a-f]{64})', log.read_bytes())):
        picture = shared.request("GET", f"/api/v1/rooms/{hall.room}/files/{digest.decode()}").body
        (files / f"{digest.decode()}.png").write_bytes(picture)
    page = tmp_path / "reader.html"
    subprocess.run([PROGRAM, "reader", log, "-o", page, "--set", f"server.web={ROOT / 'web'}"],
                   check=True, env=clean_environment(None))
    assert b"</script><script>alert" not in page.read_bytes()
    reader = visit(shared, language=language)
    told, asked = [], []
    reader.page.on("console", lambda message: message.type == "error" and told.append(message.text))
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.context.set_offline(True)
    reader.page.goto(page.as_uri())
    reader.sees(".replay .screen")
    inspect(reader.page)
    reader.page.get_by_role("tab", name=reader.t("tab.agenda"), exact=True).click()
    reader.page.get_by_role("button", name=re.compile("高温超导磁体")).click()
    slide = reader.page.locator(".screen img[data-slide]")
    expect(slide).to_be_visible()
    assert slide.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    reader.page.get_by_role("tab", name=reader.t("replay.transcript")).click()
    reader.sees(".line", "</script><script>alert(1)</script><!--")
    other = {"zh-CN": "English", "en": "中文"}[language]
    reader.page.get_by_role("button", name=other).click()
    expect(reader.page.locator("html")).not_to_have_attribute("lang", language)
    reader.page.keyboard.press("k")
    assert told == []
    assert all(url.startswith(("file:", "data:")) for url in asked)
