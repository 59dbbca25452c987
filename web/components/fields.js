// A form's fields, with what is wrong said at the field that it is about.
import { h, useEffect } from "../vendor/preact.js";

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
  const hintId = hint && `${name}-hint`;
  return h(
    "label",
    { class: "field" },
    h("span", null, label),
    hint && h("span", { class: "quiet", id: hintId }, hint),
    h("input", {
      name,
      value,
      ...marks(problem, name, hintId),
      onInput: (/** @type {any} */ event) => edit(event.target.value),
      ...more,
    }),
  );
}

/**
 * How a control says that it is the one that is wrong, and where that is said.
 * @param {Problem | undefined} problem @param {string} name @param {string} [hintId]
 */
export function marks(problem, name, hintId) {
  const isWrong = problem?.field === name;
  const described = [hintId, isWrong && problemId(name)].filter(Boolean).join(" ");
  return {
    "aria-invalid": isWrong ? "true" : undefined,
    "aria-describedby": described || undefined,
  };
}

/** @param {string} field */
const problemId = (field) => `${field}-problem`;

/** What is wrong with a form, said at once; the focus goes to the field, wherever it is. */
/** @param {{problem: Problem}} props */
export function FormProblem({ problem }) {
  useEffect(() => {
    if (!problem?.field) return;
    const named = document.querySelector(`form [name="${CSS.escape(problem.field)}"]`);
    if (named instanceof HTMLElement) named.focus();
  }, [problem]);
  return problem && h(
    "p",
    { class: "problem", role: "alert", id: problem.field ? problemId(problem.field) : undefined },
    problem.text,
  );
}
