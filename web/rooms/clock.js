// Reads a slot's clock at a moment of the server's time; decides nothing.

/** @import { Clock } from "../types.d.ts" */

/** @typedef {"calm" | "minute" | "half" | "over"} Level more than 60 s, 60 s, 30 s, nothing left */
/** @typedef {{phase: Clock["phase"], remaining: number, running: boolean, level: Level}} Reading */

/** @param {Clock} clock @param {number} now milliseconds @returns {Reading} */
export function readClock(clock, now) {
  const running = clock.endsAt !== null;
  const remaining = clock.endsAt !== null ? clock.endsAt - now : clock.remainingMs ?? 0;
  return { phase: clock.phase, remaining, running, level: level(remaining, clock.phase) };
}

/** @param {number} remaining @param {Clock["phase"]} phase @returns {Level} */
function level(remaining, phase) {
  if (remaining <= 0 || phase === "overtime") return "over";
  if (remaining <= 30_000) return "half";
  return remaining <= 60_000 ? "minute" : "calm";
}

/** `7:05`, and `+0:12` past the end. @param {number} milliseconds */
export function clockText(milliseconds) {
  const past = milliseconds <= -1_000;
  // Seconds still to run are rounded up, so that 0:00 shows when nothing is left.
  const seconds = past
    ? Math.floor(-milliseconds / 1_000)
    : Math.max(0, Math.ceil(milliseconds / 1_000));
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return past ? `+${text}` : text.padStart(5, "0");
}

/**
 * The warning between two readings of one running phase: at 60 s, 30 s and 0.
 * @param {Reading | null} before
 * @param {Reading} after
 * @returns {60 | 30 | 0 | null}
 */
export function warning(before, after) {
  if (before === null || before.phase !== after.phase || after.phase === "overtime") return null;
  for (const seconds of /** @type {const} */ ([0, 30, 60])) {
    const border = seconds * 1_000;
    if (before.remaining > border && after.remaining <= border) return seconds;
  }
  return null;
}
