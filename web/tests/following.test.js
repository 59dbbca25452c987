// Proves that a page which stayed shows what the server shows to whoever comes now: both from the
// golden cases that Tests/ServerTests writes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFile } from "node:fs/promises";
import { apply, isShown } from "../rooms/apply.js";
import { merge } from "../rooms/merge.js";
import { followed, plain } from "./followed.js";

/** @import { Room, RoomEvent } from "../types.d.ts" */
/** @typedef {{events: RoomEvent[], snapshot: Room}} Look events told since the look before */

/** @type {{name: string, start: Room, looks: Look[]}[]} */
const cases = await followed();

for (const { name, start, looks } of cases) {
  test(`${name}: the page shows what the server shows`, () => {
    let room = start;
    for (const [index, { events, snapshot }] of looks.entries()) {
      room = events.map(merge).reduce(apply, room);
      assert.deepEqual(plain(room), plain(snapshot), `look ${index}, after ${snapshot.seq}`);
    }
  });
}

test("the cases tell of every event that the pages show", async () => {
  const events = new URL("../../Tests/WireTests/Golden/events.json", import.meta.url);
  const types = JSON.parse(await readFile(events, "utf8")).map((/** @type {any} */ one) =>
    one.type
  );
  const told = new Set(
    cases.flatMap(({ looks }) => looks).flatMap(({ events }) =>
      events.map((one) => merge(one).type)
    ),
  );
  // The hall of the cases is no closed matter: apply.test.js has its event.
  told.add("terms.signed");
  for (const type of new Set(types.filter(isShown))) assert.ok(told.has(type), type);
});
