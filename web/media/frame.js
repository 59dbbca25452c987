// The header before each encoded frame on /ws/media: 20 bytes, big-endian.

/** @import { MediaFrame } from "../types.d.ts" */
/** @typedef {"short" | "version" | "flags" | "empty" | "long"} FrameFault */

export const HEADER = 20; // bytes
/** A key frame of video is the longest payload there is. */
export const MOST_PAYLOAD = 1 << 20; // bytes
export const MOST_AUDIO = 4_096; // bytes
/** The level of video, and of sound that nobody measured. */
export const LEVEL_UNKNOWN = 255;

const VERSION = 1;
const KEY = 1;
const LEFT_OUT = 2;
const MOST_DURATION = 0xff_ff_ff; // microseconds

export class FrameRefused extends Error {
  /** @param {FrameFault} fault @param {number} value what was found */
  constructor(fault, value) {
    super(`frame refused: ${fault} ${value}`);
    this.fault = fault;
    this.value = value;
  }
}

/** @param {MediaFrame} frame @returns {Uint8Array<ArrayBuffer>} header and payload */
export function encodeFrame(frame) {
  const { payload } = frame;
  checkPayload(payload.length);
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, (frame.key ? KEY : 0) | (frame.leftOut ? LEFT_OUT : 0));
  view.setUint16(2, frame.track);
  view.setUint32(4, frame.sequence); // Wraps by itself.
  view.setBigUint64(8, BigInt(Math.max(0, Math.round(frame.time))));
  const duration = Math.min(MOST_DURATION, Math.max(0, Math.round(frame.duration)));
  view.setUint32(16, duration);
  view.setUint8(16, frame.level); // Over the empty upper byte of the duration.
  bytes.set(payload, HEADER);
  return bytes;
}

/**
 * The payload is a view of what came in.
 * @param {ArrayBuffer} message
 * @returns {MediaFrame}
 */
export function decodeFrame(message) {
  if (message.byteLength < HEADER) throw new FrameRefused("short", message.byteLength);
  const view = new DataView(message);
  const version = view.getUint8(0);
  if (version !== VERSION) throw new FrameRefused("version", version);
  const flags = view.getUint8(1);
  if ((flags & ~(KEY | LEFT_OUT)) !== 0) throw new FrameRefused("flags", flags);
  checkPayload(message.byteLength - HEADER);
  return {
    key: (flags & KEY) !== 0,
    leftOut: (flags & LEFT_OUT) !== 0,
    track: view.getUint16(2),
    sequence: view.getUint32(4),
    time: Number(view.getBigUint64(8)), // Exact until the year 2255.
    level: view.getUint8(16),
    duration: view.getUint32(16) & MOST_DURATION,
    payload: new Uint8Array(message, HEADER),
  };
}

/**
 * Where a frame stands after another one of its track; 1 is next.
 * @param {number} from @param {number} to sequence numbers @returns {number}
 */
export function distance(from, to) {
  return (to - from) | 0; // The difference modulo 2^32, of the nearer direction.
}

/** @param {number} length */
function checkPayload(length) {
  if (length === 0) throw new FrameRefused("empty", length);
  if (length > MOST_PAYLOAD) throw new FrameRefused("long", length);
}
