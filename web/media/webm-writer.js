// Writes live WebM for Media Source Extensions: a head for one track, then clusters as they come.
import { channelsOf } from "./opus-packet.js";
import { ID } from "./webm-ids.js";

/**
 * @typedef {{codec: "vp8", width: number, height: number}
 *   | {codec: "opus", description: Uint8Array}} WebmTrack
 * @typedef {{time: number, key: boolean, payload: Uint8Array}} Block time in milliseconds
 */

const TRACK = 1;
/** A block's time counts from its cluster's in 16 bits with a sign (§11.1). */
export const MOST_SPAN = 32_767; // milliseconds
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const SEEK_PRE_ROLL = 80_000_000; // nanoseconds, of Opus

/** @param {WebmTrack} track @returns {Uint8Array<ArrayBuffer>} all before the first cluster */
export function webmHead(track) {
  const header = element(
    ID.header,
    element(ID.docType, text("webm")),
    element(ID.docTypeVersion, number(4)),
    element(ID.docTypeReadVersion, number(2)),
  );
  const segment = [...idBytes(ID.segment), ...UNKNOWN_SIZE];
  const about = element(
    ID.info,
    element(ID.timestampScale, number(1_000_000)), // Times are in milliseconds.
    element(ID.muxingApp, text("luyan")),
    element(ID.writingApp, text("luyan")),
  );
  return joined([header, segment, about, element(ID.tracks, trackEntry(track))]);
}

/** @param {Block[]} blocks at least one, in the order of decoding @returns {Uint8Array<ArrayBuffer>} */
export function webmCluster(blocks) {
  const start = Math.max(0, Math.round(blocks[0].time));
  const parts = blocks.map(({ time, key, payload }) => {
    const offset = Math.max(-MOST_SPAN, Math.min(MOST_SPAN, Math.round(time) - start));
    const head = [0x80 | TRACK, offset >> 8 & 0xff, offset & 0xff, key ? 0x80 : 0];
    return element(ID.simpleBlock, head, payload);
  });
  return element(ID.cluster, element(ID.timestamp, number(start)), ...parts);
}

/** @param {WebmTrack} track */
function trackEntry(track) {
  const common = [element(ID.trackNumber, number(TRACK)), element(ID.trackUid, number(TRACK))];
  if (track.codec === "vp8") {
    return element(
      ID.track,
      ...common,
      element(ID.trackType, number(1)),
      element(ID.codec, text("V_VP8")),
      element(
        ID.video,
        element(ID.width, number(track.width)),
        element(ID.height, number(track.height)),
      ),
    );
  }
  const { description } = track;
  const preSkip = (description[10] ?? 0) | (description[11] ?? 0) << 8; // samples
  return element(
    ID.track,
    ...common,
    element(ID.trackType, number(2)),
    element(ID.codec, text("A_OPUS")),
    element(ID.codecPrivate, description),
    element(ID.codecDelay, number(Math.round(preSkip * 1e9 / 48_000))),
    element(ID.seekPreRoll, number(SEEK_PRE_ROLL)),
    element(
      ID.audio,
      element(ID.rate, float(48_000)),
      element(ID.channels, number(channelsOf(description))),
    ),
  );
}

/** @param {number} id @param {ArrayLike<number>[]} parts */
function element(id, ...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joined([idBytes(id), sizeBytes(length), ...parts]);
}

/** @param {number} id @returns {number[]} */
function idBytes(id) {
  return number(id); // The marker is part of the number.
}

/** Always four bytes: 28 bits are more than any element here has. @param {number} length */
function sizeBytes(length) {
  return [0x10 | length >>> 24, length >>> 16 & 0xff, length >>> 8 & 0xff, length & 0xff];
}

/** @param {number} value a whole number below 2^53 @returns {number[]} as few bytes as hold it */
function number(value) {
  const bytes = [];
  do {
    bytes.unshift(value % 256);
    value = Math.floor(value / 256);
  } while (value > 0);
  return bytes;
}

/** @param {number} value */
function float(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value);
  return bytes;
}

/** @param {string} value */
function text(value) {
  return new TextEncoder().encode(value);
}

/** @param {ArrayLike<number>[]} parts @returns {Uint8Array<ArrayBuffer>} */
function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
