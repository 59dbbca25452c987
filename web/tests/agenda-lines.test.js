// Proves how pasted lines become slots, and which line is named when one does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAgenda } from "../rooms/agenda-lines.js";

const plain = { title: "A", presenters: "", organisation: "", pitchMinutes: 8, qaMinutes: 7 };

/** @type {[string, object][]} */
const lines = [
  ["A", plain],
  ["A | Li Ming | University | 10+5", {
    title: "A",
    presenters: "Li Ming",
    organisation: "University",
    pitchMinutes: 10,
    qaMinutes: 5,
  }],
  ["钙钛矿｜李明｜某大学｜８＋７", {
    title: "钙钛矿",
    presenters: "李明",
    organisation: "某大学",
    pitchMinutes: 8,
    qaMinutes: 7,
  }],
  ["A\tLi\tU\t6+0", {
    ...plain,
    presenters: "Li",
    organisation: "U",
    pitchMinutes: 6,
    qaMinutes: 0,
  }],
  ["A |||", plain],
  ["A ||| 120 + 120", { ...plain, pitchMinutes: 120, qaMinutes: 120 }],
];
for (const [text, slot] of lines) {
  test(`a slot: ${text}`, () => assert.deepEqual(parseAgenda(text), { slots: [slot], errors: [] }));
}

/** @type {[string, string][]} */
const faults = [
  ["| Li", "no_title"],
  ["A|B|C|8+7|E", "too_many_fields"],
  ["A|||8", "bad_times"],
  ["A|||0+7", "bad_times"],
  ["A|||121+7", "bad_times"],
  ["A|||8+121", "bad_times"],
  ["x".repeat(201), "too_long"],
  [`A|${"x".repeat(201)}`, "too_long"],
];
for (const [text, code] of faults) {
  test(`refused as ${code}: ${text.slice(0, 20)}`, () => {
    const { slots, errors } = parseAgenda(text);
    assert.deepEqual(slots, []);
    assert.deepEqual(errors.map(({ line, code }) => [line, code]), [[1, code]]);
  });
}

test("empty lines count, so that a fault names the line one sees", () => {
  const { slots, errors } = parseAgenda("A\r\n\n  \n| B\nC");
  assert.deepEqual(slots.map(({ title }) => title), ["A", "C"]);
  assert.deepEqual(errors.map(({ line }) => line), [4]);
});

test("characters are counted, not code units", () => {
  assert.equal(parseAgenda("😀".repeat(200)).errors.length, 0);
  assert.equal(parseAgenda("😀".repeat(201)).errors.length, 1);
});

test("sixty slots are taken, the sixty-first is refused by its line", () => {
  const { slots, errors } = parseAgenda("A\n".repeat(61));
  assert.equal(slots.length, 60);
  assert.deepEqual(errors.map(({ line, code }) => [line, code]), [[61, "too_many"]]);
});
