// Proves that the displayed room follows the events, and that every event type of the wire is known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply, CHAT_KEPT } from "../rooms/apply.js";
import { merge } from "../rooms/merge.js";

/** @import { Fields, Room, RoomEvent } from "../types.d.ts" */

/** @param {Partial<Room>} [change] @returns {Room} two slots, nothing on stage, at number 10 */
function room(change = {}) {
  const slot = { pitchMs: 480_000, qaMs: 420_000, state: "waiting", page: 1, pages: [] };
  return /** @type {Room} */ ({
    seq: 10,
    kind: "roadshow",
    state: "live",
    title: "Roadshow",
    genre: null,
    subject: "project",
    language: "en",
    startsAt: 0,
    endRequestedUntil: null,
    reopenUntil: null,
    stage: null,
    slots: [{ id: "1", title: "One", ...slot }, { id: "2", title: "Two", ...slot }],
    clock: null,
    chat: [],
    chatMore: false,
    door: { admission: "open", waiting: false, least: "guest", questions: 0 },
    form: [],
    announcement: null,
    slowMode: 0,
    chatHold: false,
    anonymousQuestions: false,
    stopped: false,
    questions: [],
    polls: [],
    rules: {
      atZero: "move_on",
      graceMs: 30_000,
      noShow: "last",
      awaitMs: 180_000,
      outcome: "published",
      anonymous: false,
    },
    calledAt: null,
    orderFixed: false,
    draw: null,
    hands: [],
    floor: [],
    micMuted: [],
    layout: "slides",
    pinned: null,
    consents: [],
    recording: null,
    playback: null,
    captions: [],
    ...change,
  });
}

/** @param {string} type @param {Fields} [data] @param {Fields} [texts] @returns {RoomEvent} */
function event(type, data = {}, texts) {
  const parts = [{ n: 1, body: { type, by: "aa", data } }];
  if (texts) parts.push({ n: 2, body: /** @type {any} */ ({ texts }) });
  return { room: "00", seq: 11, prev: 10, at: 1_000, hash: "", parts };
}

/** @param {Room} before @param {...RoomEvent} events */
function after(before, ...events) {
  return events.reduce((now, one) => apply(now, merge(one)), before);
}

const clock = { slot: "1", phase: /** @type {const} */ ("pitch"), totalMs: 480_000 };
const called = after(room(), event("slot.called", { slot: "1", remainingMs: 480_000 }));
const pitching = after(called, event("pitch.started", { slot: "1", endsAt: 481_000 }));

test("a called slot is ready, on stage, and its clock waits", () => {
  assert.equal(called.stage, "1");
  assert.equal(called.slots[0].state, "ready");
  assert.deepEqual(called.clock, { ...clock, endsAt: null, remainingMs: 480_000 });
  assert.equal(called.seq, 11);
});

test("pitch, overtime and questions follow each other on the clock", () => {
  assert.deepEqual(pitching.clock, { ...clock, endsAt: 481_000, remainingMs: null });
  const overtime = after(pitching, event("overtime.started", { slot: "1", endsAt: 511_000 }));
  assert.deepEqual(overtime.clock, {
    slot: "1",
    phase: "overtime",
    totalMs: 30_000,
    endsAt: 511_000,
    remainingMs: null,
  });
  const asked = after(overtime, event("qa.started", { slot: "1", endsAt: 931_000 }));
  assert.equal(asked.clock?.totalMs, 420_000);
  assert.equal(asked.slots[0].state, "qa");
  const done = after(asked, event("slot.finished", { slot: "1" }));
  assert.equal(done.clock, null);
  assert.equal(done.stage, "1");
  assert.equal(done.slots[0].state, "done");
});

test("the clock stops, goes on, grows and shifts", () => {
  const stopped = after(pitching, event("clock.paused", { slot: "1", remainingMs: 5_000 }));
  assert.deepEqual(stopped.clock, { ...clock, endsAt: null, remainingMs: 5_000 });
  const longer = after(
    stopped,
    event("clock.extended", { slot: "1", ms: 60_000, totalMs: 540_000, remainingMs: 65_000 }),
  );
  assert.equal(longer.clock?.remainingMs, 65_000);
  assert.equal(longer.clock?.totalMs, 540_000);
  const resumed = after(longer, event("clock.resumed", { slot: "1", endsAt: 70_000 }));
  assert.deepEqual([resumed.clock?.endsAt, resumed.clock?.remainingMs], [70_000, null]);
  const shifted = after(resumed, event("clock.shifted", { slot: "1", ms: 900, endsAt: 70_900 }));
  assert.equal(shifted.clock?.endsAt, 70_900);
});

test("a skipped or recalled slot leaves the stage, another one does not touch it", () => {
  for (const type of ["slot.skipped", "slot.recalled"]) {
    assert.equal(after(pitching, event(type, { slot: "1" })).stage, null);
    assert.equal(after(pitching, event(type, { slot: "1" })).clock, null);
    assert.equal(after(pitching, event(type, { slot: "2" })).stage, "1");
  }
  assert.equal(after(room(), event("slot.recalled", { slot: "2" })).slots[1].state, "waiting");
});

