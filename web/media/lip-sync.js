// When a picture is due, so that it goes with the sound of the same publisher.

/** A picture may come so much before its sound unnoticed (ITU-R BT.1359: 125 ms). */
const EARLY = 90; // milliseconds
/** What was last heard says nothing after so long. */
const STALE = 1_000; // milliseconds
const MOST_WAIT = 500; // milliseconds

export class LipSync {
  /** @type {{delay: number, at: number} | null} local clock minus server's time of what is heard */
  #heard = null;

  /** @param {number} time the server's, of the sound now heard; microseconds @param {number} now ms */
  heard(time, now) {
    this.#heard = { delay: now - time / 1_000, at: now };
  }

  /**
   * @param {number} time the server's, of a picture; microseconds @param {number} now milliseconds
   * @returns {number} milliseconds until it is due; 0 at once, also where nothing is heard
   */
  wait(time, now) {
    if (this.#heard === null || now - this.#heard.at > STALE) return 0;
    const due = time / 1_000 + this.#heard.delay - EARLY;
    return Math.min(MOST_WAIT, Math.max(0, due - now));
  }
}
