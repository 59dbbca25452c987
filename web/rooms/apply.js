// The room after an event, for display only: the rules live on the server and decide everything.

/** @import { Byline, ChatMessage, Clock, Fields, Merged, Room, Slot } from "../types.d.ts" */

/** So many chat messages stay on the page; older ones are loaded again on request. */
export const CHAT_KEPT = 2_000;

const PITCH = /** @type {const} */ ("pitch");

/** @param {Room} room @param {Merged} event @returns {Room} a new value; `room` is untouched */
export function apply(room, event) {
  const change = CHANGES[event.type];
  return { ...room, ...change?.(room, event), seq: event.seq };
}

/** Whether the display knows what follows from events of that type. @param {string} type */
export function isShown(type) {
  return type in CHANGES;
}

/** What changes those outside alone: the people panel asks for them. */
export const ASIDE = new Set([
  "member.waiting",
  "member.applied",
  "matter.disclosed",
  "member.declined",
  "member.unbanned",
]);

/** @type {Record<string, (room: Room, event: Merged) => Partial<Room>>} */
const CHANGES = {
  "room.opened": () => ({ state: "open" }),
  "room.started": () => ({ state: "live" }),
  "room.paused": () => ({ state: "paused" }),
  "room.resumed": () => ({ state: "live" }),
  "room.end_requested": (_, { data }) => ({ endRequestedUntil: data.until }),
  // The clock stands still with the room: it goes on when the end is undone.
  "room.ended": (_, { data }) => ({
    state: "follow_up",
    endRequestedUntil: null,
    reopenUntil: data.reopenUntil,
  }),
  "room.reopened": () => ({ state: "paused", reopenUntil: null }),
  "room.closed": () => ({ state: "closed", reopenUntil: null, endRequestedUntil: null }),
  "room.cancelled": () => ({ state: "cancelled", reopenUntil: null, endRequestedUntil: null }),

  "chat.said": (room, event) => withChat([...room.chat, chatMessage(event)]),
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
  "content.redacted": (room, { data }) => ({
    held: room.held?.filter(({ seq }) => seq !== data.seq),
    announcement: room.announcement?.seq === data.seq ? null : room.announcement,
    chat: room.chat.map((said) => said.seq === data.seq ? removed(said) : said),
    questions: room.questions.map((asked) => asked.seq === data.seq ? removed(asked) : asked),
  }),

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
      ...(data.text === undefined ? { removed: true } : {}),
    }],
  }),
  "question.voted": (room, { data }) => question(room, data.question, { votes: data.votes }),
  "question.marked": (room, { data }) => question(room, data.question, { state: data.state }),

  "slot.ready": (room, { data }) => slot(room, data.slot, { state: "ready" }),
  "slot.called": (room, { data }) => ({ ...armed(room, data), stage: data.slot }),
  "slot.restarted": (room, { data }) => armed(room, data),
  "pitch.started": (room, { data }) =>
    phase(room, data, "pitch", room.clock?.totalMs ?? find(room, data.slot)?.pitchMs),
  "overtime.started": (room, { at, data }) =>
    phase(room, data, "overtime", data.endsAt - (room.clock?.endsAt ?? at)),
  "qa.started": (room, { data }) => phase(room, data, "qa", find(room, data.slot)?.qaMs),
  "slot.finished": (room, { data }) => ({
    ...slot(room, data.slot, { state: "done" }),
    clock: null,
  }),
  "slot.skipped": (room, { data }) => left(room, data.slot, "skipped"),
  "slot.recalled": (room, { data }) => left(room, data.slot, "waiting"),

  "clock.paused": (room, { data }) => clock(room, { endsAt: null, remainingMs: data.remainingMs }),
  "clock.resumed": (room, { data }) => clock(room, { endsAt: data.endsAt, remainingMs: null }),
  "clock.extended": (room, { data }) =>
    clock(room, {
      totalMs: data.totalMs,
      endsAt: data.endsAt ?? null,
      remainingMs: data.remainingMs ?? null,
    }),
  "clock.shifted": (room, { data }) => clock(room, { endsAt: data.endsAt ?? null }),

  "slide.shown": (room, { data }) => slot(room, data.slot, { page: data.page }),
  "slides.placed": (room, { data }) => slot(room, data.slot, { pages: data.files ?? [], page: 1 }),

  "member.admitted": (room, { at, data }) =>
    room.members === undefined ? {} : {
      members: [
        ...room.members.filter((member) => member.member !== data.member),
        /** @type {import("../types.d.ts").Member} */ ({ at, ...data }),
      ],
    },
  "member.removed": without,
  "member.banned": without,
  "member.muted": (room, { data }) => ({
    members: room.members?.map((one) => one.member === data.member ? { ...one, muted: true } : one),
  }),
  "member.unmuted": (room, { data }) => ({
    members: room.members?.map((one) =>
      one.member === data.member ? { ...one, muted: undefined } : one
    ),
  }),
  "terms.signed": (room, { at, data }) => ({
    members: room.members?.map((one) => one.member === data.member ? { ...one, signed: at } : one),
  }),
  "member.roles_changed": (room, { data }) => ({
    members: room.members?.map((one) =>
      // A card comes whole: what it no longer says is gone.
      one.member === data.member
        ? {
          ...one,
          ...(data.name === undefined ? {} : { ...UNSIGNED, kind: undefined }),
          ...data,
        }
        : one
    ),
  }),
};

/** @param {Merged} event @returns {ChatMessage} marked as removed when its text was erased */
export function chatMessage({ seq, by, at, data }) {
  const author = data.author ?? by; // An approved message is its author's.
  return data.text === undefined
    ? { seq, by: author, at, removed: true }
    : { seq, by: author, at, ...byline(data), text: data.text };
}

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
  return { ...item, ...UNSIGNED, text: undefined, removed: true };
}

/** @param {Room} room @param {string} id @param {Partial<Room["questions"][0]>} change */
function question(room, id, change) {
  return { questions: room.questions.map((one) => one.id === id ? { ...one, ...change } : one) };
}

/** @param {Room} room @param {string} id @param {Partial<Slot>} change */
function slot(room, id, change) {
  return { slots: room.slots.map((one) => one.id === id ? { ...one, ...change } : one) };
}

/** @param {Room} room @param {Partial<Clock>} change */
function clock(room, change) {
  return { clock: room.clock && { ...room.clock, ...change } };
}

/** A slot's time is set, but does not run. @param {Room} room @param {Fields} data */
function armed(room, data) {
  const { slot: id, remainingMs } = data;
  return {
    ...slot(room, id, { state: "ready" }),
    clock: { slot: id, phase: PITCH, totalMs: remainingMs, endsAt: null, remainingMs },
  };
}

/** @param {Room} room @param {Fields} data @param {Clock["phase"]} name @param {number} totalMs */
function phase(room, data, name, totalMs = 0) {
  return {
    ...slot(room, data.slot, { state: name }),
    clock: { slot: data.slot, phase: name, totalMs, endsAt: data.endsAt, remainingMs: null },
  };
}

/** @param {Room} room @param {string} id */
function find(room, id) {
  return room.slots.find((one) => one.id === id);
}

/** @param {Room} room @param {string} id @param {Slot["state"]} state */
function left(room, id, state) {
  const changed = slot(room, id, { state });
  return room.stage === id ? { ...changed, stage: null, clock: null } : changed;
}
