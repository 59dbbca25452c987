// Proves that a page computes the order of a draw as the server and scripts/verify.py do, and that
// it says what is wrong with a draw that does not fit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromHex, sha256 } from "../app/ledger/bytes.js";
import { faultOf, orderOf, stands } from "../rooms/draw/check.js";

/** @import { Draw } from "../rooms/draw/types.d.ts" */

const room = "000102030405060708090a0b0c0d0e0f";
const seed = Uint8Array.from({ length: 32 }, (_, place) => place);
const slots = ["1", "2", "3", "4", "5", "6", "7"];

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number} byte */
function filled(byte) {
  return new Uint8Array(32).fill(byte);
}

test("the order is the one that anybody computes", async () => {
  const given = slots.map((slot) => ["3", "5"].includes(slot) ? null : filled(Number(slot)));
  const none = slots.map(() => null);
  assert.equal((await orderOf(room, { id: "42", slots }, seed, given)).join(" "), "1 7 6 2 3 4 5");
  assert.equal((await orderOf(room, { id: "43", slots }, seed, given)).join(" "), "3 7 1 4 2 5 6");
  assert.equal((await orderOf(room, { id: "42", slots }, seed, none)).join(" "), "1 4 7 2 6 3 5");
});

/** @param {Partial<Draw>} change @returns {Promise<Draw>} a finished draw of two */
async function finished(change) {
  const contribution = hex(filled(2));
  return {
    id: "30",
    number: 1,
    phase: "finished",
    slots: ["1", "2"],
    commitment: hex(await sha256(filled(1))),
    contributions: [
      { slot: "1", by: null, commitment: hex(await sha256(filled(2))), contribution },
      { slot: "2", by: null, commitment: hex(filled(9)), contribution: null },
    ],
    seed: hex(filled(1)),
    order: ["2", "1"],
    ...change,
  };
}

test("what does not fit is named", async () => {
  const other = [{ slot: "1", by: null, commitment: hex(seed), contribution: hex(filled(2)) }];
  assert.equal(await faultOf(room, await finished({})), null);
  assert.equal(await faultOf(room, await finished({ order: ["1", "2"] })), "order");
  assert.equal(await faultOf(room, await finished({ seed: hex(filled(3)) })), "seed");
  assert.equal(await faultOf(room, await finished({ seed: null })), "seed");
  assert.equal(await faultOf(room, await finished({ contributions: other })), "contribution");
  assert.equal(fromHex(hex(seed))?.length, 32);
});

test("an order that was changed since is no longer the drawn one", async () => {
  const draw = await finished({});
  assert.ok(stands(draw, [{ id: "2" }, { id: "9" }, { id: "1" }]));
  // Nobody came for the first: it is last by now.
  assert.ok(stands(draw, [{ id: "1" }, { id: "2", absences: 1 }]));
  assert.ok(!stands(draw, [{ id: "1" }, { id: "2" }]));
});
