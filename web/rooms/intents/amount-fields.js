// A range of money: from and to, in a currency and a unit, with what it comes to beside it.
import { h } from "../../vendor/preact.js";
import { t, texts } from "../../app/i18n.js";
import { LineField } from "../../components/fields.js";
import { amountText, capitals, CURRENCIES, parseAmount, writtenAmount } from "./money.js";

/** @import { Problem } from "../../components/fields.js" */
/** @import { Amount } from "./types.d.ts" */
/** @typedef {{least: string, most: string, currency: string, unit: "one" | "tenThousand"}} Written */

/** @param {Amount | undefined} amount @returns {Written} */
export function writtenRange(amount) {
  if (!amount) return { least: "", most: "", currency: "CNY", unit: "tenThousand" };
  const { currency, least, most } = amount;
  const unit = currency === "CNY" ? "tenThousand" : "one";
  return {
    least: writtenAmount(least, unit, currency),
    most: writtenAmount(most, unit, currency),
    ...{ currency, unit },
  };
}

/** @param {Written} written @returns {Amount | "none" | "wrong"} */
export function readRange({ least, most, currency, unit }) {
  if (least.trim() === "" && most.trim() === "") return "none";
  // One figure alone is that amount.
  const from = parseAmount(least.trim() === "" ? most : least, unit, currency);
  const to = parseAmount(most.trim() === "" ? least : most, unit, currency);
  if (from === null || to === null || to === 0 || from > to) return "wrong";
  return { currency, least: from, most: to };
}

/** @param {{written: Written, edit: (written: Written) => void, problem: Problem}} props */
export function AmountFields({ written, edit, problem }) {
  const range = readRange(written);
  /** @param {Partial<Written>} change */
  const change = (change) => edit({ ...written, ...change });
  return h(
    "fieldset",
    { class: "amount-fields" },
    h("legend", null, t("intents.amount")),
    h(LineField, {
      name: "least",
      label: t("intents.least"),
      value: written.least,
      edit: (least) => change({ least }),
      problem,
      more: { inputMode: "decimal" },
    }),
    h(LineField, {
      name: "most",
      label: t("intents.most"),
      value: written.most,
      edit: (most) => change({ most }),
      problem,
      more: { inputMode: "decimal" },
    }),
    h(
      "label",
      { class: "field" },
      h("span", null, t("intents.unit")),
      h(
        "select",
        {
          value: written.unit,
          onChange: (/** @type {any} */ event) => change({ unit: event.target.value }),
        },
        h("option", { value: "tenThousand" }, t("intents.unit.tenThousand")),
        h("option", { value: "one" }, t("intents.unit.one")),
      ),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("intents.currency")),
      h(
        "select",
        {
          value: written.currency,
          onChange: (/** @type {any} */ event) => change({ currency: event.target.value }),
        },
        CURRENCIES.map((code) => h("option", { key: code, value: code }, code)),
      ),
    ),
    h(
      "output",
      { class: "amount-read quiet" },
      typeof range === "string"
        ? t("intents.amountHint")
        : [amountText(range, texts.language), inCapitals(range)].filter(Boolean).join(" · "),
    ),
  );
}

/** @param {Amount} amount */
function inCapitals({ currency, most }) {
  return currency === "CNY" && texts.language === "zh-CN" ? capitals(most) : "";
}
