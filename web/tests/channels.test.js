// Proves the chat's channels on the page: which a reader has, what was said in each, who is called.
import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../rooms/apply.js";
import {
  channelsOf,
  hasEarlier,
  messagesIn,
  newestIn,
  unreadIn,
} from "../rooms/channels/channels.js";
import { callBefore, matching } from "../rooms/channels/mention-list.js";
import { peopleIn, pieces } from "../rooms/channels/people.js";
import { applyToMe, VISITOR } from "../rooms/personal.js";

/** @import { ChatMessage, Merged, Room, You } from "../types.d.ts" */
/** @import { RoomStore } from "../rooms/store.js" */

const SLOTS = [{ id: "1", title: "One", state: "done" }, {
  id: "2",
  title: "Two",
  state: "waiting",
}, {
  id: "3",
  title: "Three",
  state: "waiting",
}];

/** @param {object} room @param {object} you @returns {RoomStore} */
function store(room, you) {
  const mine = { ...VISITOR, member: "me", ...you };
  return /** @type {any} */ ({
    room: { chat: [], questions: [], slots: SLOTS, stage: null, judging: null, ...room },
    you: mine,
    is: (/** @type {string} */ role) => /** @type {string[]} */ (mine.roles).includes(role),
  });
}

/** @param {number} seq @param {string} [channel] @param {string} [by] @returns {ChatMessage} */
function said(seq, channel, by = "aa") {
  return { seq, by, at: 0, name: `N${by}`, text: "x", ...(channel && { channel }) };
}

/** @type {[string, object, object, string[]][]} */
const READERS = [
  ["a visitor", {}, { member: null, roles: [] }, ["everyone"]],
  ["the audience", {}, { roles: ["audience"] }, ["everyone"]],
  ["a judge", {}, { roles: ["judge"] }, ["everyone", "judges"]],
  ["a presenter", {}, { roles: ["presenter"], slots: ["3"] }, ["everyone", "slot:3"]],
  ["staff, with the next slot", { members: [] }, { roles: ["moderator"] }, [
    "everyone",
    "staff",
    "slot:2",
  ]],
  [
    "staff, with stage, judges and what was said",
    {
      members: [],
      judging: {},
      stage: "1",
      confided: [said(5, "slot:3")],
    },
    { roles: ["moderator"] },
    ["everyone", "staff", "judges", "slot:1", "slot:2", "slot:3"],
  ],
];

for (const [who, room, you, wanted] of READERS) {
  test(`${who} has the channels ${wanted.join(", ")}`, () => {
    assert.deepEqual(channelsOf(store(room, you)), wanted);
  });
}

test("messages, unread ones and earlier ones are of their channel", () => {
  const judge = store({ chat: [said(3)], chatMore: false }, {
    roles: ["judge"],
    confided: [said(4, "judges"), said(6, "judges", "me")],
    confidedMore: ["judges"],
  });
  assert.deepEqual(messagesIn(judge, "judges").map(({ seq }) => seq), [4, 6]);
  assert.deepEqual(messagesIn(judge, "everyone").map(({ seq }) => seq), [3]);
  assert.deepEqual(newestIn(judge), { everyone: 3, judges: 6 });
  assert.deepEqual(unreadIn(judge, "judges", 0).map(({ seq }) => seq), [4]);
  assert.deepEqual([hasEarlier(judge, "judges"), hasEarlier(judge, "everyone")], [true, false]);
});

/** @param {object} data @returns {Merged} */
const told = (data) => ({ type: "chat.said", by: "aa", seq: 11, at: 1, data });

test("a private message goes apart, for staff and for others, and its removal follows it", () => {
  const event = told({ channel: "judges", name: "A", text: "hi", mentions: ["me"] });
  const gone = { ...told({ seq: 11 }), type: "content.redacted", seq: 12 };
  const empty = /** @type {Room} */ (/** @type {unknown} */ ({
    chat: [],
    questions: [],
    polls: [],
    captions: [],
    hands: [],
    members: [],
  }));
  const after = apply(empty, event);
  assert.equal(after.chat.length, 0);
  assert.deepEqual(after.confided?.[0], {
    seq: 11,
    by: "aa",
    at: 1,
    channel: "judges",
    mentions: ["me"],
    name: "A",
    text: "hi",
  });
  assert.equal(apply(after, gone).confided?.[0]?.text, undefined);
  const mine = applyToMe(/** @type {You} */ ({ ...VISITOR, roles: ["judge"] }), event);
  assert.equal(mine.confided?.[0]?.text, "hi");
  assert.equal(applyToMe(mine, gone).confided?.[0]?.removed, true);
});

/** @type {[string, number, ReturnType<typeof callBefore>][]} */
const CALLS = [
  ["", 0, null],
  ["hi", 2, null],
  ["@", 1, { start: 0, end: 1, name: "" }],
  ["你好@李", 4, { start: 2, end: 4, name: "李" }],
  ["@a\nb", 4, null],
  ["@a @b", 5, { start: 3, end: 5, name: "b" }],
  ["@ab", 2, { start: 0, end: 2, name: "a" }],
];

for (const [text, caret, wanted] of CALLS) {
  test(`in ${JSON.stringify(text)} at ${caret} somebody is called or not`, () => {
    assert.deepEqual(callBefore(text, caret), wanted);
  });
}

test("names are found by their beginning first, and with spaces only whole", () => {
  const people = ["Lee Ann", "Ann Lee", "李安"].map((name) => ({ member: name, name }));
  const found = (/** @type {string} */ written) =>
    matching(people, written).map(({ name }) => name);
  assert.deepEqual(found("ann"), ["Ann Lee", "Lee Ann"]);
  assert.deepEqual(found("Ann L"), ["Ann Lee"]);
  assert.deepEqual(found("Ann Lee "), []);
  assert.deepEqual(found("安"), ["李安"]);
});

test("those are offered who read the channel, and are known", () => {
  const members = [
    { member: "j", name: "J", roles: ["judge"], slots: [] },
    { member: "p", name: "P", roles: ["presenter"], slots: ["1"] },
    { member: "me", name: "M", roles: ["moderator"], slots: [] },
  ];
  const staff = store({ members, chat: [said(3, undefined, "gone")] }, { roles: ["moderator"] });
  const names = (/** @type {RoomStore} */ one, /** @type {string} */ channel) =>
    peopleIn(one, channel).map(({ member }) => member);
  assert.deepEqual(names(staff, "everyone"), ["j", "p"]);
  assert.deepEqual(names(staff, "judges"), ["j"]);
  assert.deepEqual(names(staff, "slot:1"), ["p"]);
  const viewer = store({ chat: [said(3, undefined, "aa"), said(4, undefined, "me")] }, {});
  assert.deepEqual(names(viewer, "everyone"), ["aa"]);
});

test("a text is cut at those whom it calls, the longer name first", () => {
  const names = new Map([["a", "Ann"], ["b", "Ann Lee"]]);
  assert.deepEqual(pieces("hi @Ann Lee, @Ann!", ["a", "b"], names), [
    { text: "hi " },
    { text: "@Ann Lee", member: "b" },
    { text: ", " },
    { text: "@Ann", member: "a" },
    { text: "!" },
  ]);
  assert.deepEqual(pieces("@Zed and @Eve", ["z"], names), [
    { text: "@Zed", member: "z" },
    { text: " and " },
    { text: "@Eve" },
  ]);
});
