// Where a room stands in its life, as far as several parts of its page ask.

/** @import { Room, Slot } from "../types.d.ts" */

/** Whether the roadshow is over; an ended one can still be reopened. @param {Room} room */
export function isOver(room) {
  return room.state === "follow_up" || isClosed(room);
}

/** Whether nobody writes any more. @param {{state: string}} room */
export function isClosed(room) {
  return ["closed", "archived", "cancelled"].includes(room.state);
}

/** Whether things are said and shown in it now. @param {Room} room */
export function isOngoing({ state }) {
  return state === "open" || state === "live" || state === "paused";
}

/** Whether sheets are given and scores told in it. @param {Room} room */
export function isJudged({ state }) {
  return state === "live" || state === "paused" || state === "follow_up";
}

/** Whether those who present that slot are not heard, since their time is up. @param {Room} room @param {string[]} slots */
export function isCut({ rules, clock }, slots) {
  return rules.atZero === "cut" && clock?.phase === "overtime" && slots.includes(clock.slot);
}

/**
 * How a slot stands, in the words that fit the room: what an end cut short is no longer under way,
 * and where nobody came that is said.
 * @param {Room} room @param {Slot} slot
 * @returns {Slot["state"] | "unfinished" | "unheld" | "postponed" | "forfeited"}
 */
export function standing(room, slot) {
  if (slot.state === "skipped" && slot.absences > 0) return "forfeited";
  if (!isOver(room)) {
    return slot.state === "waiting" && slot.absences > 0 ? "postponed" : slot.state;
  }
  switch (slot.state) {
    case "waiting":
    case "ready":
      return "unheld";
    case "pitch":
    case "overtime":
    case "qa":
      return "unfinished";
    default:
      return slot.state;
  }
}
