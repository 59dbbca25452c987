// The file around a bundle's entries, in its one spelling (docs/archive.md): names and contents
// determine every byte of it.
import { equal, join } from "../app/ledger/bytes.js";
import { Broken, Unusable } from "./fault.js";

/** @typedef {{name: string, size: number, crc: number, offset: number}} Entry sizes in bytes */
/** @typedef {{size: number, bytes: (from: number, to: number) => Promise<Uint8Array>}} Source */

const FAR = 0xffffffff;
const PIECE = 1 << 20; // bytes read at once
const MOST = 64 << 20; // bytes of a directory
const NAME = /^(?!.{201})[a-zA-Z0-9_-][a-zA-Z0-9._-]*(\/[a-zA-Z0-9_-][a-zA-Z0-9._-]*)?$/;

/** A file of somebody's as it is read from. @param {Blob} file @returns {Source} */
export function sourceOf(file) {
  return {
    size: file.size,
    bytes: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}

/** Reads the directory and finds it as it must be. @param {Source} source @returns {Promise<Entry[]>} */
export async function readDirectory(source) {
  if (source.size < 22) throw new Unusable("not_zip");
  const end = view(await source.bytes(source.size - 22, source.size));
  if (end.getUint32(0, true) !== 0x06054b50) throw new Unusable("not_zip");
  let offset = end.getUint32(16, true);
  if (offset === FAR || end.getUint16(10, true) === 0xffff) {
    if (source.size < 98) throw new Broken("directory");
    const large = view(await source.bytes(source.size - 98, source.size - 22));
    if (large.getUint32(0, true) !== 0x06064b50) throw new Broken("directory");
    offset = long(large, 48);
  }
  if (offset > source.size - 22 || source.size - offset > MOST) throw new Broken("directory");
  const found = await source.bytes(offset, source.size);
  const entries = [...records(found)];
  const names = new Set();
  let place = 0;
  for (const { name, size, crc, offset: at } of entries) {
    if (!NAME.test(name) || names.has(name)) throw new Broken("file_name", { name });
    names.add(name);
    if (at !== place || size > offset) throw new Broken("entry", { name });
    place += header(name, size, crc).length + size;
  }
  if (place !== offset || !equal(directory(entries, offset), found)) throw new Broken("directory");
  return entries;
}

/**
 * An entry's content, piece by piece; header and checksum are found to be as they must.
 * @param {Source} source @param {Entry} entry
 */
export async function* contentOf(source, { name, size, crc, offset }) {
  const head = header(name, size, crc);
  const start = offset + head.length;
  if (!equal(await source.bytes(offset, start), head)) throw new Broken("entry", { name });
  let sum = FAR;
  for (let at = start; at < start + size; at += PIECE) {
    const piece = await source.bytes(at, Math.min(at + PIECE, start + size));
    for (const byte of piece) sum = sum >>> 8 ^ CRC[(sum ^ byte) & 0xff];
    yield piece;
  }
  if ((sum ^ FAR) >>> 0 !== crc) throw new Broken("entry", { name });
}

const CRC = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? value >>> 1 ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {Uint8Array} found */
function* records(found) {
  const all = view(found);
  let place = 0;
  while (place + 46 <= found.length && all.getUint32(place, true) === 0x02014b50) {
    const [length, more] = [all.getUint16(place + 28, true), all.getUint16(place + 30, true)];
    const end = place + 46 + length + more;
    if (end > found.length) return;
    let [size, offset] = [all.getUint32(place + 24, true), all.getUint32(place + 42, true)];
    let extra = place + 50 + length;
    if (size === FAR && extra + 16 <= end) {
      size = long(all, extra);
      extra += 16;
    }
    if (offset === FAR && extra + 8 <= end) offset = long(all, extra);
    const name = String.fromCharCode(...found.subarray(place + 46, place + 46 + length));
    yield { name, size, crc: all.getUint32(place + 16, true), offset };
    place = end;
  }
}

/** @param {string} name @param {number} size @param {number} crc */
function header(name, size, crc) {
  const big = size >= FAR;
  const low = big ? FAR : size;
  return bytes(
    [
      [0x04034b50, 4],
      [big ? 45 : 20, 2],
      ...facts(crc, low),
      [name.length, 2],
      [big ? 20 : 0, 2],
    ],
    name,
    big ? [[1, 2], [16, 2], [size, 8], [size, 8]] : [],
  );
}

/** @param {Entry[]} entries @param {number} at */
function directory(entries, at) {
  const pieces = entries.map(({ name, size, crc, offset }) => {
    const [big, far] = [size >= FAR, offset >= FAR];
    /** @type {[number, number][]} */
    const extra = [];
    if (big) extra.push([size, 8], [size, 8]);
    if (far) extra.push([offset, 8]);
    const length = 8 * extra.length;
    return bytes(
      [
        [0x02014b50, 4],
        [0x32d, 2],
        [big || far ? 45 : 20, 2],
        ...facts(crc, big ? FAR : size),
        [name.length, 2],
        [length && length + 4, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0o100644 * 65536, 4],
        [Math.min(offset, FAR), 4],
      ],
      name,
      length ? [[1, 2], [length, 2], ...extra] : [],
    );
  });
  const [count, length] = [entries.length, pieces.reduce((sum, piece) => sum + piece.length, 0)];
  const large = count >= 0xffff || length >= FAR || at >= FAR;
  if (large) {
    pieces.push(bytes([
      [0x06064b50, 4],
      [44, 8],
      [0x32d, 2],
      [45, 2],
      [0, 8],
      [count, 8],
      [count, 8],
      [length, 8],
      [at, 8],
      [0x07064b50, 4],
      [0, 4],
      [at + length, 8],
      [1, 4],
    ]));
  }
  const few = large ? 0xffff : count;
  pieces.push(bytes([
    [0x06054b50, 4],
    [0, 4],
    [few, 2],
    [few, 2],
    [large ? FAR : length, 4],
    [large ? FAR : at, 4],
    [0, 2],
  ]));
  return join(...pieces);
}

/** No flags, stored, 1980-01-01. @param {number} crc @param {number} size @returns {[number, number][]} */
function facts(crc, size) {
  return [[0, 2], [0, 2], [0, 2], [0x21, 2], [crc, 4], [size, 4], [size, 4]];
}

/** Numbers with their lengths, lowest byte first. */
/** @param {[number, number][]} numbers @param {string} [name] @param {[number, number][]} [more] */
function bytes(numbers, name = "", more = []) {
  /** @type {number[]} */
  const all = [];
  const put = (/** @type {[number, number][]} */ list) => {
    for (const [number, length] of list) {
      for (let place = 0; place < length; place++) {
        all.push(Math.floor(number / 256 ** place) % 256);
      }
    }
  };
  put(numbers);
  for (let index = 0; index < name.length; index++) all.push(name.charCodeAt(index));
  put(more);
  return Uint8Array.from(all);
}

/** @param {DataView} view @param {number} at */
function long(view, at) {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/** @param {Uint8Array} found */
function view(found) {
  return new DataView(found.buffer, found.byteOffset, found.byteLength);
}
