// The room after an event, for display only: the rules live on the server and decide everything.
import { ARCHIVE_CHANGES, withoutCorrection } from "./archive/apply.js";
import { ORDER_CHANGES } from "./draw/apply.js";
import { JUDGING_CHANGES } from "./judging/apply.js";
import { STAGE_CHANGES } from "./roadshow/apply.js";

/** @import { Byline, ChatMessage, Fields, Member, Merged, Playback, Room } from "../types.d.ts" */
/** @import { Poll } from "./polls/types.d.ts" */

/** So many chat messages stay on the page; older ones are loaded again on request. */
export const CHAT_KEPT = 2_000;
/** So many captions do. */
const CAPTIONS_KEPT = 20;

/** @param {Room} room @param {Merged} event @returns {Room} a new value; `room` is untouched */
export function apply(room, event) {
  const change = CHANGES[event.type];
  return { ...room, ...change?.(room, event), seq: event.seq };
}

/** Whether the display knows what follows from events of that type. @param {string} type */
export function isShown(type) {
  return type in CHANGES;
}

/** What changes those outside alone, for whom the people panel asks, or what is the reader's own. */
export const ASIDE = new Set([
  "member.waiting",
  "member.applied",
  "matter.disclosed",
  "attendance.counted",
  "member.declined",
  "member.unbanned",
  "recording.offered",
  "poll.voted",
  "archive.arranged",
  "archive.reviewed",
  "archive.consented",
  "archive.seal_requested",
  "archive.supplemented",
  "archive.held",
  "archive.released",
  "archive.expired",
]);

/** What is told of intents and of one's own slides, and what takes a text away: their panel has a book. */
export const OF_INTENTS = /^(intent|contact|feedback|note)\.|^(content\.redacted|slot\.followed)$/;

