// Plays a replay: moves its moment on, passes over silences, and keeps a recording beside it.
import { Observable } from "../app/observable.js";

/** @import { ReplayStore } from "./store.js" */
/** @import { Track } from "./recordings.js" */

export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const TICK = 100; // milliseconds
/** A recording this far off jumps; one that is nearer is hurried or held back. */
const JUMP = 0.6; // seconds
const NEAR = 0.06;
/** So long the clock waits for a recording that is loading. */
const PATIENCE = 8_000; // milliseconds

export class Player extends Observable {
  playing = false;
  rate = 1;
  /** Sound waits for a tap. */
  muted = false;
  /** The gap that was passed over last, and when. */
  skipped = { from: 0, to: 0, at: -Infinity };
  /** @type {Track[]} */
  tracks = [];
  /** What the recording beside this moment comes to. */
  track = /** @type {Track | null} */ (null);
  /** Recordings that did not play. @type {Set<string>} */
  broken = new Set();
  #element = /** @type {HTMLVideoElement | null} */ (null);
  #loaded = "";
  #before = 0;
  #waiting = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /** @param {ReplayStore} store */
  constructor(store) {
    super();
    this.store = store;
  }

  get at() {
    return this.store.now();
  }

  get atEnd() {
    return this.at >= this.store.timeline.end;
  }

  /** @param {Track[]} tracks */
  use(tracks) {
    this.tracks = tracks;
    this.store.playAlong(tracks);
    this.#choose();
    this.changed();
  }

  /** @param {HTMLVideoElement | null} element */
  attach(element) {
    this.#element = element;
    this.#loaded = "";
    this.#choose();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    const { begin } = this.store.timeline;
    if (this.atEnd) this.store.seek(begin);
    this.playing = true;
    this.#before = performance.now();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#choose();
    this.changed();
  }

  pause() {
    this.playing = false;
    clearInterval(this.#timer);
    this.#element?.pause();
    this.changed();
  }

  /** @param {number} at milliseconds of the log's clock */
  seek(at) {
    this.store.seek(at);
    this.#before = performance.now();
    this.#choose();
    this.changed();
  }

  /** @param {number} milliseconds on the bar: a silence that is passed over counts for nothing */
  move(milliseconds) {
    const { timeline } = this.store;
    this.seek(timeline.moment(timeline.place(this.at) + milliseconds));
  }

  /** @param {number} rate */
  setRate(rate) {
    this.rate = rate;
    this.#choose();
    this.changed();
  }

  /** @param {1 | -1} by */
  stepRate(by) {
    const place = RATES.indexOf(this.rate) + by;
    if (RATES[place] !== undefined) this.setRate(RATES[place]);
  }

  /** In the handler of a tap. */
  unmute() {
    this.muted = false;
    if (this.#element) this.#element.muted = false;
    this.changed();
  }

  /** What plays it cannot: the replay goes on without. */
  lose() {
    if (this.track) this.broken.add(this.track.id);
    this.#choose();
    this.changed();
  }

  #tick() {
    const now = performance.now();
    const passed = now - this.#before;
    this.#before = now;
    if (this.#waits(passed)) return this.changed();
    const { timeline } = this.store;
    let next = this.at + passed * this.rate;
    const gap = timeline.gapAt(next);
    if (gap) {
      next = gap.to;
      this.skipped = { ...gap, at: now };
    }
    this.store.seek(next);
    if (next >= timeline.end && this.store.whole) this.pause();
    this.#choose();
    this.changed();
  }

  /** Whether the clock waits for a recording that has nothing to play yet. @param {number} passed */
  #waits(passed) {
    const element = this.#element;
    if (!this.track || !element || element.readyState >= 3 || element.ended) {
      this.#waiting = 0;
      return false;
    }
    this.#waiting += passed;
    return this.#waiting < PATIENCE;
  }

  /** Brings the recording to this moment. */
  #choose() {
    const at = this.at;
    const found =
      this.tracks.find(({ id, from, to }) => at >= from && at < to && !this.broken.has(id)) ?? null;
    this.track = found;
    const element = this.#element;
    if (!element) return;
    if (!found) {
      if (!element.paused) element.pause();
      return;
    }
    if (this.#loaded !== found.id) {
      this.#loaded = found.id;
      element.src = found.address;
    }
    this.#follow(element, (at - found.from) / 1_000);
  }

  /** @param {HTMLVideoElement} element @param {number} place seconds of the recording */
  #follow(element, place) {
    const drift = element.currentTime - place;
    if (Math.abs(drift) > JUMP * Math.max(1, this.rate) || (!this.playing && drift !== 0)) {
      if (!element.seeking) element.currentTime = place;
    }
    const hurry = Math.abs(drift) > NEAR ? (drift > 0 ? 0.95 : 1.05) : 1;
    element.playbackRate = this.rate * hurry;
    element.muted = this.muted;
    if (!this.playing || !element.paused || element.ended) return;
    element.play().catch((error) => {
      // Sound waits for a tap; the picture need not.
      if (error.name !== "NotAllowedError" || this.muted) return;
      this.muted = true;
      this.changed();
    });
  }
}
