// Proves the header of media frames, and what packets and pictures say of themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decodeFrame,
  distance,
  encodeFrame,
  FrameRefused,
  HEADER,
  MOST_PAYLOAD,
} from "../media/frame.js";
import { levelOf } from "../media/level.js";
import { channelsOf, opusHead, packetDuration, SILENT_PACKET } from "../media/opus-packet.js";
import { isKeyFrame, sizeOf } from "../media/vp8.js";

/** Shared with the server: version, flags, track, sequence, time, level, duration, payload. */
const GOLDEN = "01" + "01" + "0102" + "01020304" + "00065bfeda27c240" + "2a" + "004e20" + "f8fffe";

const frame = {
  track: 258,
  sequence: 16_909_060,
  key: true,
  leftOut: false,
  time: 1_790_000_000_123_456,
  level: 42,
  duration: 20_000,
  payload: SILENT_PACKET,
};

/** @param {string} hex */
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** @param {Uint8Array} value */
const hexOf = (value) => [...value].map((byte) => byte.toString(16).padStart(2, "0")).join("");

test("a frame is written and read as the golden line says", () => {
  assert.equal(hexOf(encodeFrame(frame)), GOLDEN);
  assert.deepEqual(decodeFrame(bytes(GOLDEN).buffer), frame);
});

test("numbers stand at their borders", () => {
  const most = {
    ...frame,
    track: 65_535,
    sequence: 0xffff_ffff,
    key: false,
    leftOut: true,
    level: 255,
    duration: 0xff_ffff,
    time: Number.MAX_SAFE_INTEGER,
  };
  assert.deepEqual(decodeFrame(encodeFrame(most).buffer), most);
  const wrapped = decodeFrame(encodeFrame({ ...frame, sequence: 2 ** 32 + 1 }).buffer);
  assert.equal(wrapped.sequence, 1);
  const long = decodeFrame(encodeFrame({ ...frame, duration: 0x100_0000 }).buffer);
  assert.equal(long.duration, 0xff_ffff);
});

/** @type {[string, string, number][]} */
const refused = [
  ["", "short", 0],
  [GOLDEN.slice(0, 38), "short", 19],
  [GOLDEN.slice(0, 40), "empty", 0],
  ["00" + GOLDEN.slice(2), "version", 0],
  ["02" + GOLDEN.slice(2), "version", 2],
  ["0104" + GOLDEN.slice(4), "flags", 4],
  ["0180" + GOLDEN.slice(4), "flags", 128],
];
for (const [hex, fault, value] of refused) {
  test(`a frame is refused: ${fault} ${value}`, () => {
    assert.throws(
      () => decodeFrame(bytes(hex).buffer),
      (error) => error instanceof FrameRefused && error.fault === fault && error.value === value,
    );
  });
}

test("the longest payload passes, one byte more does not", () => {
  const message = new Uint8Array(HEADER + MOST_PAYLOAD + 1);
  message[0] = 1;
  assert.equal(decodeFrame(message.slice(0, -1).buffer).payload.length, MOST_PAYLOAD);
  assert.throws(() => decodeFrame(message.buffer), FrameRefused);
  assert.throws(
    () => encodeFrame({ ...frame, payload: new Uint8Array(MOST_PAYLOAD + 1) }),
    FrameRefused,
  );
});

/** @type {[number, number, number][]} */
const distances = [[0, 1, 1], [5, 5, 0], [7, 5, -2], [0xffff_ffff, 0, 1], [0, 0xffff_ffff, -1]];
for (const [from, to, steps] of distances) {
  test(`from ${from} to ${to} are ${steps}`, () => assert.equal(distance(from, to), steps));
}

/** @type {[string, number[], number][]} */
const levels = [
  ["a full square", [1, -1], 0],
  ["half of it", [0.5, -0.5], 6],
  ["beyond full", [2, 2], 0],
  ["hardly anything", [1e-9], 127],
  ["nothing", [0, 0], 127],
];
for (const [name, samples, level] of levels) {
  test(`the level of ${name} is ${level}`, () => {
    assert.equal(levelOf(Float32Array.from(samples)), level);
  });
}

/** @type {[string, number][]} microseconds */
const packets = [
  ["", 0],
  ["f8fffe", 20_000],
  ["78", 20_000],
  ["00", 10_000],
  ["18", 60_000],
  ["e0", 2_500],
  ["f9", 40_000],
  ["fb03", 60_000],
  ["fb06", 120_000],
  ["fb07", 0],
  ["fb", 0],
];
for (const [hex, duration] of packets) {
  test(`the packet ${hex} lasts ${duration}`, () => {
    assert.equal(packetDuration(bytes(hex)), duration);
  });
}

test("the configuration of Opus tells its channels", () => {
  assert.equal(hexOf(opusHead(1)), "4f70757348656164" + "0101" + "3801" + "80bb0000" + "000000");
  assert.deepEqual([channelsOf(opusHead(1)), channelsOf(opusHead(2)), channelsOf(null)], [1, 2, 1]);
});

test("a VP8 frame tells whether it is a key frame, and its size", () => {
  const key = bytes("5042009d012a80026801");
  assert.ok(isKeyFrame(key));
  assert.deepEqual(sizeOf(key), { width: 640, height: 360 });
  assert.ok(!isKeyFrame(bytes("5142009d012a80026801")));
  assert.ok(!isKeyFrame(bytes("5042009d012b80026801")));
  assert.ok(!isKeyFrame(key.subarray(0, 9)));
});
