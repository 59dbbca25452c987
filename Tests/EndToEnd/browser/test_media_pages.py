"""Proves what speakers and viewers of a roadshow see and hear: real devices of a browser, faked."""

import os
import re
import shutil

import pytest
from playwright.sync_api import expect

from harness import clips
from rooms import live_hall, make_hall
from visitors import PATIENCE, SIZES, Visitor, inspect

FAKE_DEVICES = [
    "--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]
AUTOPLAY = "--autoplay-policy=no-user-gesture-required"
WITHOUT = {
    "codecs": "for (const name of ['VideoDecoder', 'AudioDecoder', 'EncodedVideoChunk',"
              " 'EncodedAudioChunk']) delete globalThis[name];",
    "players": "for (const name of ['VideoDecoder', 'AudioDecoder', 'EncodedVideoChunk',"
               " 'EncodedAudioChunk', 'MediaSource', 'ManagedMediaSource'])"
               " delete globalThis[name];",
}
# Every sound of a page goes through a gain node before the ear: one more listens there.
LISTENER = """(() => {
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const ear = this.context.createAnalyser();
      connect.call(this, ear);
      (globalThis.ears ??= []).push(ear);
    }
    return connect.call(this, target, ...rest);
  };
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (name, ...rest) {
    const element = create.call(this, name, ...rest);
    if (name === "video") (globalThis.videos ??= []).push(element);
    return element;
  };
})();"""
HEARS = """() => (globalThis.ears ?? []).some((ear) => {
  const samples = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(samples);
  return samples.some((sample) => Math.abs(sample) > 0.01);
})"""
# Without a mixer each voice has an element of its own, which is in no document.
PLAYS = """() => (globalThis.videos ?? []).some((one) =>
  !one.muted && one.volume === 1 && one.currentTime > 1.5 && one.webkitAudioDecodedByteCount > 0)"""
# Whether a picture is there, has colours and changes; drawn small: 16 x 9 pixels.
CHANGES = """(selector) => {
  const element = document.querySelector(selector);
  if (!element) return false;
  const small = Object.assign(document.createElement("canvas"), { width: 16, height: 9 });
  const pen = small.getContext("2d");
  pen.drawImage(element, 0, 0, 16, 9);
  const pixels = [...pen.getImageData(0, 0, 16, 9).data];
  globalThis.seen ??= {};
  globalThis.seen[selector] ??= pixels.join();
  return new Set(pixels).size > 8 && globalThis.seen[selector] !== pixels.join();
}"""


def launch(playwright_browser, *options):
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return playwright_browser.browser_type.launch(
        executable_path=program, args=[*FAKE_DEVICES, *options])


@pytest.fixture(scope="module")
def stage_browser(browser):
    """A browser with a camera that counts and a microphone that beeps; it plays without a tap."""
    with launch(browser, AUTOPLAY) as launched:
        yield launched


@pytest.fixture(scope="module")
def strict_browser(browser):
    """The same, but sound waits for a tap."""
    with launch(browser) as launched:
        yield launched


@pytest.fixture
def come(stage_browser, request):
    """come(server, language=…, size=…, scheme=…, token=…, script=…) brings one more person."""
    visitors = []

    def come(server, *, language="zh-CN", size="desktop", scheme="light", token=None, script=None,
             tapless=False, **options):
        width, height = SIZES[size]
        launched = request.getfixturevalue("strict_browser") if tapless else stage_browser
        context = launched.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=scheme,
            timezone_id="Asia/Shanghai", **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTENER)
        if script:
            context.add_init_script(script)
        visitor = Visitor(context, server.url, language)
        visitors.append(visitor)
        if token is not None:
            visitor.holds(token)
        return visitor

    yield come
    for visitor in visitors:
        visitor.context.close()
    assert [error for visitor in visitors for error in visitor.errors] == []


def go_on_air(visitor, *kinds):
    for kind in kinds:
        button = talk(visitor, kind)
        expect(button).to_be_enabled()
        button.click()
        if visitor.page.locator("dialog").count() == 0 and kind == kinds[0]:
            visitor.sees("dialog")
        if visitor.page.locator("dialog").count():
            visitor.press(visitor.t("consent.agree"))
        expect(button).to_have_attribute("aria-pressed", "true")
    return visitor


