// The slots and the clock of the one on stage after an event, for display only.

/** @import { Clock, Fields, Merged, Room, Slot } from "../../types.d.ts" */

const PITCH = /** @type {const} */ ("pitch");

/** @type {Record<string, (room: Room, event: Merged) => Partial<Room>>} */
export const STAGE_CHANGES = {
  "slot.ready": (room, { data }) => slot(room, data.slot, { state: "ready" }),
  "slot.called": (room, { at, data }) => ({
    ...armed(room, data),
    stage: data.slot,
    orderFixed: true,
    calledAt: at,
  }),
  "slot.restarted": (room, { at, data }) => ({ ...armed(room, data), calledAt: at }),
  "pitch.started": (room, { data }) =>
    phase(room, data, "pitch", room.clock?.totalMs ?? find(room, data.slot)?.pitchMs),
  "overtime.started": (room, { at, data }) =>
    phase(room, data, "overtime", data.endsAt - (room.clock?.endsAt ?? at)),
  "qa.started": (room, { data }) => phase(room, data, "qa", find(room, data.slot)?.qaMs),
  "slot.finished": (room, { data }) => ({
    ...slot(room, data.slot, { state: "done" }),
    clock: null,
  }),
  "slot.skipped": (room, { data }) => left(room, data.slot, { state: "skipped" }),
  "slot.missed": missed,
  "slot.recalled": (room, { data }) => left(room, data.slot, { state: "waiting" }),

  "clock.paused": (room, { data }) => clock(room, { endsAt: null, remainingMs: data.remainingMs }),
  "clock.resumed": (room, { data }) => clock(room, { endsAt: data.endsAt, remainingMs: null }),
  "clock.extended": (room, { data }) => {
    // Where overtime has no end of its own, more time is pitch time again.
    const again = room.clock?.phase === "overtime" && room.rules.atZero !== "move_on";
    return {
      ...(again ? slot(room, data.slot, { state: PITCH }) : {}),
      ...clock(room, {
        ...(again ? { phase: PITCH } : {}),
        totalMs: data.totalMs,
        endsAt: data.endsAt ?? null,
        remainingMs: data.remainingMs ?? null,
      }),
    };
  },
  "clock.shifted": (room, { data }) => clock(room, { endsAt: data.endsAt ?? null }),

  "slide.shown": (room, { data }) => slot(room, data.slot, { page: data.page }),
  "slides.placed": (room, { data }) => slot(room, data.slot, { pages: data.files ?? [], page: 1 }),
};

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

/** Nobody came for it: it is out, or comes last. @param {Room} room @param {Merged} event */
function missed(room, { data: { slot: id, forfeited } }) {
  const absences = (find(room, id)?.absences ?? 0) + 1;
  const gone = left(room, id, { state: forfeited ? "skipped" : "waiting", absences });
  if (forfeited) return gone;
  const others = gone.slots.filter((one) => one.id !== id);
  return { ...gone, slots: [...others, ...gone.slots.filter((one) => one.id === id)] };
}

/** @param {Room} room @param {string} id @param {Partial<Slot>} change */
function left(room, id, change) {
  const changed = slot(room, id, change);
  return room.stage === id ? { ...changed, stage: null, clock: null } : changed;
}
