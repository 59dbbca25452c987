// Evens out how sound arrives: pieces with the server's time in, an unbroken row of samples out.

const RATE = 48_000; // samples a second
const ms = RATE / 1_000;
const CAPACITY = RATE; // samples
const FIRST_TARGET = 80 * ms;
const LEAST_TARGET = 60 * ms;
const MOST_TARGET = 300 * ms;
const PIECE = 20 * ms;
/** A hole up to this long is a loss and stays silence; a longer one is a pause and is left out. */
const MOST_HOLE = 200 * ms;
const LATE = 20 * ms; // what each time of running dry adds to the target
const WINDOW = 2 * RATE; // samples over which the least content is watched
const CALM = 10 * RATE; // samples without running dry until the target sinks
const EXCESS = 300 * ms; // over the target: cut at once, as after a line that stood still
const FADE = 5 * ms;

export class JitterBuffer {
  #ring = new Float32Array(CAPACITY);
  #read = 0;
  #held = 0;
  /** The server's time of the sample at `#read`; microseconds. */
  #time = 0;
  #playing = false;
  #least = Infinity;
  #window = 0;
  #calm = 0;
  target = FIRST_TARGET; // samples
  /** How often it ran dry while sound was on its way. */
  underruns = 0;

  /** Samples that wait. */
  get held() {
    return this.#held;
  }

  /** The server's time of the next sample in microseconds; null while nothing plays. */
  get time() {
    return this.#playing ? this.#time : null;
  }

  /** @param {number} time the server's, of the first sample; microseconds @param {Float32Array} samples */
  push(time, samples) {
    const end = this.#time + this.#held / RATE * 1e6;
    const hole = Math.round((time - end) / 1e6 * RATE);
    const lost = hole > 5 * ms && hole <= MOST_HOLE;
    if (lost && this.#playing) this.#append(new Float32Array(hole));
    if (this.#ranDry && hole <= MOST_HOLE) {
      this.underruns += 1;
      this.#calm = 0;
      this.target = Math.min(MOST_TARGET, this.target + LATE);
    }
    this.#ranDry = false;
    this.#append(samples);
    this.#time = time - (this.#held - samples.length) / RATE * 1e6;
    if (this.#held > this.target + EXCESS) this.#cut(this.#held - this.target);
    if (this.#held >= this.target) this.#playing = true;
  }

  /** @param {Float32Array} out filled, with silence where nothing plays */
  pull(out) {
    const count = this.#playing ? Math.min(out.length, this.#held) : 0;
    for (let i = 0; i < count; i++) out[i] = this.#ring[(this.#read + i) % CAPACITY];
    out.fill(0, count);
    if (!this.#playing) return;
    this.#advance(count);
    if (count < out.length) {
      this.#playing = false;
      this.#ranDry = true;
      this.#least = Infinity;
      return;
    }
    this.#watch(out.length);
  }

  #ranDry = false;

  /** @param {number} passed samples */
  #watch(passed) {
    this.#least = Math.min(this.#least, this.#held);
    this.#calm += passed;
    this.#window += passed;
    if (this.#window < WINDOW) return;
    // Just before a piece comes, the buffer holds a piece less than the target.
    const excess = this.#least - (this.target - PIECE);
    if (excess > PIECE) this.#cut(excess);
    if (this.#calm >= CALM && this.#least > PIECE) {
      this.target = Math.max(LEAST_TARGET, this.target - PIECE / 2);
      this.#calm = 0;
    }
    this.#window = 0;
    this.#least = Infinity;
  }

  /** Leaves out the oldest, with a short cross-fade so that it does not click. @param {number} count */
  #cut(count) {
    const fade = Math.min(FADE, this.#held - count);
    for (let i = 0; i < fade; i++) {
      const part = i / fade;
      const to = (this.#read + count + i) % CAPACITY;
      this.#ring[to] = this.#ring[to] * part + this.#ring[(this.#read + i) % CAPACITY] * (1 - part);
    }
    this.#advance(count);
  }

  /** @param {number} count */
  #advance(count) {
    this.#read = (this.#read + count) % CAPACITY;
    this.#held -= count;
    this.#time += count / RATE * 1e6;
  }

  /** @param {Float32Array} samples the oldest give way when there is no room */
  #append(samples) {
    const kept = samples.length > CAPACITY ? samples.subarray(samples.length - CAPACITY) : samples;
    const over = this.#held + kept.length - CAPACITY;
    if (over > 0) this.#advance(over);
    const start = (this.#read + this.#held) % CAPACITY;
    const room = Math.min(kept.length, CAPACITY - start);
    this.#ring.set(kept.subarray(0, room), start);
    this.#ring.set(kept.subarray(room), 0);
    this.#held += kept.length;
  }
}
