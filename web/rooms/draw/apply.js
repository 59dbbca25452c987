// The order of slots and its draw after an event, for display only.

/** @import { Merged, Room } from "../../types.d.ts" */
/** @import { Draw } from "./types.d.ts" */

/** @type {Record<string, (room: Room, event: Merged) => Partial<Room>>} */
export const ORDER_CHANGES = {
  "slots.ordered": (room, { data }) => arranged(room, data.slots),
  "draw.started": ({ draw }, { seq, data: { slots, commitment } }) => ({
    draw: {
      id: String(seq),
      number: (draw?.number ?? 0) + 1,
      phase: "committing",
      slots,
      commitment,
      contributions: [],
      seed: null,
    },
  }),
  "draw.committed": (room, { by, data: { slot, commitment } }) =>
    changed(room, ({ slots, contributions }) => ({
      contributions: [...contributions, { slot, by, commitment, contribution: null }]
        .sort((one, other) => slots.indexOf(one.slot) - slots.indexOf(other.slot)),
    })),
  "draw.closed": (room) => changed(room, () => ({ phase: "revealing" })),
  "draw.revealed": (room, { data: { slot, contribution } }) =>
    changed(room, ({ contributions }) => ({
      contributions: contributions.map((one) => one.slot === slot ? { ...one, contribution } : one),
    })),
  "draw.finished": (room, { data: { seed, order } }) => ({
    ...changed(room, () => ({ phase: "finished", seed, order })),
    ...arranged(room, order),
  }),
  "draw.failed": (room, { data }) => changed(room, () => ({ phase: "failed", cause: data.cause })),
};

/** @param {Room} room @param {(draw: Draw) => Partial<Draw>} change @returns {Partial<Room>} */
function changed({ draw }, change) {
  return { draw: draw && { ...draw, ...change(draw) } };
}

/** These slots in that order at the places that they hold. @param {Room} room @param {string[]} order */
function arranged({ slots }, order) {
  const next = order.map((id) => slots.find((slot) => slot.id === id));
  return { slots: slots.map((slot) => order.includes(slot.id) ? next.shift() ?? slot : slot) };
}
