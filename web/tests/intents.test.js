// Proves the intents' panel without a page: what is known of intents after events, and money.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bookOf } from "../rooms/intents/book.js";
import { answersTo, LADDERS, mayHaveAmount, needsCooperation } from "../rooms/intents/ladder.js";
import { amountText, capitals, parseAmount, writtenAmount } from "../rooms/intents/money.js";

/** @import { Fields, Merged, You } from "../types.d.ts" */

/** @type {You} */
const ben = { member: "b", roles: ["investor"], slots: [], votes: [] };
/** @type {You} */
const ann = { member: "a", roles: ["presenter"], slots: ["1"], votes: [] };

/** @param {string} type @param {number} seq @param {Fields} data @returns {Merged} */
function event(type, seq, data) {
  return { type, by: null, seq, at: 1_000 + seq, data: { slot: "1", ...data } };
}

const given = event("intent.given", 5, {
  ...{ member: "b", side: "investor", step: "meet", shared: false, presenters: ["a"] },
  ...{ name: "Ben", organisation: "Fund", kind: "investor", note: "soon" },
});

test("an intent goes up, is answered, withdrawn and given anew", () => {
  const events = [
    given,
    event("intent.answered", 6, { member: "b", answer: "seen", name: "Ann" }),
    event("intent.answered", 7, { member: "b", answer: "meeting_declined", name: "Ann" }),
    event("intent.answered", 8, { member: "b", answer: "meeting_accepted", name: "Ann" }),
  ];
  const [intent] = bookOf(ann, events).intents;
  assert.deepEqual(intent.answers.map(({ answer }) => answer), ["seen", "meeting_accepted"]);
  const up = event("intent.given", 9, { ...given.data, step: "signed" });
  assert.deepEqual(
    bookOf(ben, [...events, up]).intents[0].answers.map(({ answer }) => answer),
    ["meeting_accepted"],
  );
  const gone = event("intent.withdrawn", 10, { member: "b", note: "no" });
  const after = bookOf(ben, [...events, up, gone]).intents[0];
  assert.deepEqual(after.withdrawn, { seq: 10, note: "no" });
  const anew = { ...given, seq: 11 };
  const again = bookOf(ben, [...events, up, gone, anew]).intents;
  assert.equal(again.length, 1);
  assert.equal(again[0].withdrawn, undefined);
  assert.deepEqual(again[0].answers, []);
});

test("what a join tells and what came since are one, and come twice without harm", () => {
  const joined = { ...ann, leads: bookOf(ann, [given]).intents };
  assert.deepEqual(bookOf(joined, [given]), bookOf(ann, [given]));
});

test("contacts wait for both, and go with their text", () => {
  const pair = { author: "b", presenter: "a" };
  const offered = event("contact.offered", 6, { ...pair, of: "b", name: "Ben", text: "ben@x" });
  const [waiting] = bookOf(ben, [given, offered]).contacts;
  assert.deepEqual(waiting.offered.map(({ of, text }) => [of, text]), [["b", "ben@x"]]);
  const told = [
    event("contact.told", 7, { ...pair, of: "b", name: "Ben", text: "ben@x" }),
    event("contact.told", 8, { ...pair, of: "a", name: "Ann", text: "ann@x" }),
  ];
  const [both] = bookOf(ben, [given, offered, ...told]).contacts;
  assert.deepEqual([both.offered, both.told.map(({ text }) => text)], [[], ["ben@x", "ann@x"]]);
  const removed = event("content.redacted", 9, { seq: 8 });
  const [left] = bookOf(ben, [given, offered, ...told, removed]).contacts;
  assert.deepEqual(left.told.map(({ text }) => text), ["ben@x", undefined]);
  const lost = event("content.redacted", 9, { seq: 6 });
  assert.deepEqual(bookOf(ben, [given, offered, lost]).contacts[0].offered, []);
});

