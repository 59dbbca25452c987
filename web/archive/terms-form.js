// Who reads the record, and for how long it is kept.
import { h, useEffect, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @import { RoomStore } from "../rooms/store.js" */
/** @import { Desk } from "./types.d.ts" */

const AUDIENCES = ["nobody", "members", "registered", "public"];
const RETENTIONS = ["permanent", "30_years", "10_years"];

/** @param {{store: RoomStore, desk: Desk, writes: boolean}} props */
export function TermsForm({ store, desk, writes }) {
  const [audience, setAudience] = useState(desk.audience ?? "nobody");
  const [retention, setRetention] = useState(desk.retention ?? "permanent");
  useEffect(() => {
    if (desk.audience) setAudience(desk.audience);
    if (desk.retention) setRetention(desk.retention);
  }, [desk.audience, desk.retention]);
  const changed = audience !== desk.audience || retention !== desk.retention;
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    store.order("archive.arrange", { audience, retention });
  };
  return h(
    "form",
    { class: "archive-terms", onSubmit: submit },
    h(Choice, {
      name: "audience",
      values: AUDIENCES,
      value: audience,
      choose: /** @type {any} */ (setAudience),
      writes,
    }),
    h(Choice, {
      name: "retention",
      values: RETENTIONS,
      value: retention,
      choose: /** @type {any} */ (setRetention),
      writes,
    }),
    writes && h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: !changed }, t("archive.decide")),
    ),
  );
}

/**
 * @param {object} props
 * @param {string} props.name
 * @param {string[]} props.values
 * @param {string} props.value
 * @param {(value: string) => void} props.choose
 * @param {boolean} props.writes
 */
function Choice({ name, values, value, choose, writes }) {
  return h(
    "fieldset",
    { disabled: !writes },
    h("legend", null, t(`archive.${name}`)),
    values.map((one) =>
      h(
        "label",
        { key: one, class: "archive-choice" },
        h("input", {
          type: "radio",
          name,
          value: one,
          checked: one === value,
          onChange: () => choose(one),
        }),
        h(
          "span",
          null,
          h("strong", null, t(`archive.${name}.${one}`)),
          h("span", { class: "quiet" }, t(`archive.${name}.${one}.about`)),
        ),
      )
    ),
  );
}
