// Proves that both languages are complete: equal keys and places, none unused, each in its script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readdir, readFile } from "node:fs/promises";
import commonChinese from "../i18n/zh-CN.js";
import commonEnglish from "../i18n/en.js";
import deskChinese from "../i18n/desk.zh-CN.js";
import deskEnglish from "../i18n/desk.en.js";
import siteChinese from "../i18n/site.zh-CN.js";
import siteEnglish from "../i18n/site.en.js";
import judgingChinese from "../i18n/judging.zh-CN.js";
import judgingEnglish from "../i18n/judging.en.js";
import intentsChinese from "../i18n/intents.zh-CN.js";
import intentsEnglish from "../i18n/intents.en.js";
import studioChinese from "../i18n/studio.zh-CN.js";
import studioEnglish from "../i18n/studio.en.js";
import drawChinese from "../i18n/draw.zh-CN.js";
import drawEnglish from "../i18n/draw.en.js";
import eventsChinese from "../i18n/events.zh-CN.js";
import eventsEnglish from "../i18n/events.en.js";
import pointerChinese from "../i18n/pointer.zh-CN.js";
import pointerEnglish from "../i18n/pointer.en.js";
import hallChinese from "../i18n/hall.zh-CN.js";
import hallEnglish from "../i18n/hall.en.js";
import pollsChinese from "../i18n/polls.zh-CN.js";
import pollsEnglish from "../i18n/polls.en.js";
import questionsChinese from "../i18n/questions.zh-CN.js";
import questionsEnglish from "../i18n/questions.en.js";
import reactionsChinese from "../i18n/reactions.zh-CN.js";
import reactionsEnglish from "../i18n/reactions.en.js";
import channelsChinese from "../i18n/channels.zh-CN.js";
import channelsEnglish from "../i18n/channels.en.js";
import notesChinese from "../i18n/notes.zh-CN.js";
import notesEnglish from "../i18n/notes.en.js";
import archiveChinese from "../i18n/archive.zh-CN.js";
import archiveEnglish from "../i18n/archive.en.js";
import searchChinese from "../i18n/search.zh-CN.js";
import searchEnglish from "../i18n/search.en.js";
import wordsChinese from "../i18n/words.zh-CN.js";
import wordsEnglish from "../i18n/words.en.js";
import lateChinese from "../i18n/late.zh-CN.js";
import lateEnglish from "../i18n/late.en.js";
import replayChinese from "../i18n/replay.zh-CN.js";
import replayEnglish from "../i18n/replay.en.js";
import { fill, texts } from "../app/i18n.js";

/** @import { Message } from "../app/i18n.js" */

/** What the pages have at first, and what comes with a part of them. @type {Record<string, Message>} */
const chinese = {
  ...commonChinese,
  ...deskChinese,
  ...siteChinese,
  ...studioChinese,
  ...judgingChinese,
  ...pollsChinese,
  ...drawChinese,
  ...hallChinese,
  ...pointerChinese,
  ...eventsChinese,
  ...questionsChinese,
  ...reactionsChinese,
  ...intentsChinese,
  ...channelsChinese,
  ...archiveChinese,
  ...wordsChinese,
  ...notesChinese,
  ...searchChinese,
  ...replayChinese,
  ...lateChinese,
};
/** @type {Record<string, Message>} */
const english = {
  ...commonEnglish,
  ...deskEnglish,
  ...siteEnglish,
  ...studioEnglish,
  ...judgingEnglish,
  ...pollsEnglish,
  ...drawEnglish,
  ...hallEnglish,
  ...pointerEnglish,
  ...eventsEnglish,
  ...questionsEnglish,
  ...reactionsEnglish,
  ...intentsEnglish,
  ...channelsEnglish,
  ...archiveEnglish,
  ...wordsEnglish,
  ...notesEnglish,
  ...searchEnglish,
  ...replayEnglish,
  ...lateEnglish,
};

/** Texts that read the same in Chinese: they have nothing but places to fill. */
const SAME = new Set([
  "search.said",
  "stage.page",
  "run.commandFor",
  "people.counted",
  "list.comma",
  "list.stop",
  "judging.percent",
  "judging.groupIs",
  "judging.sheetsKept",
  "judging.cell.given",
  "judging.cell.open",
  "polls.comma",
  "intents.answerTo",
]);

/** @param {Message} message @returns {string[]} */
function forms(message) {
  return typeof message === "string" ? [message] : Object.values(message);
}

