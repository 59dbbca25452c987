// One row of the agenda: its fields, and what moves and removes it.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { AgendaRow, RowFault, RowField } from "./agenda-rows.js" */

/** @param {AgendaRow} row @param {number} at from 0 */
export const rowName = (row, at) => row.title.trim() || t("plan.unnamed", { n: at + 1 });

/** What is wrong with a row, said by its number. @param {RowFault} fault */
export const faultText = ({ n, field, code, most }) =>
  t("plan.rowFault", { n }) + t(`agenda.${code}`, { field: t(`agenda.field.${field}`), most });

/**
 * @typedef {object} RowProps
 * @property {AgendaRow} row
 * @property {number} at
 * @property {number} of
 * @property {RowFault} [fault]
 * @property {"before" | "after" | ""} drop where a drawn row would stand
 * @property {boolean} isDragged
 * @property {import("../../types.d.ts").Fields} grip
 * @property {(row: AgendaRow) => void} edit
 * @property {(button: "up" | "down") => void} move
 * @property {() => void} remove
 */

/** @param {RowProps} props */
export function AgendaRowFields(props) {
  const { row, at, fault, drop, isDragged } = props;
  /** @param {RowField} field @param {import("../../types.d.ts").Fields} [more] */
  const input = (field, more) => h(Field, { row, field, fault, edit: props.edit, more });
  const state = [drop && `drop-${drop}`, isDragged && "dragged"].filter(Boolean).join(" ");
  return h(
    "li",
    { class: state, "data-row": row.id },
    h(
      "div",
      { class: "row-fields", role: "group", "aria-label": rowName(row, at) },
      h("div", { class: "row-title" }, input("title", { "data-act": "title" }), h(Acts, props)),
      h("div", { class: "row-people" }, input("presenters"), input("organisation"), input("field")),
      h(
        "div",
        { class: "row-times" },
        input("pitch", { inputMode: "numeric", maxLength: 3 }),
        input("qa", { inputMode: "numeric", maxLength: 3 }),
      ),
      h(
        "details",
        { class: "row-abstract", open: fault?.field === "abstract" || undefined },
        h(
          "summary",
          { "aria-label": t("plan.abstractOf", { name: rowName(row, at) }) },
          t("plan.field.abstract"),
          row.abstract.trim() && h("span", { class: "quiet" }, t("plan.written")),
        ),
        h(Field, { row, field: "abstract", fault, edit: props.edit, lines: 4 }),
      ),
      fault && h("p", { class: "problem", id: `row-${row.id}-problem` }, faultText(fault)),
    ),
  );
}

/** @param {RowProps} props */
function Acts({ row, at, of, grip, move, remove }) {
  const name = rowName(row, at);
  /** @param {string} act @param {string} sign @param {boolean} disabled @param {() => void} run */
  const button = (act, sign, disabled, run) =>
    h(
      "button",
      {
        type: "button",
        class: "plain",
        "data-act": act,
        disabled,
        "aria-label": t(`plan.act.${act}`, { name }),
        title: t(`plan.act.${act}`, { name }),
        onClick: run,
      },
      h("span", { "aria-hidden": "true" }, sign),
    );
  return h(
    "div",
    { class: "row-acts" },
    // By keyboard and by voice the buttons do the same.
    of > 1 && h("span", { class: "grip", "aria-hidden": "true", ...grip }, "⠿"),
    button("up", "↑", at === 0, () => move("up")),
    button("down", "↓", at === of - 1, () => move("down")),
    button("remove", "✕", false, remove),
  );
}

/**
 * @param {object} props
 * @param {AgendaRow} props.row
 * @param {RowField} props.field
 * @param {RowFault} [props.fault]
 * @param {(row: AgendaRow) => void} props.edit
 * @param {import("../../types.d.ts").Fields} [props.more]
 * @param {number} [props.lines] of a longer text
 */
function Field({ row, field, fault, edit, more, lines }) {
  const isWrong = fault?.field === field;
  return h(
    "label",
    { class: "field" },
    h("span", { class: lines ? "unseen" : undefined }, t(`plan.field.${field}`)),
    h(lines ? "textarea" : "input", {
      value: row[field],
      rows: lines,
      autoComplete: "off",
      "data-field": field,
      "aria-invalid": isWrong ? "true" : undefined,
      "aria-describedby": isWrong ? `row-${row.id}-problem` : undefined,
      onInput: (/** @type {any} */ event) => edit({ ...row, [field]: event.target.value }),
      ...more,
    }),
  );
}
