// Proves what a slow line does to a publisher's video, and how a backlog is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Backlog } from "../media/backlog.js";
import { Pace } from "../media/pace.js";
import { MediaRefused, refusalOf } from "../media/refusal.js";

test("a backlog is as old as its oldest byte", () => {
  const backlog = new Backlog();
  assert.equal(backlog.age(0, 0), 0);
  backlog.sent(100, 1_000);
  backlog.sent(100, 1_040);
  backlog.sent(100, 1_043); // Counts with the one before.
  assert.equal(backlog.age(300, 1_100), 100);
  assert.equal(backlog.age(201, 1_100), 100);
  assert.equal(backlog.age(200, 1_100), 60);
  assert.equal(backlog.age(1, 1_100), 60);
  assert.equal(backlog.age(0, 1_100), 0);
});

test("a backlog's memory is bounded", () => {
  const backlog = new Backlog();
  for (let i = 0; i < 5_000; i++) backlog.sent(1, i * 10);
  assert.equal(backlog.age(5_000, 50_000), 50_000);
  assert.equal(backlog.age(1, 50_000), 50_000 - 1_023 * 10);
});

/** Each line: what happens, backlog and time in milliseconds, the verdict, bits a second. */
/** @type {[string, number, number, string, number][]} */
const story = [
  ["nothing waits", 0, 0, "send", 400],
  ["at the border", 300, 1_000, "send", 400],
  ["beyond it", 301, 1_040, "skip", 250],
  ["not yet caught up", 100, 1_080, "skip", 250],
  ["caught up", 99, 1_120, "send", 250],
  ["behind again, too soon to judge", 400, 3_039, "skip", 250],
  ["behind after two seconds", 400, 3_040, "skip", 150],
  ["caught up", 0, 5_000, "send", 150],
  ["behind by a key frame", 400, 5_100, "skip", 150],
  ["not yet hopeless", 400, 7_099, "skip", 150],
  ["the least cannot be kept", 400, 7_100, "pause", 150],
  ["the pause lasts", 0, 12_099, "pause", 150],
  ["the sound is still behind", 100, 12_100, "pause", 150],
  ["tried again", 0, 12_140, "send", 150],
  ["behind", 301, 12_200, "skip", 150],
  ["still behind", 301, 14_200, "pause", 150],
  ["the second pause is longer", 0, 24_199, "pause", 150],
  ["tried again", 0, 24_200, "send", 150],
  ["not yet calm", 0, 34_199, "send", 150],
  ["calm", 0, 34_200, "send", 250],
  ["calm again", 0, 44_200, "send", 400],
  ["no more than all", 0, 64_200, "send", 400],
];

test("video gives way to a slow line and comes back", () => {
  const pace = new Pace([400, 250, 150]);
  for (const [what, backlog, now, verdict, bitrate] of story) {
    assert.deepEqual([what, pace.consider(backlog, now), pace.bitrate], [what, verdict, bitrate]);
  }
});

/** @type {[string, boolean, string][]} */
const refusals = [
  ["NotAllowedError", false, "media.permission_denied"],
  ["NotAllowedError", true, "media.cancelled"],
  ["NotFoundError", false, "media.no_device"],
  ["NotReadableError", false, "media.device_busy"],
  ["NotReadableError", true, "media.device_busy"],
  ["TypeError", false, "media.failed"],
];
for (const [name, screen, code] of refusals) {
  test(`${name} is ${code}`, () => {
    assert.equal(refusalOf(new DOMException("", name), screen).code, code);
  });
}

test("a refusal stays what it is", () => {
  const refusal = new MediaRefused("media.no_encoder");
  assert.equal(refusalOf(refusal), refusal);
});
