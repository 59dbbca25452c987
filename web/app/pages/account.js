// One's own account: how one signs in, from where, what one says of oneself, and taking it all along.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, deleteAt, getJSON, postJSON } from "../api.js";
import { dayAndTime, errorText, languageName, t } from "../i18n.js";
import { me } from "../me.js";
import { notices } from "../notices.js";
import { FormProblem, LineField } from "../../components/fields.js";
import { RegionSelect } from "../../components/region-select.js";
import { ShownOrganisationSection } from "../../components/shown-organisation.js";
import { SiteHeader } from "../../components/site-header.js";
import { PendingCard } from "../../components/state-card.js";
import { ContactSection } from "../../components/contact-section.js";
import { EraseSection } from "../../components/erase-section.js";
import { PageSection } from "../../components/page-section.js";
import { PictureSection } from "../../components/picture-section.js";
import { TwoStepSection } from "../../components/two-step.js";

/** @import { Fields } from "../../types.d.ts" */
/** @import { Problem } from "../../components/fields.js" */
/** @import { Pending } from "../../components/state-card.js" */
/** @typedef {Pending | {is: "ready", account: Fields}} State */

/** What a profile can say that one is; those of Profile.swift. */
const PROFILE_KINDS = ["scientist", "entrepreneur", "investor", "expert", "agency"];

/** Languages that are offered, besides those that a profile has already. */
const LANGUAGES = ["zh", "en", "ja", "ko", "fr", "de", "ru", "es"];

export function AccountPage() {
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const load = () =>
    getJSON("/api/v1/account").then(
      (account) => setState({ is: "ready", account }),
      (error) => setState({ is: "failed", error }),
    );
  useEffect(() => {
    load();
  }, []);
  /** @param {Fields} page */
  const showPage = (page) =>
    setState((before) =>
      before.is === "ready" ? { is: "ready", account: { ...before.account, page } } : before
    );
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page narrow", tabIndex: -1 }, content()),
  ];

  function content() {
    if (state.is !== "ready") {
      return h(PendingCard, {
        state,
        heading: true,
        failed: t("account.failed"),
        load,
        final: ({ action }) =>
          action === "sign_in" && {
            title: t("account.stranger"),
            text: t("account.strangerText"),
            link: { href: "/sign-in?back=/account", text: t("me.signIn") },
          },
      });
    }
    const { account } = state;
    return [
      h(
        "div",
        null,
        h("h1", null, t("account.title")),
        h("p", { class: "lead" }, account.contact),
      ),
      account.twoStepRequired && !account.twoStep &&
      h("p", { class: "problem", role: "status" }, t("error.two_step.required")),
      h(PictureSection, { name: account.name, page: account.page, show: showPage }),
      h(Profile, { account, load }),
      h(PageSection, { page: account.page, show: showPage }),
      h(ShownOrganisationSection, {}),
      h(ContactSection, { account, load }),
      h(Password, {}),
      h(TwoStepSection, { account, load }),
      h(SignIns, {}),
      h(EraseSection, {}),
    ];
  }
}

/** @param {{account: Fields, load: () => void}} props */
function Profile({ account, load }) {
  const [form, setForm] = useState(() => ({
    name: account.name,
    organisation: account.organisation ?? "",
    titles: (account.profile.titles ?? []).join("，"),
    fields: (account.profile.fields ?? []).join("，"),
    kinds: /** @type {string[]} */ (account.profile.kinds ?? []),
    languages: /** @type {string[]} */ (account.profile.languages ?? []),
    region: account.profile.region ?? "",
    introduction: account.profile.introduction ?? "",
  }));
  const [languages] = useState(() => [...new Set([...LANGUAGES, ...form.languages])]);
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {string} field */
  const edit = (field) => (/** @type {string} */ value) => setForm({ ...form, [field]: value });
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await postJSON("/api/v1/account/profile", {
        ...account.profile,
        name: form.name,
        organisation: form.organisation.trim() || undefined,
        kind: account.kind ?? undefined,
        titles: listOf(form.titles),
        fields: listOf(form.fields),
        kinds: form.kinds,
        languages: form.languages,
        region: form.region || null,
        introduction: form.introduction,
      });
      setProblem(null);
      notices.show(t("account.saved"));
      await me.load();
      load();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem({ field: String(error.data.field ?? ""), text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  /** @param {"name" | "organisation" | "titles" | "fields"} name @param {Fields} more */
  const line = (name, more) =>
    h(LineField, {
      name,
      label: t(`account.field.${name}`),
      value: form[name],
      edit: edit(name),
      problem,
      more,
    });
  return h(
    "form",
    { class: "card", onSubmit: submit, noValidate: true, "aria-labelledby": "profile" },
    h("h2", { id: "profile" }, t("account.profile")),
    line("name", { maxLength: 40, autocomplete: "name" }),
    line("organisation", { maxLength: 80, autocomplete: "organization" }),
    line("titles", { maxLength: 300 }),
    h(Choices, {
      label: t("account.field.kinds"),
      options: PROFILE_KINDS,
      nameOf: (kind) => t(`kind.${kind}`),
      chosen: form.kinds,
      choose: (kinds) => setForm({ ...form, kinds }),
    }),
    line("fields", { maxLength: 400 }),
    h(Choices, {
      label: t("account.field.languages"),
      options: languages,
      nameOf: languageName,
      chosen: form.languages,
      choose: (languages) => setForm({ ...form, languages }),
    }),
    h(RegionSelect, {
      value: form.region,
      choose: edit("region"),
      label: t("organisation.region"),
    }),
    h(
      "label",
      { class: "field" },
      h("span", null, t("organisation.introduction")),
      h("textarea", {
        rows: 4,
        maxLength: 2000,
        value: form.introduction,
        onInput: (/** @type {any} */ event) => edit("introduction")(event.target.value),
      }),
    ),
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: busy }, t("organisation.save")),
    ),
  );
}

