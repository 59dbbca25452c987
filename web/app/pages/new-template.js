// What kind of roadshow a new room is: one of the site's templates, or by hand.
import { h } from "../../vendor/preact.js";
import { useAnswer } from "../answer.js";
import { t, texts } from "../i18n.js";
import { LoadProblem } from "../../components/load-problem.js";

/** @import { Fields } from "../../types.d.ts" */

/** @typedef {{"zh-CN": string, en: string}} Both */
/** @typedef {Fields & {id: string, name: Both, purpose: Both}} Template */

/** A text of a template in one language. @param {Both | string} text @param {string} language */
export function inLanguage(text, language) {
  return typeof text === "string" ? text : language === "en" ? text.en : text["zh-CN"];
}

/** @param {{chosen: string, choose: (template: Template | null) => void}} props */
export function TemplateChoice({ chosen, choose }) {
  const [state, again] = useAnswer("/api/v1/templates");
  if (state.is === "loading") return h("p", { class: "quiet" }, t("common.loading"));
  if (state.is === "failed") {
    return h("div", null, h(LoadProblem, { error: state.error, again }));
  }
  const all = /** @type {Template[]} */ (state.answer.templates);
  if (all.length === 0) return null;
  return h(
    "fieldset",
    { class: "templates" },
    h("legend", null, t("new.template")),
    [null, ...all].map((template) => {
      const id = template?.id ?? "";
      const name = template ? inLanguage(template.name, texts.language) : t("new.byHand");
      const purpose = template ? inLanguage(template.purpose, texts.language) : t("new.byHandText");
      return h(
        "label",
        { key: id, class: "template" },
        h("input", {
          type: "radio",
          name: "template",
          value: id,
          checked: chosen === id,
          onChange: () => choose(template),
        }),
        h("strong", null, name),
        h("span", { class: "quiet" }, purpose),
      );
    }),
  );
}
