// The form of a room with registration: one answer to each question that its makers ask.
import { h, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";

/** @import { Room, WireError } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const LONGEST = 500; // characters, as the room's rules allow

/** @param {{store: RoomStore, room: Room}} props */
export function ApplicationForm({ store, room }) {
  const [answers, setAnswers] = useState(() => room.form.map(() => ""));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (answers.some((answer) => answer.trim() === "")) {
      setProblem(t("door.answerMissing"));
      return;
    }
    setBusy(true);
    try {
      await store.send("door.apply", { answers: answers.map((answer) => answer.trim()) });
    } catch (error) {
      setProblem(errorText(/** @type {WireError} */ (error)));
      setBusy(false);
    }
  };
  return h(
    "form",
    { onSubmit: submit, noValidate: true },
    room.form.map((question, index) =>
      h(
        "label",
        { class: "field", key: index },
        h("span", null, question),
        h("textarea", {
          rows: 2,
          value: answers[index],
          maxLength: LONGEST,
          required: true,
          "aria-invalid": problem && answers[index].trim() === "" ? "true" : undefined,
          "aria-describedby": problem ? "answer-problem" : undefined,
          onInput: (/** @type {any} */ event) =>
            setAnswers(answers.map((one, at) => at === index ? event.target.value : one)),
        }),
      )
    ),
    problem && h("p", { class: "problem", role: "alert", id: "answer-problem" }, problem),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("door.apply")),
    ),
  );
}
