// What an organisation says of itself: made or changed, with what is above it.
import { h, useState } from "../vendor/preact.js";
import { ApiError } from "../app/api.js";
import { errorText, t } from "../app/i18n.js";
import { FormProblem, LineField, marks } from "./fields.js";
import { OrganisationPicker } from "./organisation-picker.js";
import { RegionSelect } from "./region-select.js";

/** @import { Fields, Organisation } from "../types.d.ts" */
/** @import { Problem } from "./fields.js" */

export const ORGANISATION_KINDS = [
  "university",
  "institute",
  "enterprise",
  "fund",
  "agency",
  "society",
  "association",
  "government",
  "other",
];
const LEVELS = ["central", "province", "city", "county"];

/**
 * @param {object} props
 * @param {string} props.title
 * @param {Organisation} [props.before]
 * @param {(body: Fields) => Promise<Fields>} props.submit
 * @param {(made: Fields) => void} props.done
 * @param {() => void} props.cancel
 */
export function OrganisationForm({ title, before, submit, done, cancel }) {
  const [form, setForm] = useState(() => ({
    name: before?.name ?? "",
    englishName: before?.englishName ?? "",
    kind: before?.kind ?? "",
    level: before?.level ?? "",
    region: before?.region ?? "",
    website: before?.website ?? "",
    introduction: before?.introduction ?? "",
  }));
  const [parent, setParent] = useState(before?.parent ?? null);
  const [problem, setProblem] = useState(/** @type {Problem} */ (null));
  const [busy, setBusy] = useState(false);

  /** @param {string} field */
  const edit = (field) => (/** @type {string} */ value) => setForm({ ...form, [field]: value });
  /** @param {Event} event */
  const send = async (event) => {
    event.preventDefault();
    if (form.name.trim() === "") {
      return setProblem({ field: "name", text: t("organisation.needName") });
    }
    if (form.kind === "") return setProblem({ field: "kind", text: t("organisation.needKind") });
    if (form.website !== "" && !form.website.startsWith("https://")) {
      return setProblem({ field: "website", text: t("organisation.needHttps") });
    }
    setBusy(true);
    try {
      done(await submit({ ...form, parent: parent?.id ?? null }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem({ field: error.data.field ?? "", text: errorText(error) });
      setBusy(false);
    }
  };
  /** @param {string} name @param {Fields} [more] */
  const line = (name, more = {}) =>
    h(LineField, {
      name,
      label: t(`organisation.${name}`),
      value: /** @type {any} */ (form)[name],
      edit: edit(name),
      problem,
      more,
    });
  /** @param {"kind" | "level"} name @param {string[]} values */
  const choice = (name, values) =>
    h(
      "label",
      { class: "field" },
      h("span", null, t(`organisation.${name}`)),
      h(
        "select",
        {
          name,
          value: form[name],
          onChange: (/** @type {any} */ event) => edit(name)(event.target.value),
          ...marks(problem, name),
        },
        h("option", { value: "" }, t(`organisation.${name}.none`)),
        values.map((one) =>
          h("option", { key: one, value: one }, t(`organisation.${name}.${one}`))
        ),
      ),
    );
  return h(
    "form",
    { class: "plan", onSubmit: send, noValidate: true },
    h("h1", null, title),
    h("p", { class: "lead" }, t("organisation.formWhy")),
    h(
      "div",
      { class: "pair" },
      line("name", { required: true, maxLength: 80, autocomplete: "organization" }),
      line("englishName", { maxLength: 120, lang: "en" }),
    ),
    h("div", { class: "pair" }, choice("kind", ORGANISATION_KINDS), choice("level", LEVELS)),
    h(RegionSelect, {
      value: form.region,
      choose: (region) => setForm({ ...form, region }),
      label: t("organisation.region"),
    }),
    h(
      "div",
      { class: "pair" },
      line("website", { type: "url", maxLength: 200, placeholder: "https://" }),
      h(OrganisationPicker, {
        label: t("organisation.parent"),
        chosen: parent,
        choose: setParent,
        but: before?.id,
      }),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("organisation.introduction")),
      h("textarea", {
        name: "introduction",
        rows: 5,
        maxLength: 2000,
        value: form.introduction,
        onInput: (/** @type {any} */ event) => edit("introduction")(event.target.value),
        ...marks(problem, "introduction"),
      }),
    ),
    h(FormProblem, { problem }),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: "primary", disabled: busy },
        t(before ? "organisation.save" : "organisation.found"),
      ),
      h("button", { type: "button", onClick: cancel }, t("common.back")),
    ),
  );
}
