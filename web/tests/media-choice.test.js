// Proves what is chosen to play and publish with, by what a browser has, and how pictures fit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matterOf, mostOf } from "../media/capture.js";
import { choosePlayers, publishingBarrier } from "../media/choose.js";
import { FrameCache } from "../media/frame-cache.js";
import { fitted, stepsOf } from "../media/picture-encoder.js";

const codecs = { VideoDecoder: 1, EncodedVideoChunk: 1, AudioDecoder: 1, EncodedAudioChunk: 1 };
const MediaSource = { isTypeSupported: () => true };
const onlyVideo = { isTypeSupported: (/** @type {string} */ type) => type.startsWith("video") };
const WebAssembly = {};
const AudioContext = 1;

/** @type {[string, Record<string, unknown>, string, string][]} */
const players = [
  ["all", { ...codecs, MediaSource, WebAssembly, AudioContext }, "webcodecs", "webcodecs"],
  [
    "no audio decoder",
    { VideoDecoder: 1, EncodedVideoChunk: 1, MediaSource, WebAssembly, AudioContext },
    "webcodecs",
    "wasm",
  ],
  ["no codecs", { MediaSource, WebAssembly, AudioContext }, "mse", "mse"],
  ["a phone's source", { ManagedMediaSource: MediaSource }, "mse", "mse"],
  ["a source of pictures", { MediaSource: onlyVideo, WebAssembly, AudioContext }, "mse", "wasm"],
  ["WebAssembly alone", { WebAssembly, AudioContext }, "none", "wasm"],
  ["no mixer", { ...codecs, MediaSource }, "webcodecs", "mse"],
  ["nothing", {}, "none", "none"],
];
for (const [name, scope, picture, sound] of players) {
  test(`players with ${name}: ${picture} and ${sound}`, () => {
    assert.deepEqual(choosePlayers(scope), { picture, sound });
  });
}

const secure = { isSecureContext: true, navigator: { mediaDevices: {} } };
/** @type {[Record<string, unknown>, string | null][]} */
const barriers = [
  [{ isSecureContext: false, navigator: {} }, "media.insecure_context"],
  [{ isSecureContext: true, navigator: {} }, "media.insecure_context"],
  [secure, "media.no_encoder"],
  [{ ...secure, MediaRecorder: 1 }, null],
  [{ ...secure, VideoEncoder: 1 }, null],
];
for (const [scope, barrier] of barriers) {
  test(`a barrier to publishing: ${barrier}`, () => {
    assert.equal(publishingBarrier(scope), barrier);
  });
}

test("kinds are sound or picture, and no larger than agreed", () => {
  assert.deepEqual(
    /** @type {const} */ (["voice", "interpretation", "camera", "screen"]).map(matterOf),
    ["sound", "sound", "picture", "picture"],
  );
  assert.deepEqual(mostOf("camera", {}), { width: 640, height: 360 });
  assert.deepEqual(mostOf("camera", { width: 4_000, height: 3_000 }), {
    width: 1_280,
    height: 720,
  });
  assert.deepEqual(mostOf("screen", { width: 10 }), { width: 1_600, height: 1_200 });
});

/** @type {[number, number, number, number][]} */
const sizes = [
  [640, 360, 640, 360],
  [640, 480, 480, 360],
  [360, 640, 360, 640],
  [1_920, 1_080, 640, 360],
  [1_080, 1_920, 360, 640],
  [321, 181, 322, 182],
  [1, 1, 2, 2],
];
for (const [width, height, across, down] of sizes) {
  test(`${width}x${height} fits as ${across}x${down}`, () => {
    assert.deepEqual(fitted(width, height, { width: 640, height: 360 }), {
      width: across,
      height: down,
    });
  });
}

test("every picture may cost less on a slow line", () => {
  assert.deepEqual(stepsOf({ kind: "camera", width: 640, height: 360 }), [
    400_000,
    250_000,
    150_000,
  ]);
  for (const kind of ["camera", "screen"]) {
    const steps = stepsOf({ kind, width: 1_280, height: 720 });
    assert.deepEqual(steps, [...steps].sort((a, b) => b - a));
    assert.equal(steps.at(-1), 150_000);
  }
});

/** @param {boolean} key @param {number} bytes */
const frame = (key, bytes) => ({
  track: 1,
  sequence: 0,
  key,
  leftOut: false,
  time: 0,
  level: 255,
  duration: 0,
  payload: new Uint8Array(bytes),
});

test("frames since the last key frame are kept, within a bound", () => {
  const cache = new FrameCache();
  cache.add(frame(false, 1));
  assert.equal(cache.frames.length, 0);
  cache.add(frame(true, 1));
  cache.add(frame(false, 1));
  assert.equal(cache.frames.length, 2);
  cache.add(frame(true, 1));
  assert.equal(cache.frames.length, 1);
  for (let i = 1; i < 300; i++) cache.add(frame(false, 1));
  assert.equal(cache.frames.length, 300);
  cache.add(frame(false, 1));
  assert.equal(cache.frames.length, 0); // Until the next key frame.
  cache.add(frame(true, 4 << 20));
  assert.equal(cache.frames.length, 1);
  cache.add(frame(false, 1));
  assert.equal(cache.frames.length, 0);
});
