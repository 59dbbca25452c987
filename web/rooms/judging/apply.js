// A room's judging after an event, for display only.

/** @import { Fields, Merged, Room } from "../../types.d.ts" */
/** @import { Judging, OpenedSheet, SlotJudge } from "./types.d.ts" */

/** @type {Record<string, (room: Room, event: Merged) => Partial<Room>>} */
export const JUDGING_CHANGES = {
  "judging.arranged": (room, { data }) => ({ judging: arranged(room, data) }),
  "judge.seated": (room, { data: { member, panel } }) =>
    changed(room, ({ seats }) => ({
      seats: seats &&
        [...seats.filter((one) => one.member !== member), { member, panel }].sort((one, other) =>
          one.member < other.member ? -1 : 1
        ),
    })),
  "judge.recused": (room, { data }) =>
    changed(room, ({ recusals }) => ({ recusals: recusals && withPair(recusals, data) })),
  "judge.returned": (room, { data }) =>
    changed(room, ({ recusals }) => ({ recusals: recusals && withoutPair(recusals, data) })),
  "sheet.submitted": (room, { data }) =>
    changed(room, ({ given }) => ({ given: given && withPair(given, data) })),
  "scoring.opened": (room, { data }) => ({
    ...standing(room, data.slot, "scoring"),
    ...(room.stage === data.slot ? { clock: null } : {}),
  }),
  "scoring.closed": (room, { data }) => standing(room, data.slot, "done"),
  "scores.published": (room, { data }) =>
    changed(room, ({ scores }) => ({
      scores: bySlot(room, [...scores, ...data.scores]),
      ranks: data.ranks,
    })),
  "sheet.opened": (room, { data }) =>
    changed(
      room,
      ({ sheets }) => ({ sheets: bySlot(room, [...sheets, /** @type {OpenedSheet} */ (data)]) }),
    ),
};

/** @param {Room} room @param {(judging: Judging) => Partial<Judging>} change */
function changed({ judging }, change) {
  return { judging: judging && { ...judging, ...change(judging) } };
}

/** @param {Room} room @param {Fields} data the scheme with its names @returns {Judging} */
function arranged({ judging, members }, data) {
  const { seats = [], recusals = [], given = [] } = judging ?? {};
  const scheme = /** @type {Judging} */ (data);
  const { scores = [], ranks = [], sheets = [] } = judging ?? {};
  const told = { ...scheme, scores, ranks, sheets };
  if (members === undefined) return told;
  const seated = seats.filter(({ panel }) => panel <= scheme.panels.length);
  return { ...told, seats: seated, recusals, given };
}

/** @param {Room} room @param {string} id @param {"scoring" | "done"} state */
function standing(room, id, state) {
  return { slots: room.slots.map((one) => one.id === id ? { ...one, state } : one) };
}

/** In the agenda's order. @template {{slot: string}} T @param {Room} room @param {T[]} items */
function bySlot({ slots }, items) {
  const places = new Map(slots.map(({ id }, place) => [id, place]));
  const place = (/** @type {T} */ { slot }) => places.get(slot) ?? 0;
  return items.sort((one, other) => place(one) - place(other));
}

/** @param {SlotJudge[]} pairs @param {Fields} data */
function withPair(pairs, { slot, member }) {
  return [...withoutPair(pairs, { slot, member }), { slot, member }].sort((one, other) =>
    Number(one.slot) - Number(other.slot) || (one.member < other.member ? -1 : 1)
  );
}

/** @param {SlotJudge[]} pairs @param {Fields} data */
function withoutPair(pairs, { slot, member }) {
  return pairs.filter((one) => one.slot !== slot || one.member !== member);
}
