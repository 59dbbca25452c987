// Proves who stands where on the stage, who speaks, which captions are read, and what is asked again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { captionLanguages, captionLines } from "../rooms/media/caption-lines.js";
import { askedBefore } from "../rooms/media/consent.js";
import { recordedNames } from "../rooms/media/recording-sign.js";
import { placeInQueue } from "../rooms/media/rights.js";
import { SpeakingMeter } from "../rooms/media/speaking.js";
import { planStage, tracksOf } from "../rooms/media/stage-plan.js";

/** @import { Caption, MediaTrack, Room, Slot, StageLayout } from "../types.d.ts" */

/** @param {string} member @param {Partial<MediaTrack>} [more] @returns {MediaTrack} */
function track(member, more) {
  return /** @type {MediaTrack} */ ({
    track: member.charCodeAt(0),
    kind: "camera",
    member,
    name: member,
    live: true,
    slots: [],
    ...more,
  });
}

const ann = track("ann"), ben = track("ben"), cao = track("cao", { slots: ["1"] });
const desk = track("ben", { kind: "screen", track: 7 });
const tape = track("cao", { live: false, track: 8 });
const withPages = /** @type {Slot} */ ({ id: "1", presenters: "cao、dan", pages: [{}] });
const withoutPages = /** @type {Slot} */ ({ ...withPages, pages: /** @type {any[]} */ ([]) });

/** A plan in short: what is large, then what is small. @param {ReturnType<typeof planStage>} plan */
function inShort(plan) {
  const name = (/** @type {"slides" | MediaTrack} */ place) =>
    place === "slides" ? place : `${place.member}'s ${place.live ? place.kind : "tape"}`;
  switch (plan.is) {
    case "plain":
      return "plain";
    case "single":
      return name(plan.large);
    case "side":
      return `side ${name(plan.person)}`;
    case "gallery":
      return `gallery ${plan.people.map(name).join(" ")}`;
    case "inset":
      return `${name(plan.large)} + ${name(plan.small)}`;
  }
}

/** @type {[StageLayout, Slot | null, MediaTrack[], Partial<{pinned: string, leader: string, swapped: boolean}>, string][]} */
const plans = [
  ["slides", withPages, [], {}, "plain"],
  ["gallery", withPages, [], {}, "plain"],
  ["camera", withoutPages, [], {}, "plain"],
  ["slides", null, [], {}, "plain"],
  ["slides", withPages, [ann], {}, "slides + ann's camera"],
  ["slides", withPages, [ann], { swapped: true }, "ann's camera + slides"],
  ["slides", withPages, [ann, ben], { leader: "ben" }, "slides + ben's camera"],
  ["slides", withPages, [ann, ben], { leader: "ben", pinned: "ann" }, "slides + ann's camera"],
  ["slides", withPages, [ann, cao], {}, "slides + cao's camera"],
  ["slides", withPages, [ann, ben], { leader: "ben", pinned: "zoe" }, "slides + ben's camera"],
  ["slides", withPages, [ann, tape], { leader: "ann" }, "slides + cao's tape"],
  ["slides", withPages, [desk], {}, "slides + ben's screen"],
  ["slides", withoutPages, [ann], {}, "side ann's camera"],
  ["slides", null, [ann], {}, "side ann's camera"],
  ["slides", withoutPages, [ann, desk], {}, "ben's screen + ann's camera"],
  ["camera", withPages, [ann], {}, "ann's camera + slides"],
  ["camera", withPages, [ann], { swapped: true }, "slides + ann's camera"],
  ["camera", withoutPages, [ann], {}, "ann's camera"],
  ["side", withPages, [ann, ben], { pinned: "ben" }, "side ben's camera"],
  ["gallery", withPages, [ann, ben, desk], {}, "gallery ann's camera ben's camera"],
  ["screen", withPages, [ann, desk], {}, "ben's screen + ann's camera"],
  ["screen", withPages, [desk], {}, "ben's screen"],
  ["screen", withPages, [ann], {}, "slides + ann's camera"],
];
for (const [layout, slot, tracks, more, wanted] of plans) {
  const { pinned = null, leader = null, swapped = false } = more;
  const whose = tracks.map(({ member, kind }) => `${member} ${kind}`).join(", ");
  const pages = slot ? slot.pages.length : "no slot";
  test(`layout ${layout}, pages ${pages}, ${whose} ${JSON.stringify(more)}: ${wanted}`, () => {
    const plan = planStage({ room: { layout, pinned }, slot, tracks, leader, swapped });
    assert.equal(inShort(plan), wanted);
    for (const shown of tracksOf(plan)) assert.ok(tracks.includes(shown));
  });
}

