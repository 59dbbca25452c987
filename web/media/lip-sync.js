// When a picture is due, so that it goes with the sound of the same publisher.

/** A picture may come so much before its sound unnoticed (ITU-R BT.1359: 125 ms). */
const EARLY = 90; // milliseconds
/** What was last heard says nothing after so long. */
const STALE = 1_000; // milliseconds
const MOST_WAIT = 500; // milliseconds

/** So many reports count: one of a busy page comes late, and none early. */
const KEPT = 8;

export class LipSync {
  /** The local clock minus the server's time of what is heard; milliseconds, newest last. */
  /** @type {number[]} */
  #delays = [];
  #at = -Infinity;

  /** @param {number} time the server's, of the sound now heard; microseconds @param {number} now ms */
  heard(time, now) {
    if (now - this.#at > STALE) this.#delays = [];
    this.#delays.push(now - time / 1_000);
    if (this.#delays.length > KEPT) this.#delays.shift();
    this.#at = now;
  }

  /**
   * @param {number} time the server's, of a picture; microseconds @param {number} now milliseconds
   * @returns {number} milliseconds until it is due; 0 at once, also where nothing is heard
   */
  wait(time, now) {
    if (now - this.#at > STALE) return 0;
    const due = time / 1_000 + Math.min(...this.#delays) - EARLY;
    return Math.min(MOST_WAIT, Math.max(0, due - now));
  }
}
