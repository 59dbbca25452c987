// Where a room stands in its life, as far as several parts of its page ask.

/** @import { Room } from "../types.d.ts" */

/** Whether the roadshow is over; an ended one can still be reopened. @param {Room} room */
export function isOver(room) {
  return room.state === "follow_up" || room.state === "closed" || room.state === "cancelled";
}
