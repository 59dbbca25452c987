// How people come into a new room: the fields of its door.
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { inLanguage } from "./new-template.js";

/** @import { Admission, Standing } from "../../types.d.ts" */

/** @typedef {{admission: Admission, waiting: boolean, least: Standing, form: string,
 *   closed: boolean, terms: string}} DoorForm */

const LONGEST_TERMS = 10_000; // characters, as the room's rules allow

/** @type {Admission[]} */
const ADMISSIONS = ["open", "code", "invitation", "registration"];
/** @type {Standing[]} */
const STANDINGS = ["guest", "registered", "verified"];

/** @type {DoorForm} */
export const OPEN_DOOR = {
  admission: "open",
  waiting: false,
  least: "guest",
  form: "",
  closed: false,
  terms: "",
};

/** The door as the server takes it, whatever a template says; its form has a question a line. @param {DoorForm} door */
export function doorOf({ admission, waiting, least, form, closed, terms }) {
  const questions = form.split("\n").map((line) => line.trim()).filter(Boolean);
  return {
    admission,
    waiting,
    least,
    form: admission === "registration" ? questions : null,
    terms: closed ? terms.trim() : null,
  };
}

/** A template's door as the form has it. @param {import("../../types.d.ts").Fields | undefined} door @param {string} language @returns {DoorForm} */
export function doorForm({ admission, waiting, least, form, terms } = {}, language) {
  return {
    admission: admission ?? OPEN_DOOR.admission,
    waiting: waiting ?? OPEN_DOOR.waiting,
    least: least ?? OPEN_DOOR.least,
    form: (form ?? []).map((/** @type {any} */ one) => inLanguage(one, language)).join("\n"),
    closed: terms !== undefined,
    terms: terms === undefined ? "" : inLanguage(terms, language),
  };
}

/** @param {{door: DoorForm, change: (door: DoorForm) => void}} props */
export function DoorFields({ door, change }) {
  return [
    h(
      "div",
      { class: "pair" },
      choice(
        t("new.door"),
        ADMISSIONS.map((one) => [one, t(`new.door.${one}`)]),
        door.admission,
        (admission) => change({ ...door, admission }),
      ),
      choice(
        t("new.least"),
        STANDINGS.map((one) => [one, t(`new.least.${one}`)]),
        door.least,
        (least) => change({ ...door, least }),
      ),
    ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: door.waiting,
        onChange: (/** @type {any} */ event) => change({ ...door, waiting: event.target.checked }),
      }),
      t("new.waiting"),
    ),
    door.admission === "registration" && h(
      "label",
      { class: "field" },
      h("span", null, t("new.form")),
      h("textarea", {
        name: "form",
        rows: 3,
        value: door.form,
        placeholder: t("new.formExample"),
        onInput: (/** @type {any} */ event) => change({ ...door, form: event.target.value }),
      }),
    ),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        name: "closed",
        checked: door.closed,
        onChange: (/** @type {any} */ event) =>
          change({
            ...door,
            closed: event.target.checked,
            terms: door.terms || t("new.termsExample"),
          }),
      }),
      t("new.closed"),
    ),
    door.closed && h(
      "label",
      { class: "field" },
      h("span", null, t("new.terms")),
      h("span", { class: "quiet", id: "terms-hint" }, t("new.termsHint")),
      h("textarea", {
        name: "terms",
        rows: 8,
        value: door.terms,
        maxLength: LONGEST_TERMS,
        "aria-describedby": "terms-hint",
        onInput: (/** @type {any} */ event) => change({ ...door, terms: event.target.value }),
      }),
    ),
  ];
}

/**
 * @template {string} T
 * @param {string} label @param {[T, string][]} values each with its text @param {T} value
 * @param {(value: T) => void} choose
 */
function choice(label, values, value, choose) {
  return h(
    "label",
    { class: "field" },
    h("span", null, label),
    h(
      "select",
      { value, onChange: (/** @type {any} */ event) => choose(event.target.value) },
      values.map(([one, text]) => h("option", { key: one, value: one }, text)),
    ),
  );
}
