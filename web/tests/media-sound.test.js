// Proves how sound is evened out, timed and decoded, and when a picture is due beside it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Delay } from "../media/delay.js";
import { JitterBuffer } from "../media/jitter.js";
import { LipSync } from "../media/lip-sync.js";
import { Resampler } from "../media/resample.js";
import { SampleClock } from "../media/sample-clock.js";
import { WasmOpus } from "../media/wasm-opus.js";

const ms = 48; // samples
const PIECE = 20 * ms;

/** @param {number} value @param {number} [length] */
const piece = (value, length = PIECE) => new Float32Array(length).fill(value);

/** @param {JitterBuffer} buffer @param {number} length samples */
function pull(buffer, length) {
  const out = new Float32Array(length);
  for (let at = 0; at < length; at += 128) buffer.pull(out.subarray(at, at + 128));
  return out;
}

/** @param {number} [pieces] @param {number} [start] microseconds */
function filled(pieces = 4, start = 1_000_000) {
  const buffer = new JitterBuffer();
  for (let i = 0; i < pieces; i++) buffer.push(start + i * 20_000, piece(1));
  return buffer;
}

test("sound begins when 80 ms wait, not a piece earlier", () => {
  const early = filled(3);
  assert.ok(pull(early, PIECE).every((sample) => sample === 0));
  assert.equal(early.time, null);
  const buffer = filled(4);
  assert.equal(buffer.time, 1_000_000);
  assert.ok(pull(buffer, PIECE).every((sample) => sample === 1));
  assert.equal(Math.round(buffer.time ?? 0), 1_020_000);
});

test("running dry asks for more, a pause does not", () => {
  const late = filled();
  pull(late, 4 * PIECE + 256);
  late.push(1_080_000, piece(1));
  assert.deepEqual([late.underruns, late.target], [1, 100 * ms]);
  const paused = filled();
  pull(paused, 4 * PIECE + 256);
  paused.push(3_000_000, piece(1));
  assert.deepEqual([paused.underruns, paused.target], [0, 80 * ms]);
});

test("the target has an upper border", () => {
  const buffer = filled(1);
  let time = 1_020_000;
  for (let round = 0; round < 40; round++) {
    while (buffer.time === null) {
      buffer.push(time, piece(1));
      time += 20_000;
    }
    pull(buffer, 500 * ms);
  }
  assert.equal(buffer.target, 300 * ms);
});

test("after a calm while the target sinks to its lower border", () => {
  const buffer = filled();
  for (let i = 4; i < 4_000; i++) {
    buffer.push(1_000_000 + i * 20_000, piece(1));
    pull(buffer, i % 2 ? 896 : 1_024);
  }
  assert.deepEqual([buffer.target, buffer.underruns], [60 * ms, 0]);
});

/** @type {[string, number, number][]} hole in ms, samples that then wait */
const holes = [
  ["none", 0, 5 * PIECE],
  ["trembling", 5, 5 * PIECE],
  ["a lost piece", 20, 6 * PIECE],
  ["the longest loss", 200, 5 * PIECE + 200 * ms],
  ["a pause", 201, 5 * PIECE],
  ["an earlier time", -40, 5 * PIECE],
];
for (const [name, hole, held] of holes) {
  test(`a hole: ${name}`, () => {
    const buffer = filled();
    buffer.push(1_080_000 + hole * 1_000, piece(1));
    assert.equal(buffer.held, held);
  });
}

test("what piled up is cut at once, and never outgrows its second", () => {
  const buffer = filled(19);
  assert.equal(buffer.held, 380 * ms);
  buffer.push(1_380_000, piece(1, PIECE + 1));
  assert.equal(buffer.held, 80 * ms);
  assert.ok(Math.abs((buffer.time ?? 0) - 1_320_000) < 100);
  buffer.push(2_000_000, piece(1, 10 * 48_000));
  assert.ok(buffer.held <= 48_000);
});

test("what waits too long is cut within two seconds", () => {
  const buffer = filled(10);
  for (let i = 10; i < 120; i++) {
    buffer.push(1_000_000 + i * 20_000, piece(1));
    pull(buffer, i % 2 ? 896 : 1_024);
  }
  assert.ok(buffer.held <= 100 * ms, `${buffer.held / ms} ms wait`);
});

test("seeded pushes and pulls keep the limits", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const buffer = new JitterBuffer();
  let time = 1e15;
  for (let i = 0; i < 20_000; i++) {
    if (random() < 0.14) {
      time += random() < 0.02 ? random() * 1e6 : 20_000;
      buffer.push(time, piece(random() - 0.5));
    } else pull(buffer, 128);
    assert.ok(buffer.held >= 0 && buffer.held <= 48_000, `seed 7, step ${i}`);
    assert.ok(buffer.target >= 60 * ms && buffer.target <= 300 * ms, `seed 7, step ${i}`);
    assert.ok(buffer.time === null || Math.abs(buffer.time - time) < 2e6, `seed 7, step ${i}`);
  }
});

/** @type {[string, number, number, number][]} picture's time in ms, now in ms, wait in ms */
const pictures = [
  ["at once where nothing was heard lately", 1_000, 6_001, 0],
  ["90 ms before its sound", 1_100, 5_000, 10],
  ["what is late", 1_000, 5_000, 0],
  ["no longer than half a second", 9_000, 5_000, 500],
];
for (const [name, time, now, wait] of pictures) {
  test(`a picture is due: ${name}`, () => {
    const sync = new LipSync();
    sync.heard(1_000_000, 5_000); // Sound of second 1 is heard at second 5.
    assert.equal(sync.wait(time * 1_000, now), wait);
  });
}