test("somebody speaks from a loud moment on, and until 300 ms of silence", () => {
  const meter = new SpeakingMeter();
  meter.hear("ann", 50, 0);
  assert.equal(meter.look(0), false);
  meter.hear("ann", 49, 100);
  assert.equal(meter.look(100), true);
  assert.deepEqual([...meter.speaking], ["ann"]);
  assert.equal(meter.look(400), false);
  assert.equal(meter.look(401), true);
  assert.deepEqual([...meter.speaking], []);
});

test("whoever speaks goes on speaking a little softer", () => {
  const meter = new SpeakingMeter();
  meter.hear("ann", 40, 0);
  for (const now of [200, 400, 600]) {
    meter.hear("ann", 57, now);
    meter.look(now);
    assert.ok(meter.speaking.has("ann"), String(now));
  }
  meter.hear("ann", 58, 800);
  meter.look(901);
  assert.equal(meter.speaking.size, 0);
});

test("the stage turns to who speaks long enough, and not while another still does", () => {
  const meter = new SpeakingMeter();
  const leaders = [];
  for (let now = 0; now <= 4_000; now += 100) {
    if (now <= 2_000) meter.hear("ann", 30, now);
    if (now >= 500) meter.hear("ben", 30, now);
    meter.look(now);
    leaders.push(meter.leader);
  }
  assert.equal(leaders[11], null);
  assert.equal(leaders[12], "ann");
  assert.equal(leaders[23], "ann");
  assert.equal(leaders[24], "ben");
  meter.look(9_000);
  assert.equal(meter.leader, "ben");
});

/** @param {number} seq @param {string} language @param {number} to @param {object} [more] @returns {Caption} */
const caption = (seq, language, to, more) => ({
  language,
  from: to - 1_000,
  to,
  seq,
  by: null,
  at: to,
  text: `${seq}`,
  ...more,
});

test("the last two captions of a language stand for ten seconds", () => {
  const captions = [
    caption(1, "en", 1_000),
    caption(2, "en", 2_000),
    caption(3, "zh-CN", 2_500),
    caption(4, "en", 3_000),
    caption(5, "en", 3_500, { removed: true, text: undefined }),
  ];
  const seqs = (/** @type {string} */ language, /** @type {number} */ now) =>
    captionLines(captions, language, now).map(({ seq }) => seq);
  assert.deepEqual(seqs("en", 4_000), [2, 4]);
  assert.deepEqual(seqs("en", 12_000), [4]);
  assert.deepEqual(seqs("en", 13_000), []);
  assert.deepEqual(seqs("zh-CN", 4_000), [3]);
  assert.deepEqual(seqs("fr", 4_000), []);
  assert.deepEqual(captionLanguages(captions), ["en", "zh-CN"]);
});

test("what was written late stands as long", () => {
  const late = [caption(1, "en", 1_000, { at: 9_000 })];
  assert.equal(captionLines(late, "en", 18_999).length, 1);
  assert.equal(captionLines(late, "en", 19_000).length, 0);
});

test("recorded is who agreed and sends something live", () => {
  const tracks = [ann, track("ann", { kind: "voice", track: 9 }), ben, tape];
  assert.deepEqual(recordedNames({ consents: ["ann", "cao"] }, tracks), ["ann"]);
});

test("the place among raised hands counts from one", () => {
  const hands = ["ann", "ben"].map((member, seq) => ({ member, seq, at: 0 }));
  const room = /** @type {Room} */ ({ hands: /** @type {any} */ (hands) });
  assert.deepEqual(["ann", "ben", "cao", null].map((one) => placeInQueue(room, one)), [1, 2, 0, 0]);
});

/** @type {[any, string, boolean][]} what was kept, the cause now, whether it was asked before */
const asked = [
  [null, "air", false],
  [{ member: "ann", cause: "air" }, "air", true],
  [{ member: "ann", cause: "air" }, "r1", false],
  [{ member: "ann", cause: "r1" }, "r1", true],
  [{ member: "ann", cause: "r1" }, "air", true],
  [{ member: "ann", cause: "r1" }, "r2", false],
  [{ member: "ben", cause: "air" }, "air", false],
];
for (const [kept, cause, before] of asked) {
  test(`consent for ${cause} after ${JSON.stringify(kept)} was asked: ${before}`, () => {
    assert.equal(askedBefore(kept, "ann", cause), before);
  });
}
