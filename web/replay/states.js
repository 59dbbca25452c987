// The room at each moment of its log. States are values: one in so many is kept, and what lies
// between is made from there.
import { apply } from "../rooms/apply.js";
import { newborn, unstaffed } from "./newborn.js";

/** @import { Merged, Room } from "../types.d.ts" */
/** @import { Told } from "./log.js" */

export const KEPT_EVERY = 100; // events

export class RoomStates {
  /** @type {Merged[]} */
  events = [];
  /** The room after all of them. */
  last = /** @type {Room | null} */ (null);
  /** The room after so many events: 0, 100, 200 … @type {(Room | null)[]} */
  #kept = [null];
  /** What was asked for last: time mostly goes on a little. */
  #shown = { count: 0, room: /** @type {Room | null} */ (null) };
  /** The first event that tells what staff alone is told: before it there was nothing of that. */
  #staffFrom = -1;

  /** @param {Told} told @returns {boolean} whether it is new and something */
  take({ merged, staff }) {
    if (merged === null || merged.seq <= (this.events.at(-1)?.seq ?? 0)) return false;
    if (staff && this.#staffFrom < 0) this.#staffFrom = this.events.length;
    this.events.push(merged);
    this.last = this.#step(this.last, this.events.length - 1);
    if (this.events.length % KEPT_EVERY === 0) this.#kept.push(this.last);
    return true;
  }

  /** How many events happened until then. @param {number} at milliseconds */
  countAt(at) {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle].at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The room after so many events. @param {number} count @returns {Room | null} */
  after(count) {
    if (count >= this.events.length) return this.last;
    let from = Math.floor(count / KEPT_EVERY) * KEPT_EVERY;
    let room = this.#kept[from / KEPT_EVERY];
    if (this.#shown.count > from && this.#shown.count <= count) {
      ({ count: from, room } = this.#shown);
    }
    for (; from < count; from += 1) room = this.#step(room, from);
    this.#shown = { count, room };
    return room;
  }

  /** @param {Room | null} room @param {number} index of the event @returns {Room | null} */
  #step(room, index) {
    const event = this.events[index];
    if (room === null) return event.type === "room.created" ? newborn(event) : null;
    return apply(index === this.#staffFrom ? { ...room, ...unstaffed() } : room, event);
  }
}
