// When to try again: exponential with jitter, so that a hall does not return in one second.

const FIRST = 500; // milliseconds
const MOST = 15_000; // milliseconds

/**
 * @param {number} attempt from 1
 * @param {number} random in 0..<1
 * @returns {number} milliseconds, between half and all of the step
 */
export function backoff(attempt, random) {
  const step = Math.min(MOST, FIRST * 2 ** Math.min(attempt - 1, 10));
  return Math.round(step / 2 + random * step / 2);
}

/** After a planned restart everybody comes back within two seconds. @param {number} random */
export function restartPause(random) {
  return Math.round(200 + random * 1_800);
}