test("a note takes the place of the one before", () => {
  const events = [
    event("note.kept", 6, { member: "b", note: "one" }),
    event("content.redacted", 7, { seq: 6 }),
    event("note.kept", 8, { member: "b", note: "two" }),
  ];
  assert.deepEqual(bookOf(ben, events).notes, [{ slot: "1", seq: 8, text: "two" }]);
});

test("what is due is asked until the reader's side has said it", () => {
  const you = { ...ben, intents: [{ ...bookOf(ben, [given]).intents[0], due: 30 }] };
  const other = event("intent.followed_up", 9, {
    member: "b",
    party: "presenter",
    outcome: "ended",
  });
  assert.equal(bookOf(you, [other]).intents[0].due, 30);
  const own = event("intent.followed_up", 10, { member: "b", party: "author", outcome: "signed" });
  assert.equal(bookOf(you, [other, own]).intents[0].due, undefined);
});

test("each side has its ladder and what stands on it", () => {
  assert.deepEqual(LADDERS.investor.filter((step) => mayHaveAmount("investor", step)), [
    "amount",
    "due_diligence",
    "signed",
  ]);
  assert.deepEqual(LADDERS.enterprise.filter((step) => needsCooperation("enterprise", step)), [
    "cooperation",
    "signed",
  ]);
  assert.equal(needsCooperation("investor", "signed"), false);
  assert.deepEqual(answersTo("investor", "follow").map(({ answer }) => answer), ["seen"]);
  assert.equal(answersTo("enterprise", "exchange").length, 4);
});

/** @type {[string, "one" | "tenThousand", string, number | null][]} */
const written = [
  ["100", "tenThousand", "CNY", 100_000_000],
  ["1.5", "tenThousand", "CNY", 1_500_000],
  ["1,200.50", "one", "CNY", 120_050],
  ["0", "one", "CNY", 0],
  ["0.01", "one", "CNY", 1],
  ["0.001", "one", "CNY", null],
  ["1.1234567", "tenThousand", "CNY", null],
  ["5", "one", "JPY", 5],
  ["5.5", "one", "JPY", null],
  ["-1", "one", "CNY", null],
  ["1e3", "one", "CNY", null],
  ["", "one", "CNY", null],
  ["999999999999999", "tenThousand", "CNY", null],
];
for (const [text, unit, currency, minor] of written) {
  test(`money: ${text} ${unit} ${currency}`, () => {
    assert.equal(parseAmount(text, unit, currency), minor);
    if (minor !== null) {
      assert.equal(parseAmount(writtenAmount(minor, unit, currency), unit, currency), minor);
    }
  });
}

test("money is read in the reader's way", () => {
  const range = { currency: "CNY", least: 100_000_000, most: 300_000_000 };
  assert.equal(amountText(range, "zh-CN"), "100 万 – 300 万元");
  assert.equal(amountText(range, "en"), "CNY 1,000,000 – 3,000,000");
  assert.equal(amountText({ ...range, least: 300_000_000 }, "zh-CN"), "300 万元");
  assert.equal(amountText({ currency: "CNY", least: 0, most: 120_050 }, "zh-CN"), "0 – 1,200.5 元");
  assert.equal(amountText({ currency: "USD", least: 5, most: 5 }, "zh-CN"), "USD 0.05");
});

/** @type {[number, string][]} */
const inCapitals = [
  [120_000_000, "壹佰贰拾万元整"],
  [100_000_000, "壹佰万元整"],
  [0, "零元整"],
  [1, "壹分"],
  [50, "伍角整"],
  [10_001, "壹佰元零壹分"],
  [10_050_000, "壹拾万零伍佰元整"],
  [1_000_100, "壹万零壹元整"],
  [10_000_000_000_000, "壹仟亿元整"],
  [10_000_000_100, "壹亿零壹元整"],
  [100_500_000_00, "壹亿零伍拾万元整"],
  [120_340_056, "壹佰贰拾万叁仟肆佰元伍角陆分"],
];
for (const [fen, text] of inCapitals) {
  test(`in capitals: ${text}`, () => assert.equal(capitals(fen), text));
}
