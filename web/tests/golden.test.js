// Proves that the pages and the server speak of the same things: every golden event has a place in
// the displayed room, and every command that the pages send is one of the golden ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readdir, readFile } from "node:fs/promises";
import { apply, isShown } from "../rooms/apply.js";
import { merge } from "../rooms/merge.js";

/** @import { Part, Room, RoomEvent } from "../types.d.ts" */

const golden = new URL("../../Tests/WireTests/Golden/", import.meta.url);

/** @param {string} name */
async function read(name) {
  return JSON.parse(await readFile(new URL(name, golden), "utf8"));
}

const slot = { pitchMs: 60_000, qaMs: 30_000, state: "ready", page: 1, pages: [] };
const room = /** @type {Room} */ ({
  seq: 41,
  kind: "roadshow",
  language: "en",
  startsAt: 0,
  endRequestedUntil: null,
  reopenUntil: null,
  state: "live",
  title: "",
  stage: "1",
  slots: [{ id: "1", title: "One", ...slot }, { id: "2", title: "Two", ...slot }],
  clock: { slot: "1", phase: "pitch", totalMs: 60_000, endsAt: 1, remainingMs: null },
  chat: [{ seq: 7, by: null, at: 0, name: "Ann", text: "Hello" }],
  chatMore: false,
  questions: [],
  members: [],
});

/** @type {{type: string, parts: {audience: string, body: Part["body"]}[]}[]} */
const events = await read("events.json");
for (const [index, { type, parts }] of events.entries()) {
  test(`event ${index}, ${type}, has its place`, () => {
    assert.ok(type === "room.created" || isShown(type), "no rule in rooms/apply.js");
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
  const folder = new URL("../rooms/roadshow/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const code = (await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8"))))
    .join("\n");
  const sent = [...code.matchAll(/(?:order|send|write)\(\s*"([\w.]+)"/g)].map(([, type]) => type);
  assert.ok(sent.length > 8);
  for (const type of sent) assert.ok(known.has(type), type);
});
