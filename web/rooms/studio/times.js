// Times of the studio: how long a hand is up, how far a pitch is, how long space lasts.

/** @import { Hand, Room } from "../../types.d.ts" */

const LEAST_BYTES = 2 * 2 ** 30; // below it there is a warning
const LEAST_TIME = 10 * 60_000; // milliseconds, likewise

/** Longest raised first. @param {Hand[]} hands */
export function inOrder(hands) {
  return [...hands].sort((one, other) => one.seq - other.seq);
}

/** Milliseconds; never below 0, as clocks differ a little. @param {number} at @param {number} now */
export function waited(at, now) {
  return Math.max(0, now - at);
}

/**
 * How much of a slot's pitch has passed, where it is on stage and pitched.
 * @param {Room} room @param {string} slot @param {number} now
 * @returns {number | null} milliseconds
 */
export function pitchPassed(room, slot, now) {
  const { clock } = room;
  if (room.stage !== slot || !clock || clock.slot !== slot || clock.phase !== "pitch") return null;
  const left = clock.endsAt === null ? clock.remainingMs ?? 0 : clock.endsAt - now;
  const passed = clock.totalMs - left;
  return passed > 0 ? passed : null;
}

/**
 * @param {number} leftBytes @param {number} bytesPerSecond 0 where nothing is known
 * @returns {{is: "plenty"} | {is: "none"} | {is: "low"} | {is: "soon", minutes: number}}
 */
export function spaceStanding(leftBytes, bytesPerSecond) {
  if (leftBytes <= 0) return { is: "none" };
  const lasts = bytesPerSecond > 0 ? leftBytes / bytesPerSecond * 1_000 : Infinity;
  if (lasts < LEAST_TIME) return { is: "soon", minutes: Math.floor(lasts / 60_000) };
  return leftBytes < LEAST_BYTES ? { is: "low" } : { is: "plenty" };
}

/** Bytes a second so far; too short a time says nothing. @param {number} bytes @param {number} lengthMs */
export function rateOf(bytes, lengthMs) {
  return lengthMs < 2_000 ? 0 : bytes / (lengthMs / 1_000);
}
