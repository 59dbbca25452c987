// Asks before something that many will notice, with a reason where the log keeps one.
import { h, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { Dialog } from "./dialog.js";

const LONGEST = 200; // characters, as the room's rules allow

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} props.text
 * @param {string} props.action the button's text
 * @param {"required" | "optional" | "none"} props.reason
 * @param {(reason: string) => void} props.run
 * @param {() => void} props.close
 */
export function ReasonDialog({ title, text, action, reason, run, close }) {
  const [value, setValue] = useState("");
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    run(value.trim());
    close();
  };
  return h(
    Dialog,
    { title, close },
    h(
      "form",
      { onSubmit: submit },
      h("p", null, text),
      reason !== "none" && h(
        "label",
        { class: "field" },
        h("span", null, t(reason === "required" ? "reason.label" : "reason.optional")),
        h("input", {
          value,
          required: reason === "required",
          maxLength: LONGEST,
          onInput: (/** @type {any} */ event) => setValue(event.target.value),
        }),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "primary" }, action),
        h("button", { type: "button", onClick: close }, t("common.back")),
      ),
    ),
  );
}
