// Proves what a clock shows, in which colour, and when it warns; both sides of each border.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clockText, readClock, warning } from "../rooms/clock.js";

/** @type {[number, string][]} */
const texts = [
  [480_000, "08:00"],
  [479_999, "08:00"],
  [479_000, "07:59"],
  [60_001, "01:01"],
  [1_000, "00:01"],
  [1, "00:01"],
  [0, "00:00"],
  [-999, "00:00"],
  [-1_000, "+0:01"],
  [-61_500, "+1:01"],
  [6_000_000, "100:00"],
];
for (const [milliseconds, text] of texts) {
  test(`${milliseconds} ms show as ${text}`, () => assert.equal(clockText(milliseconds), text));
}

/** @param {number} endsAt @param {"pitch" | "overtime" | "qa"} [phase] */
function running(endsAt, phase = "pitch") {
  return { slot: "1", phase, totalMs: 480_000, endsAt, remainingMs: null };
}

/** @type {[number, string][]} */
const levels = [
  [60_001, "calm"],
  [60_000, "minute"],
  [30_001, "minute"],
  [30_000, "half"],
  [1, "half"],
  [0, "over"],
  [-1, "over"],
];
for (const [remaining, level] of levels) {
  test(`with ${remaining} ms left the clock is ${level}`, () => {
    assert.equal(readClock(running(remaining), 0).level, level);
  });
}

test("overtime is over from its first second", () => {
  assert.equal(readClock(running(30_000, "overtime"), 0).level, "over");
});

test("a stopped clock keeps what is left", () => {
  const stopped = { ...running(0), endsAt: null, remainingMs: 5_000 };
  assert.deepEqual(readClock(stopped, 99), {
    phase: "pitch",
    remaining: 5_000,
    running: false,
    level: "half",
  });
});

/** @type {[number, number, 60 | 30 | 0 | null][]} */
const warnings = [
  [60_001, 60_000, 60],
  [60_000, 59_999, null],
  [30_001, 30_000, 30],
  [1, 0, 0],
  [0, -1, null],
  [61_000, -1, 0],
];
for (const [before, after, seconds] of warnings) {
  test(`from ${before} to ${after} ms left the warning is ${seconds}`, () => {
    const read = (/** @type {number} */ left) => readClock(running(left), 0);
    assert.equal(warning(read(before), read(after)), seconds);
  });
}

test("a new phase and the first reading do not warn", () => {
  const end = readClock(running(1), 0);
  assert.equal(warning(null, readClock(running(0), 0)), null);
  assert.equal(warning(end, readClock(running(0, "qa"), 0)), null);
});