/** @type {Record<string, (room: Room, event: Merged) => Partial<Room>>} */
const CHANGES = {
  ...ARCHIVE_CHANGES,
  ...JUDGING_CHANGES,
  ...ORDER_CHANGES,
  ...STAGE_CHANGES,
  "room.opened": () => ({ state: "open" }),
  "room.started": () => ({ state: "live" }),
  "room.paused": () => ({ state: "paused" }),
  "room.resumed": () => ({ state: "live" }),
  "room.end_requested": (_, { data }) => ({ endRequestedUntil: data.until }),
  // The clock stands still with the room: it goes on when the end is undone.
  "room.ended": (_, { data }) => ({
    ...EMPTY_FLOOR,
    state: "follow_up",
    endRequestedUntil: null,
    reopenUntil: data.reopenUntil,
  }),
  "room.reopened": () => ({ state: "paused", reopenUntil: null }),
  "room.closed": () => ({ state: "closed", reopenUntil: null, endRequestedUntil: null }),
  "room.cancelled": () => ({
    ...EMPTY_FLOOR,
    state: "cancelled",
    reopenUntil: null,
    endRequestedUntil: null,
  }),

  "hand.raised": (room, { seq, by, at, data }) => ({
    hands: [...room.hands, { member: String(by), seq, at, ...byline(data) }],
  }),
  "hand.lowered": (room, { data }) => ({
    hands: room.hands.filter(({ member }) => member !== data.member),
  }),
  "floor.given": (room, { data }) => ({ floor: withMember(room.floor, data.member) }),
  "floor.taken": (room, { data }) => ({ floor: withoutMember(room.floor, data.member) }),
  "microphone.muted": (room, { data }) => ({ micMuted: withMember(room.micMuted, data.member) }),
  "microphone.unmuted": (room, { data }) => ({
    micMuted: withoutMember(room.micMuted, data.member),
  }),
  "stage.arranged": (_, { data }) => ({ layout: data.layout, pinned: data.member ?? null }),
  "recording.started": (_, { at, data }) => ({ recording: { id: data.recording, since: at } }),
  "recording.stopped": () => ({ recording: null }),
  "recording.consented": (room, { data }) => ({
    consents: data.agree
      ? withMember(room.consents, data.member)
      : withoutMember(room.consents, data.member),
  }),
  "caption.added": (room, { seq, by, at, data }) => {
    const { language, from, to, text } = data;
    const caption = { language, from, to, seq, by, at, ...byline(data), text };
    const kept = text === undefined
      ? { ...caption, removed: /** @type {const} */ (true) }
      : caption;
    return { captions: [...room.captions, kept].slice(-CAPTIONS_KEPT) };
  },
  "playback.started": (_, { at, data }) => ({ playback: playing(data, data.from, at) }),
  "playback.paused": (room, { data }) => ({
    playback: room.playback && standing(room.playback, data.position),
  }),
  "playback.resumed": (room, { at, data }) => ({
    playback: room.playback && playing(room.playback, data.from, at),
  }),
  "playback.stopped": () => ({ playback: null }),

  "chat.said": (room, event) =>
    event.data.channel === undefined
      ? withChat([...room.chat, chatMessage(event)])
      : { confided: withConfided(room.confided, event) },
  "chat.held": (room, event) =>
    room.held === undefined ? {} : { held: [...room.held, chatMessage(event)] },
  "chat.approved": (room, event) => ({
    ...withChat([...room.chat, chatMessage(event)]),
    held: room.held?.filter(({ seq }) => seq !== event.data.held),
  }),
  "chat.declined": (room, { data }) => ({
    held: room.held?.filter(({ seq }) => seq !== data.held),
  }),
  "chat.slow_mode_set": (_, { data }) => ({ slowMode: data.seconds }),
  "chat.hold_set": (_, { data }) => ({ chatHold: data.on }),
  "output.stopped": () => ({ stopped: true }),
  "output.resumed": () => ({ stopped: false }),
  "announcement.made": (_, { seq, at, data }) => ({
    announcement: data.text === undefined ? null : { seq, at, text: data.text },
  }),
  "content.redacted": (whole, { data }) =>
    withoutIt({ ...whole, ...withoutCorrection(whole, data.seq) }, data),

  "question.asked": (room, { seq, by, at, data }) => ({
    questions: [...room.questions, {
      id: String(seq),
      seq,
      slot: data.slot ?? null,
      by,
      at,
      ...byline(data),
      text: data.text,
      votes: 0,
      state: "open",
      ...(data.anonymous ? { anonymous: true } : {}),
      ...(data.text === undefined ? { removed: true } : {}),
    }],
  }),
  "question.voted": (room, { data }) => question(room, data.question, { votes: data.votes }),
  "question.marked": (room, { data }) => question(room, data.question, { state: data.state }),
  "question.merged": (room, { data }) => ({
    questions: room.questions.map((one) => {
      const change = data.counts.find((/** @type {Fields} */ { question }) => question === one.id);
      const votes = change ? { votes: change.votes } : {};
      if (one.id === data.question) {
        return { ...one, ...votes, mergedInto: data.into ?? undefined };
      }
      // What was merged into it goes along.
      return data.into !== null && one.mergedInto === data.question
        ? { ...one, mergedInto: data.into }
        : { ...one, ...votes };
    }),
  }),
  "question.answered": (room, { seq, by, at, data: { question: id, ...texts } }) =>
    question(room, id, {
      state: "answered",
      answer: texts.text === undefined
        ? { seq, by, at, removed: true }
        : { seq, by, at, ...byline(texts), text: texts.text },
    }),
  "question.anonymity_set": (_, { data }) => ({ anonymousQuestions: data.on }),

  "poll.opened": (room, { seq, by, at, data }) => ({
    polls: [
      ...room.polls,
      /** @type {Poll} */ ({
        id: String(seq),
        seq,
        by,
        at,
        ...data,
        state: "open",
        closedAt: null,
        voters: 0,
        // Those who are told how it stands know that nobody voted yet.
        ...(data.results === "live" || room.members !== undefined
          ? { counts: Array(data.options).fill(0) }
          : {}),
        ...(data.question === undefined ? { removed: true } : {}),
      }),
    ],
  }),
  "poll.closed": (room, { at, data: { poll: id, voters, counts } }) =>
    poll(room, id, { state: "closed", closedAt: at, voters, counts }),
  "poll.cancelled": (room, { at, data }) =>
    poll(room, data.poll, { state: "cancelled", closedAt: at, voters: 0, counts: undefined }),

  "member.admitted": (room, { seq, at, data }) =>
    room.members === undefined ? {} : {
      members: [
        ...room.members.filter((member) => member.member !== data.member),
        /** @type {Member} */ ({ card: seq, at, ...data }),
      ],
    },
  "member.removed": without,
  "member.banned": without,
  "member.muted": (room, { data }) => member(room, data.member, { muted: true }),
  "member.unmuted": (room, { data }) => member(room, data.member, { muted: undefined }),
  "member.checked_in": (room, { data }) => member(room, data.member, { onSite: true }),
  "member.checked_out": (room, { data }) => member(room, data.member, { onSite: undefined }),
  "terms.signed": (room, { at, data }) => member(room, data.member, { signed: at }),
  "member.roles_changed": (room, { seq, data }) =>
    member(room, data.member, {
      // A card comes whole: what it no longer says is gone.
      ...(data.name === undefined ? {} : { ...UNSIGNED, kind: undefined, card: seq }),
      ...data,
    }),
};

