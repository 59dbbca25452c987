// The server's time, from exchanges of time.sync: the one with the shortest round trip counts.

export const FIRST_SYNCS = 5; // exchanges after each connect
export const SYNC_PAUSE = 250; // milliseconds between those
export const SYNC_EVERY = 10_000; // milliseconds afterwards
export const SILENCE = 8_000; // milliseconds without an answer: the line is dead

/** How many exchanges are kept; older ones drift away from the truth. */
const KEPT = 8;

export class TimeSync {
  /** @type {{roundTrip: number, offset: number}[]} newest last; milliseconds */
  #samples = [];

  /**
   * @param {{sent: number, received: number, server: number}} exchange
   *   `sent` and `received` on the local clock, `server` what the server answered
   */
  add({ sent, received, server }) {
    const roundTrip = Math.max(0, received - sent);
    this.#samples.push({ roundTrip, offset: server - (sent + received) / 2 });
    if (this.#samples.length > KEPT) this.#samples.shift();
  }

  /** After sleep the local clock may have stood still: nothing before it counts. */
  reset() {
    this.#samples = [];
  }

  /** Added to the local clock it gives the server's; null before the first exchange. */
  get offset() {
    if (this.#samples.length === 0) return null;
    return this.#samples.reduce((best, next) => next.roundTrip < best.roundTrip ? next : best)
      .offset;
  }

  /** The newest round trip in milliseconds, for the connection's state; null before the first. */
  get latency() {
    return this.#samples.at(-1)?.roundTrip ?? null;
  }
}