def talk(visitor, kind):
    name = visitor.t(f"talk.{kind}")
    return visitor.page.locator(".talk-button").filter(has_text=name)


def watch(visitor, selector):
    """Waits until a picture is there and moves."""
    visitor.sees(selector)
    visitor.page.wait_for_function(CHANGES, arg=selector)
    return visitor


def hear(visitor):
    visitor.page.wait_for_function(HEARS)
    return visitor


@pytest.fixture
def on_stage(shared):
    return live_hall(shared).place_slides("1", 3).ask(("slot.call", {"slot": "1"}))


def test_a_presenter_is_seen_and_heard_on_desktop_and_phone(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "microphone", "camera")
    inspect(presenter.page)
    for size, language, scheme in (("desktop", "zh-CN", "light"), ("phone", "en", "dark"),
                                   ("small phone", "zh-CN", "dark")):
        viewer = come(shared, size=size, language=language, scheme=scheme).enter(hall.room)
        watch(viewer, ".place.small canvas")
        hear(viewer)
        # The beep of the fake microphone is somebody who speaks.
        viewer.sees(".tile.speaking")
        inspect(viewer.page)
        viewer.page.locator(".swap").click()
        viewer.sees(".place.large canvas").sees(".place.small img")
        inspect(viewer.page)
        viewer.context.close()


@pytest.mark.parametrize("layout", ["camera", "side", "gallery", "screen"])
def test_the_moderator_arranges_the_stage(shared, on_stage, come, layout):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "camera", "screen") if layout == "screen" else \
        go_on_air(presenter, "camera")
    hall.ask(("stage.arrange", {"layout": layout}))
    shown = {"camera": ".places.in-inset .place.large.of-person canvas",
             "side": ".places.in-side .place.half canvas",
             "gallery": ".places.in-gallery .place canvas",
             "screen": ".places.in-inset .place.large.of-person canvas"}[layout]
    for size in ("desktop", "phone"):
        viewer = come(shared, size=size).enter(hall.room)
        watch(viewer, shown)
        inspect(viewer.page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_without_codecs_pictures_and_sound_come_all_the_same(shared, on_stage, come, size):
    presenter = come(shared, token=on_stage.presenter("1")).enter(on_stage.room)
    go_on_air(presenter, "microphone", "camera")
    viewer = come(shared, size=size, script=WITHOUT["codecs"]).enter(on_stage.room)
    assert viewer.page.evaluate("globalThis.VideoDecoder === undefined")
    watch(viewer, ".place.small video").sees(".tile.speaking")
    viewer.page.wait_for_function(PLAYS)
    expect(viewer.page.locator(".media-note")).to_have_count(0)
    inspect(viewer.page)


@pytest.mark.parametrize("language, size", [("zh-CN", "desktop"), ("en", "phone")])
def test_without_players_the_page_says_what_is_missing(shared, on_stage, come, language, size):
    presenter = come(shared, token=on_stage.presenter("1")).enter(on_stage.room)
    go_on_air(presenter, "microphone", "camera")
    viewer = come(shared, language=language, size=size, script=WITHOUT["players"])
    viewer.enter(on_stage.room).sees(".media-note", viewer.t("media.missing.picture"))
    viewer.sees(".media-note", viewer.t("media.otherBrowser"))
    hear(viewer).sees(".screen img").sees(".voices .speaking", "李明")
    expect(viewer.page.locator("canvas, video")).to_have_count(0)
    inspect(viewer.page)


def test_inside_wechat_the_way_out_is_told(shared, on_stage, come):
    presenter = come(shared, token=on_stage.presenter("1")).enter(on_stage.room)
    go_on_air(presenter, "camera")
    viewer = come(shared, size="phone", script=WITHOUT["players"],
                  user_agent="Mozilla/5.0 (iPhone) MicroMessenger/8.0").enter(on_stage.room)
    viewer.sees(".media-note", "请在浏览器中打开")
    inspect(viewer.page)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_sound_waits_for_one_tap(shared, on_stage, come, size):
    presenter = come(shared, token=on_stage.presenter("1")).enter(on_stage.room)
    go_on_air(presenter, "microphone")
    viewer = come(shared, size=size, tapless=True)
    pictures = []
    viewer.page.on("websocket", lambda socket: socket.on(
        "framereceived", lambda frame: pictures.append(frame) if isinstance(frame, bytes) else None))
    # What a test asks of a page counts as a tap: nothing is asked until sound has come.
    viewer.open(f"/r/{on_stage.room}")
    while len(pictures) < 100:
        presenter.page.evaluate("new Promise(requestAnimationFrame)")
    viewer.sees(".sound-on", viewer.t("media.soundOn"))
    if size == "phone":
        expect(viewer.page.locator(".phone-bar .bar-sound")).to_be_in_viewport()
    inspect(viewer.page)
    assert not viewer.page.evaluate(HEARS)
    viewer.page.locator(".bar-sound" if size == "phone" else ".sound-on").click()
    expect(viewer.page.locator(".sound-on")).to_have_count(0)
    hear(viewer)


def test_listening_is_a_matter_of_taste_and_remembered(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "microphone", "camera")
    viewer = come(shared, language="en").enter(hall.room)
    watch(viewer, ".place.small canvas")
    hear(viewer)
    viewer.page.get_by_role("button", name=viewer.t("media.mute")).click()
    viewer.page.wait_for_function(f"() => !({HEARS})()")
    viewer.page.locator(".listen-more").click()
    viewer.sees("dialog")
    inspect(viewer.page)
    viewer.page.get_by_label(viewer.t("media.soundOnly")).check()
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.locator(".place.small")).to_have_count(0)
    viewer.sees(".screen img")
    viewer.enter(hall.room).sees(".listen [aria-pressed=true]")
    expect(viewer.page.locator(".place.small")).to_have_count(0)
    inspect(viewer.page)


