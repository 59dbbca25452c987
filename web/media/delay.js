// How far all <video> elements of a page play behind the server's time, so that they go together.

const FIRST = 150; // milliseconds
const MOST = 800; // milliseconds
const STEP = 60; // milliseconds that a stall adds
const CALM = 15_000; // milliseconds without one until it sinks
const DOWN = 20; // milliseconds

export class Delay {
  value = FIRST;
  #changed = 0;

  /** An element had nothing to play. @param {number} now milliseconds */
  stalled(now) {
    if (now - this.#changed < 1_000) return; // One line that hangs stalls all at once.
    this.value = Math.min(MOST, this.value + STEP);
    this.#changed = now;
  }

  /** @param {number} now milliseconds */
  passed(now) {
    if (now - this.#changed < CALM) return;
    this.value = Math.max(FIRST, this.value - DOWN);
    this.#changed = now;
  }
}
