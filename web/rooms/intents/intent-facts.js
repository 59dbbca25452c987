// An intent as its author and those who are told of it read it: the ladder, what it says, and what
// was said to it.
import { h } from "../../vendor/preact.js";
import { dayAndTime, t, texts } from "../../app/i18n.js";
import { LADDERS, placeOf, stepText } from "./ladder.js";
import { amountText, capitals } from "./money.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Amount, Intent } from "./types.d.ts" */

/** @param {{intent: Intent, subject: Room["subject"]}} props */
export function Ladder({ intent: { side, step }, subject }) {
  const place = placeOf(side, step);
  return h(
    "ol",
    { class: "ladder", "aria-label": t("intents.ladder") },
    LADDERS[side].map((name, index) =>
      h(
        "li",
        {
          key: name,
          class: index < place ? "taken" : index === place ? "taken here" : "",
          "aria-current": index === place ? "step" : undefined,
        },
        stepText(name, subject),
      )
    ),
  );
}

/** @param {{intent: Intent}} props */
export function IntentFacts({ intent }) {
  const { amount, cooperation, note, shared, at, answers, followUps } = intent;
  return h(
    "div",
    { class: "intent-facts" },
    cooperation && h("p", null, t(`intents.cooperation.${cooperation}`)),
    amount && h(AmountLine, { amount }),
    note && h("p", { class: "said-text" }, note),
    h(
      "p",
      { class: "quiet" },
      dayAndTime(at),
      " · ",
      t(shared ? "intents.shared" : "intents.private"),
    ),
    answers.map((one) =>
      h(
        "p",
        { key: one.answer, class: "answer" },
        h("span", { class: "mark answered" }, t(`intents.answer.${one.answer}`)),
        " ",
        h("span", { class: "quiet" }, [one.name, dayAndTime(one.at)].filter(Boolean).join(" · ")),
        one.note && h("span", { class: "said-text" }, one.note),
      )
    ),
    followUps.map((one) =>
      h(
        "p",
        { key: one.party, class: "answer" },
        h("span", { class: "mark" }, t(`intents.outcome.${one.outcome}`)),
        " ",
        h(
          "span",
          { class: "quiet" },
          t(`intents.party.${one.party}`),
          " · ",
          dayAndTime(one.at),
        ),
        one.note && h("span", { class: "said-text" }, one.note),
      )
    ),
  );
}

/** @param {{amount: Amount}} props */
function AmountLine({ amount }) {
  const inChinese = amount.currency === "CNY" && texts.language === "zh-CN";
  return h(
    "p",
    { class: "intent-amount" },
    amountText(amount, texts.language),
    inChinese && h("span", { class: "quiet" }, capitals(amount.most)),
  );
}
