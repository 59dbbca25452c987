// Proves what the studio's desks reckon: who is on the air, hands, places in a recording, space.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linesLost, notAgreed, peopleOnAir } from "../rooms/studio/on-air.js";
import { steps } from "../rooms/studio/person-commands.js";
import { lengthText, positionAt } from "../rooms/media/playback-time.js";
import { inOrder, pitchPassed, rateOf, spaceStanding, waited } from "../rooms/studio/times.js";

/** @import { MediaTrack, Playback, Room } from "../types.d.ts" */

/** @param {number} track @param {string} member @param {Partial<MediaTrack>} [more] */
function track(track, member, more = {}) {
  return /** @type {MediaTrack} */ ({
    track,
    member,
    name: member.toUpperCase(),
    kind: "voice",
    live: true,
    muted: false,
    byStaff: false,
    slots: [],
    ...more,
  });
}

/** @param {Partial<Room>} [change] */
function room(change = {}) {
  return /** @type {Room} */ ({
    state: "live",
    stage: "1",
    slots: [{ id: "1", state: "pitch" }, { id: "2", state: "waiting" }],
    members: [
      { member: "p", name: "P", roles: ["presenter"], slots: ["1"] },
      { member: "f", name: "F", roles: ["audience"], slots: [] },
    ],
    floor: [],
    micMuted: [],
    pinned: null,
    layout: "slides",
    playback: null,
    clock: null,
    ...change,
  });
}

test("who sends stands by its first track, then who has the floor and is silent", () => {
  const tracks = [
    track(5, "b"),
    track(2, "a", { kind: "camera" }),
    track(3, "a"),
    track(1, "old", { live: false }),
  ];
  const people = peopleOnAir(room({ floor: ["b", "f"], micMuted: ["a"] }), tracks, new Set(["b"]));
  assert.deepEqual(people.map(({ member }) => member), ["a", "b", "f"]);
  assert.deepEqual(people.map(({ name }) => name), ["A", "B", "F"]);
  assert.deepEqual(people.map(({ tracks }) => tracks.map(({ kind }) => kind)), [
    ["voice", "camera"],
    ["voice"],
    [],
  ]);
  assert.deepEqual(people.map(({ hasFloor }) => hasFloor), [false, true, true]);
  assert.deepEqual(people.map(({ isMuted }) => isMuted), [true, false, false]);
  assert.deepEqual(people.map(({ isSpeaking }) => isSpeaking), [false, true, false]);
});

test("asked for consent is whoever sends and has not agreed", () => {
  const people = peopleOnAir(room({ floor: ["f"] }), [track(1, "a"), track(2, "b")], new Set());
  assert.deepEqual(notAgreed(people, ["a"]).map(({ member }) => member), ["b"]);
  assert.deepEqual(notAgreed(people, ["a", "b"]), []);
});

/** @type {[string, Partial<Room>, MediaTrack[], string[], string[]][]} */
const losses = [
  ["gone in a pitch", {}, [], ["p"], ["p"]],
  ["ended on purpose", {}, [], [], []],
  ["still there", {}, [track(1, "p")], ["p"], []],
  ["a recording in its place", {}, [track(1, "p", { live: false })], ["p"], ["p"]],
  [
    "gone for a question",
    { slots: /** @type {any} */ ([{ id: "1", state: "qa" }]) },
    [],
    ["p"],
    [],
  ],
  [
    "gone in overtime",
    { slots: /** @type {any} */ ([{ id: "1", state: "overtime" }]) },
    [],
    ["p"],
    [
      "p",
    ],
  ],
  ["the room is paused", { state: "paused" }, [], ["p"], []],
  ["a recording plays", { playback: /** @type {any} */ ({}) }, [], ["p"], []],
  ["somebody else", {}, [], ["f"], []],
  ["nothing on stage", { stage: null }, [], ["p"], []],
];
for (const [name, change, tracks, dropped, lost] of losses) {
  test(`a presenter's line: ${name}`, () => {
    assert.deepEqual(linesLost(room(change), tracks, new Set(dropped)), lost);
  });
}

test("hands stand in the order in which they were raised", () => {
  const hands = [{ member: "b", seq: 9, at: 2 }, { member: "a", seq: 7, at: 2 }];
  assert.deepEqual(inOrder(hands).map(({ member }) => member), ["a", "b"]);
});

