// What was said, line by line: staff corrects how it should read, or takes it away and is told before
// who had seen it.
import { h, useState } from "../vendor/preact.js";
import { number, t, timeOfDay } from "../app/i18n.js";
import { Dialog } from "../components/dialog.js";
import { LoadProblem } from "../components/load-problem.js";
import { withWord } from "./record.js";

/** @import { RoomStore } from "../rooms/store.js" */
/** @import { Line } from "./types.d.ts" */
/** @import { Looked } from "./use-record.js" */

const AT_ONCE = 200; // lines
const LONGEST = 2_000; // characters, as the room's rules allow
const REASONS = ["private", "mistake", "abuse", "spam", "other"];

/** @param {{store: RoomStore, looked: Looked, writes: boolean}} props */
export function TranscriptReview({ store, looked, writes }) {
  const [word, setWord] = useState("");
  const [most, setMost] = useState(AT_ONCE);
  const [correcting, setCorrecting] = useState(/** @type {Line | null} */ (null));
  const [removing, setRemoving] = useState(/** @type {Line | null} */ (null));
  const { record, error, load } = looked;
  if (error) return h(LoadProblem, { error, again: load });
  if (!record) return h("p", { class: "quiet", role: "status" }, t("common.loading"));
  const { lines, removals } = record;
  if (lines.length === 0) return h("p", { class: "quiet" }, t("archive.nothingSaid"));
  const shown = withWord(lines, word);
  return h(
    "div",
    { class: "archive-transcript" },
    h(
      "label",
      { class: "field" },
      h("span", null, t("archive.find")),
      h("input", {
        type: "search",
        value: word,
        onInput: (/** @type {any} */ event) => setWord(event.target.value),
      }),
    ),
    h(
      "p",
      { class: "quiet", role: "status" },
      t("archive.lines", { n: shown.length }),
      removals.length > 0 && ` ${t("archive.removed", { n: removals.length })}`,
    ),
    h(
      "ol",
      { class: "archive-lines", tabIndex: 0, "aria-label": t("archive.step.transcript") },
      shown.slice(0, most).map((line) =>
        h(
          "li",
          { key: line.seq },
          h(
            "p",
            { class: "archive-said" },
            h("time", { class: "quiet" }, timeOfDay(line.at)),
            " ",
            h("span", { class: "archive-kind" }, t(`archive.said.${line.type}`)),
            " ",
            line.name && h("strong", null, line.name),
          ),
          line.text === undefined
            ? h("p", { class: "quiet" }, t("archive.gone"))
            : h("p", null, line.corrected ?? line.text),
          line.corrected !== undefined && line.text !== undefined &&
            h("p", { class: "quiet" }, t("archive.original", { text: line.text })),
          writes && line.text !== undefined && h(
            "p",
            { class: "actions" },
            h(
              "button",
              { type: "button", class: "small", onClick: () => setCorrecting(line) },
              t("archive.correct"),
            ),
            h(
              "button",
              { type: "button", class: "small", onClick: () => setRemoving(line) },
              t("archive.remove"),
            ),
          ),
        )
      ),
    ),
    shown.length > most && h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", onClick: () => setMost(most + AT_ONCE) },
        t("archive.more", { n: number(shown.length - most) }),
      ),
    ),
    correcting && h(CorrectDialog, { store, line: correcting, close: () => setCorrecting(null) }),
    removing && h(RemoveDialog, { store, line: removing, close: () => setRemoving(null) }),
  );
}

/** @param {{store: RoomStore, line: Line, close: () => void}} props */
function CorrectDialog({ store, line, close }) {
  const before = line.corrected ?? line.text ?? "";
  const [value, setValue] = useState(before);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    store.order("content.correct", { seq: line.seq, text: value.trim() });
    close();
  };
  return h(
    Dialog,
    { title: t("archive.correct"), close },
    h(
      "form",
      { onSubmit: submit },
      h("p", null, t("archive.correctText")),
      h(
        "label",
        { class: "field" },
        h("span", null, t("archive.reads")),
        h("textarea", {
          value,
          rows: 4,
          required: true,
          maxLength: LONGEST,
          onInput: (/** @type {any} */ event) => setValue(event.target.value),
        }),
      ),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          {
            type: "submit",
            class: "primary",
            disabled: value.trim() === "" || value.trim() === before,
          },
          t("archive.correct"),
        ),
        h("button", { type: "button", onClick: close }, t("common.back")),
      ),
    ),
  );
}

/** @param {{store: RoomStore, line: Line, close: () => void}} props */
function RemoveDialog({ store, line, close }) {
  const [reason, setReason] = useState(REASONS[0]);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    store.order("content.redact", { seq: line.seq, reason });
    close();
  };
  return h(
    Dialog,
    { title: t("archive.remove"), close },
    h(
      "form",
      { onSubmit: submit },
      h("blockquote", null, line.corrected ?? line.text),
      h("p", null, t("archive.seenBy", { members: line.members, watching: line.watching })),
      h("p", { class: "quiet" }, t("archive.removeText")),
      h(
        "label",
        { class: "field" },
        h("span", null, t("archive.why")),
        h(
          "select",
          {
            value: reason,
            onChange: (/** @type {any} */ event) => setReason(event.target.value),
          },
          REASONS.map((one) => h("option", { key: one, value: one }, t(`archive.why.${one}`))),
        ),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", class: "danger" }, t("archive.remove")),
        h("button", { type: "button", onClick: close }, t("common.back")),
      ),
    ),
  );
}
