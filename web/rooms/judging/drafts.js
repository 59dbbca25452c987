// Sheets that a judge has begun: they stay in this browser until they are given.
import { readItem, writeItem } from "../../app/storage.js";

/** @typedef {{marks: string[], comment: string, at: number}} Draft marks as they were typed */

/** @param {string} room @param {string} member @param {string} slot */
const item = (room, member, slot) => `luyan.sheet.${room}.${member}.${slot}`;

/**
 * @param {string} room @param {string} member @param {string} slot
 * @returns {Draft | null}
 */
export function readDraft(room, member, slot) {
  const kept = readItem(item(room, member, slot));
  const isDraft = Array.isArray(kept?.marks) && typeof kept.comment === "string" &&
    kept.marks.every((/** @type {unknown} */ mark) => typeof mark === "string");
  return isDraft ? kept : null;
}

/** @param {string} room @param {string} member @param {string} slot @param {Draft | null} draft */
export function writeDraft(room, member, slot, draft) {
  writeItem(item(room, member, slot), draft);
}
