// What a poll's numbers say; the server counts, this only shares out.
import { t } from "../../app/i18n.js";

/** @import { You } from "../../types.d.ts" */
/** @import { Poll } from "./types.d.ts" */
/** @typedef {{option: number, label: string, count: number, share: number}} Row share of the voters, 0 to 1 */

/** What the reader chose in it. @param {You} you @param {Poll} poll */
export function choicesOf(you, { id }) {
  return you.ballots?.find(({ poll }) => poll === id)?.choices ?? [];
}

/** @param {Poll} poll @param {number} option from 1 */
export function optionLabel({ kind, labels }, option) {
  if (kind === "rating") return t("polls.points", { n: option });
  if (kind === "yes_no") return t(option === 1 ? "polls.yes" : "polls.no");
  return labels?.[option - 1] ?? t("polls.option", { n: option });
}

/** @param {Poll} poll @returns {Row[]} in the options' order; none where the counts are not told */
export function rows(poll) {
  return (poll.counts ?? []).map((count, place) => ({
    option: place + 1,
    label: optionLabel(poll, place + 1),
    count,
    share: poll.voters > 0 ? count / poll.voters : 0,
  }));
}

/** The mean of a rating; `null` where nobody voted or it is none. @param {Poll} poll */
export function mean({ kind, counts, voters }) {
  if (kind !== "rating" || !counts || voters === 0) return null;
  return counts.reduce((sum, count, place) => sum + count * (place + 1), 0) / voters;
}
