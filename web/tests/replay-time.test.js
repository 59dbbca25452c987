// Proves a replay's time: silences, the bar, marks, the transcript's search, links to a moment.
import assert from "node:assert/strict";
import { test } from "node:test";
import { momentLink, readMoment, timeText } from "../replay/links.js";
import { findLines, marksOf, saidUntil, Story } from "../replay/story.js";
import { silences, Timeline } from "../replay/timeline.js";

/** @import { Merged } from "../types.d.ts" */
/** @import { Marker } from "../replay/story.js" */

const s = 1_000;

/** @type {[string, number[], [number, number][], number, [number, number][]][]} times, recordings, end, gaps; seconds */
const rows = [
  ["events close together", [5, 20, 39], [], 40, []],
  ["20 s are no silence", [0, 20], [], 20, []],
  ["more than 20 s are", [0, 21], [], 21, [[3, 20]]],
  ["before the first and after the last", [40], [], 80, [[3, 39], [43, 79]]],
  ["a recording is no silence", [], [[0, 100]], 100, []],
  ["what a recording leaves", [], [[30, 60]], 100, [[3, 29], [63, 99]]],
  ["recordings that overlap", [], [[50, 70], [30, 60]], 100, [[3, 29], [73, 99]]],
  ["one that is nearly covered", [], [[10, 90]], 100, []],
  ["a recording within events", [0, 50, 100], [[45, 55]], 100, [[3, 44], [58, 99]]],
  ["one that began before", [], [[-50, 30]], 60, [[33, 59]]],
];
for (const [name, times, recorded, end, gaps] of rows) {
  test(`silences: ${name}`, () => {
    const found = silences(
      times.map((at) => at * s),
      recorded.map(([from, to]) => ({ from: from * s, to: to * s })),
      { from: 0, to: end * s },
    );
    assert.deepEqual(found, gaps.map(([from, to]) => ({ from: from * s, to: to * s })));
  });
}

test("the bar has no place for what is passed over", () => {
  const timeline = new Timeline({ from: 100, to: 1_100 }, [{ from: 200, to: 400 }, {
    from: 600,
    to: 700,
  }]);
  assert.equal(timeline.played, 700);
  /** @type {[number, number][]} */
  const pairs = [[100, 0], [150, 50], [200, 100], [300, 100], [400, 100], [500, 200], [600, 300]];
  for (const [at, place] of pairs) assert.equal(timeline.place(at), place, `${at}`);
  assert.equal(timeline.place(0), 0);
  assert.equal(timeline.place(9_000), 700);
  for (let place = 0; place <= 700; place += 1) {
    const at = timeline.moment(place);
    assert.equal(timeline.place(at), place);
    assert.equal(timeline.gapAt(at), null);
  }
  assert.equal(timeline.moment(-5), 100);
  assert.equal(timeline.moment(9_000), 1_100);
  assert.deepEqual(timeline.gapAt(200), { from: 200, to: 400 });
  assert.equal(timeline.gapAt(400), null);
});

test("a timeline of one moment", () => {
  const timeline = new Timeline({ from: 5, to: 5 }, []);
  assert.deepEqual([timeline.played, timeline.place(5), timeline.moment(0)], [0, 0, 5]);
});

/** @type {[string, number | null][]} */
const hashes = [
  ["#t=93", 93],
  ["#t=0", 0],
  ["", null],
  ["#t=", null],
  ["#t=-1", null],
  [
    "#t=1.5",
    null,
  ],
  ["#x=1", null],
  ["#t=9999999999", null],
];
for (const [hash, seconds] of hashes) {
  test(`a moment of ${hash || "nothing"}`, () => assert.equal(readMoment(hash), seconds));
}

test("a link leads to its moment, and to nothing else of the address", () => {
  const link = momentLink("https://a.example/r/00/replay?catch#t=1", 93.9);
  assert.equal(link, "https://a.example/r/00/replay#t=93");
  assert.equal(readMoment(new URL(link).hash), 93);
});

test("times are written as players do", () => {
  assert.deepEqual([0, 59_999, 60_000, 3_723_000, -1].map(timeText), [
    "0:00",
    "0:59",
    "1:00",
    "1:02:03",
    "0:00",
  ]);
});

/** @param {number} seq @param {string} type @param {object} [data] @returns {Merged} */
const event = (seq, type, data = {}) => ({ seq, at: seq * s, type, by: null, data });

test("the story of a log", () => {
  const story = new Story();
  const told = [
    event(1, "room.created", { slots: [{ id: "1", title: "磁体" }, { id: "2", title: "Cells" }] }),
    event(2, "room.started"),
    event(3, "slot.called", { slot: "2" }),
    event(4, "slide.shown", { slot: "2", page: 3 }),
    event(5, "chat.said", { text: "Hello", name: "Ann" }),
    event(6, "chat.said", { text: "secret", channel: "staff" }),
    event(7, "question.asked", { text: "成本如何？", name: "张三" }),
    event(8, "question.marked", { question: "7", state: "answering" }),
    event(9, "question.marked", { question: "7", state: "later" }),
    event(10, "chat.said", {}),
    event(11, "poll.opened", { question: "投给谁？" }),
    event(12, "slot.called", { slot: "2" }),
    event(13, "content.corrected", { seq: 5, text: "Good day" }),
    event(14, "content.corrected", { seq: 10, text: "what was removed" }),
    event(15, "content.corrected", { seq: 5 }),
  ];
  for (const one of told) story.take(one);
  assert.deepEqual(story.lines.map(({ seq, kind, text }) => [seq, kind, text]), [
    [2, "state", ""],
    [3, "slot", "Cells"],
    [5, "chat", "Hello"],
    [7, "question", "成本如何？"],
    [8, "asking", "成本如何？"],
    [10, "chat", null],
    [11, "poll", "投给谁？"],
    [12, "slot", "Cells"],
  ]);
  assert.deepEqual(story.markers.map(({ kind }) => kind), [
    "slot",
    "slide",
    "question",
    "poll",
    "slot",
  ]);
  assert.deepEqual([...story.called], [["2", 3 * s]]);
  assert.deepEqual(findLines(story.lines, " hello "), [2]);
  assert.deepEqual(findLines(story.lines, "good day"), [2]);
  assert.equal(story.lines[2].corrected, "Good day");
  assert.equal(story.lines[5].corrected, undefined);
  assert.deepEqual(findLines(story.lines, "成本"), [3, 4]);
  assert.deepEqual(findLines(story.lines, "ANN"), [2]);
  assert.deepEqual(findLines(story.lines, "  "), []);
  assert.equal(saidUntil(story.lines, 4 * s), 2);
  assert.equal(saidUntil(story.lines, 0), 0);
  assert.equal(saidUntil(story.lines, 99 * s), 8);
});

test("marks are few, however much happened", () => {
  /** @type {Marker[]} */
  const markers = Array.from({ length: 50_000 }, (_, place) => ({
    at: place,
    kind: place % 2 === 0 ? "slide" : "question",
    id: "",
  }));
  const marks = marksOf(markers, (at) => at / 50_000, 400);
  assert.equal(marks.length, 802);
  assert.ok(marks.every(({ share }) => share >= 0 && share <= 1));
});
