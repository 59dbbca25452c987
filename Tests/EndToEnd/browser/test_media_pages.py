"""Proves what speakers and viewers of a roadshow see and hear: real devices of a browser, faked."""

import os
import re
import shutil

import pytest
from playwright.sync_api import expect

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
})();"""
HEARS = """() => (globalThis.ears ?? []).some((ear) => {
  const samples = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(samples);
  return samples.some((sample) => Math.abs(sample) > 0.01);
})"""
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


def bringer(browser):
    visitors = []

    def come(server, *, language="zh-CN", size="desktop", scheme="light", token=None, script=None,
             base=None, **options):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=scheme,
            timezone_id="Asia/Shanghai", **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTENER)
        if script:
            context.add_init_script(script)
        visitor = Visitor(context, base or server.url, language)
        visitors.append(visitor)
        if token is not None:
            visitor.holds(token)
        return visitor

    return come, visitors


@pytest.fixture
def come(stage_browser):
    bring, visitors = bringer(stage_browser)
    yield bring
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
    shown = {"camera": ".places.inset .place.large.of-person canvas",
             "side": ".places.side .place.half canvas",
             "gallery": ".places.gallery .place canvas",
             "screen": ".places.inset .place.large.of-person canvas"}[layout]
    for size in ("desktop", "phone"):
        viewer = come(shared, size=size).enter(hall.room)
        watch(viewer, shown)
        inspect(viewer.page)
