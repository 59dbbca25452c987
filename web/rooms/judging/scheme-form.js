// How the slots are to be judged: criteria and panels with their weights, counting, telling, groups.
import { h, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { GroupsField } from "./groups-field.js";
import { presetCriteria, PRESETS } from "./presets.js";
import { draftOf, planOf, weightSum } from "./scheme-draft.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Judging } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { SchemeDraft, WeightLine } from "./scheme-draft.js" */

const MOST = /** @type {const} */ ({ criteria: 12, panels: 5 });
const NAME = 60; // characters
const ANCHORS = 500;

/** @param {{store: RoomStore, room: Room, judging: Judging | null, close: () => void}} props */
export function SchemeForm({ store, room, judging, close }) {
  const [draft, setDraft] = useState(() => draftOf(judging));
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  /** @param {Partial<SchemeDraft>} change */
  const edit = (change) => setDraft({ ...draft, ...change });
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    const { wrong, plan } = planOf(draft, room);
    setProblem(wrong ? t(`judging.wrong.${wrong}`) : "");
    if (!plan) return;
    setSending(true);
    try {
      await store.send("judging.arrange", plan);
      close();
    } catch (error) {
      setProblem(errorText(/** @type {any} */ (error)));
      setSending(false);
    }
  };
  return h(
    "form",
    { class: "scheme-form", onSubmit: submit },
    h("h2", null, t("judging.howJudged")),
    h(SchemeFields, { draft, edit, room }),
    problem && h("p", { class: "problem", role: "alert" }, problem),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "submit", class: "primary", disabled: sending }, t("judging.save")),
      h("button", { type: "button", onClick: close }, t("common.back")),
    ),
  );
}

/**
 * What of a scheme can be chosen; groups where it is known which slots there are.
 * @param {{draft: SchemeDraft, edit: (change: Partial<SchemeDraft>) => void, room?: Room}} props
 */
export function SchemeFields({ draft, edit, room }) {
  return [
    h(
      "p",
      { class: "actions presets", role: "group", "aria-label": t("judging.presets") },
      h("span", { class: "quiet" }, t("judging.presets")),
      PRESETS.map((preset) =>
        h(
          "button",
          {
            key: preset,
            type: "button",
            class: "small",
            onClick: () => edit({ criteria: presetCriteria(preset), tie: "1" }),
          },
          t(`judging.preset.${preset}`),
        )
      ),
    ),
    h(Weights, { name: "criteria", lines: draft.criteria, edit: (criteria) => edit({ criteria }) }),
    h(Weights, { name: "panels", lines: draft.panels, edit: (panels) => edit({ panels }) }),
    choice(
      "aggregation",
      ["trimmed", "mean"],
      draft.aggregation,
      (aggregation) => edit({ aggregation }),
    ),
    choice(
      "publication",
      ["end", "each_slot", "after"],
      draft.publication,
      (publication) => edit({ publication }),
    ),
    draft.publication === "after" && h(
      "label",
      { class: "field" },
      h("span", null, t("judging.after")),
      h("input", {
        type: "number",
        min: 1,
        max: room?.slots.length,
        value: draft.after,
        onInput: (/** @type {any} */ event) => edit({ after: event.target.value }),
      }),
    ),
    choice("detail", ["criteria", "totals", "judges"], draft.detail, (detail) => edit({ detail })),
    h(
      "label",
      { class: "field" },
      h("span", null, t("judging.tie")),
      h(
        "select",
        {
          value: draft.tie,
          onChange: (/** @type {any} */ event) => edit({ tie: event.target.value }),
        },
        h("option", { value: "" }, t("judging.tieShared")),
        draft.criteria.map(({ name }, index) =>
          name.trim() && h("option", { key: index, value: String(index + 1) }, name)
        ),
      ),
    ),
    room && h(GroupsField, { room, groups: draft.groups, edit: (groups) => edit({ groups }) }),
  ];
}

/** @param {string} name @param {string[]} values @param {string} value @param {(value: any) => void} set */
function choice(name, values, value, set) {
  return h(
    "label",
    { class: "field" },
    h("span", null, t(`judging.choose.${name}`)),
    h(
      "select",
      { value, onChange: (/** @type {any} */ event) => set(event.target.value) },
      values.map((one) => h("option", { key: one, value: one }, t(`judging.option.${one}`))),
    ),
  );
}

/**
 * Lines with a weight each, and what the weights come to.
 * @param {{name: "criteria" | "panels", lines: WeightLine[], edit: (lines: WeightLine[]) => void}} props
 */
function Weights({ name, lines, edit }) {
  const sum = weightSum(lines);
  /** @param {number} at @param {Partial<WeightLine>} change */
  const change = (at, change) =>
    edit(lines.map((line, index) => index === at ? { ...line, ...change } : line));
  const titled = name === "criteria";
  return h(
    "fieldset",
    { class: "weight-lines" },
    h("legend", null, t(`judging.${name}`)),
    titled ? null : h("p", { class: "quiet" }, t("judging.panelsText")),
    lines.map((line, index) =>
      h(
        "div",
        { key: index, class: "weight-line" },
        h("input", {
          "aria-label": t(`judging.${name}.name`, { n: index + 1 }),
          placeholder: t(`judging.${name}.name`, { n: index + 1 }),
          value: line.name,
          maxLength: NAME,
          required: true,
          onInput: (/** @type {any} */ event) => change(index, { name: event.target.value }),
        }),
        h("input", {
          "aria-label": t("judging.weightOf", { name: line.name || String(index + 1) }),
          class: "weight-input",
          inputMode: "numeric",
          maxLength: 3,
          value: line.weight,
          onInput: (/** @type {any} */ event) => change(index, { weight: event.target.value }),
        }),
        h("span", { "aria-hidden": "true" }, "%"),
        lines.length > 1 && h(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-label": t("judging.removeLine", { name: line.name || String(index + 1) }),
            onClick: () => edit(lines.filter((_, at) => at !== index)),
          },
          "×",
        ),
        titled && h("input", {
          class: "anchors-input",
          "aria-label": t("judging.anchorsOf", { name: line.name || String(index + 1) }),
          placeholder: t("judging.anchors"),
          value: line.anchors,
          maxLength: ANCHORS,
          onInput: (/** @type {any} */ event) => change(index, { anchors: event.target.value }),
        }),
      )
    ),
    h(
      "p",
      { class: "actions" },
      lines.length < MOST[name] && h(
        "button",
        {
          type: "button",
          class: "small",
          onClick: () =>
            edit([...lines, { name: "", weight: String(Math.max(0, 100 - sum)), anchors: "" }]),
        },
        t(`judging.${name}.add`),
      ),
      h(
        "span",
        { class: sum === 100 ? "agreed" : "warning", role: "status" },
        t(sum === 100 ? "judging.sumIs" : "judging.sumIsNot", { sum }),
      ),
    ),
  );
}
