// Rows pasted or out of a spreadsheet's file: looked at first, then taken into the agenda.
import { h, useMemo, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { parseAgenda } from "./agenda-lines.js";
import { LIMITS } from "./limits.js";
import { LARGEST_FILE, readText } from "./read-text.js";

/** @import { SlotLine } from "../../types.d.ts" */
/** @import { Agenda, LineError } from "./agenda-lines.js" */
/** @import { Times } from "./agenda-rows.js" */

/** @typedef {{text: string, commas: boolean}} Pasted `commas`: a file whose name says that they part */

/** @type {Pasted} */
export const NOTHING = { text: "", commas: false };
const ERRORS_SHOWN = 20;

/**
 * @param {object} props
 * @param {Pasted} props.pasted
 * @param {(pasted: Pasted) => void} props.paste
 * @param {Times} props.times where a row names none
 * @param {number} props.taken slots that are in the agenda
 * @param {(slots: SlotLine[]) => void} props.take
 */
export function AgendaImport({ pasted, paste, times, taken, take }) {
  const [problem, setProblem] = useState("");
  const most = LIMITS.slots - taken;
  const agenda = useMemo(
    () => parseAgenda(pasted.text, { most, times, commas: pasted.commas }),
    [pasted, most, times],
  );
  const { slots, errors } = agenda;
  /** @param {any} event */
  const choose = async (event) => {
    const input = event.target;
    const [file] = input.files;
    if (!file) return;
    setProblem("");
    const size = LARGEST_FILE >> 20;
    const read = file.size > LARGEST_FILE
      ? null
      : readText(new Uint8Array(await file.arrayBuffer()));
    input.value = ""; // The same file can be chosen again.
    if (file.size > LARGEST_FILE) return setProblem(t("plan.fileTooLarge", { size }));
    if (!read) return setProblem(t("plan.fileUnread", { name: file.name }));
    paste({ text: read.text, commas: /\.csv$/i.test(file.name) });
    const values = { name: file.name, encoding: read.encoding.toUpperCase() };
    notices.say(t("plan.fileRead", values));
  };
  const run = () => {
    take(slots);
    paste(NOTHING);
    notices.show(t("plan.taken", { n: slots.length }));
  };
  return h(
    "details",
    { class: "agenda-import" },
    h("summary", null, t("plan.import")),
    h(
      "div",
      { class: "import-body" },
      h(
        "label",
        { class: "field" },
        h("span", null, t("plan.paste")),
        h("span", { class: "quiet", id: "paste-hint" }, t("plan.pasteHint")),
        h("textarea", {
          name: "import",
          rows: 6,
          value: pasted.text,
          spellcheck: false,
          placeholder: t("plan.pasteExample"),
          "aria-describedby": "paste-hint import-errors",
          "aria-invalid": errors.length > 0 ? "true" : undefined,
          onInput: (/** @type {any} */ event) => paste({ ...pasted, text: event.target.value }),
        }),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("plan.file")),
        h("input", {
          type: "file",
          accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain",
          onChange: choose,
        }),
      ),
      problem && h("p", { class: "problem", role: "alert" }, problem),
      h(Faults, { errors }),
      pasted.text.trim() !== "" && h(Preview, { agenda, run }),
    ),
  );
}

/** @param {{errors: LineError[]}} props */
function Faults({ errors }) {
  const more = errors.length - ERRORS_SHOWN;
  return h(
    "ul",
    { class: "line-errors", id: "import-errors", "aria-live": "polite" },
    errors.slice(0, ERRORS_SHOWN).map(({ line, code, values }) =>
      h(
        "li",
        { key: line, class: "problem" },
        t("plan.line", { n: line }) + t(`agenda.${code}`, translated(values)),
      )
    ),
    more > 0 && h("li", { class: "problem" }, t("plan.moreErrors", { n: more })),
  );
}

/** @param {{agenda: Agenda, run: () => void}} props */
function Preview({ agenda: { slots, errors, ignored }, run }) {
  const [n, bad] = [slots.length, errors.length];
  return h(
    "section",
    { class: "preview", "aria-labelledby": "preview-title" },
    h("h3", { id: "preview-title" }, t("plan.preview")),
    h("p", { class: "quiet" }, n === 0 ? t("plan.previewNone") : t("plan.previewSum", { n })),
    ignored.length > 0 &&
      h("p", { class: "quiet" }, t("plan.ignored", { names: ignored.join(t("list.comma")) })),
    n > 0 && h(
      "ol",
      { class: "agenda" },
      slots.map((slot, index) => h("li", { key: index }, h(SlotFacts, { slot }))),
    ),
    n > 0 && h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "primary", "data-act": "take", onClick: run },
        bad > 0 ? t("plan.takeGood", { n }) : t("plan.take", { n }),
      ),
    ),
  );
}

/** @param {{slot: SlotLine}} props */
function SlotFacts({ slot }) {
  const { title, presenters, organisation, field, abstract, pitchMinutes, qaMinutes } = slot;
  const who = [presenters, organisation, field].filter(Boolean).join(" · ");
  return [
    h("span", { class: "slot-title" }, title),
    who && h("span", { class: "quiet" }, who),
    abstract && h("span", { class: "quiet slot-abstract" }, abstract),
    h("span", { class: "quiet" }, t("slot.times", { pitch: pitchMinutes, qa: qaMinutes })),
  ];
}

/** A field's name in the reader's language. @param {LineError["values"]} values */
function translated(values) {
  return "field" in values ? { ...values, field: t(`agenda.field.${values.field}`) } : values;
}
