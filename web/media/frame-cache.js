// The frames of a video track since its last key frame: whoever begins to look sees at once.

/** @import { MediaFrame } from "../types.d.ts" */

const MOST = 300; // frames
const MOST_BYTES = 4 << 20;

export class FrameCache {
  /** @type {MediaFrame[]} */
  #frames = [];
  #bytes = 0;

  /** @param {MediaFrame} frame */
  add(frame) {
    if (frame.key) this.clear();
    else if (this.#frames.length === 0) return; // Without a key frame it shows nothing.
    this.#frames.push(frame);
    this.#bytes += frame.payload.length;
    if (this.#frames.length > MOST || this.#bytes > MOST_BYTES) this.clear();
  }

  clear() {
    this.#frames = [];
    this.#bytes = 0;
  }

  /** @returns {readonly MediaFrame[]} */
  get frames() {
    return this.#frames;
  }
}
