// A room as it stood at a moment, in the shape of the live page's store: read, never written to.
import { isShown } from "../rooms/apply.js";
import { Heard } from "../rooms/reactions/heard.js";
import { VISITOR } from "../rooms/personal.js";
import { Observable } from "../app/observable.js";
import { isClosedDoor } from "./newborn.js";
import { RoomStates } from "./states.js";
import { Story } from "./story.js";
import { silences, Timeline } from "./timeline.js";

/** @import { Fields, Room, Situation, Trust, You } from "../types.d.ts" */
/** @import { Told } from "./log.js" */
/** @import { Span } from "./timeline.js" */

/** With either of them a room's doors open: what was planned before is no part of the replay. */
const BEGINNING = new Set(["room.opened", "room.started"]);

/** What everybody is told of every room. */
const FOR_ALL = /^(room\.|archive\.|announcement\.made$)/;

export class ReplayStore extends Observable {
  /** @type {Situation} */
  situation = { is: "online" };
  room = /** @type {Room | null} */ (null);
  /** @type {You} */
  you = VISITOR;
  trust = /** @type {Trust} */ ({ is: "none" });
  reactions = new Heard();
  pointer = new Heard();

  story = new Story();
  timeline = new Timeline({ from: 0, to: 0 }, []);
  /** Whether the end of what was asked for is there. */
  whole = false;
  /** Whether silences are passed over. */
  skips = true;
  #states = new RoomStates();
  /** @type {number[]} */
  #times = [];
  #begin = /** @type {number | null} */ (null);
  /** @type {Span[]} recordings that are played along */
  #recorded = [];
  #at = 0;
  #count = -1;
  /** Whether anything was for others, and whether anything was told to those inside. */
  #hidden = false;
  #isInside = false;
  id;

  /** @param {string} room 32 hex digits */
  constructor(room) {
    super();
    this.id = room;
  }

  /** The moment that is shown, on the log's clock. */
  now() {
    return this.#at;
  }

  /** Nobody has a part in what is past. @param {import("../types.d.ts").Role} _role */
  is(_role) {
    return false;
  }

  /** A command would change nothing any more. @param {string} _type @param {Fields} [_data] */
  send(_type, _data) {
    return Promise.reject({ code: "room.wrong_state", action: "give_up" });
  }

  order() {}

  /** The room after everything that was read, where anything was. */
  get newest() {
    return this.#states.last;
  }

  /** The number of the newest event that was read. */
  get newestSeq() {
    return this.#states.events.at(-1)?.seq ?? 0;
  }

  /** How many events were read. */
  get count() {
    return this.#states.events.length;
  }

  /** Whether doors ever opened, as far as was read. */
  get hasBegun() {
    return this.#begin !== null;
  }

  /**
   * Whether this reader stands outside a closed door, or outside the audience of a sealed record: of
   * what happened nothing came but what everybody is told.
   */
  get isOutside() {
    const room = this.newest;
    const isKept = room !== null && (isClosedDoor(room) || room.state === "archived");
    return isKept && this.#hidden && !this.#isInside;
  }

  /** One more event. @param {Told} told */
  take(told) {
    this.#hidden ||= told.hidden;
    this.#isInside ||= told.inside;
    if (!this.#states.take(told) || told.merged === null) return;
    const { type, at } = told.merged;
    this.#isInside ||= !FOR_ALL.test(type);
    this.story.take(told.merged);
    if (this.#begin === null) {
      if (!BEGINNING.has(type)) return;
      this.#begin = at;
      this.#at = at;
    }
    if (isShown(type)) this.#times.push(at);
  }

  /** After several events: the time that there is, and the room as it stands at its moment. */
  settle() {
    const from = this.#begin ?? 0;
    const whole = { from, to: this.#times.at(-1) ?? from };
    for (const { from: start, to } of this.#recorded) {
      if (start < whole.to) whole.to = Math.max(whole.to, to);
    }
    const gaps = this.skips ? silences(this.#times, this.#recorded, whole) : [];
    this.timeline = new Timeline(whole, gaps);
    this.#count = -1;
    this.seek(this.#at);
  }

  /** @param {Span[]} recorded what is played along */
  playAlong(recorded) {
    this.#recorded = recorded;
    this.settle();
  }

  /** @param {boolean} skips */
  passOver(skips) {
    this.skips = skips;
    this.settle();
  }

  /** Shows the room as it stood then. @param {number} at milliseconds of the log's clock */
  seek(at) {
    this.#at = Math.min(Math.max(at, this.timeline.begin), this.timeline.end);
    const count = this.#states.countAt(this.#at);
    if (count === this.#count) return;
    this.#count = count;
    this.room = this.#states.after(count);
    this.changed();
  }
}
