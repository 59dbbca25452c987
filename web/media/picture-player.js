// Shows a track of pictures: decoded by the browser (WebCodecs), drawn into a canvas when due.
import { distance } from "./frame.js";

/**
 * @import { MediaFrame, MediaTrack, PlayerStats } from "../types.d.ts"
 * @import { LipSync } from "./lip-sync.js"
 */

const MOST_QUEUED = 60; // frames in the decoder: more is no live picture any more
const MOST_DUE = 12; // decoded pictures that wait; each holds megabytes

export class PicturePlayer {
  shown = 0;
  dropped = 0;
  /** @type {number | null} milliseconds from the server's receipt to the screen, of the newest */
  #latency = null;
  /** @type {HTMLCanvasElement | null} */
  #canvas = null;
  /** @type {VideoDecoder | null} */
  #decoder = null;
  /** @type {number | null} */
  #last = null;
  #needsKey = true;
  /** @type {VideoFrame[]} decoded and not yet due, oldest first */
  #due = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #track;
  #sync;
  #now;

  /**
   * @param {MediaTrack} track @param {LipSync} sync of its publisher
   * @param {() => number | null} now the server's time in milliseconds
   */
  constructor(track, sync, now) {
    this.#track = track;
    this.#sync = sync;
    this.#now = now;
  }

  /** @param {HTMLCanvasElement} canvas */
  attach(canvas) {
    this.#canvas = canvas;
  }

  /** @param {MediaFrame} frame */
  push(frame) {
    const step = this.#last === null ? 1 : distance(this.#last, frame.sequence);
    if (step <= 0) return;
    this.#last = frame.sequence;
    const decoder = this.#decoder ?? this.#open();
    const broken = step > 1 || frame.leftOut || decoder.decodeQueueSize > MOST_QUEUED;
    if (broken && !frame.key) this.#needsKey = true;
    if (this.#needsKey && !frame.key) {
      this.dropped += 1;
      return;
    }
    this.#needsKey = false;
    const type = frame.key ? "key" : "delta";
    const { time, payload } = frame;
    decoder.decode(new EncodedVideoChunk({ type, timestamp: time, data: payload }));
  }

  /** @returns {PlayerStats} */
  get stats() {
    const { width = 0, height = 0 } = this.#canvas ?? {};
    return { shown: this.shown, dropped: this.dropped, latency: this.#latency, width, height };
  }

  stop() {
    clearTimeout(this.#timer);
    for (const picture of this.#due) picture.close();
    this.#due = [];
    if (this.#decoder?.state === "configured") this.#decoder.close();
    this.#decoder = null;
    this.#canvas = null;
  }

  #open() {
    const decoder = new VideoDecoder({
      output: (picture) => this.#decoded(picture),
      error: () => {
        if (this.#decoder !== decoder) return;
        this.#decoder = null; // The next key frame opens another one.
        this.#needsKey = true;
      },
    });
    // H.264 comes in Annex B, with its parameters in the stream: a description would deny that.
    decoder.configure({ codec: this.#track.codec, optimizeForLatency: true });
    this.#decoder = decoder;
    return decoder;
  }

  /** @param {VideoFrame} picture */
  #decoded(picture) {
    if (this.#decoder === null) return picture.close();
    this.#due.push(picture);
    if (this.#due.length > MOST_DUE) this.#drop();
    this.#show();
  }

  /** Of those that are due only the newest is drawn: a late joiner sees no time lapse. */
  #show() {
    clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#due.length > 1 && this.#sync.wait(this.#due[1].timestamp, now) < 4) this.#drop();
    const [next] = this.#due;
    if (!next) return;
    const wait = document.hidden ? 0 : this.#sync.wait(next.timestamp, now);
    if (wait >= 4) {
      this.#timer = setTimeout(() => this.#show(), wait);
      return;
    }
    this.#due.shift();
    this.#draw(next);
    if (this.#due.length > 0) this.#show();
  }

  #drop() {
    this.#due.shift()?.close();
    this.dropped += 1;
  }

  /** @param {VideoFrame} picture */
  #draw(picture) {
    const { displayWidth, displayHeight, timestamp } = picture;
    const canvas = this.#canvas;
    if (canvas) {
      if (canvas.width !== displayWidth || canvas.height !== displayHeight) {
        canvas.width = displayWidth;
        canvas.height = displayHeight;
      }
      canvas.getContext("2d", { alpha: false })?.drawImage(picture, 0, 0);
      this.shown += 1;
      const now = this.#now();
      this.#latency = now === null ? null : now - timestamp / 1_000;
    }
    picture.close();
  }
}
