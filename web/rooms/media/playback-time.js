// Where a recording stands that plays to the room, and lengths in words: the same on stage and desk.

/** @import { Playback } from "../../types.d.ts" */

/** `0:07`, `12:05`, `1:02:05`: what has passed, in full seconds. @param {number} milliseconds */
export function lengthText(milliseconds) {
  const all = Math.max(0, Math.floor(milliseconds / 1_000));
  const seconds = String(all % 60).padStart(2, "0");
  const minutes = Math.floor(all / 60);
  if (minutes < 60) return `${minutes}:${seconds}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;
}

/** @param {Playback} playback */
export function isPlaying({ since }) {
  return since !== undefined;
}

/** Where a playback stands: milliseconds of its recording. @param {Playback} playback @param {number} now */
export function positionAt(playback, now) {
  const { since, from = 0, position = 0, lengthMs } = playback;
  const at = since === undefined ? position : from + now - since;
  return Math.min(lengthMs, Math.max(0, at));
}