test("a hand that is up since after now has not waited", () => {
  assert.equal(waited(1_000, 61_000), 60_000);
  assert.equal(waited(1_000, 900), 0);
});

/** @type {[number, string][]} */
const lengths = [
  [-1, "0:00"],
  [999, "0:00"],
  [1_000, "0:01"],
  [59_999, "0:59"],
  [60_000, "1:00"],
  [3_599_999, "59:59"],
  [3_600_000, "1:00:00"],
  [3_725_000, "1:02:05"],
];
for (const [milliseconds, text] of lengths) {
  test(`${milliseconds} ms are ${text}`, () => assert.equal(lengthText(milliseconds), text));
}

const played = { recording: "r", member: "p", slot: "1", lengthMs: 10_000 };
/** @type {[string, Playback, number, number][]} */
const positions = [
  ["runs", { ...played, from: 2_000, since: 5_000 }, 6_000, 3_000],
  ["has run out", { ...played, from: 2_000, since: 5_000 }, 13_001, 10_000],
  ["begins after this clock's now", { ...played, from: 0, since: 5_000 }, 4_900, 0],
  ["stands", { ...played, position: 4_000 }, 99_000, 4_000],
];
for (const [name, playback, now, at] of positions) {
  test(`a playback that ${name}`, () => assert.equal(positionAt(playback, now), at));
}

test("what has passed of a pitch is told of the slot on stage alone, and from its first moment", () => {
  const clock = { slot: "1", phase: /** @type {const} */ ("pitch"), totalMs: 480_000 };
  const running = room({ clock: { ...clock, endsAt: 481_000, remainingMs: null } });
  assert.equal(pitchPassed(running, "1", 61_000), 60_000);
  assert.equal(pitchPassed(running, "2", 61_000), null);
  assert.equal(pitchPassed(running, "1", 1_000), null);
  const stopped = room({ clock: { ...clock, endsAt: null, remainingMs: 470_000 } });
  assert.equal(pitchPassed(stopped, "1", 99_000), 10_000);
  const asked = room({ clock: { ...clock, phase: "qa", endsAt: 481_000, remainingMs: null } });
  assert.equal(pitchPassed(asked, "1", 61_000), null);
});

const GB = 2 ** 30;
/** @type {[number, number, object][]} */
const spaces = [
  [0, 0, { is: "none" }],
  [2 * GB, 0, { is: "plenty" }],
  [2 * GB - 1, 0, { is: "low" }],
  [600_000, 1_000, { is: "low" }],
  [599_999, 1_000, { is: "soon", minutes: 9 }],
  [5 * GB, 5 * GB / 60, { is: "soon", minutes: 1 }],
];
for (const [left, rate, standing] of spaces) {
  test(`${left} bytes at ${rate} a second`, () => {
    assert.deepEqual(spaceStanding(left, rate), standing);
  });
}

test("a rate is told from two seconds on", () => {
  assert.equal(rateOf(9_000, 1_999), 0);
  assert.equal(rateOf(9_000, 2_000), 4_500);
});

/** @type {[string, Partial<Room>, {roles: string[], sends: boolean}, string[]][]} */
const commands = [
  ["one of the audience", {}, { roles: ["audience"], sends: false }, ["floor.give"]],
  ["who has the floor", { floor: ["m"] }, { roles: ["audience"], sends: false }, [
    "microphone.mute",
    "floor.take",
  ]],
  ["a judge who sends", {}, { roles: ["judge"], sends: true }, ["microphone.mute", "stage.pin"]],
  ["a muted one, pinned", { floor: ["m"], micMuted: ["m"], pinned: "m" }, {
    roles: ["audience"],
    sends: true,
  }, ["microphone.unmute", "floor.take", "stage.unpin"]],
];
for (const [name, change, who, wanted] of commands) {
  test(`what can be done with ${name}`, () => {
    assert.deepEqual(steps(room(change), "m", who).map((step) => step.name), wanted);
  });
}

/** @type {[Room["layout"], Room["layout"]][]} */
const larger = [["slides", "camera"], ["screen", "camera"], ["side", "side"], [
  "gallery",
  "gallery",
]];
for (const [layout, wanted] of larger) {
  test(`shown large from the layout ${layout} is ${wanted}`, () => {
    const pin = steps(room({ layout }), "m", { roles: ["judge"], sends: true }).at(-1);
    assert.deepEqual(pin?.data, { layout: wanted, member: "m" });
  });
}
