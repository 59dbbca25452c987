// How a poll stands: a bar beside each row of a table, the reader's own choice marked.
import { h } from "../../vendor/preact.js";
import { number, t, texts } from "../../app/i18n.js";
import { mean, rows } from "./tally.js";

/** @import { Poll } from "./types.d.ts" */

/** @param {{poll: Poll, own: number[]}} props */
export function PollResults({ poll, own }) {
  const average = mean(poll);
  const list = rows(poll);
  return [
    h(
      "p",
      { class: "quiet poll-count" },
      t("polls.voters", { n: poll.voters }),
      average !== null && t("polls.mean", { mean: decimal(average) }),
    ),
    list.length > 0 && h(
      "table",
      { class: "poll-results" },
      h(
        "thead",
        { class: "unseen" },
        h(
          "tr",
          null,
          h("th", { scope: "col" }, t("polls.columnOption")),
          h("th", { scope: "col" }, t("polls.columnVotes")),
          h("th", { scope: "col" }, t("polls.columnShare")),
        ),
      ),
      h(
        "tbody",
        null,
        list.map(({ option, label, count, share }) =>
          h(
            "tr",
            { key: option, class: own.includes(option) ? "own" : undefined },
            h(
              "th",
              { scope: "row" },
              h("span", { class: "poll-label" }, label),
              own.includes(option) && h("span", { class: "poll-own" }, t("polls.own")),
              h(
                "span",
                { class: "poll-bar", "aria-hidden": "true" },
                h("span", { style: { width: `${share * 100}%` } }),
              ),
            ),
            h("td", null, number(count)),
            h("td", null, percent(share)),
          )
        ),
      ),
    ),
  ];
}

/** @param {number} share */
function percent(share) {
  return new Intl.NumberFormat(texts.language, { style: "percent" }).format(share);
}

/** @param {number} value */
function decimal(value) {
  return new Intl.NumberFormat(texts.language, { maximumFractionDigits: 1 }).format(value);
}
