// One event out of its parts: the values that the rules need and the texts beside them.

/** @import { Merged, RoomEvent } from "../types.d.ts" */

/** @param {RoomEvent} event @returns {Merged} an erased text is missing from `data` */
export function merge(event) {
  /** @type {Merged} */
  const merged = { type: "", by: null, seq: event.seq, at: event.at, data: {}, hasTexts: false };
  for (const { body } of event.parts) {
    if (!body) continue;
    if (body.type !== undefined) merged.type = body.type;
    if (body.by !== undefined) merged.by = body.by;
    if (body.data) Object.assign(merged.data, body.data);
    if (body.texts) {
      Object.assign(merged.data, body.texts);
      merged.hasTexts = true;
    }
  }
  return merged;
}
