// The entry code of a room: asked once, kept by the server for this person.
import { h, useState } from "../../vendor/preact.js";
import { ApiError, postJSON } from "../../app/api.js";
import { errorText, t } from "../../app/i18n.js";

/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, id: string}} props */
export function CodeForm({ store, id }) {
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (code.trim() === "") {
      setProblem(t("door.codeMissing"));
      return;
    }
    setBusy(true);
    try {
      await postJSON(`/api/v1/rooms/${id}/enter`, { code: code.trim() });
      store.signedIn();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return h(
    "form",
    { onSubmit: submit, noValidate: true },
    h(
      "label",
      { class: "field" },
      h("span", null, t("door.codeField")),
      h("input", {
        value: code,
        required: true,
        maxLength: 32,
        inputMode: "numeric",
        autocomplete: "off",
        "aria-invalid": problem ? "true" : undefined,
        "aria-describedby": problem ? "code-problem" : undefined,
        onInput: (/** @type {any} */ event) => setCode(event.target.value),
      }),
    ),
    problem && h("p", { class: "problem", role: "alert", id: "code-problem" }, problem),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("door.enter")),
    ),
  );
}
