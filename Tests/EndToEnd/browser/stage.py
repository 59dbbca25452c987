"""What a visitor with devices does on the stage, and what a test sees and hears of it."""

from playwright.sync_api import expect

FAKE_DEVICES = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
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
