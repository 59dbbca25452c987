// One event out of its parts: the values that the rules need and the texts beside them.

/** @import { Merged, RoomEvent } from "../types.d.ts" */

/** @param {RoomEvent} event @returns {Merged} an erased text is missing from `data` */
export function merge(event) {
  /** @type {Merged} */
  const merged = { type: "", by: null, seq: event.seq, at: event.at, data: {} };
  for (const { body } of event.parts) {
    if (!body) continue;
    if (body.type !== undefined) merged.type = body.type;
    if (body.by !== undefined) merged.by = body.by;
    Object.assign(merged.data, body.data, body.texts);
  }
  return merged;
}