/** @param {Merged} event @returns {ChatMessage} marked as removed when its text was erased */
export function chatMessage({ seq, by, at, data }) {
  const author = data.author ?? by; // An approved message is its author's.
  const { channel, mentions, text } = data;
  const said = { seq, by: author, at, ...(channel && { channel }), ...(mentions && { mentions }) };
  return text === undefined ? { ...said, removed: true } : { ...said, ...byline(data), text };
}

/** With one more private message. @param {ChatMessage[] | undefined} said @param {Merged} event */
export function withConfided(said, event) {
  return [...(said ?? []), chatMessage(event)].slice(-CHAT_KEPT);
}

/** After that text was removed. @param {ChatMessage[]} chat @param {number} seq */
export function withoutText(chat, seq) {
  return chat.map((said) => said.seq === seq ? removed(said) : said);
}

/** After a text was removed. @param {Room} room @param {Fields} data @returns {Partial<Room>} */
function withoutIt(room, data) {
  return {
    held: room.held?.filter(({ seq }) => seq !== data.seq),
    members: room.members?.map((one) =>
      one.card === data.seq ? { ...one, ...UNSIGNED, kind: undefined, name: "" } : one
    ),
    announcement: room.announcement?.seq === data.seq ? null : room.announcement,
    chat: withoutText(room.chat, data.seq),
    confided: room.confided && withoutText(room.confided, data.seq),
    questions: room.questions.map((asked) => {
      if (asked.seq === data.seq) return removed(asked);
      const { answer } = asked;
      if (!answer || answer.seq !== data.seq) return asked;
      return { ...asked, answer: removed(answer) };
    }),
    polls: room.polls.map((one) =>
      one.seq === data.seq ? { ...one, question: undefined, labels: undefined, removed: true } : one
    ),
    captions: room.captions.map((said) => said.seq === data.seq ? removed(said) : said),
    hands: room.hands.map((hand) => hand.seq === data.seq ? { ...hand, ...UNSIGNED } : hand),
  };
}

/** No words at all. */
const UNCORRECTED = { text: undefined, original: undefined, corrected: undefined };

/** Nobody's words. */
const UNSIGNED = {
  name: undefined,
  organisation: undefined,
  badge: undefined,
  organisationId: undefined,
};

/** Whose words they are: what is known of it. @param {Fields} data @returns {Byline} */
function byline(data) {
  return Object.fromEntries(
    Object.keys(UNSIGNED).filter((name) => data[name] !== undefined)
      .map((name) => [name, data[name]]),
  );
}

/** Nobody speaks or wants to. @type {Pick<Room, "hands" | "floor" | "micMuted" | "layout" | "pinned">} */
const EMPTY_FLOOR = { hands: [], floor: [], micMuted: [], layout: "slides", pinned: null };

/** @param {string[]} members sorted @param {string} member */
function withMember(members, member) {
  return [...withoutMember(members, member), member].sort();
}

/** @param {string[]} members @param {string} member */
function withoutMember(members, member) {
  return members.filter((one) => one !== member);
}

/** @param {Fields} data @param {number} from milliseconds of the recording @param {number} since */
function playing({ recording, member, slot: of, lengthMs }, from, since) {
  return { recording, member, slot: of, lengthMs, from, since };
}

/** @param {Playback} playback @param {number} position milliseconds of the recording @returns {Playback} */
function standing({ recording, member, slot: of, lengthMs }, position) {
  return { recording, member, slot: of, lengthMs, position };
}

/** @param {Room} room @param {string} id @param {Partial<Member>} change */
function member(room, id, change) {
  return { members: room.members?.map((one) => one.member === id ? { ...one, ...change } : one) };
}

/** The room without whom staff sent out. @param {Room} room @param {Merged} event */
function without(room, { data }) {
  return { members: room.members?.filter(({ member }) => member !== data.member) };
}

/** @param {ChatMessage[]} chat */
function withChat(chat) {
  return chat.length <= CHAT_KEPT ? { chat } : { chat: chat.slice(-CHAT_KEPT), chatMore: true };
}

/**
 * @template {{seq: number}} T
 * @param {T & Byline & {text?: string}} item
 */
function removed(item) {
  return { ...item, ...UNSIGNED, ...UNCORRECTED, removed: true };
}

/** @param {Room} room @param {string} id @param {Partial<Room["questions"][0]>} change */
function question(room, id, change) {
  return { questions: room.questions.map((one) => one.id === id ? { ...one, ...change } : one) };
}

/** Also after the signal `poll.tally`. @param {Room} room @param {string} id @param {Partial<Poll>} change */
export function poll(room, id, change) {
  return { polls: room.polls.map((one) => one.id === id ? { ...one, ...change } : one) };
}
