// A form's fields, with what is wrong said at the field that it is about.
import { h } from "../vendor/preact.js";

/** @import { Fields } from "../types.d.ts" */
/** @typedef {{field: string, text: string} | null} Problem */

/**
 * @param {object} props
 * @param {string} props.name
 * @param {string} props.label
 * @param {string} props.value
 * @param {(value: string) => void} props.edit
 * @param {Problem} [props.problem]
 * @param {string} [props.hint]
 * @param {Fields} [props.more] of the input
 */
export function LineField({ name, label, value, edit, problem, hint, more }) {
  const isWrong = problem?.field === name;
  const described = [hint && `${name}-hint`, isWrong && "form-problem"].filter(Boolean).join(" ");
  return h(
    "label",
    { class: "field" },
    h("span", null, label),
    hint && h("span", { class: "quiet", id: `${name}-hint` }, hint),
    h("input", {
      name,
      value,
      "aria-invalid": isWrong ? "true" : undefined,
      "aria-describedby": described || undefined,
      onInput: (/** @type {any} */ event) => edit(event.target.value),
      ...more,
    }),
  );
}

/** What is wrong with a form, said at once. @param {{problem: Problem}} props */
export function FormProblem({ problem }) {
  return problem && h("p", { class: "problem", role: "alert", id: "form-problem" }, problem.text);
}
