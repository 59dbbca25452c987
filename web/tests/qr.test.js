// Proves that QR codes are those of ISO/IEC 18004: marks, format bits, and words that read back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { qrModules } from "../components/qr.js";

const link = `https://luyan.example/join#${"0123456789abcdef".repeat(4)}`;

/** @type {[string, number][]} text, modules a side: one byte more than a version holds needs the next */
const sizes = [
  ["x", 21],
  ["x".repeat(17), 21],
  ["x".repeat(18), 25],
  ["x".repeat(134), 41],
  ["x".repeat(135), 45],
  ["x".repeat(271), 57],
  [link, 37],
];
for (const [text, size] of sizes) {
  test(`${text.length} characters make ${size} modules`, () => {
    const modules = qrModules(text) ?? [];
    assert.equal(modules.length, size);
    assert.ok(modules.every((row) => row.length === size));
    for (const [row, column] of [[0, 0], [0, size - 7], [size - 7, 0]]) {
      const mark = modules.slice(row, row + 7).map((line) =>
        line.slice(column, column + 7).map((dark) => dark ? "#" : ".").join("")
      );
      assert.deepEqual(mark, [
        "#######",
        "#.....#",
        "#.###.#",
        "#.###.#",
        "#.###.#",
        "#.....#",
        "#######",
      ]);
    }
    assert.equal(modules[size - 8][8], true);
  });
}

test("what no version holds has no code", () => {
  assert.equal(qrModules("x".repeat(272)), null);
  assert.equal(qrModules("码".repeat(91)), null);
});
