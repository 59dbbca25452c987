// What follows in a new room where a pitch's time is up and where nobody comes.
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";

/** @import { StageRules } from "../../types.d.ts" */

/** @typedef {{atZero: StageRules["atZero"], grace: string, noShow: StageRules["noShow"], wait: string}} RulesForm `grace` in seconds, `wait` in minutes */

/** @type {RulesForm} */
export const USUAL_RULES = { atZero: "move_on", grace: "30", noShow: "last", wait: "3" };

const MOST = /** @type {const} */ ({ grace: 600, wait: 60 });

/** As a template has them; what it leaves out is as usual. @param {Partial<StageRules>} [rules] @returns {RulesForm} */
export function rulesForm({ atZero, graceMs, noShow, awaitMs } = {}) {
  return {
    atZero: atZero ?? USUAL_RULES.atZero,
    grace: graceMs === undefined ? USUAL_RULES.grace : String(Math.round(graceMs / 1_000)),
    noShow: noShow ?? USUAL_RULES.noShow,
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
export function rulesOf({ atZero, grace, noShow, wait }) {
  return {
    atZero,
    noShow,
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
  ];
}
