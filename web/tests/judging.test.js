// Proves what the pages show of judging: marks as typed, totals, standings, tables, schemes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { texts } from "../app/i18n.js";
import english from "../i18n/judging.en.js";
import common from "../i18n/en.js";
import { csvText, scoreTable } from "../rooms/judging/csv.js";
import { missing } from "../rooms/judging/judges.js";
import {
  figure,
  readMark,
  sheetStanding,
  sheetTotal,
  slotsBeforeScores,
  takesSheets,
  untold,
} from "../rooms/judging/marks.js";
import { award, placings } from "../rooms/judging/placings.js";
import { draftOf, planOf } from "../rooms/judging/scheme-draft.js";

/** @import { Room, You } from "../types.d.ts" */
/** @import { Judging } from "../rooms/judging/types.d.ts" */

texts.messages = { ...common, ...english };

/** @type {[string, number | null][]} */
const marks = [
  ["0", 0],
  ["100", 100],
  [" 86 ", 86],
  ["101", null],
  ["-1", null],
  ["8.5", null],
  ["", null],
  ["８６", null],
  ["1e2", null],
];
for (const [text, mark] of marks) {
  test(`typed ${JSON.stringify(text)}`, () => assert.equal(readMark(text), mark));
}

test("a total is in hundredths, and shows two places", () => {
  const criteria = [{ weight: 70, name: "a" }, { weight: 30, name: "b" }];
  assert.equal(sheetTotal([90, 81], criteria), 8_730);
  assert.equal(figure(8_730), "87.30");
  assert.equal(figure(0), "0.00");
  assert.equal(figure(null), "–");
});

/** @param {string[]} states of the slots @param {Partial<Judging>} [scheme] @param {Room["state"]} [state] */
function hall(states, scheme = {}, state = "live") {
  /** @type {Judging} */
  const judging = {
    criteria: [{ weight: 70, name: "Novelty" }, { weight: 30, name: "Team" }],
    panels: [{ weight: 100, name: "Judges" }],
    aggregation: "mean",
    publication: "end",
    detail: "criteria",
    ties: [1],
    groups: [],
    scores: [],
    ranks: [],
    sheets: [],
    ...scheme,
  };
  const slots = states.map((of, index) => ({
    id: String(index + 1),
    title: `Project ${index + 1}`,
    organisation: "=Lab",
    state: of,
  }));
  const room = /** @type {Room} */ (/** @type {unknown} */ ({ state, slots, judging }));
  return { room, judging };
}

/** @param {string} slot @param {number | null} total */
const score = (slot, total) => ({ slot, total, criteria: [], sheets: 1, trimmed: 0, recused: 0 });
/** @type {You} */
const judge = { member: "m", roles: ["judge"], slots: [], votes: [] };
const sheet = { slot: "1", panel: 1, marks: [1, 2], seq: 9 };

/** @type {[string, Room["state"], Partial<You>, Partial<Judging>, string, boolean][]} */
const standings = [
  ["waiting", "live", {}, {}, "later", false],
  ["ready", "live", {}, {}, "later", false],
  ["pitch", "live", {}, {}, "open", true],
  ["overtime", "paused", {}, {}, "open", true],
  ["qa", "live", {}, {}, "open", true],
  ["scoring", "follow_up", {}, {}, "open", true],
  ["scoring", "closed", {}, {}, "later", false],
  ["scoring", "live", { sheets: [sheet] }, {}, "given", true],
  ["done", "live", { sheets: [sheet] }, {}, "given", false],
  ["done", "live", {}, {}, "missed", false],
  ["skipped", "live", {}, {}, "skipped", false],
  ["qa", "live", { recused: ["1"] }, {}, "recused", true],
  ["qa", "live", { slots: ["1"] }, {}, "own", true],
  ["done", "live", { sheets: [sheet] }, { scores: [score("1", 5)] }, "published", false],
];
for (const [state, roomState, you, scheme, wanted, takes] of standings) {
  test(`a slot in ${state}, the room ${roomState}: ${wanted}`, () => {
    const { room, judging } = hall([state], scheme, roomState);
    assert.equal(sheetStanding(room, judging, { ...judge, ...you }, room.slots[0]), wanted);
    assert.equal(takesSheets(room, room.slots[0]), takes);
  });
}

/** @type {[string, string[], Partial<Judging>, Room["state"], number, string[]][]} */
const policies = [
  ["at the end, one is left", ["done", "scoring"], {}, "live", 1, ["1"]],
  ["at the end, all through", ["done", "skipped"], {}, "live", 0, ["1"]],
  ["after the room's end", ["done", "waiting"], {}, "follow_up", 0, ["1"]],
  ["after the room's end, one open", ["done", "scoring"], {}, "follow_up", 1, ["1"]],
  ["each", ["done", "waiting"], { publication: "each_slot" }, "live", 0, ["1"]],
  ["after two", ["done", "waiting", "waiting"], { publication: "after", after: 2 }, "live", 1, [
    "1",
  ]],
  ["after two of one", ["done"], { publication: "after", after: 2 }, "live", 0, ["1"]],
  ["told already", ["done"], { scores: [score("1", 5)] }, "live", 0, []],
];
for (const [name, states, scheme, state, left, found] of policies) {
  test(`telling ${name}`, () => {
    const { room, judging } = hall(states, scheme, state);
    assert.equal(slotsBeforeScores(room, judging), left);
    assert.deepEqual(untold(room, judging).map(({ id }) => id), found);
  });
}