test("a late report of what is heard holds no picture back", () => {
  const sync = new LipSync();
  sync.heard(1_000_000, 5_000);
  sync.heard(1_050_000, 5_350);
  assert.equal(sync.wait(1_100_000, 5_000), 10);
  for (let i = 0; i < 8; i++) sync.heard(2_000_000 + i * 50_000, 6_300 + i * 50);
  assert.equal(sync.wait(2_400_000, 6_600), 10); // It really has become later.
});

test("without sound a picture is due at once", () => {
  assert.equal(new LipSync().wait(1e9, 0), 0);
});

test("pieces have the time of the earliest that came", () => {
  const clock = new SampleClock();
  assert.equal(clock.next(960, 1_030), 1_010); // 10 ms late, as the next one shows.
  assert.equal(clock.next(960, 1_040), 1_020);
  assert.equal(clock.next(960, 1_095), 1_040); // Late alone: its time stays.
  assert.equal(clock.next(960, 1_095), 1_060);
});

test("a device that stood still is followed after a second", () => {
  const clock = new SampleClock();
  let now = 0;
  for (let i = 0; i < 50; i++) clock.next(960, now += 20);
  now += 5_000;
  let time = 0;
  for (let i = 0; i < 101; i++) time = clock.next(960, now += 20);
  assert.ok(Math.abs(time - (now - 20)) < 1, `${time} of ${now - 20}`);
});

test("another rate becomes 48,000 a second, across pieces", () => {
  const resampler = new Resampler(24_000);
  const out = [Float32Array.of(0, 2), Float32Array.of(4, 6)].flatMap((samples) => [
    ...resampler.next(samples),
  ]);
  assert.deepEqual(out, [0, 1, 2, 3, 4, 5, 6]);
  const same = Float32Array.of(1, 2);
  assert.equal(new Resampler(48_000).next(same), same);
});

test("a stall makes all play later, a calm while brings them back", () => {
  const delay = new Delay();
  const first = delay.value;
  delay.stalled(2_000);
  delay.stalled(2_999); // The same one.
  assert.equal(delay.value, first + 60);
  delay.passed(16_999);
  assert.equal(delay.value, first + 60);
  delay.passed(17_000);
  assert.equal(delay.value, first + 40);
  for (let now = 20_000; now < 60_000; now += 1_000) delay.stalled(now);
  assert.equal(delay.value, 800);
});

// A tone of 440 Hz by libopus, 20 ms each.
const TONE = [
  "7881a7b76c9e99ac0000045bb88eb3dc72f53e56677c429328783c61ae61313a53c4eec25d9a136b320ce60409a8" +
  "fee44ecbaa5a53583f9913e928f1b0e995dde57f023f31395dbcbf2e5cafad5ff138b2c8489480d8862c04",
  "78a0af37ac9500efa6ef87c64987c81da6d0896452818afc729bc1e8839bb5958c346930a532137b85f1cd686471" +
  "ab22cbd541cf48963c1c0f4f41f789bd",
  "789ab2df759cfc4b3a460d77a76aa02f12acfbb24c30a643d6bbf3a52d8bedc0173974dcd54bd7ce733d25f4037b" +
  "079584b86f774b5ff5d6e7f72cdd7c04",
  "789ab2df759cfc45edd8093d28c54ece76199c1f9193c99fffc2b9384d3f6b3d1534be3b582da81cc9bd47f356c6" +
  "ac3bb966dd4d73c2659b5dd43a6f594b130d",
];
const file = await readFile(new URL("../vendor/opus-decoder.wasm", import.meta.url));
const opus = await WebAssembly.compile(new Uint8Array(file));

/** @param {string} hex */
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

for (const channels of /** @type {const} */ ([1, 2])) {
  test(`the vendored decoder plays a tone, ${channels} channels`, () => {
    const decoder = new WasmOpus(opus, channels);
    const samples = TONE.flatMap((packet) => [...decoder.decode(bytes(packet)) ?? []]);
    assert.equal(samples.length, 4 * 960);
    const settled = samples.slice(1_920);
    const crossings = settled.filter((sample, i) => i > 0 && settled[i - 1] < 0 && sample >= 0);
    assert.ok(Math.abs(crossings.length - 440 * 0.04) <= 1, `${crossings.length} waves in 40 ms`);
    const loudest = Math.max(...settled);
    assert.ok(loudest > 0.1 && loudest < 0.15, `${loudest}`); // ffmpeg's sine has 1/8.
  });
}

test("the vendored decoder refuses what is no packet, and goes on", () => {
  const decoder = new WasmOpus(opus, 1);
  assert.equal(decoder.decode(new Uint8Array(0)), null);
  assert.equal(decoder.decode(new Uint8Array(4_097)), null);
  assert.equal(decoder.decode(bytes("fb07")), null);
  assert.equal(decoder.decode(bytes("f8fffe"))?.length, 960);
});

test("the vendored decoder takes arbitrary bytes", () => {
  let seed = 3;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const decoder = new WasmOpus(opus, 2);
  for (let round = 0; round < 1_500; round++) {
    const packet = Uint8Array.from({ length: 1 + random() * 200 }, () => random() * 256);
    const samples = decoder.decode(packet);
    assert.ok(samples === null || samples.length <= 5_760, `seed 3, round ${round}`);
  }
});
