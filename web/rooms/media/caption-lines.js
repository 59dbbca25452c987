// Which captions stand on the stage now, and the languages that there are.

/** @import { Caption } from "../../types.d.ts" */

const LINES = 2;
/** A caption stays so long after its words were spoken, or written when that was later. */
const STAYS = 10_000; // milliseconds

/**
 * @param {Caption[]} captions oldest first @param {string} language @param {number} now server's time
 * @returns {Caption[]}
 */
export function captionLines(captions, language, now) {
  return captions.filter((one) =>
    one.language === language && !one.removed && now - Math.max(one.to, one.at) < STAYS
  ).slice(-LINES);
}

/** @param {Caption[]} captions @returns {string[]} */
export function captionLanguages(captions) {
  return [...new Set(captions.map(({ language }) => language))].sort();
}
