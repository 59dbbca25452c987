// Proves that the pages and the server speak of the same things: a join's golden answer is what the
// pages expect, every golden event has a place in the displayed room, and every command that the pages
// send is one of the golden ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readdir, readFile } from "node:fs/promises";
import { apply, ASIDE, isShown, OF_INTENTS } from "../rooms/apply.js";
import { merge } from "../rooms/merge.js";

/** @import { Fields, Part, Room, RoomEvent } from "../types.d.ts" */

const golden = new URL("../../Tests/WireTests/Golden/", import.meta.url);

/** @param {string} name */
async function read(name) {
  return JSON.parse(await readFile(new URL(name, golden), "utf8"));
}

/** @type {{name: string, message: {ok: Fields}}[]} */
const joins = JSON.parse(
  await readFile(
    new URL("../../Tests/ServerTests/Golden/joins.json", import.meta.url),
    "utf8",
  ),
);

/** What the server shows on joining. @param {string} who @returns {Room} */
function snapshot(who) {
  const { snapshot } = joins.find(({ name }) => name === who)?.message.ok ?? {};
  assert.ok(snapshot, who);
  return snapshot;
}

/** Members of a room that only some readers are sent. @type {(keyof Room)[]} */
const OPTIONAL = ["members", "held", "confided", "confidedMore"];
/** Members of a closed matter, which the room of these answers is not. @type {(keyof Room)[]} */
const OF_MATTERS = ["terms"];
/** All that the pages take for granted of a room; `satisfies` holds them to the declared type. */
const MEMBERS = Object.keys(
  /** @satisfies {Record<keyof Room, true>} */ ({
    seq: true,
    kind: true,
    state: true,
    title: true,
    genre: true,
    subject: true,
    language: true,
    startsAt: true,
    endRequestedUntil: true,
    reopenUntil: true,
    stage: true,
    slots: true,
    clock: true,
    rules: true,
    calledAt: true,
    orderFixed: true,
    draw: true,
    chat: true,
    chatMore: true,
    questions: true,
    polls: true,
    door: true,
    form: true,
    terms: true,
    announcement: true,
    slowMode: true,
    chatHold: true,
    anonymousQuestions: true,
    hands: true,
    floor: true,
    micMuted: true,
    layout: true,
    pinned: true,
    consents: true,
    recording: true,
    playback: true,
    captions: true,
    judging: true,
    stopped: true,
    members: true,
    confided: true,
    confidedMore: true,
    held: true,
  }),
);

for (const who of ["a visitor", "somebody of the audience", "a presenter", "a moderator"]) {
  test(`${who} is shown what the pages' type of a room says`, () => {
    const found = Object.keys(snapshot(who));
    const left = who === "a moderator" ? OF_MATTERS : [...OF_MATTERS, ...OPTIONAL];
    const wanted = MEMBERS.filter((name) => !left.includes(/** @type {keyof Room} */ (name)));
    assert.deepEqual(found.sort(), wanted.sort());
  });
}

/** The names of all members, at any depth. @param {any} value @returns {string[]} */
function names(value) {
  if (Array.isArray(value)) return value.flatMap(names);
  if (value === null || typeof value !== "object") return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(names)];
}

test("the protocol's document lists every member of a join's answer", async () => {
  const file = new URL("../../docs/protocol.md", import.meta.url);
  const text = await readFile(file, "utf8");
  const section = text.slice(text.indexOf("### Following"), text.indexOf("### Commands\n\n| type"));
  const documented = new Set(section.match(/\w+/g));
  const missing = new Set(
    names(joins.map(({ message }) => message)).filter((name) => !documented.has(name)),
  );
  assert.deepEqual([...missing], []);
});

/** @type {{type: string, parts: {audience: string, body: Part["body"]}[]}[]} */
const events = await read("events.json");
for (const [index, { type, parts }] of events.entries()) {
  test(`event ${index}, ${type}, has its place`, () => {
    const room = snapshot("a moderator");
    assert.ok(
      type === "room.created" || isShown(type) || ASIDE.has(type) || OF_INTENTS.test(type),
      "no rule in rooms/apply.js",
    );
    const seen = parts.filter(({ audience }) => audience === "everyone" || audience === "staff")
      .map(({ body }, n) => ({ n, body }));
    const event =
      /** @type {RoomEvent} */ ({ room: "", seq: 42, prev: 41, at: 5, hash: "", parts: seen });
    const after = apply(room, merge(event));
    assert.equal(after.seq, 42);
    assert.equal(JSON.stringify(after).includes("NaN"), false);
    for (const field of /** @type {const} */ (["endRequestedUntil", "reopenUntil", "state"])) {
      assert.ok(!(field in after) || after[field] !== undefined, `${field} is undefined`);
    }
  });
}

test("every command of the pages is one of the protocol's", async () => {
  const known = new Set((await read("commands.json")).map(
    (/** @type {any} */ { message }) => message.type,
  ));
  const rooms = new URL("../rooms/", import.meta.url);
  const files = (await readdir(rooms, { recursive: true })).filter((name) => name.endsWith(".js"));
  const code = (await Promise.all(files.map((name) => readFile(new URL(name, rooms), "utf8"))))
    .join("\n");
  const sent = [...code.matchAll(/(?:order|send|write)\(\s*"([\w.]+)"/g)].map(([, type]) => type);
  assert.ok(sent.length > 8);
  for (const type of sent) assert.ok(known.has(type), type);
});
