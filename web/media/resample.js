// Brings sound to 48,000 samples a second, where a device or decoder has another rate.

const RATE = 48_000;

export class Resampler {
  #step;
  /** Where the next sample falls, counted from the first of the next piece; -1...0 is between. */
  #at = 0;
  #last = 0;

  /** @param {number} rate samples a second of what comes in */
  constructor(rate) {
    this.#step = rate / RATE;
  }

  /** @param {Float32Array} samples @returns {Float32Array} straight lines between them */
  next(samples) {
    if (this.#step === 1 || samples.length === 0) return samples;
    const out = [];
    let at = this.#at;
    for (; at <= samples.length - 1; at += this.#step) {
      const whole = Math.floor(at);
      const before = whole < 0 ? this.#last : samples[whole];
      const after = samples[Math.min(whole + 1, samples.length - 1)];
      out.push(before + (after - before) * (at - whole));
    }
    this.#at = at - samples.length;
    this.#last = samples[samples.length - 1];
    return Float32Array.from(out);
  }
}
