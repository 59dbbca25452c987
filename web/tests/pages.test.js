// Proves addresses, the order of questions, and what the document asks for: nothing inline, vendor as listed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dayAndTime, texts, timeOfDay } from "../app/i18n.js";
import { place } from "../app/address.js";
import { wrapped } from "../rooms/roadshow/poster.js";
import { sorted } from "../rooms/roadshow/questions.js";

const room = "0123456789abcdef0123456789abcdef";

/** @type {[string, object][]} */
const places = [
  ["/", { is: "home" }],
  ["/new", { is: "new" }],
  ["/join", { is: "join" }],
  ["/enter", { is: "enter" }],
  ["/sign-in", { is: "sign-in" }],
  ["/account", { is: "account" }],
  ["/people", { is: "people" }],
  ["/organisations", { is: "organisations" }],
  ["/o/17", { is: "organisation", organisation: "17" }],
  ["/o/0", { is: "nowhere" }],
  ["/o/017", { is: "nowhere" }],
  ["/o/x", { is: "nowhere" }],
  ["/p/" + "0a".repeat(16), { is: "profile", profile: "0a".repeat(16) }],
  ["/p/" + "0A".repeat(16), { is: "nowhere" }],
  ["/p/1", { is: "nowhere" }],
  [`/r/${room}`, { is: "room", room }],
  [`/r/${room}/screen`, { is: "screen", room }],
  [`/r/${room}/outcome`, { is: "outcome", room }],
  [`/r/${room}/replay`, { is: "replay", room }],
  [`/r/${room}/screen/`, { is: "nowhere" }],
  [`/r/${room}0`, { is: "nowhere" }],
  [`/r/${room.slice(1)}`, { is: "nowhere" }],
  [`/r/${room.toUpperCase()}`, { is: "nowhere" }],
  ["/old", { is: "nowhere" }],
];
for (const [path, where] of places) {
  test(`${path} is ${JSON.stringify(where)}`, () => assert.deepEqual(place(path), where));
}

const question = { slot: null, by: null, at: 0, votes: 0, state: /** @type {const} */ ("open") };
const questions = [
  { ...question, id: "1", seq: 1, votes: 1 },
  { ...question, id: "2", seq: 2, votes: 5 },
  { ...question, id: "3", seq: 3, votes: 0, state: /** @type {const} */ ("answering") },
  { ...question, id: "4", seq: 4, votes: 9, state: /** @type {const} */ ("answered") },
  { ...question, id: "5", seq: 5, votes: 5 },
];

test("questions stand by votes, then by time; what is answered last", () => {
  assert.deepEqual(sorted(questions, "votes").map(({ id }) => id), ["3", "2", "5", "1", "4"]);
});

test("questions stand by time; what is being answered first", () => {
  assert.deepEqual(sorted(questions, "time").map(({ id }) => id), ["3", "1", "2", "5", "4"]);
});

test("the document has no inline script, style or handler", async () => {
  const document = await readFile(new URL("../index.html", import.meta.url), "utf8");
  assert.ok(!/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/.test(document));
});

test("vendored files are those of the manifest", async () => {
  const folder = new URL("../vendor/", import.meta.url);
  const manifest = JSON.parse(await readFile(new URL("manifest.json", folder), "utf8"));
  for (const [name, { sha256 }] of Object.entries(manifest)) {
    const digest = createHash("sha256").update(await readFile(new URL(name, folder))).digest("hex");
    assert.equal(digest, sha256, name);
  }
});

/** @type {[string, number, RegExp][]} language, months after January, text */
const dates = [
  ["zh-CN", 10, /^11月25日周三 00:05 \S+$/],
  ["zh-CN", 22, /^2027年11月25日周四 00:05 \S+$/],
  ["en", 10, /^Wed, Nov 25, 00:05 \S+$/],
  ["en", 22, /^Thu, Nov 25, 2027, 00:05 \S+$/],
];
for (const [language, months, text] of dates) {
  test(`a date in ${language}, ${months} months on, has its zone last and its year where it differs`, () => {
    const before = texts.language;
    texts.language = /** @type {import("../types.d.ts").Language} */ (language);
    try {
      const at = new Date(2026, months, 25, 0, 5).getTime();
      assert.match(dayAndTime(at, new Date(2026, 0, 1).getTime()), text);
      assert.equal(timeOfDay(at), "00:05");
    } finally {
      texts.language = before;
    }
  });
}

/** @type {[string, number, string[]][]} */
const wraps = [
  ["", 2, []],
  ["one two", 2, ["one two"]],
  ["a".repeat(73) + " tail", 3, ["a".repeat(73), "tail"]],
  ["题".repeat(80), 2, ["题".repeat(76), "题".repeat(4)]],
  ["题".repeat(200), 2, ["题".repeat(76), "题".repeat(75) + "…"]],
  ["x".repeat(100), 1, ["x".repeat(75) + "…"]],
];
for (const [text, most, lines] of wraps) {
  // Each character ten pixels wide: 76 in a line.
  const width = (/** @type {string} */ part) => 10 * [...part].length;
  test(`a poster's lines of ${text.slice(0, 8)}`, () => {
    assert.deepEqual(wrapped(text, most, width), lines);
  });
}