test("a restarted slot waits with its whole time", () => {
  const again = after(pitching, event("slot.restarted", { slot: "1", remainingMs: 480_000 }));
  assert.equal(again.slots[0].state, "ready");
  assert.deepEqual(again.clock, { ...clock, endsAt: null, remainingMs: 480_000 });
});

test("slides are placed and shown", () => {
  const file = { file: "ab", type: "image/png", width: 1600, height: 900 };
  const placed = after(
    room(),
    event("slides.placed", { slot: "2", pages: 2 }, { files: [file, file] }),
    event("slide.shown", { slot: "2", page: 2 }),
  );
  assert.equal(placed.slots[1].pages.length, 2);
  assert.equal(placed.slots[1].page, 2);
});

test("chat keeps its text until it is removed", () => {
  const said = after(room(), event("chat.said", {}, { name: "Ann", text: "Hello" }));
  assert.deepEqual(said.chat[0], { seq: 11, by: "aa", at: 1_000, name: "Ann", text: "Hello" });
  const gone = after(said, event("content.redacted", { seq: 11, parts: [2], reason: "spam" }));
  assert.equal(gone.chat[0].removed, true);
  assert.equal(gone.chat[0].text, undefined);
});

const BADGE = { organisation: "Fund", badge: "organisation", organisationId: "12" };

test("words keep the badge that they were said with until they are removed", () => {
  const texts = { name: "Ann", ...BADGE, text: "Hello" };
  const said = after(
    room({ held: [] }),
    event("chat.said", {}, texts),
    event("question.asked", { slot: null }, texts),
    event("chat.held", { author: "aa" }, texts),
  );
  for (const one of [said.chat[0], said.questions[0], said.held?.[0]]) {
    assert.deepEqual({ ...one, ...texts }, one);
  }
  const gone = after(
    said,
    event("content.redacted", { seq: 11, parts: [2], reason: "spam" }),
    event("content.redacted", { seq: 12, parts: [2], reason: "spam" }),
  );
  for (const one of [gone.chat[0], gone.questions[0]]) {
    assert.equal(one.removed, true);
    for (const name of ["name", ...Object.keys(BADGE)]) {
      assert.equal(/** @type {Fields} */ (one)[name], undefined);
    }
  }
});

test("a new card of a member has no badge of the one before", () => {
  const roles = { member: "aa", roles: ["judge"], slots: [] };
  const inside = after(
    room({ members: [] }),
    event("member.admitted", { member: "aa", roles: ["audience"], slots: [] }, {
      name: "Ann",
      ...BADGE,
    }),
    event("member.roles_changed", roles),
  );
  assert.equal(inside.members?.[0].badge, "organisation");
  const changed = after(inside, event("member.roles_changed", roles, { name: "Ann B" }));
  assert.equal(changed.members?.[0].name, "Ann B");
  assert.equal(changed.members?.[0].badge, undefined);
});

test("a text erased before it came is a removed one", () => {
  assert.equal(after(room(), event("chat.said")).chat[0].removed, true);
  assert.equal(after(room(), event("question.asked", { slot: null })).questions[0].removed, true);
});

test("chat is bounded and says that there is more", () => {
  const full = room({
    chat: Array.from({ length: CHAT_KEPT }, (_, seq) => ({ seq, by: "aa", at: 0, text: "x" })),
  });
  assert.equal(full.chatMore, false);
  const over = after(full, event("chat.said", {}, { name: "Ann", text: "last" }));
  assert.equal(over.chat.length, CHAT_KEPT);
  assert.equal(over.chat.at(-1)?.text, "last");
  assert.equal(over.chatMore, true);
});

test("a question is asked, voted for and marked", () => {
  const asked = after(
    room(),
    event("question.asked", { slot: "1" }, { name: "Ann", organisation: "Fund", text: "Why?" }),
    event("question.voted", { question: "11", votes: 1 }),
    event("question.marked", { question: "11", state: "answering" }),
  ).questions[0];
  assert.deepEqual(asked, {
    id: "11",
    seq: 11,
    slot: "1",
    by: "aa",
    at: 1_000,
    name: "Ann",
    organisation: "Fund",
    text: "Why?",
    votes: 1,
    state: "answering",
  });
});

/** @type {[string, Fields, string][]} */
const states = [
  ["room.opened", {}, "open"],
  ["room.started", {}, "live"],
  ["room.paused", {}, "paused"],
  ["room.resumed", {}, "live"],
  ["room.ended", { reopenUntil: 9 }, "follow_up"],
  ["room.reopened", {}, "paused"],
  ["room.closed", {}, "closed"],
  ["room.cancelled", {}, "cancelled"],
];
for (const [type, data, state] of states) {
  test(`${type} brings the room to ${state}`, () => {
    assert.equal(after(room(), event(type, data)).state, state);
  });
}

