// The terms of a closed matter: read, ticked, and signed by name before anything of it is shown.
import { h, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { me } from "../../app/me.js";
import { useObservable } from "../../app/observable.js";
import { FormProblem, LineField, marks } from "../../components/fields.js";

/** @import { Room, WireError } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Problem } from "../../components/fields.js" */

const LONGEST_NAME = 80; // characters, as the room's rules allow

/** @param {{store: RoomStore, room: Room}} props */
export function TermsForm({ store, room }) {
  useObservable(me);
  // Until something is written, the card's name, which may come later than this page.
  const [written, setName] = useState(/** @type {string | null} */ (null));
  const name = written ?? me.person?.name ?? "";
  const [agrees, setAgrees] = useState(false);
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (!agrees) return setProblem({ field: "agrees", text: t("terms.needTick") });
    if (name.trim() === "") return setProblem({ field: "signature", text: t("terms.needName") });
    setBusy(true);
    try {
      await store.send("terms.sign", { terms: room.door.terms, name: name.trim() });
    } catch (error) {
      setProblem({ field: "", text: errorText(/** @type {WireError} */ (error)) });
      setBusy(false);
    }
  };
  return h(
    "form",
    { onSubmit: submit, noValidate: true, class: "terms" },
    h(TermsText, { room }),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        name: "agrees",
        checked: agrees,
        required: true,
        ...marks(problem, "agrees"),
        onChange: (/** @type {any} */ event) => setAgrees(event.target.checked),
      }),
      t("terms.agree"),
    ),
    h(LineField, {
      name: "signature",
      label: t("terms.name"),
      hint: t("terms.nameHint"),
      value: name,
      edit: setName,
      problem,
      more: { required: true, maxLength: LONGEST_NAME, autocomplete: "name" },
    }),
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("terms.sign")),
    ),
  );
}

/** The terms as they are signed, with their digest. @param {{room: Room}} props */
export function TermsText({ room }) {
  return [
    h(
      "div",
      { class: "terms-text own-lines", tabIndex: 0, role: "region", "aria-label": t("terms.text") },
      room.terms,
    ),
    h("p", { class: "quiet digest" }, "SHA-256 ", h("code", null, room.door.terms)),
  ];
}
