// How long the oldest byte that still waits in a socket has waited.

const MOST = 1_024; // entries; a line that is further behind is past help
const STEP = 5; // milliseconds that one entry stands for

export class Backlog {
  /** @type {{total: number, at: number}[]} the bytes handed over up to a moment, oldest first */
  #entries = [];
  #total = 0;

  /** @param {number} bytes handed to the socket @param {number} now milliseconds */
  sent(bytes, now) {
    this.#total += bytes;
    const last = this.#entries.at(-1);
    if (last && (now - last.at < STEP || this.#entries.length === MOST)) last.total = this.#total;
    else this.#entries.push({ total: this.#total, at: now });
  }

  /** @param {number} buffered the socket's bufferedAmount @param {number} now @returns {number} ms */
  age(buffered, now) {
    const gone = this.#total - buffered;
    const oldest = this.#entries.findIndex(({ total }) => total > gone);
    this.#entries.splice(0, oldest === -1 ? this.#entries.length : oldest);
    return oldest === -1 ? 0 : now - this.#entries[0].at;
  }
}