test("the end is asked for, then it ends", () => {
  const asked = after(room(), event("room.end_requested", { until: 61_000 }));
  assert.equal(asked.endRequestedUntil, 61_000);
  const ended = after(asked, event("room.ended", { reopenUntil: 600_000 }));
  assert.deepEqual([ended.endRequestedUntil, ended.reopenUntil], [null, 600_000]);
});

test("an end that is undone gives the clock back", () => {
  const stopped = event("clock.paused", { slot: "1", remainingMs: 5_000, withRoom: true });
  const ended = after(pitching, stopped, event("room.ended", { reopenUntil: 600_000 }));
  assert.deepEqual(ended.clock, { ...clock, endsAt: null, remainingMs: 5_000 });
  const resumed = event("clock.resumed", { slot: "1", endsAt: 70_000 });
  const again = after(ended, event("room.reopened"), event("room.resumed"), resumed);
  assert.deepEqual(again.clock, { ...clock, endsAt: 70_000, remainingMs: null });
});

test("a cancelled room waits for nothing more", () => {
  const cancelled = after(
    room({ endRequestedUntil: 61_000, reopenUntil: 600_000 }),
    event("room.cancelled"),
  );
  assert.deepEqual([cancelled.endRequestedUntil, cancelled.reopenUntil], [null, null]);
});

test("staff see who was admitted, others keep no list", () => {
  const admitted = event(
    "member.admitted",
    { member: "bb", roles: ["audience"], slots: [] },
    { name: "Ben" },
  );
  const changed = event("member.roles_changed", {
    member: "bb",
    roles: ["presenter"],
    slots: ["1"],
  });
  assert.deepEqual(after(room({ members: [] }), admitted, changed).members, [
    { card: 11, at: 1_000, member: "bb", roles: ["presenter"], slots: ["1"], name: "Ben" },
  ]);
  const erased = event("content.redacted", { seq: 11, parts: [3], reason: "private" });
  assert.equal(after(room({ members: [] }), admitted, erased).members?.[0]?.name, "");
  assert.equal(after(room(), admitted, changed).members, undefined);
});

test("an event nobody here knows moves the number alone", () => {
  assert.deepEqual(after(room(), event("score.given", { x: 1 })), room({ seq: 11 }));
});

test("staff see who signed the terms of a closed matter", () => {
  const ben = { at: 1, member: "bb", roles: [], slots: [], name: "Ben" };
  const signed = event("terms.signed", { member: "bb", terms: "5e" }, { name: "Ben" });
  // @ts-ignore a member as short as this test needs
  assert.deepEqual(after(room({ members: [ben] }), signed).members, [{ ...ben, signed: 1_000 }]);
  assert.equal(after(room(), signed).members, undefined);
});

test("a poll opens at nought, closes with its counts, and loses them when it is cancelled", () => {
  const frame = { kind: "yes_no", options: 2, slot: null, registered: false, changeable: true };
  const opened = event("poll.opened", { ...frame, results: "closed" }, { question: "?" });
  assert.equal(after(room(), opened).polls[0]?.counts, undefined);
  assert.deepEqual(after(room({ members: [] }), opened).polls[0]?.counts, [0, 0]);
  const closed = event("poll.closed", { poll: "11", voters: 3, counts: [2, 1] });
  const [poll] = after(room(), opened, closed).polls;
  assert.deepEqual([poll?.state, poll?.voters, poll?.counts], ["closed", 3, [2, 1]]);
  const [cancelled] = after(room(), opened, closed, event("poll.cancelled", { poll: "11" })).polls;
  assert.deepEqual([cancelled?.state, cancelled?.voters, cancelled?.counts], [
    "cancelled",
    0,
    undefined,
  ]);
});

test("a merged question is counted where it went, and answers stand beside theirs", () => {
  const asked = (/** @type {number} */ seq) => {
    const told = event("question.asked", { slot: null, anonymous: true }, { text: "?" });
    delete told.parts[0]?.body?.by;
    return { ...told, seq };
  };
  const merged = event("question.merged", {
    question: "12",
    into: "11",
    counts: [{ question: "12", votes: 1 }, { question: "11", votes: 3 }],
  });
  const answered = {
    ...event("question.answered", { question: "11" }, { name: "Ben", text: "!" }),
    seq: 13,
  };
  const { questions } = after(room(), asked(11), asked(12), merged, answered);
  assert.deepEqual(questions.map(({ votes }) => votes), [3, 1]);
  assert.equal(questions[1]?.mergedInto, "11");
  assert.deepEqual([questions[0]?.state, questions[0]?.answer?.text], ["answered", "!"]);
  assert.deepEqual([questions[0]?.by, questions[0]?.anonymous], [null, true]);
  const apart = event("question.merged", {
    question: "12",
    into: null,
    counts: [{ question: "12", votes: 1 }, { question: "11", votes: 2 }],
  });
  const gone = event("content.redacted", { seq: 13, parts: [2], reason: "mistake" });
  const [first, second] = after(room({ questions }), apart, gone).questions;
  assert.deepEqual([first?.votes, second?.mergedInto, first?.answer?.removed], [
    2,
    undefined,
    true,
  ]);
});
