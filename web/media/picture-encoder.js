// Camera or screen to VP8 or H.264 frames by WebCodecs, at the pace that the line keeps.
import { LEVEL_UNKNOWN } from "./frame.js";
import { Pace } from "./pace.js";
import { openPictures } from "./picture-source.js";
import { pictureConfig } from "./trial.js";

/**
 * @import { EncodedFrame, PictureWish, Source } from "./publication.js"
 */

const KEY_EVERY = 2_000; // milliseconds
/** A key frame is a third of what the least bitrate has in two seconds. */
const KEY_EVERY_AT_LEAST = 4_000; // milliseconds
const MOST_QUEUED = 2; // pictures in the encoder: the processor is too slow for more

/**
 * @param {MediaStream} stream @param {PictureWish} wish
 * @param {(frame: EncodedFrame) => void} give @param {(error: unknown) => void} fail
 * @returns {Source}
 */
export function encodePictures(stream, wish, give, fail) {
  const pace = new Pace(stepsOf(wish));
  const fit = fitter(wish);
  let size = { width: 0, height: 0 };
  let bitrate = 0;
  let muted = false;
  /** When the last key frame was asked for; -Infinity asks for one now. */
  let key = -Infinity;
  let paused = false;
  const encoder = new VideoEncoder({
    output(chunk) {
      const payload = new Uint8Array(chunk.byteLength);
      chunk.copyTo(payload);
      const { timestamp: time, type } = chunk;
      give({ time, key: type === "key", level: LEVEL_UNKNOWN, duration: 0, payload });
    },
    error: fail,
  });
  const see = (/** @type {VideoFrame} */ seen) => {
    const now = performance.now();
    const verdict = pace.consider(wish.behind(), now);
    if (paused !== pace.paused) {
      paused = pace.paused;
      key = -Infinity;
      wish.changed();
    }
    if (muted || verdict !== "send" || encoder.state === "closed") return seen.close();
    if (encoder.encodeQueueSize > MOST_QUEUED) return seen.close();
    const frame = fit(seen);
    const { displayWidth: width, displayHeight: height } = frame;
    if (size.width !== width || size.height !== height || bitrate !== pace.bitrate) {
      if (size.width !== width || size.height !== height) {
        wish.resized(width, height);
        key = -Infinity;
      }
      size = { width, height };
      bitrate = pace.bitrate;
      encoder.configure(pictureConfig(wish.codec, { ...size, bitrate, framerate: wish.rate }));
      wish.changed();
    }
    const keyFrame = now - key >= (pace.least ? KEY_EVERY_AT_LEAST : KEY_EVERY);
    if (keyFrame) key = now;
    encoder.encode(frame, { keyFrame });
    frame.close();
  };
  const source = openPictures(stream, wish.rate, see);
  return {
    wantKey() {
      key = -Infinity;
    },
    mute(now) {
      muted = now;
      key = -Infinity;
    },
    get bitrate() {
      return pace.bitrate;
    },
    get paused() {
      return pace.paused;
    },
    stop() {
      source.stop();
      if (encoder.state !== "closed") encoder.close();
    },
  };
}

/** Bits a second, the most first. @param {{kind: string, width: number, height: number}} wish */
export function stepsOf({ kind, width, height }) {
  if (kind === "screen") return [1_000_000, 500_000, 250_000, 150_000];
  if (width * height > 640 * 360) return [1_200_000, 600_000, 300_000, 150_000];
  return [400_000, 250_000, 150_000];
}

/**
 * Makes a picture no larger than wished and of even sides, as the encoders ask.
 * @param {{width: number, height: number}} most
 * @returns {(frame: VideoFrame) => VideoFrame} takes the frame over
 */
function fitter(most) {
  /** @type {HTMLCanvasElement | null} */
  let canvas = null;
  return (frame) => {
    const { width, height } = fitted(frame.displayWidth, frame.displayHeight, most);
    if (width === frame.displayWidth && height === frame.displayHeight) return frame;
    canvas ??= document.createElement("canvas");
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    canvas.getContext("2d", { alpha: false })?.drawImage(frame, 0, 0, width, height);
    const small = new VideoFrame(canvas, { timestamp: frame.timestamp });
    frame.close();
    return small;
  };
}

/** A phone held upright swaps the sides. */
/** @param {number} width @param {number} height @param {{width: number, height: number}} most */
export function fitted(width, height, most) {
  const upright = height > width;
  const [across, down] = upright ? [most.height, most.width] : [most.width, most.height];
  const scale = Math.min(1, across / width, down / height);
  const even = (/** @type {number} */ side) => Math.max(2, 2 * Math.round(side * scale / 2));
  return { width: even(width), height: even(height) };
}
