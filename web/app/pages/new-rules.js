// What follows in a new room where a pitch's time is up and where nobody comes.
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";

/** @import { StageRules } from "../../types.d.ts" */

/**
 * @typedef {object} RulesForm
 * @property {StageRules["atZero"]} atZero
 * @property {string} grace seconds
 * @property {StageRules["noShow"]} noShow
 * @property {string} wait minutes
 * @property {StageRules["outcome"]} outcome
 * @property {"yes" | "no"} anonymous
 */

/** @type {RulesForm} */
export const USUAL_RULES = {
  atZero: "move_on",
  grace: "30",
  noShow: "last",
  wait: "3",
  outcome: "published",
  anonymous: "no",
};

const MOST = /** @type {const} */ ({ grace: 600, wait: 60 });

/** As a template has them; what it leaves out is as usual. @param {Partial<StageRules>} [rules] @returns {RulesForm} */
export function rulesForm({ atZero, graceMs, noShow, awaitMs, outcome, anonymous } = {}) {
  return {
    atZero: atZero ?? USUAL_RULES.atZero,
    grace: graceMs === undefined ? USUAL_RULES.grace : String(Math.round(graceMs / 1_000)),
    noShow: noShow ?? USUAL_RULES.noShow,
    outcome: outcome ?? USUAL_RULES.outcome,
    anonymous: anonymous ? "yes" : "no",
    wait: awaitMs === undefined ? USUAL_RULES.wait : String(Math.round(awaitMs / 60_000)),
  };
}

/** The field that holds no whole number within its range; null where both do. @param {RulesForm} rules */
export function faultOfRules(rules) {
  if (rules.atZero === "move_on" && !within(rules.grace, MOST.grace)) return "grace";
  return within(rules.wait, MOST.wait) ? null : "wait";
}

/** @param {string} text @param {number} most */
function within(text, most) {
  return /^\d{1,3}$/.test(text.trim()) && Number(text) <= most;
}

/** The rules as the server takes them. @param {RulesForm} rules @returns {Partial<StageRules>} */
export function rulesOf({ atZero, grace, noShow, wait, outcome, anonymous }) {
  return {
    atZero,
    noShow,
    outcome,
    anonymous: anonymous === "yes",
    awaitMs: Number(wait) * 60_000,
    ...(atZero === "move_on" ? { graceMs: Number(grace) * 1_000 } : {}),
  };
}

/** @param {{rules: RulesForm, change: (rules: RulesForm) => void}} props */
export function RulesFields({ rules, change }) {
  /** @param {keyof RulesForm} name @param {string[]} values */
  const select = (name, values) =>
    h(
      "label",
      { class: "field" },
      h("span", null, t(`new.rules.${name}`)),
      h(
        "select",
        {
          name,
          value: rules[name],
          onChange: (/** @type {any} */ event) => change({ ...rules, [name]: event.target.value }),
        },
        values.map((one) => h("option", { key: one, value: one }, t(`new.rules.${name}.${one}`))),
      ),
    );
  /** @param {"grace" | "wait"} name */
  const number = (name) =>
    h(
      "label",
      { class: "field" },
      h("span", null, t(`new.rules.${name}`)),
      h("input", {
        name,
        inputMode: "numeric",
        maxLength: 3,
        value: rules[name],
        onInput: (/** @type {any} */ event) => change({ ...rules, [name]: event.target.value }),
      }),
    );
  return [
    h(
      "div",
      { class: "pair" },
      select("atZero", ["move_on", "warn", "cut"]),
      rules.atZero === "move_on" && number("grace"),
    ),
    h("div", { class: "pair" }, select("noShow", ["last", "forfeit"]), number("wait")),
    h(
      "div",
      { class: "pair" },
      select("outcome", ["published", "members", "kept"]),
      select("anonymous", ["no", "yes"]),
    ),
  ];
}
