// Reads WebM as a recorder gives it, piece by piece: bytes in, tracks and frames out.
import { ID } from "./webm-ids.js";

/**
 * @typedef {"element_id" | "element_size" | "too_long" | "block" | "lacing" | "scale"} WebmFault
 * @typedef {{track: number, codec: string, description: Uint8Array, width: number,
 *   height: number}} WebmTrackFound
 * @typedef {{track: number, time: number, key: boolean, payload: Uint8Array<ArrayBuffer>}} WebmFrame
 *   time in microseconds since the recording began
 */

/** The longest element that is kept until it is whole; a key frame is the longest. */
const MOST_KEPT = (1 << 20) + 64; // bytes
/** Only their contents matter, so that it is all the same whether their size is known. */
const ENTERED = new Set([ID.segment, ID.info, ID.tracks, ID.cluster, ID.blockGroup]);
const READ = new Set([ID.timestampScale, ID.track, ID.timestamp, ID.simpleBlock, ID.block]);

export class WebmRefused extends Error {
  /** @param {WebmFault} fault */
  constructor(fault) {
    super(`WebM refused: ${fault}`);
    this.fault = fault;
  }
}

export class WebmReader {
  /** @type {Uint8Array<ArrayBuffer>} what is not read yet: less than one element that is kept */
  #rest = new Uint8Array(0);
  /** Bytes of an element of no interest that are still to come. */
  #skip = 0;
  #scale = 1_000_000; // nanoseconds of a tick
  #cluster = 0; // ticks
  /** @type {WebmRefused | null} */
  #refused = null;
  #hearTrack;
  #hearFrame;

  /** @param {(track: WebmTrackFound) => void} track @param {(frame: WebmFrame) => void} frame */
  constructor(track, frame) {
    this.#hearTrack = track;
    this.#hearFrame = frame;
  }

  /** Throws the first refusal, and the same one ever after. @param {Uint8Array} bytes */
  push(bytes) {
    if (this.#refused) throw this.#refused;
    try {
      this.#read(bytes);
    } catch (error) {
      if (error instanceof WebmRefused) this.#refused = error;
      throw error;
    }
  }

  /** @param {Uint8Array} bytes */
  #read(bytes) {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    let at = 0;
    while (true) {
      const skipped = Math.min(this.#skip, all.length - at);
      at += skipped;
      this.#skip -= skipped;
      const head = headAt(all, at);
      if (head === null) break;
      const { id, size, start } = head;
      if (ENTERED.has(id)) {
        at = start;
        continue;
      }
      if (size === null) throw new WebmRefused("element_size");
      if (!READ.has(id)) {
        at = start;
        this.#skip = size;
        continue;
      }
      if (size > MOST_KEPT) throw new WebmRefused("too_long");
      if (all.length - start < size) break;
      this.#element(id, all.slice(start, start + size));
      at = start + size;
    }
    this.#rest = all.slice(at);
  }

  /** @param {number} id @param {Uint8Array<ArrayBuffer>} body */
  #element(id, body) {
    if (id === ID.timestamp) this.#cluster = numberOf(body);
    else if (id === ID.track) this.#hearTrack(trackOf(body));
    else if (id === ID.timestampScale) {
      this.#scale = numberOf(body);
      if (this.#scale < 1 || this.#scale > 1e9) throw new WebmRefused("scale");
    } else this.#block(body, id === ID.simpleBlock);
  }

  /** @param {Uint8Array<ArrayBuffer>} body @param {boolean} simple */
  #block(body, simple) {
    const track = numeral(body, 0, 8);
    if (track === null || body.length < track.end + 4) throw new WebmRefused("block");
    const offset = new DataView(body.buffer, body.byteOffset).getInt16(track.end);
    const flags = body[track.end + 2];
    if ((flags & 0x06) !== 0) throw new WebmRefused("lacing");
    this.#hearFrame({
      track: track.value,
      time: Math.max(0, Math.round((this.#cluster + offset) * this.#scale / 1_000)),
      key: simple && (flags & 0x80) !== 0,
      payload: body.slice(track.end + 3),
    });
  }
}

/**
 * @param {Uint8Array} bytes @param {number} at
 * @returns {{id: number, size: number | null, start: number} | null} size null: not known;
 *   null: more bytes are needed
 */
function headAt(bytes, at) {
  if (at >= bytes.length) return null;
  const width = Math.clz32(bytes[at]) - 23;
  if (width > 4) throw new WebmRefused("element_id");
  if (at + width > bytes.length) return null;
  const id = numberOf(bytes.subarray(at, at + width));
  const size = numeral(bytes, at + width, 8);
  if (size === null) return null;
  const known = size.value < 2 ** (7 * (size.end - at - width)) - 1;
  return { id, size: known ? size.value : null, start: size.end };
}

/** A number with a length marker (RFC 8794 §4); null: more bytes are needed. */
/** @param {Uint8Array} bytes @param {number} at @param {number} most bytes */
function numeral(bytes, at, most) {
  if (at >= bytes.length) return null;
  const width = Math.clz32(bytes[at]) - 23;
  if (width > most) throw new WebmRefused("element_size");
  if (at + width > bytes.length) return null;
  let value = bytes[at] & (0xff >> width);
  for (let i = at + 1; i < at + width; i++) value = value * 256 + bytes[i];
  return { value, end: at + width };
}

/** @param {Uint8Array} bytes */
function numberOf(bytes) {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** @param {Uint8Array} body of a TrackEntry @returns {WebmTrackFound} */
function trackOf(body) {
  const found = { track: 0, codec: "", description: new Uint8Array(0), width: 0, height: 0 };
  for (const [id, value] of children(body)) {
    if (id === ID.trackNumber) found.track = numberOf(value);
    else if (id === ID.codec) found.codec = new TextDecoder().decode(value);
    else if (id === ID.codecPrivate) found.description = value;
    else if (id === ID.video) {
      for (const [inner, size] of children(value)) {
        if (inner === ID.width) found.width = numberOf(size);
        else if (inner === ID.height) found.height = numberOf(size);
      }
    }
  }
  return found;
}

/** @param {Uint8Array} body @returns {Generator<[number, Uint8Array<ArrayBuffer>]>} */
function* children(body) {
  let at = 0;
  while (at < body.length) {
    const head = headAt(body, at);
    if (head === null || head.size === null || head.start + head.size > body.length) {
      throw new WebmRefused("element_size");
    }
    at = head.start + head.size;
    yield [head.id, body.slice(head.start, at)];
  }
}