/**
 * Some of several.
 * @param {object} props
 * @param {string} props.label
 * @param {string[]} props.options
 * @param {(option: string) => string} props.nameOf
 * @param {string[]} props.chosen
 * @param {(chosen: string[]) => void} props.choose
 */
function Choices({ label, options, nameOf, chosen, choose }) {
  /** @param {string} option @param {boolean} isChosen */
  const set = (option, isChosen) =>
    choose(options.filter((one) => one === option ? isChosen : chosen.includes(one)));
  return h(
    "fieldset",
    { class: "field choices" },
    h("legend", null, label),
    options.map((option) =>
      h(
        "label",
        { key: option, class: "choice" },
        h("input", {
          type: "checkbox",
          checked: chosen.includes(option),
          onChange: (/** @type {any} */ event) => set(option, event.target.checked),
        }),
        nameOf(option),
      )
    ),
  );
}

/** @param {string} text parts between commas of either script */
function listOf(text) {
  return text.split(/[,，、;；]/).map((part) => part.trim()).filter((part) => part !== "");
}

function Password() {
  const [form, setForm] = useState({ current: "", password: "" });
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const { ended } = await postJSON("/api/v1/account/password", form);
      setForm({ current: "", password: "" });
      setProblem(null);
      notices.show(t("account.passwordDone", { n: ended }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const field = error.code === "account.refused" ? "current" : "password";
      setProblem({ field, text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  return h(
    "form",
    { class: "card", onSubmit: submit, noValidate: true, "aria-labelledby": "password-title" },
    h("h2", { id: "password-title" }, t("account.password")),
    h(LineField, {
      name: "current",
      label: t("account.field.current"),
      value: form.current,
      edit: (/** @type {string} */ current) => setForm({ ...form, current }),
      problem,
      more: { type: "password", maxLength: 200, autocomplete: "current-password" },
    }),
    h(LineField, {
      name: "password",
      label: t("account.field.password"),
      hint: t("signIn.passwordHint"),
      value: form.password,
      edit: (/** @type {string} */ password) => setForm({ ...form, password }),
      problem,
      more: { type: "password", maxLength: 200, autocomplete: "new-password" },
    }),
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", disabled: busy }, t("account.passwordChange")),
    ),
  );
}

function SignIns() {
  const [sessions, setSessions] = useState(/** @type {Fields[] | null} */ (null));
  const load = () =>
    getJSON("/api/v1/account/sessions").then(
      ({ sessions }) => setSessions(sessions),
      (error) => notices.refuse(error),
    );
  useEffect(() => {
    load();
  }, []);
  /** @param {string} path */
  const end = (path) => deleteAt(path).then(load, (error) => notices.refuse(error));
  return h(
    "section",
    { class: "card", "aria-labelledby": "sign-ins" },
    h("h2", { id: "sign-ins" }, t("account.signIns")),
    sessions === null ? h("p", { class: "quiet" }, t("common.loading")) : h(
      "ul",
      { class: "people" },
      sessions.map(({ id, current, device, address, seen }) =>
        h(
          "li",
          { key: id },
          h("strong", null, device || t("account.someDevice")),
          h("span", { class: "quiet" }, [address, dayAndTime(seen)].filter(Boolean).join(" · ")),
          current ? h("span", { class: "standing verified" }, t("account.here")) : h(
            "button",
            {
              type: "button",
              "aria-label": `${t("account.end")}: ${device} ${dayAndTime(seen)}`,
              onClick: () => end(`/api/v1/account/sessions/${id}`),
            },
            t("account.end"),
          ),
        )
      ),
    ),
    sessions && sessions.length > 1 && h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", onClick: () => end("/api/v1/account/sessions") },
        t("account.endOthers"),
      ),
    ),
  );
}
