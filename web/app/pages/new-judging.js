// Whether and how a new room is judged.
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { SchemeFields } from "../../rooms/judging/scheme-form.js";
import { draftOf } from "../../rooms/judging/scheme-draft.js";
import { inLanguage } from "./new-template.js";

/** @import { Fields } from "../../types.d.ts" */
/** @import { SchemeDraft } from "../../rooms/judging/scheme-draft.js" */

/** A template's judging as the form has it; null where it has none. */
/** @param {Fields | undefined} judging @param {string} language @returns {SchemeDraft | null} */
export function judgingForm(judging, language) {
  if (!judging) return null;
  const usual = draftOf(null);
  const lines = (/** @type {Fields[]} */ items) =>
    items.map(({ name, weight, anchors = "" }) => ({
      name: inLanguage(name, language),
      weight: String(weight),
      anchors: inLanguage(anchors, language),
    }));
  return {
    ...usual,
    criteria: lines(judging.criteria),
    panels: judging.panels ? lines(judging.panels) : usual.panels,
    aggregation: judging.aggregation ?? usual.aggregation,
    publication: judging.publication ?? usual.publication,
    after: String(judging.after ?? usual.after),
    detail: judging.detail ?? usual.detail,
  };
}

/** @param {{judging: SchemeDraft | null, change: (judging: SchemeDraft | null) => void}} props */
export function JudgingFields({ judging, change }) {
  return [
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        name: "judged",
        checked: judging !== null,
        onChange: (/** @type {any} */ event) => change(event.target.checked ? draftOf(null) : null),
      }),
      t("new.judged"),
    ),
    judging === null ? h("p", { class: "quiet" }, t("new.judgedLater")) : h(
      "div",
      { class: "scheme-form" },
      h(SchemeFields, { draft: judging, edit: (part) => change({ ...judging, ...part }) }),
    ),
  ];
}
