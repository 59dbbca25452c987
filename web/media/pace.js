// What a publisher's video may cost on a slow line: skip, spend less, pause, try again.

const BEHIND = 300; // milliseconds of backlog from which frames are skipped
const CAUGHT_UP = 100; // milliseconds of backlog from which they go again
const SETTLE = 2_000; // milliseconds until a lower bitrate can be seen in the backlog
const CALM = 10_000; // milliseconds without skipping until more is spent
const PAUSE = 5_000; // milliseconds of the first pause; each further one is twice as long
const LONGEST_PAUSE = 60_000; // milliseconds

/** @typedef {"send" | "skip" | "pause"} Verdict */

export class Pace {
  #steps;
  #step = 0;
  #skipping = false;
  /** When the step last changed, since when it skips, and when it was last behind. */
  #changed = -Infinity;
  #since = 0;
  #behind = -Infinity;
  #pause = PAUSE;
  /** @type {number | null} when a pause ends */
  #until = null;

  /** @param {number[]} steps bits a second, the most first */
  constructor(steps) {
    this.#steps = steps;
  }

  get bitrate() {
    return this.#steps[this.#step];
  }

  /** It can spend no less. */
  get least() {
    return this.#step === this.#steps.length - 1;
  }

  get paused() {
    return this.#until !== null;
  }

  /**
   * Asked before each picture is encoded, so that no encoded frame ever lacks its forerunner.
   * @param {number} backlog milliseconds @param {number} now milliseconds @returns {Verdict}
   */
  consider(backlog, now) {
    if (this.#until !== null) return this.#waitOut(backlog, now);
    if (backlog > BEHIND) {
      if (!this.#skipping) this.#since = now;
      this.#skipping = true;
      this.#behind = now;
      if (now - this.#changed >= SETTLE) this.#spendLess(now);
    } else if (backlog < CAUGHT_UP) {
      this.#skipping = false;
      this.#spendMore(now);
    }
    if (this.paused) return "pause";
    return this.#skipping ? "skip" : "send";
  }

  /** @param {number} backlog @param {number} now @returns {Verdict} */
  #waitOut(backlog, now) {
    if (this.#until === null || now < this.#until || backlog >= CAUGHT_UP) return "pause";
    this.#until = null;
    this.#skipping = false;
    this.#changed = this.#behind = now;
    return "send";
  }

  /** @param {number} now */
  #spendLess(now) {
    if (!this.least) {
      this.#changed = now;
      this.#step += 1;
      return;
    }
    if (now - this.#since < SETTLE) return; // A key frame alone takes a while.
    this.#until = now + this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
  }

  /** @param {number} now */
  #spendMore(now) {
    if (now - this.#behind < CALM || now - this.#changed < CALM) return;
    this.#pause = PAUSE;
    if (this.#step === 0) return;
    this.#step -= 1;
    this.#changed = now;
  }
}
