// Plays a track without WebCodecs: frames as live WebM through Media Source Extensions.
// Each track has its own element, as in one element a hole in the pictures would halt the sound.
import { bytesOf } from "./base64.js";
import { mediaSource, WEBM_AUDIO, WEBM_VIDEO } from "./choose.js";
import { distance, LEVEL_UNKNOWN } from "./frame.js";
import { opusHead } from "./opus-packet.js";
import { sizeOf } from "./vp8.js";
import { webmCluster, webmHead } from "./webm-writer.js";

/**
 * @import { MediaFrame, MediaTrack, PlayerStats } from "../types.d.ts"
 * @import { Delay } from "./delay.js"
 * @import { Block } from "./webm-writer.js"
 */

const START = 1; // seconds in the element where the first frame stands
const MOST_PENDING = 300; // blocks
const KEPT = 10; // seconds behind the playhead
const FOLLOW = 100; // milliseconds between looks at the playhead
const FAR = 0.6; // seconds off from which it jumps
const NEAR = 0.03; // seconds off that are left alone
const MOST_RATE = 0.08; // faster or slower than life

export class StreamPlayer {
  level = LEVEL_UNKNOWN;
  shown = 0;
  dropped = 0;
  /** The browser asks for a tap before it plays. */
  tapNeeded = false;
  /** @type {number | null} */
  #latency = null;
  /** The server's time at START; microseconds. @type {number | null} */
  #base = null;
  #size = "";
  /** @type {number | null} */
  #last = null;
  #needsKey = true;
  /** @type {Uint8Array<ArrayBuffer> | null} a head that is to go before the blocks */
  #head = null;
  /** @type {Block[]} */
  #pending = [];
  /** @type {SourceBuffer | null} */
  #buffer = null;
  #url = "";
  #stopped = false;
  /** @type {ReturnType<typeof setInterval>} */
  #timer;
  #track;
  #delay;
  #now;
  #changed;

  /**
   * @param {MediaTrack} track @param {HTMLVideoElement} element
   * @param {Delay} delay shared by all of the page
   * @param {() => number | null} now the server's time in milliseconds
   * @param {() => void} changed whether a tap is needed
   */
  constructor(track, element, delay, now, changed) {
    this.#track = track;
    /** What plays. */
    this.element = element;
    this.#delay = delay;
    this.#now = now;
    this.#changed = changed;
    this.#needsKey = !this.#sounds;
    if (this.#sounds) this.#head = webmHead({ codec: "opus", description: this.#description() });
    else element.muted = true; // Pictures alone may play without a tap.
    element.playsInline = true;
    element.onwaiting = () => this.#delay.stalled(performance.now());
    this.#source();
    this.#timer = setInterval(() => this.#follow(), FOLLOW);
    this.#watch();
  }

  get #sounds() {
    return this.#track.codec === "opus";
  }

  get volume() {
    return this.element.volume;
  }

  set volume(volume) {
    this.element.volume = volume;
  }

  /** To be called in the handler of a tap or key. */
  unlock() {
    this.#play();
  }

