// Proves that words are found on pages as people type them, and what of a page is shown for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, joined } from "../rooms/words/find.js";

/** @param {string[]} texts @param {string} asked */
const pages = (texts, asked) => find(texts, asked).map(({ page }) => page);

/** @param {string} text @param {string} asked */
const shown = (text, asked) =>
  find([text], asked)[0].parts.map(({ text, marked }) => marked ? `[${text}]` : text).join("");

test("a page has all of the words, in any order and case", () => {
  const texts = ["High fields", "fields of HIGH\nfrequency", "", "low"];
  assert.deepEqual(pages(texts, "high field"), [1, 2]);
  assert.deepEqual(pages(texts, "  FREQUENCY high "), [2]);
  assert.deepEqual(pages(texts, "high low"), []);
  assert.deepEqual(pages(texts, ""), []);
  assert.deepEqual(pages(texts, "  "), []);
});

test("a Chinese word is found over the end of its line, an English one keeps its blanks", () => {
  assert.equal(joined("高温超\n导磁体 与\n 线圈\nhigh\nfield"), "高温超导磁体与线圈 high field");
  assert.deepEqual(pages(["高温超\n导磁体"], "超导"), [1]);
});

test("what is typed in full width finds the common form", () => {
  assert.deepEqual(pages(["AB12"], "ＡＢ１２"), [1]);
});

test("the words are marked in what stands around the first", () => {
  assert.equal(shown("one two three", "two"), "one [two] three");
  assert.equal(shown("超导与超导体", "超导 超导体"), "[超导]与[超导体]");
  const long = `${"前".repeat(50)}磁体${"后".repeat(200)}`;
  const found = shown(long, "磁体");
  assert.ok(found.startsWith("…前") && found.includes("前[磁体]后") && found.endsWith("后…"));
  assert.ok(found.length < 110);
});

test("what is typed is text, no expression", () => {
  assert.deepEqual(pages(["a.c", "abc"], "a.c"), [1]);
  for (const sign of "\\^$.*+?()[]{}|/-") assert.deepEqual(pages([`x${sign}y`, "xy"], sign), [1]);
});

test("no character is cut in half", () => {
  assert.ok(!/\ufffd/u.test(shown(`${"𠀀".repeat(30)}x${"𠀀".repeat(120)}`, "x").toWellFormed()));
});
