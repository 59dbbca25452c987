// Proves the parts of a connection that are values: time, pauses, close codes, waiting commands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff, restartPause } from "../rooms/backoff.js";
import { ending } from "../rooms/close-codes.js";
import { commandPrefix, CommandQueue } from "../rooms/command-queue.js";
import { merge } from "../rooms/merge.js";
import { TimeSync } from "../rooms/time-sync.js";

test("the shortest round trip sets the offset", () => {
  const sync = new TimeSync();
  assert.deepEqual([sync.offset, sync.latency], [null, null]);
  sync.add({ sent: 0, received: 100, server: 1_090 });
  sync.add({ sent: 200, received: 210, server: 1_205 });
  sync.add({ sent: 300, received: 400, server: 1_399 });
  assert.equal(sync.offset, 1_000);
  assert.equal(sync.latency, 100);
});

test("old exchanges are forgotten, and all of them after sleep", () => {
  const sync = new TimeSync();
  sync.add({ sent: 0, received: 0, server: 5 });
  for (let i = 0; i < 8; i++) sync.add({ sent: 0, received: 10, server: 105 });
  assert.equal(sync.offset, 100);
  sync.reset();
  assert.equal(sync.offset, null);
});

/** @type {[number, number, number][]} */
const pauses = [[1, 0, 250], [1, 1, 500], [2, 0, 500], [5, 1, 8_000], [6, 1, 15_000], [
  99,
  1,
  15_000,
]];
for (const [attempt, random, pause] of pauses) {
  test(`attempt ${attempt} with ${random} waits ${pause} ms`, () => {
    assert.equal(backoff(attempt, random), pause);
  });
}

test("after a restart all come back within two seconds", () => {
  assert.deepEqual([restartPause(0), restartPause(1)], [200, 2_000]);
});

/** @type {[number, string][]} */
const codes = [
  [1001, "resume"],
  [1002, "failed"],
  [1006, "resume"],
  [1007, "failed"],
  [1009, "failed"],
  [1011, "resume"],
  [1012, "restart"],
  [1013, "resume"],
  [4000, "resume"],
  [4499, "resume"],
  [4500, "failed"],
  [4501, "signed_out"],
  [4503, "failed"],
  [4999, "failed"],
];
for (const [code, what] of codes) {
  test(`close code ${code}: ${what}`, () => assert.equal(ending(code), what));
}

test("what is not answered waits in its order, each id once", () => {
  const queue = new CommandQueue("k");
  queue.add("chat.say", "00", { text: "one" });
  queue.add("chat.say", "00", { text: "two" });
  assert.deepEqual(queue.waiting.map(({ id }) => id), ["k-1", "k-2"]);
  assert.equal(queue.settle("k-1")?.data.text, "one");
  assert.equal(queue.settle("k-1"), null);
  assert.equal(queue.add("chat.say", "00", {})?.id, "k-3");
  assert.deepEqual(queue.waiting.map(({ id }) => id), ["k-2", "k-3"]);
});

test("the queue is bounded", () => {
  const queue = new CommandQueue("k");
  for (let i = 0; i < 64; i++) assert.ok(queue.add("chat.say", "00", {}));
  assert.equal(queue.add("chat.say", "00", {}), null);
});

test("each page load has a prefix of its own", () => {
  assert.match(commandPrefix(), /^[A-Za-z2-9]{8}$/);
  assert.notEqual(commandPrefix(), commandPrefix());
});

test("an event's parts become one, an erased one is missing", () => {
  const head = { room: "00", seq: 7, prev: 6, at: 5, hash: "" };
  const body = { type: "chat.said", by: "aa", data: {} };
  const texts = { texts: { name: "Ann", text: "Hello" } };
  assert.deepEqual(merge({ ...head, parts: [{ n: 1, body }, { n: 2, body: texts }] }), {
    type: "chat.said",
    by: "aa",
    seq: 7,
    at: 5,
    data: { name: "Ann", text: "Hello" },
  });
  assert.deepEqual(merge({ ...head, parts: [{ n: 1, body }, { n: 2 }] }).data, {});
});