/** @param {Message} message @returns {string[]} the places to fill, in order of name */
function places(message) {
  const all = forms(message).flatMap((form) =>
    [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
  );
  return [...new Set(all)].sort();
}

test("both languages have the same keys", () => {
  assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
});

test("a text has the same places in both, but a count that its form already says", () => {
  for (const key of Object.keys(english)) {
    const [one, other] = [places(english[key]), places(chinese[key])];
    const allowed = one.filter((place) => place !== "n");
    assert.deepEqual(other.filter((place) => place !== "n"), allowed, key);
  }
});

test("Chinese texts have Han characters, English ones none", () => {
  for (const [key, message] of Object.entries(chinese)) {
    for (const form of forms(message)) {
      assert.ok(SAME.has(key) || /\p{Script=Han}/u.test(form), `zh-CN ${key}: ${form}`);
    }
  }
  for (const [key, message] of Object.entries(english)) {
    for (const form of forms(message)) {
      assert.ok(!/\p{Script=Han}/u.test(form), `en ${key}: ${form}`);
    }
  }
});

test("English quotes are straight: a Chinese font, where there is no other, makes curly ones wide", () => {
  for (const [key, message] of Object.entries(english)) {
    for (const form of forms(message)) assert.ok(!/[‘’“”]/.test(form), `${key}: ${form}`);
  }
});

/** @param {URL} folder @returns {Promise<string>} all of its scripts */
async function scripts(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const texts = await Promise.all(entries.map((entry) => {
    const path = new URL(entry.isDirectory() ? `${entry.name}/` : entry.name, folder);
    if (entry.isDirectory()) return scripts(path);
    return entry.name.endsWith(".js") ? readFile(path, "utf8") : "";
  }));
  return texts.join("\n");
}

const here = new URL("../", import.meta.url);
const code = (await Promise.all(
  ["app/", "archive/", "components/", "events/", "replay/", "rooms/", "search/", "verify/"].map((
    folder,
  ) => scripts(new URL(folder, here))),
)).join("\n");

test("every text that is asked for is there", () => {
  for (const [, key] of code.matchAll(/\bt\(\s*"([^"]+)"/g)) assert.ok(key in english, key);
});

test("no text is unused", () => {
  const named = new Set([...code.matchAll(/"([\w.]+)"/g)].map(([, key]) => key));
  const begun = [...code.matchAll(/`([\w.]+)\$\{/g)].map(([, start]) => start);
  for (const key of Object.keys(english)) {
    assert.ok(named.has(key) || begun.some((start) => key.startsWith(start)), key);
  }
});

/**
 * The modules that a page needs, and with `later` also those that it fetches when they are needed.
 * @param {string[]} pages @param {boolean} later
 */
async function modules(pages, later) {
  /** @type {Map<string, string>} */
  const seen = new Map();
  const left = [...pages];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (seen.has(path)) continue;
    const file = new URL(path, here);
    const source = await readFile(file, "utf8");
    seen.set(path, source);
    const imported = later ? /(?:from|import\()\s*"(\.[^"]+\.js)"/g : /from\s*"(\.[^"]+\.js)"/g;
    for (const [, name] of source.matchAll(imported)) {
      left.push(new URL(name, file).href.slice(here.href.length));
    }
  }
  return seen;
}

/** @param {Map<string, string>} sources @param {Record<string, Message>} others texts that are not there */
function askOnlyForTheirs(sources, others) {
  for (const [path, source] of sources) {
    // Errors come to whoever gave the command, and its page has their texts.
    const asked = [...source.matchAll(/"([\w.]+)"|`([\w.]+\.)\$\{/g)];
    for (const [, key, start] of asked.filter(([, , start]) => start !== "error.")) {
      const found = Object.keys(others).find((one) =>
        one === key || (start && one.startsWith(start))
      );
      assert.equal(found, undefined, `${path} asks for ${found}`);
    }
  }
}

test("a room asks for no text of the pages that are none", async () => {
  const room = await modules(["app/pages/room.js", "components/notices.js"], true);
  assert.ok(room.has("rooms/door/door-page.js") && room.has("rooms/roadshow/people.js"));
  askOnlyForTheirs(room, siteEnglish);
});

test("the other pages ask for no text of a room's desks", async () => {
  const pages = (await readdir(new URL("app/pages/", here)))
    .filter((name) => name !== "room.js" && !name.startsWith("new"));
  const site = await modules(pages.map((name) => `app/pages/${name}`), false);
  askOnlyForTheirs(site, { ...deskEnglish, ...judgingEnglish, ...studioEnglish });
  // Where a room is planned its judging is too, with its texts.
  const planning = await modules(["app/pages/new.js"], false);
  assert.ok(planning.has("rooms/roadshow/slide-upload.js"));
  askOnlyForTheirs(planning, { ...deskEnglish, ...studioEnglish });
});

test("every error code of the server has a text", async () => {
  const source = await readFile(new URL("../Sources/Wire/ErrorCode.swift", here), "utf8");
  const codes = [...source.split("enum Action")[0].matchAll(/case \w+ = "([\w.]+)"/g)];
  assert.ok(codes.length > 20);
  for (const [, name] of codes) assert.ok(`error.${name}` in english, name);
});

/** @type {[Message, Record<string, number | string>, string, string][]} */
const fills = [
  ["{a} of {b}", { a: 1, b: "x" }, "en", "1 of x"],
  ["{a} of {b}", { a: 1 }, "en", "1 of {b}"],
  [{ one: "{n} page", other: "{n} pages" }, { n: 1 }, "en", "1 page"],
  [{ one: "{n} page", other: "{n} pages" }, { n: 0 }, "en", "0 pages"],
  [{ other: "{n} 页" }, { n: 1 }, "zh-CN", "1 页"],
  ["{text}", { text: "{n}", n: 3 }, "en", "{n}"],
];
for (const [message, values, language, text] of fills) {
  test(`filled in: ${text}`, () => assert.equal(fill(message, values, language), text));
}

test("parts asked for at once are all there when any of them is", async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await texts.load("en");
  const wanted = ["run.onStage", "judging.title", "studio.hands"];
  const there = () => wanted.filter((key) => key in texts.messages);
  const parts = ["desk", "judging", "studio", "desk"];
  await Promise.all(parts.map(async (part) => {
    await texts.include(part);
    assert.deepEqual(there(), wanted, part);
  }));
});
