// A spreadsheet's file as text: UTF-8 with or without mark, UTF-16 with one, or GB18030.

/** Bytes of a file that are read: an agenda's texts are at most a third of it. */
export const LARGEST_FILE = 1 << 20;

/** @typedef {"utf-8" | "utf-16le" | "utf-16be" | "gb18030"} Encoding */

/** @type {[number[], Encoding][]} */
const MARKS = [[[0xef, 0xbb, 0xbf], "utf-8"], [[0xff, 0xfe], "utf-16le"], [
  [0xfe, 0xff],
  "utf-16be",
]];

/**
 * What is no UTF-8 to the last byte is taken for GB18030, which Chinese spreadsheets write.
 * @param {Uint8Array} bytes @returns {{text: string, encoding: Encoding} | null} null: neither
 */
export function readText(bytes) {
  const marked = MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return decoded(bytes, marked[1]);
  return decoded(bytes, "utf-8") ?? decoded(bytes, "gb18030");
}

/** @param {Uint8Array} bytes @param {Encoding} encoding */
function decoded(bytes, encoding) {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // A file of another kind has such characters; a table has none.
    return text.includes("\0") ? null : { text, encoding };
  } catch {
    return null;
  }
}