def test_a_hand_is_raised_heard_muted_and_taken_back(shared, on_stage, come):
    hall = on_stage
    viewer = come(shared, size="phone").enter(hall.room).leave_card("张投资")
    other = come(shared, language="en").enter(hall.room).leave_card("Ann Investor")
    other.page.locator(".under-stage .hand").click()
    other.sees(".hand[aria-pressed=true]", "Hand raised, no. 1")
    viewer.page.locator(".phone-bar .hand").click()
    viewer.sees(".phone-bar .hand", "举手第 2 位")
    inspect(viewer.page)
    inspect(other.page)
    other.page.locator(".under-stage .hand").click()
    other.sees(".hand", "Raise hand")
    viewer.sees(".phone-bar .hand", "举手第 1 位")
    member = member_of(hall, "张投资")
    hall.ask(("floor.give", {"member": member}))
    viewer.sees(".talk-note.given", "主持人请您发言")
    expect(viewer.page.locator(".notices [role=status]")).to_have_text(re.compile("主持人请您发言"))
    inspect(viewer.page)
    go_on_air(viewer, "microphone")
    inspect(viewer.page)
    other.sees(".voices .speaking", "张投资")
    hear(other)
    hall.ask(("microphone.mute", {"member": member}))
    viewer.sees(".talk-note.problem", "主持人已将您静音")
    expect(talk(viewer, "microphone")).to_have_attribute("aria-pressed", "false")
    expect(other.page.locator(".voices .speaking")).to_have_count(0)
    other.sees(".voices", "muted")
    inspect(viewer.page)
    hall.ask(("microphone.unmute", {"member": member}))
    expect(talk(viewer, "microphone")).to_have_attribute("aria-pressed", "true")
    hall.ask(("floor.take", {"member": member}))
    viewer.sees(".notice", "您的发言已结束")
    expect(viewer.page.locator(".talk-bar")).to_have_count(0)
    expect(other.page.locator(".voices")).to_have_count(0)


def member_of(hall, name):
    people = hall.server.request("GET", f"/api/v1/rooms/{hall.room}/people?filter=all",
                                 token=hall.moderator).json["people"]
    return next(one["member"] for one in people if one["name"] == name)


def test_a_visitor_who_raises_a_hand_is_asked_for_a_card(shared, on_stage, come):
    viewer = come(shared).enter(on_stage.room)
    viewer.page.locator(".under-stage .hand").click()
    viewer.page.get_by_label(viewer.words["name"], exact=True).fill("张投资")
    viewer.page.get_by_role("button", name=viewer.words["submit"]).click()
    viewer.sees(".hand[aria-pressed=true]", "举手中，第 1 位")