test("places stand by group, without a figure last, and bring what the group gives", () => {
  const group = { scored: true, advancing: 2, prizes: ["Gold"] };
  const { room, judging } = hall(["done", "done", "done", "done"], {
    groups: [
      { ...group, name: "A", slots: ["1", "2", "3"] },
      { ...group, name: "B", slots: ["4"], scored: false },
    ],
    scores: [score("1", null), score("2", 8_000), score("3", 9_000)],
    ranks: [{ slot: "3", rank: 1 }, { slot: "2", rank: 2 }],
  });
  const found = placings(room, judging);
  assert.deepEqual(found.map(({ rows }) => rows.map(({ slot }) => slot.id)), [["3", "2", "1"]]);
  assert.deepEqual(found[0].rows.map(({ rank }) => award(found[0].group, rank)), [
    "Gold · goes on",
    "goes on",
    "",
  ]);
});

test("a table's cells are quoted, and none is a formula", () => {
  const { room, judging } = hall(["done"], {
    scores: [{ ...score("1", 8_633), criteria: [8_000, 10_000] }],
    ranks: [{ slot: "1", rank: 1 }],
    sheets: [{
      slot: "1",
      member: "m",
      panel: 1,
      marks: [80, 100],
      total: 8_600,
      trimmed: true,
      all: true,
      name: '李 "四"',
      comment: "@good\nwell, yes",
    }],
  });
  const lines = csvText(scoreTable(room, judging)).split("\r\n");
  assert.ok(lines[0].startsWith("\ufeffGroup,Place,Project"));
  assert.equal(lines[1], ",1,Project 1,,'=Lab,all judges,,86.33,80.00,100.00,,");
  assert.equal(
    lines[2],
    `,1,Project 1,,'=Lab,"李 ""四""",Judges,86.00,80,100,left out,"'@good\nwell, yes"`,
  );
});

test("who is to give a sheet: neither who gave one, nor who stood back, nor the presenter", () => {
  const { judging } = hall(["scoring"], {
    given: [{ slot: "1", member: "a" }],
    recusals: [{ slot: "1", member: "b" }],
  });
  const judges = /** @type {any} */ (["a", "b", "c", "d"].map((member) => ({
    member,
    slots: member === "c" ? ["1"] : [],
  })));
  assert.deepEqual(missing(judges, judging, "1").map(({ member }) => member), ["d"]);
  assert.deepEqual(missing(judges, judging, "2").map(({ member }) => member).length, 4);
});

test("a scheme goes through the form unchanged", () => {
  const { room, judging } = hall(["waiting", "waiting"], {
    publication: "after",
    after: 2,
    ties: [2],
    groups: [{ name: "A", slots: ["1", "2"], scored: true, advancing: 1, prizes: ["x", "y"] }],
  });
  const { plan } = planOf(draftOf(judging), room);
  const { scores: _scores, ranks: _ranks, sheets: _sheets, ...scheme } = judging;
  assert.deepEqual(plan, scheme);
});

test("the usual criteria make a scheme", () => {
  const { room } = hall(["waiting"]);
  const { plan } = planOf(draftOf(null), room);
  const sum = plan?.criteria.reduce(
    (/** @type {number} */ all, /** @type {any} */ one) => all + one.weight,
    0,
  );
  assert.equal(sum, 100);
});

/** @type {[string, (draft: import("../rooms/judging/scheme-draft.js").SchemeDraft) => void][]} */
const faults = [
  ["name", (draft) => draft.criteria[0].name = " "],
  ["weight", (draft) => draft.criteria[0].weight = "x"],
  ["weight", (draft) => draft.panels[0].weight = "0"],
  ["sum", (draft) => draft.criteria[0].weight = "1"],
  ["sum", (draft) => draft.panels[0].weight = "99"],
  ["after", (draft) => Object.assign(draft, { publication: "after", after: "0" })],
  [
    "groups",
    (draft) => draft.groups = [{ name: "A", scored: true, advancing: "0", prizes: "", slots: [] }],
  ],
  [
    "advancing",
    (draft) =>
      draft.groups = [{ name: "A", scored: true, advancing: "2", prizes: "", slots: ["1"] }],
  ],
];
for (const [index, [wrong, spoil]] of faults.entries()) {
  test(`scheme ${index + 1} is refused: ${wrong}`, () => {
    const { room } = hall(["waiting"]);
    const draft = draftOf(null);
    spoil(draft);
    assert.deepEqual(planOf(draft, room), { wrong });
  });
}
