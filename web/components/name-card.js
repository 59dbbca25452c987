// The name card: name, and if one likes organisation and kind. It is all that a guest gives.
import { h, useState } from "../vendor/preact.js";
import { ApiError } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { KINDS, me } from "../app/me.js";
import { notices } from "../app/notices.js";
import { Affiliation } from "./affiliation.js";
import { Dialog } from "./dialog.js";

/** @param {{close: () => void, done: () => void}} props */
export function NameCardDialog({ close, done }) {
  const [card, setCard] = useState(() => ({
    name: me.person?.name ?? "",
    organisation: me.person?.organisation ?? "",
    kind: me.person?.kind ?? "",
  }));
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const isShown = me.account?.shown != null;

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const name = card.name.trim();
    if (name === "") {
      setProblem(t("card.nameMissing"));
      return;
    }
    setBusy(true);
    try {
      // Words that it does not ask for stay as they are.
      const organisation = isShown ? undefined : card.organisation.trim();
      await me.introduce({ name, organisation, kind: card.kind || undefined });
      notices.show(t("card.done", { name }));
      done();
      close();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  /** @param {"name" | "organisation" | "kind"} field */
  const edit = (field) => (/** @type {any} */ event) => {
    setCard({ ...card, [field]: event.target.value });
  };

  return h(
    Dialog,
    { title: t("card.title"), close },
    h(
      "form",
      { onSubmit: submit, noValidate: true },
      h("p", { class: "quiet" }, t("card.why")),
      problem && h("p", { class: "problem", role: "alert", id: "card-problem" }, problem),
      h(
        "label",
        { class: "field" },
        h("span", null, t("card.name")),
        h("input", {
          value: card.name,
          required: true,
          maxLength: 40,
          autocomplete: "name",
          "aria-invalid": problem ? "true" : undefined,
          "aria-describedby": problem ? "card-problem" : undefined,
          onInput: edit("name"),
        }),
      ),
      isShown ? h(ShownOrganisation, {}) : h(
        "label",
        { class: "field" },
        h("span", null, t("card.organisation")),
        h("input", {
          value: card.organisation,
          maxLength: 80,
          autocomplete: "organization",
          onInput: edit("organisation"),
        }),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("card.kind")),
        h(
          "select",
          { value: card.kind, onChange: edit("kind") },
          h("option", { value: "" }, t("card.noKind")),
          KINDS.map((kind) => h("option", { value: kind, key: kind }, t(`kind.${kind}`))),
        ),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "primary", disabled: busy }, t("card.submit")),
      ),
    ),
  );
}

/** The organisation that was chosen for the name, and where to choose another. */
function ShownOrganisation() {
  return me.person && h(
    "div",
    { class: "field" },
    h("span", null, t("card.shown")),
    h(Affiliation, { of: me.person }),
    h("a", { class: "choose", href: "/account" }, t("card.chooseShown")),
  );
}
