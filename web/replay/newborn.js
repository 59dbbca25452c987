// The room as its first event made it: what the server's snapshot of a newborn room says.

/** @import { Fields, Merged, Room } from "../types.d.ts" */

/** What a room has where its plan does not say. */
const DOOR = { admission: "open", waiting: false, least: "guest", questions: 0 };
const RULES = {
  atZero: "move_on",
  noShow: "last",
  awaitMs: 180_000,
  outcome: "published",
  anonymous: false,
};

/** @param {Merged} created the event `room.created` @returns {Room} */
export function newborn({ seq, data }) {
  const { kind, title = null, genre = null, subject = "project", language, startsAt } = data;
  const rules = { ...RULES, ...data.rules, graceMs: data.graceMs ?? null };
  return /** @type {Room} */ (/** @type {unknown} */ ({
    seq,
    kind,
    state: "scheduled",
    title,
    genre,
    subject,
    language,
    startsAt,
    endRequestedUntil: null,
    reopenUntil: null,
    door: data.door ?? DOOR,
    form: data.form ?? [],
    ...(data.terms === undefined ? {} : { terms: data.terms }),
    announcement: null,
    stage: null,
    slots: data.slots.map(unheld),
    clock: null,
    rules,
    calledAt: null,
    orderFixed: false,
    draw: null,
    slowMode: 0,
    chatHold: false,
    stopped: false,
    chat: [],
    chatMore: false,
    anonymousQuestions: rules.anonymous,
    questions: [],
    polls: [],
    hands: [],
    floor: [],
    micMuted: [],
    layout: "slides",
    pinned: null,
    consents: [],
    recording: null,
    playback: null,
    captions: [],
    judging: null,
  }));
}

/** What staff is told beside it, before anything of that happened. @returns {Partial<Room>} */
export function unstaffed() {
  return { members: [], held: [], confided: [], confidedMore: [] };
}

/** @param {Fields} planned */
function unheld(planned) {
  return { ...planned, state: "waiting", absences: 0, page: 1, pages: [] };
}

/** Whether those outside are told the programme alone. @param {Pick<Room, "door">} room */
export function isClosedDoor({ door }) {
  return door.admission !== "open" || door.waiting || door.least !== "guest" ||
    door.terms !== undefined;
}
