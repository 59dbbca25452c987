// Another contact for one's account: the password, then the code that was sent to the new one.
import { h, useState } from "../vendor/preact.js";
import { ApiError, postJSON } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { FormProblem, LineField } from "./fields.js";

/** @import { Fields } from "../types.d.ts" */
/** @import { Problem } from "./fields.js" */

/** @param {{account: Fields, load: () => void}} props */
export function ContactSection({ account, load }) {
  const [form, setForm] = useState({ contact: "", password: "", code: "" });
  const [pending, setPending] = useState("");
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  const restart = () => {
    setPending("");
    setProblem(null);
    setForm({ contact: form.contact, password: "", code: "" });
  };
  const next = async () => {
    const { contact, password, code } = form;
    if (pending === "") {
      const begun = await postJSON("/api/v1/account/contact", { contact, password });
      setPending(begun.pending);
      return;
    }
    await postJSON("/api/v1/account/contact/confirm", { pending, code });
    notices.show(t("contact.changed"));
    setForm({ contact: "", password: "", code: "" });
    setPending("");
    load();
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await next();
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const field = pending !== ""
        ? "code"
        : error.code === "account.refused"
        ? "password"
        : "contact";
      setProblem({ field: `contact-${field}`, text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  /** @param {"contact" | "password" | "code"} name @param {string} label @param {Fields} more */
  const line = (name, label, more) =>
    h(LineField, {
      key: name,
      name: `contact-${name}`,
      label,
      value: form[name],
      edit: (/** @type {string} */ value) => setForm({ ...form, [name]: value }),
      problem,
      more: { required: true, ...more },
    });
  return h(
    "form",
    { class: "card", onSubmit: submit, noValidate: true, "aria-labelledby": "contact-title" },
    h("h2", { id: "contact-title" }, t("contact.title")),
    h("p", null, t("contact.now", { contact: account.contact })),
    pending === ""
      ? [
        line("contact", t("contact.new"), { maxLength: 254, autocomplete: "email" }),
        line("password", t("account.field.current"), {
          type: "password",
          maxLength: 200,
          autocomplete: "current-password",
        }),
      ]
      : [
        h("p", { role: "status" }, t("contact.sent", { contact: form.contact })),
        line("code", t("signIn.field.code"), {
          inputMode: "numeric",
          autocomplete: "one-time-code",
          maxLength: 10,
        }),
      ],
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: pending ? "primary" : undefined, disabled: busy },
        t(pending ? "contact.confirm" : "contact.change"),
      ),
      pending && h("button", { type: "button", onClick: restart }, t("common.back")),
    ),
  );
}
