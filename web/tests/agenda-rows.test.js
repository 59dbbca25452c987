// Proves what becomes of an agenda's rows: moving, times, sums, faults, and what the server is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  faultsOf,
  isTooLong,
  moved,
  newRow,
  PRESETS,
  slotsOf,
  totals,
  withTimes,
} from "../rooms/plan/agenda-rows.js";

/** @type {[number, number, string][]} */
const moves = [
  [0, 1, "bac"],
  [0, 2, "bca"],
  [2, 0, "cab"],
  [1, 1, "abc"],
  [1, 0, "bac"],
  [0, 9, "bca"],
  [2, -1, "cab"],
  [3, 0, "abc"],
  [-1, 0, "abc"],
];
for (const [from, to, order] of moves) {
  test(`moved from ${from} to ${to}: ${order}`, () => {
    const items = [..."abc"];
    assert.equal(moved(items, from, to).join(""), order);
    assert.deepEqual(items, [..."abc"]);
  });
}

const [standard] = PRESETS;
/** @param {Partial<ReturnType<typeof newRow>>} fields */
const row = (fields) => ({ ...newRow(standard, { title: "A" }), ...fields });

/** @type {[string, Partial<ReturnType<typeof newRow>>, [string, string] | null][]} */
const checks = [
  ["all is well", {}, null],
  ["full width", { pitch: "８", qa: " 0 " }, null],
  ["an empty row", { title: " ", pitch: "x" }, null],
  ["no title", { title: "", presenters: "Li" }, ["title", "no_title"]],
  ["a long title", { title: "x".repeat(201) }, ["title", "too_long"]],
  ["a long abstract", { abstract: "x".repeat(5_001) }, ["abstract", "too_long"]],
  ["a control character", { field: "a\u0000" }, ["field", "unfit"]],
  ["no pitch", { pitch: "" }, ["pitch", "minutes"]],
  ["a pitch of nothing", { pitch: "0" }, ["pitch", "minutes"]],
  ["a pitch too long", { pitch: "121" }, ["pitch", "minutes"]],
  ["half a minute", { qa: "0.5" }, ["qa", "minutes"]],
];
for (const [name, fields, fault] of checks) {
  test(`a row: ${name}`, () => {
    const found = faultsOf([row({}), row(fields)]);
    assert.deepEqual(
      found.map(({ n, field, code }) => [n, field, code]),
      fault ? [[2, ...fault]] : [],
    );
  });
}

test("sums leave out empty rows and count what can be read", () => {
  assert.deepEqual(totals([]), { slots: 0, minutes: 0 });
  const rows = [row({}), row({ title: "" }), row({ pitch: "?", qa: "5" })];
  assert.deepEqual(totals(rows), { slots: 2, minutes: 20 });
});

test("a preset is for all rows, and each keeps what else it is", () => {
  for (const times of PRESETS) {
    const rows = withTimes([row({ title: "A" }), row({ title: "B", qa: "" })], times);
    assert.deepEqual(
      slotsOf(rows).map(({ title, pitchMinutes, qaMinutes }) => ({
        title,
        pitchMinutes,
        qaMinutes,
      })),
      [{ title: "A", ...times }, { title: "B", ...times }],
    );
  }
});

test("what is sent has neither empty rows nor empty texts", () => {
  const [slot, ...others] = slotsOf([row({ title: " A ", field: " " }), row({ title: "" })]);
  assert.deepEqual(others, []);
  assert.deepEqual(JSON.parse(JSON.stringify(slot)), {
    title: "A",
    pitchMinutes: 8,
    qaMinutes: 7,
  });
});

test("all texts together have a limit, titles left out", () => {
  const rows = Array.from({ length: 20 }, () => row({ abstract: "文".repeat(5_000) }));
  assert.equal(isTooLong(rows), false);
  assert.equal(isTooLong([...rows, row({ presenters: "L" })]), true);
});
