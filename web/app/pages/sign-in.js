// Signing in with an account: contact and password, a second step where there is one; a new account, and
// a new password, each by a code that goes to the contact.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { ApiError, postJSON } from "../api.js";
import { parameter } from "../address.js";
import { errorText, t } from "../i18n.js";
import { me } from "../me.js";
import { notices } from "../notices.js";
import { FormProblem, LineField } from "../../components/fields.js";
import { SiteHeader } from "../../components/site-header.js";
import { StateCard } from "../../components/state-card.js";

/** @import { Fields } from "../../types.d.ts" */
/** @import { Problem } from "../../components/fields.js" */
/**
 * `verify` and `renew` wait for a code that was sent, `second` for one of an authenticator.
 * @typedef {"signIn" | "second" | "register" | "verify" | "reset" | "renew"} Step
 */

/** The fields of each step, in order. @type {Record<Step, string[]>} */
const FIELDS = {
  signIn: ["contact", "password"],
  second: ["code"],
  register: ["name", "contact", "password"],
  verify: ["code"],
  reset: ["contact"],
  renew: ["code", "password"],
};

const LONGEST = 200; // characters of a password
const SHORTEST = 10;

export function SignInPage() {
  const [step, setStep] = useState(
    /** @type {Step} */ (
      parameter("new") === null ? "signIn" : "register"
    ),
  );
  const [form, setForm] = useState(
    /** @type {Record<string, string>} */ ({
      name: me.person?.name ?? "",
      contact: "",
      password: "",
      code: "",
    }),
  );
  /** What the server gave for the next step. */
  const [proof, setProof] = useState(/** @type {Fields} */ ({}));
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  const heading = useRef(/** @type {HTMLElement | null} */ (null));

  const first = useRef(step);
  useEffect(() => {
    // Each further step is a page of its own to those who hear it.
    if (step !== first.current || proof.pending) heading.current?.focus();
  }, [step]);

  /** @param {Step} next @param {Fields} [given] */
  const go = (next, given = {}) => {
    setForm((before) => ({ ...before, code: "", password: "" }));
    setProof(given);
    setProblem(null);
    setStep(next);
  };
  const enter = () => {
    // Only a path of this site: an address from elsewhere could lead anywhere.
    const back = parameter("back") ?? "";
    location.replace(/^\/(?!\/)[\w/-]*$/.test(back) ? back : "/");
  };

  /** What each step asks of the server, and what follows. @type {Record<Step, () => Promise<unknown>>} */
  const send = {
    signIn: async () => {
      const { contact, password } = form;
      const answer = await postJSON("/api/v1/session/password", { contact, password });
      if (answer.secondStep) go("second", { secondStep: answer.secondStep });
      else enter();
    },
    second: async () => {
      const code = form.code.replace(/[\s-]/g, "");
      await postJSON("/api/v1/session/second", { secondStep: proof.secondStep, code });
      enter();
    },
    register: async () => {
      const { name, contact, password } = form;
      const { pending } = await postJSON("/api/v1/accounts", { name, contact, password });
      go("verify", { pending });
    },
    verify: async () => {
      const code = form.code.replace(/\s/g, "");
      await postJSON("/api/v1/accounts/verify", { pending: proof.pending, code });
      enter();
    },
    reset: async () => {
      const { pending } = await postJSON("/api/v1/accounts/reset", { contact: form.contact });
      go("renew", { pending });
    },
    renew: async () => {
      const code = form.code.replace(/\s/g, "");
      const { password } = form;
      await postJSON("/api/v1/accounts/reset/confirm", { pending: proof.pending, code, password });
      notices.show(t("signIn.renewed"));
      go("signIn");
    },
  };

  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const empty = FIELDS[step].find((field) => form[field].trim() === "");
    if (empty) return setProblem({ field: empty, text: t(`signIn.need.${empty}`) });
    const isNew = step === "register" || step === "renew";
    if (isNew && [...form.password].length < SHORTEST) {
      return setProblem({ field: "password", text: t("signIn.passwordShort") });
    }
    setBusy(true);
    try {
      await send[step]();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem({ field: fieldOf(error, step), text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };

  const isKnown = me.account !== null;
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page narrow", tabIndex: -1 },
      isKnown
        ? h(StateCard, {
          heading: true,
          title: t("signIn.already", { contact: me.account?.contact ?? "" }),
          link: { href: "/account", text: t("account.title") },
        })
        : h(
          "form",
          { class: "card", onSubmit: submit, noValidate: true },
          h("h1", { ref: heading, tabIndex: -1 }, t(`signIn.title.${step}`)),
          h("p", { class: "quiet" }, t(`signIn.why.${step}`, { contact: form.contact })),
          FIELDS[step].map((field) =>
            h(LineField, {
              key: `${step}-${field}`,
              name: field,
              label: t(`signIn.field.${field}`),
              hint: hintOf(field, step),
              value: form[field],
              problem,
              edit: (/** @type {string} */ value) => setForm({ ...form, [field]: value }),
              more: kindOf(field, step),
            })
          ),
          h(FormProblem, { problem }),
          h(
            "p",
            { class: "actions" },
            h(
              "button",
              { type: "submit", class: "primary", disabled: busy },
              t(`signIn.do.${step}`),
            ),
          ),
          h(
            "p",
            { class: "other-ways" },
            WAYS[step].map((way) =>
              h(
                "button",
                { key: way, type: "button", class: "link", onClick: () => go(way) },
                t(`signIn.way.${way}`),
              )
            ),
          ),
        ),
    ),
  ];
}

/** Where else one can go from a step. @type {Record<Step, Step[]>} */
const WAYS = {
  signIn: ["register", "reset"],
  second: ["signIn"],
  register: ["signIn"],
  verify: ["register", "signIn"],
  reset: ["signIn"],
  renew: ["reset", "signIn"],
};

/** The field that an error is about. @param {ApiError} error @param {Step} step */
function fieldOf({ code, data }, step) {
  if (typeof data.field === "string") return data.field;
  if (code === "account.code_refused") return "code";
  return code === "account.refused" ? "password" : FIELDS[step][0];
}

/** @param {string} field @param {Step} step */
function hintOf(field, step) {
  if (field === "contact" && step !== "signIn") return t("signIn.contactHint");
  if (field === "password" && step !== "signIn") return t("signIn.passwordHint");
  return undefined;
}

/** @param {string} field @param {Step} step @returns {Fields} */
function kindOf(field, step) {
  switch (field) {
    case "password":
      return {
        type: "password",
        maxLength: LONGEST,
        autocomplete: step === "signIn" ? "current-password" : "new-password",
      };
    case "code":
      return step === "second"
        ? { autocomplete: "one-time-code", maxLength: 16, spellcheck: false }
        : { autocomplete: "one-time-code", inputMode: "numeric", maxLength: 10 };
    case "name":
      return { autocomplete: "name", maxLength: 40 };
    default:
      return { autocomplete: "username", maxLength: 254, spellcheck: false, autocapitalize: "off" };
  }
}
