// Gives sound its time on the page's clock, from when its pieces arrived.

const RATE = 48_000; // samples a second
/** A message comes late at times but never early: the earliest of so many pieces counts. */
const WINDOW = 50;
const JUMP = 100; // milliseconds late in all of them: the device stood still
const SLEW = 0.05; // milliseconds a piece; 2.5 a second, more than any two clocks drift apart

export class SampleClock {
  /** The time of sample 0; milliseconds. @type {number | null} */
  #start = null;
  #count = 0;
  #least = Infinity;
  #seen = 0;
  #goal = 0;

  /**
   * @param {number} samples in this piece @param {number} now when it was whole; milliseconds
   * @returns {number} the time of its first sample; milliseconds
   */
  next(samples, now) {
    const first = this.#count;
    this.#count += samples;
    const start = now - this.#count / RATE * 1_000; // If this piece came at once.
    // What comes earlier than thought shows that the first thought was wrong.
    if (this.#start === null || start < this.#start) this.#start = this.#goal = start;
    this.#least = Math.min(this.#least, start);
    if (++this.#seen === WINDOW) {
      this.#goal = this.#least;
      if (this.#goal - this.#start > JUMP) this.#start = this.#goal;
      this.#least = Infinity;
      this.#seen = 0;
    }
    this.#start += Math.max(-SLEW, Math.min(SLEW, this.#goal - this.#start));
    return this.#start + first / RATE * 1_000;
  }
}
