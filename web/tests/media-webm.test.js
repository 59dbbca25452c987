// Proves WebM both ways: what the writer wrote the reader reads, in every cut, within its limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { opusHead } from "../media/opus-packet.js";
import { WebmReader, WebmRefused } from "../media/webm-reader.js";
import { webmCluster, webmHead } from "../media/webm-writer.js";

/** @param {Uint8Array[]} pieces */
function read(pieces) {
  /** @type {import("../media/webm-reader.js").WebmTrackFound[]} */
  const tracks = [];
  /** @type {import("../media/webm-reader.js").WebmFrame[]} */
  const frames = [];
  const reader = new WebmReader((track) => tracks.push(track), (frame) => frames.push(frame));
  for (const piece of pieces) reader.push(piece);
  return { tracks, frames };
}

/** @param {string} hex */
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

const head = webmHead({ codec: "vp8", width: 640, height: 360 });
const cluster = webmCluster([
  { time: 70_000, key: true, payload: Uint8Array.of(1, 2, 3) },
  { time: 70_040, key: false, payload: Uint8Array.of(4) },
]);
const whole = Uint8Array.from([...head, ...cluster]);
const wanted = {
  tracks: [{ track: 1, codec: "V_VP8", description: new Uint8Array(0), width: 640, height: 360 }],
  frames: [
    { track: 1, time: 70_000_000, key: true, payload: Uint8Array.of(1, 2, 3) },
    { track: 1, time: 70_040_000, key: false, payload: Uint8Array.of(4) },
  ],
};

test("what is written is read in every cut", () => {
  for (let at = 0; at <= whole.length; at++) {
    assert.deepEqual(read([whole.slice(0, at), whole.slice(at)]), wanted);
  }
  assert.deepEqual(read(Array.from(whole, (byte) => Uint8Array.of(byte))), wanted);
});

test("sound keeps its configuration", () => {
  const { tracks } = read([webmHead({ codec: "opus", description: opusHead(2) })]);
  assert.deepEqual(tracks, [
    { track: 1, codec: "A_OPUS", description: opusHead(2), width: 0, height: 0 },
  ]);
});

test("clusters of unknown size, block groups and strangers are read or passed over", () => {
  const stream = bytes(
    "1f43b675" + "01ffffffffffffff" + "e7" + "81" + "05" + // A cluster at 5 ms
      "ec" + "83" + "a3a3a3" + // Void
      "a0" + "87" + "a1" + "85" + "81000a00aa" + // BlockGroup, Block at 15 ms
      "1f43b675" + "ff" + "e7" + "81" + "00" + "a3" + "85" + "81fff680bb", // 10 ms before 0
  );
  assert.deepEqual(read([stream]).frames, [
    { track: 1, time: 15_000, key: false, payload: Uint8Array.of(0xaa) },
    { track: 1, time: 0, key: true, payload: Uint8Array.of(0xbb) },
  ]);
});

/** @type {[string, string][]} */
const refused = [
  ["element_id", "0f"],
  ["element_size", "a300"],
  ["element_size", "a3ff"],
  ["too_long", "a310100041"],
  ["block", "a38481000080"],
  ["lacing", "a3858100000600"],
  ["scale", "2ad7b18100"],
  ["element_size", "ae82d782"],
];
for (const [fault, hex] of refused) {
  test(`refused: ${fault} of ${hex}`, () => {
    const reader = new WebmReader(() => {}, () => {});
    const refusal = (/** @type {unknown} */ error) =>
      error instanceof WebmRefused && error.fault === fault;
    assert.throws(() => reader.push(bytes(hex)), refusal);
    assert.throws(() => reader.push(whole), refusal); // And ever after.
  });
}

test("the longest element that is kept is awaited", () => {
  assert.deepEqual(read([bytes("a310100040")]).frames, []);
});

test("arbitrary bytes are read or refused", () => {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let round = 0; round < 2_000; round++) {
    const broken = whole.slice();
    for (let i = 0; i < 3; i++) broken[Math.floor(random() * broken.length)] = random() * 256;
    try {
      read([broken]);
    } catch (error) {
      assert.ok(error instanceof WebmRefused, `round ${round}: ${error}`);
    }
  }
});
