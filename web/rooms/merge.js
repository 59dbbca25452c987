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
    Object.assign(merged.data, body.data);
    for (const [name, text] of Object.entries(body.texts ?? {})) {
      merged.data[name] = joined(merged.data[name], text);
    }
  }
  return merged;
}

/** A text beside its value; lists of both item by item. @param {unknown} value @param {unknown} text */
function joined(value, text) {
  if (!Array.isArray(value) || !Array.isArray(text)) return text;
  return value.map((item, index) => ({ ...item, ...text[index] }));
}
