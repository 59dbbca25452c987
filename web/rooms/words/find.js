// Finds words on pages: which pages have all of them, and what stands around the first.

/** @typedef {{page: number, parts: Part[]}} Found a page, from 1, and its line in parts */
/** @typedef {{text: string, marked: boolean}} Part */

const BEFORE = 18; // characters around what was found
const LENGTH = 90;
const HAN = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}，。、；：？！（）《》“”";
/** Where a line ends within a Chinese sentence nothing separates its characters. */
const BROKEN = new RegExp(`(?<=[${HAN}])\\s+(?=[${HAN}])`, "gu");

/** @param {string} text as the server has it, line by line */
export function joined(text) {
  return text.replace(BROKEN, "").replace(/\s+/gu, " ");
}

/**
 * @param {string[]} texts of a slot's pages, in order
 * @param {string} asked
 * @returns {Found[]}
 */
export function find(texts, asked) {
  const words = asked.normalize("NFKC").trim().split(/\s+/u).filter((word) => word !== "");
  if (words.length === 0) return [];
  const each = words.map((word) => expression(word));
  // The longest first, so that one word within another marks the whole of it.
  const any = words.toSorted((one, other) => other.length - one.length).map(escaped).join("|");
  return texts.flatMap((text, index) => {
    const line = joined(text);
    if (!each.every((one) => one.test(line))) return [];
    const from = Math.max(0, line.search(expression(any, true)) - BEFORE);
    return [{ page: index + 1, parts: parts(excerpt(line, from), expression(any, true, "g")) }];
  });
}

/** @param {string} word @param {boolean} [ready] it is an expression already */
function expression(word, ready = false, flags = "") {
  return new RegExp(ready ? word : escaped(word), `iu${flags}`);
}

/** @param {string} word */
function escaped(word) {
  return word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

/** @param {string} line @param {number} from */
function excerpt(line, from) {
  // No half of a character that has two units.
  const start = /[\udc00-\udfff]/.test(line[from] ?? "") ? from + 1 : from;
  const rest = line.slice(start);
  const shown = [...rest.slice(0, LENGTH + 1)].slice(0, LENGTH).join("");
  return `${start > 0 ? "…" : ""}${shown}${shown.length < rest.length ? "…" : ""}`;
}

/** @param {string} line @param {RegExp} word @returns {Part[]} */
function parts(line, word) {
  const found = [];
  let at = 0;
  for (const { 0: text, index } of line.matchAll(word)) {
    if (index > at) found.push({ text: line.slice(at, index), marked: false });
    found.push({ text, marked: true });
    at = index + text.length;
  }
  if (at < line.length) found.push({ text: line.slice(at), marked: false });
  return found;
}
