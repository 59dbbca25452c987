// Proves that a replay shows at each moment what the server showed then: from the golden cases that
// Tests/ServerTests writes, read as a log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linesOf, readLine, readLog } from "../replay/log.js";
import { RoomStates } from "../replay/states.js";
import { ReplayStore } from "../replay/store.js";
import { followed, plain } from "./followed.js";

/** @import { Room, RoomEvent } from "../types.d.ts" */
/** @typedef {{events: RoomEvent[], snapshot: Room}} Look events told since the look before */

/** @type {{name: string, before: RoomEvent[], start: Room, looks: Look[]}[]} */
const cases = await followed();

/** A log's line of what a reader was told; between its parts stand some for others, and one's own. */
/** @param {RoomEvent} event @param {boolean} staff */
function line({ seq, at, parts }, staff) {
  const body = JSON.stringify({ type: "chat.said", by: "x", data: {}, texts: { text: "own" } });
  const others = [
    { to: "server", salt: "", text: body },
    { to: "member:0000000000000000", salt: "", text: body },
    { digest: "00" },
  ];
  const to = staff && seq > 1 ? "staff" : "everyone";
  const told = parts.map((part) => ({ to, salt: "", text: JSON.stringify(part.body) }));
  return JSON.stringify({ seq, at, content: "", hash: "", parts: [...told, ...others] });
}

for (const { name, before, start, looks } of cases) {
  const staff = name.endsWith("moderator");
  const events = [...before, ...looks.flatMap((look) => look.events)];

  test(`${name}: a replay begins as the server did`, () => {
    const states = new RoomStates();
    for (const event of before) {
      const told = readLine(line(event, staff));
      if (told) states.take(told);
    }
    assert.deepEqual(plain(states.last), plain(start));
  });

  test(`${name}: a replay shows what the server showed`, () => {
    const states = new RoomStates();
    const ends = [];
    for (const event of events) {
      const told = readLine(line(event, staff));
      assert.ok(told);
      states.take(told);
      ends.push(states.last);
    }
    let count = before.length;
    for (const [index, look] of looks.entries()) {
      count += look.events.length;
      assert.deepEqual(plain(states.after(count)), plain(look.snapshot), `look ${index}`);
    }
    // Wherever one jumps to, it is what playing to there came to.
    for (let step = 0; step < 40; step += 1) {
      const place = 1 + (step * 17) % events.length;
      assert.deepEqual(states.after(place), ends[place - 1], `after ${place}`);
    }
  });
}

test("a case that is repeated until states are left out in between: jumping is playing to there", () => {
  const { before, looks } = cases[1];
  const told = looks.flatMap((look) => look.events);
  const states = new RoomStates();
  const ends = [];
  for (let seq = 1; seq <= 950; seq += 1) {
    const event = seq === 1 ? before[0] : told[seq % told.length];
    const one = readLine(line({ ...event, seq, at: 1_000 + seq }, true));
    if (one) states.take(one);
    ends.push(states.last);
  }
  for (let step = 0; step < 200; step += 1) {
    const count = 1 + (step * 389) % 950;
    assert.deepEqual(states.after(count), ends[count - 1], `after ${count}`);
    assert.equal(states.countAt(1_000 + count), count);
  }
});

test("a store shows the room as it stood at any time", () => {
  for (const { name, before, looks } of cases) {
    const staff = name.endsWith("moderator");
    const store = new ReplayStore("0".repeat(32));
    for (const event of [...before, ...looks.flatMap((look) => look.events)]) {
      const told = readLine(line(event, staff));
      if (told) store.take(told);
    }
    store.whole = true;
    store.settle();
    const played = new Map();
    const { begin, end } = store.timeline;
    const step = Math.max(1, Math.floor((end - begin) / 50));
    for (let at = begin; at <= end; at += step) {
      store.seek(at);
      played.set(at, store.room);
    }
    for (const at of [...played.keys()].reverse()) {
      store.seek(at);
      assert.deepEqual(store.room, played.get(at), `${name}, ${at}`);
      assert.equal(store.now(), at);
    }
    store.seek(end);
    const last = looks.at(-1)?.snapshot ?? null;
    if (store.room?.seq === store.newestSeq) assert.deepEqual(plain(store.room), plain(last), name);
  }
});

test("lines come whole, wherever their bytes were cut", async () => {
  const bytes = new TextEncoder().encode('{"log":1}\n{"seq":1,"at":2,"parts":[]}\n"项目"\n');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const chunks = (async function* () {
      yield bytes.slice(0, cut);
      yield bytes.slice(cut);
    })();
    const lines = [];
    for await (const one of linesOf(chunks)) lines.push(one);
    assert.deepEqual(lines.filter(Boolean), [
      '{"log":1}',
      '{"seq":1,"at":2,"parts":[]}',
      '"项目"',
    ]);
  }
});

test("what is no event tells nothing; what is for others alone neither", async () => {
  assert.equal(readLine('{"log":1,"room":"00","genesis":"{}"}'), null);
  assert.equal(readLine('{"checkpoint":"x"}'), null);
  assert.equal(readLine(""), null);
  const hidden = readLine('{"seq":1,"at":2,"content":"","hash":"","parts":[{"digest":"00"}]}');
  assert.deepEqual(hidden, { merged: null, staff: false, inside: false, hidden: true });
  let [taken, paused] = [0, 0];
  const lines = [line(cases[0].before[0], false), '{"checkpoint":"x"}'];
  await readLog(lines, () => taken += 1, () => paused += 1);
  assert.deepEqual([taken, paused], [1, 1]);
});

test("whoever stands outside a closed door has no replay", () => {
  const [created] = cases[0].before;
  const door = { admission: "invitation", waiting: false, least: "guest", questions: 0 };
  const { body } = created.parts[0];
  const parts = [
    { n: 1, body: { ...body, data: { ...body?.data, door } } },
    ...created.parts.slice(1),
  ];
  /** @param {object[]} more */
  const outside = (more) => {
    const store = new ReplayStore("0".repeat(32));
    for (
      const text of [
        line({ ...created, parts }, false),
        ...more.map((one) => JSON.stringify(one)),
      ]
    ) {
      const told = readLine(text);
      if (told) store.take(told);
    }
    return store.isOutside;
  };
  assert.ok(outside([{ seq: 2, at: 3, parts: [{ digest: "00" }] }]));
  // So it is with a record that was sealed for others, whatever its door was.
  /** @param {string} type @param {string} to */
  const told = (type, to) => ({ to, salt: "", text: JSON.stringify({ type, by: null }) });
  const sealed = [
    line(created, false),
    JSON.stringify({ seq: 2, at: 3, parts: [{ digest: "00" }] }),
    JSON.stringify({ seq: 3, at: 4, parts: [told("archive.sealed", "everyone")] }),
  ];
  for (const [more, is] of [[[], true], [[told("slide.shown", "everyone")], false]]) {
    const store = new ReplayStore("0".repeat(32));
    const last = JSON.stringify({ seq: 4, at: 5, parts: more });
    for (const text of [...sealed, last]) {
      const one = readLine(text);
      if (one) store.take(one);
    }
    assert.equal(store.isOutside, is);
  }
  const said = { to: "members", salt: "", text: '{"type":"chat.said"}' };
  assert.ok(!outside([{ seq: 2, at: 3, parts: [said] }]));
});