def test_consent_is_asked_once_and_again_for_a_recording(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    talk(presenter, "microphone").click()
    presenter.sees("dialog", "可能会录制")
    inspect(presenter.page)
    presenter.press("不同意").sees(".talk-bar", "未同意录制")
    talk(presenter, "camera").click()
    expect(talk(presenter, "camera")).to_have_attribute("aria-pressed", "true")
    expect(presenter.page.locator("dialog")).to_have_count(0)
    viewer = come(shared, size="phone").enter(hall.room)
    hall.ask("recording.start")
    presenter.sees("dialog", "正在录制").sees(".state.recording", "录制中")
    viewer.sees(".state.recording", "录制中")
    expect(viewer.page.locator(".state.recording")).not_to_have_attribute("title", re.compile("李明"))
    presenter.press("同意录制").sees(".state.recording", "李明")
    expect(viewer.page.locator(".state.recording")).to_have_attribute("title", "录制中：李明")
    inspect(viewer.page)
    presenter.press("已同意录制").press("不同意").sees(".talk-bar", "未同意录制")
    expect(presenter.page.locator(".recording-names")).to_have_count(0)


def test_a_reload_offers_to_go_on_and_sends_nothing_by_itself(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "microphone", "camera")
    viewer = come(shared).enter(hall.room)
    watch(viewer, ".place.small canvas")
    presenter.page.reload()
    presenter.sees(".talk-note", "刷新页面前您正在发言")
    expect(viewer.page.locator(".place.small")).to_have_count(0)
    inspect(presenter.page)
    presenter.press("继续发言")
    for kind in ("microphone", "camera"):
        expect(talk(presenter, kind)).to_have_attribute("aria-pressed", "true")
    watch(viewer, ".place.small canvas")
    presenter.press("结束发言")
    expect(viewer.page.locator(".place.small")).to_have_count(0)
    presenter.enter(hall.room)
    expect(talk(presenter, "microphone")).to_be_enabled()
    expect(presenter.page.locator(".talk-note")).to_have_count(0)


@pytest.mark.parametrize("language, size, scheme",
                         [("zh-CN", "phone", "dark"), ("en", "desktop", "light")])
def test_devices_are_tried_before_the_room_opens(shared, come, language, size, scheme):
    hall = make_hall(shared)
    presenter = come(shared, language=language, size=size, scheme=scheme,
                     token=hall.presenter("1")).enter(hall.room)
    expect(talk(presenter, "microphone")).to_be_disabled()
    inspect(presenter.page)
    if size == "phone":
        presenter.page.locator(".talk-open").click()
    presenter.press(presenter.t("talk.test")).sees("dialog")
    inspect(presenter.page)
    presenter.press(presenter.t("test.tryMicrophone")).sees("dialog", presenter.t("test.heard"))
    presenter.press(presenter.t("test.tryCamera"))
    watch(presenter, ".test-view video")
    presenter.page.get_by_label(presenter.t("test.size")).select_option("small")
    presenter.press(presenter.t("test.tone"))
    inspect(presenter.page)
    presenter.press(presenter.t("test.done"))
    hall.ask("room.open", "room.start")
    go_on_air(presenter, "camera")
    viewer = come(shared).enter(hall.room)
    watch(viewer, ".in-side canvas")
    assert viewer.page.locator(".in-side canvas").evaluate("(one) => one.width") == 320


def test_a_refused_device_is_told_with_what_to_do(shared, on_stage, come):
    refuse = "navigator.mediaDevices.getUserMedia = () =>" \
        " Promise.reject(new DOMException('no', 'NotAllowedError'));"
    presenter = come(shared, token=on_stage.presenter("1"), script=refuse).enter(on_stage.room)
    expect(talk(presenter, "microphone")).to_be_enabled()
    talk(presenter, "microphone").click()
    presenter.sees(".talk-note.problem", "允许使用后重试")
    inspect(presenter.page)
    presenter.page.locator(".talk-note.problem button").click()
    expect(presenter.page.locator(".talk-note.problem")).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "small phone"])
