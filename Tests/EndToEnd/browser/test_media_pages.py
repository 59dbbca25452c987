"""Proves what viewers of a roadshow see and hear of those who are on its stage."""

import re

import pytest
from playwright.sync_api import expect

from harness import clips
from stage import HEARS, PLAYS, WITHOUT, go_on_air, hear, talk, watch
from visitors import inspect


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
        viewer.sees(".stage-sign.playing", "正在播放李明的录像").sees(".stage-sign", "/ 1:00")
        inspect(viewer.page)
    hall.ask("playback.pause")
    viewer.sees(".stage-sign.playing", "已暂停")
    hall.ask("playback.stop")
    expect(viewer.page.locator(".stage-sign, .place.small")).to_have_count(0)