  /** @param {MediaFrame} frame */
  push(frame) {
    const step = this.#last === null ? 1 : distance(this.#last, frame.sequence);
    if (step <= 0 || this.#track.codec === "avc1.42E01E") return;
    this.#last = frame.sequence;
    this.level = frame.level;
    const { key, payload, time } = frame;
    if (!this.#sounds && (step > 1 || frame.leftOut) && !key) this.#needsKey = true;
    if ((this.#needsKey && !key) || this.#pending.length >= MOST_PENDING) {
      this.#needsKey = !this.#sounds;
      this.dropped += 1;
      return;
    }
    this.#needsKey = false;
    if (key && !this.#sounds) this.#headFor(payload);
    this.#base ??= time;
    const at = (time - this.#base) / 1_000 + START * 1_000;
    if (at < 0) return;
    this.#pending.push({ time: at, key, payload });
    this.#flush();
  }

  /** @returns {PlayerStats} */
  get stats() {
    const { videoWidth = 0, videoHeight = 0 } = this.element;
    return {
      shown: this.shown,
      dropped: this.dropped,
      latency: this.#latency,
      width: videoWidth,
      height: videoHeight,
    };
  }

  stop() {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.element.onwaiting = null;
    this.element.removeAttribute("src");
    this.element.load();
    URL.revokeObjectURL(this.#url);
    this.#buffer = null;
    this.#pending = [];
  }

  #description() {
    const { description } = this.#track;
    return description ? bytesOf(description) : opusHead(1);
  }

  #source() {
    const Source = mediaSource();
    const source = new Source();
    // A managed source plays only where the picture may not go to another screen.
    if (!("MediaSource" in globalThis)) this.element.disableRemotePlayback = true;
    this.#url = URL.createObjectURL(source);
    source.addEventListener("sourceopen", () => {
      if (this.#stopped || this.#buffer) return;
      this.#buffer = source.addSourceBuffer(this.#sounds ? WEBM_AUDIO : WEBM_VIDEO);
      this.#buffer?.addEventListener("updateend", () => this.#flush());
      this.#flush();
    });
    this.element.src = this.#url;
    this.#play();
  }

  /** A new size needs a new head. @param {Uint8Array} key a key frame */
  #headFor(key) {
    const { width, height } = sizeOf(key);
    if (this.#size === `${width}x${height}`) return;
    this.#size = `${width}x${height}`;
    this.#head = webmHead({ codec: "vp8", width, height });
  }

  #flush() {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.element.error) return;
    try {
      const { buffered } = buffer;
      const end = this.element.currentTime - KEPT;
      if (buffered.length > 0 && buffered.start(0) < end - KEPT) return buffer.remove(0, end);
      if (this.#pending.length === 0) return;
      if (this.#head) {
        buffer.appendBuffer(this.#head);
        this.#head = null;
        return;
      }
      // A cluster for each append: its blocks are played at once, not with the next ones.
      buffer.appendBuffer(webmCluster(this.#pending));
      this.#pending = [];
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // No room, or the element has given up: from the next key frame on.
      this.dropped += this.#pending.length;
      this.#pending = [];
      this.#needsKey = !this.#sounds;
    }
  }

  #play() {
    this.element.play().then(() => this.#needTap(false), (error) => {
      if (error.name === "NotAllowedError") this.#needTap(true);
    });
  }

  /** @param {boolean} needed */
  #needTap(needed) {
    if (this.tapNeeded === needed) return;
    this.tapNeeded = needed;
    this.#changed();
  }

  /** Keeps the playhead where all the others are: by its rate, or by a jump over a hole. */
  #follow() {
    const { buffered, currentTime } = this.element;
    const now = this.#now();
    if (buffered.length === 0 || this.#base === null || now === null) return;
    if (this.element.paused && !this.tapNeeded) this.#play();
    this.#delay.passed(performance.now());
    const last = buffered.length - 1;
    const from = buffered.start(last);
    const end = buffered.end(last);
    const wanted = now / 1_000 - this.#base / 1e6 + START - this.#delay.value / 1_000;
    const goal = Math.min(wanted, end);
    const off = currentTime - goal;
    const inHole = currentTime < from && goal >= from;
    if (inHole || Math.abs(off) > FAR) {
      if (goal >= from) this.element.currentTime = goal;
      return;
    }
    const rate = Math.abs(off) < NEAR ? 0 : Math.max(-MOST_RATE, Math.min(MOST_RATE, -off));
    this.element.playbackRate = 1 + rate;
  }

  /** How late pictures are, where the browser tells when one is shown. */
  #watch() {
    if (this.#sounds || !this.element.requestVideoFrameCallback) return;
    this.element.requestVideoFrameCallback((_, { mediaTime }) => {
      if (this.#stopped) return;
      this.shown += 1;
      const now = this.#now();
      if (now !== null && this.#base !== null) {
        this.#latency = now - this.#base / 1_000 - (mediaTime - START) * 1_000;
      }
      this.#watch();
    });
  }
}