def test_captions_are_shown_to_who_wants_them(shared, on_stage, come, size):
    hall = on_stage
    viewer = come(shared, size=size, language="en").enter(hall.room)
    hall.ask(("caption.add", {"language": "en", "text": "The first line."}),
             ("caption.add", {"language": "zh-CN", "text": "第一行。"}))
    viewer.sees(".listen-more")
    expect(viewer.page.locator(".captions")).to_have_count(0)
    viewer.page.locator(".listen-more").click()
    viewer.page.locator("dialog select").last.select_option("en")
    viewer.page.keyboard.press("Escape")
    viewer.sees(".captions[aria-live=polite]", "The first line.")
    hall.ask(("caption.add", {"language": "en", "text": "<b>Second</b> line."}))
    viewer.sees(".captions", "<b>Second</b> line.")
    assert "第一行" not in viewer.page.locator(".captions").inner_text()
    inspect(viewer.page)
    viewer.enter(hall.room).sees(".captions", "<b>Second</b> line.")


def test_an_interpretation_is_chosen(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "microphone")
    link = shared.request("POST", f"/api/v1/rooms/{hall.room}/invites", {"role": "captioner"},
                          token=hall.moderator).json["token"]
    ivy = shared.request("POST", "/api/v1/session/invite", {"token": link, "name": "Ivy"})
    interpreter = come(shared, token=ivy.json["token"], language="en").enter(hall.room)
    interpreter.sees(".interpret")
    expect(talk(interpreter, "microphone")).to_have_count(0)
    interpreter.page.get_by_label("Interpret into").select_option("ja")
    go_on_air(interpreter, "interpretation")
    inspect(interpreter.page)
    viewer = come(shared).enter(hall.room)
    viewer.page.locator(".listen-more").click()
    viewer.page.get_by_label("同声传译").select_option("ja")
    inspect(viewer.page)
    viewer.page.keyboard.press("Escape")
    hear(viewer)


def test_everything_of_speaking_is_reached_by_keyboard(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    button = talk(presenter, "microphone")
    expect(button).to_be_enabled()
    for _ in range(30):
        presenter.page.keyboard.press("Tab")
        if button.evaluate("(one) => one === document.activeElement"):
            break
    presenter.page.keyboard.press("Space")
    presenter.sees("dialog")
    presenter.page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    presenter.page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    presenter.sees(".talk-button", "已静音")
    presenter.page.keyboard.press("Tab")
    presenter.page.keyboard.press("Enter")
    expect(talk(presenter, "camera")).to_have_attribute("aria-pressed", "true")


def test_a_lost_line_is_told_and_comes_back(shared, on_stage, come):
    hall = on_stage
    presenter = come(shared, token=hall.presenter("1")).enter(hall.room)
    go_on_air(presenter, "microphone", "camera")
    viewer = come(shared, language="en")
    sockets, down = [], []

    def opened(socket):
        if down:
            socket.close(code=4000, reason="down")
        else:
            sockets.append(socket)
            socket.connect_to_server()

    viewer.page.route_web_socket(re.compile("/ws/media$"), opened)
    viewer.enter(hall.room)
    watch(viewer, ".place.small canvas")
    down.append(True)
    sockets.pop().close(code=4000, reason="cut")
    viewer.sees(".stage-sign", "interrupted")
    inspect(viewer.page)
    down.clear()
    watch(viewer, ".place.small canvas")
    expect(viewer.page.locator(".stage-sign")).to_have_count(0)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_recording_that_plays_is_marked_as_one(shared, on_stage, come, size):
    hall, token = on_stage, on_stage.presenter("1")
    with shared.peer(token) as peer:
        peer.join(hall.room)
        answer = shared.request("POST", f"/api/v1/rooms/{hall.room}/slots/1/recordings",
                                clips.clip(60), token=token)
        recording = answer.json["recording"]
        peer.ask("recording.offer", hall.room, {"recording": recording})
    hall.ask(("playback.start", {"recording": recording, "from": 2_000}))
    # Also its own presenter sees and hears it, as everybody does.
    for viewer in (come(shared, size=size), come(shared, size=size, token=token)):
        watch(viewer.enter(hall.room), ".place.small canvas")
        hear(viewer)
        viewer.sees(".stage-sign.playing", "正在播放李明的录像").sees(".stage-sign", "/ 01:00")
        inspect(viewer.page)
    hall.ask("playback.pause")
    viewer.sees(".stage-sign.playing", "已暂停")
    hall.ask("playback.stop")
    expect(viewer.page.locator(".stage-sign, .place.small")).to_have_count(0)
