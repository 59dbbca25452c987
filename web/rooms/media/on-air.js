// What was sent before a reload, so that the page can offer to go on; it lasts as long as the tab.

/** @import { MediaKind } from "../../types.d.ts" */

/** A screen is chosen anew each time. @type {MediaKind[]} */
const KEPT = ["voice", "camera"];

/** @param {string} room */
const item = (room) => `luyan.onAir.${room}`;

/** @param {string} room @returns {MediaKind[]} */
export function wasOnAir(room) {
  try {
    const kinds = JSON.parse(sessionStorage.getItem(item(room)) ?? "[]");
    return KEPT.filter((kind) => kinds.includes(kind));
  } catch {
    return []; // Storage is forbidden, or something else wrote there.
  }
}

/** @param {string} room @param {Iterable<MediaKind>} kinds */
export function noteOnAir(room, kinds) {
  const all = new Set(kinds);
  try {
    sessionStorage.setItem(item(room), JSON.stringify(KEPT.filter((kind) => all.has(kind))));
  } catch { // After a reload the page then offers nothing.
  }
}
