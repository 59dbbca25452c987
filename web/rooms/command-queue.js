// Commands that await their answer; what is not answered is sent again after a reconnect.

/** @import { Fields } from "../types.d.ts" */
/** @typedef {{id: string, type: string, room: string, data: Fields}} Command */

/** So many may wait; more means that the line has long been gone. */
const MOST = 64;

export class CommandQueue {
  /** @type {Map<string, Command>} in order of sending */
  #waiting = new Map();
  #count = 0;
  #prefix;

  /** @param {string} prefix random for each page load */
  constructor(prefix) {
    this.#prefix = prefix;
  }

  /**
   * @param {string} type @param {string} room @param {Fields} data
   * @returns {Command | null} null when too many wait
   */
  add(type, room, data) {
    if (this.#waiting.size >= MOST) return null;
    const command = { id: `${this.#prefix}-${++this.#count}`, type, room, data };
    this.#waiting.set(command.id, command);
    return command;
  }

  /** @param {string} id @returns {Command | null} null for an answer nobody waits for */
  settle(id) {
    const command = this.#waiting.get(id) ?? null;
    this.#waiting.delete(id);
    return command;
  }

  /** In their first order. @returns {Command[]} */
  get waiting() {
    return [...this.#waiting.values()];
  }
}

/** @returns {string} eight letters and digits that no other page load has */
export function commandPrefix() {
  const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  return Array.from(
    crypto.getRandomValues(new Uint8Array(8)),
    (byte) => letters[byte % letters.length],
  ).join("");
}
