// One slot's sheet: a mark for each criterion, a comment, the judge's signature.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { Dialog } from "../../components/dialog.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { readDraft, writeDraft } from "./drafts.js";
import { figure, HIGHEST, readMark, sheetStanding, sheetTotal, takesSheets } from "./marks.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { Criterion, Judging, OwnSheet } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{store: RoomStore, room: Room, judging: Judging, slot: Slot, id: string}} Props */

const COMMENT = 1_000; // characters

/** @param {Props} props */
export function ScoreSheet({ store, room, judging, slot, id }) {
  const { you } = store;
  const state = sheetStanding(room, judging, you, slot);
  const given = you.sheets?.find((sheet) => sheet.slot === slot.id);
  const open = takesSheets(room, slot) && state !== "recused" && state !== "own";
  return h(
    "div",
    { class: "sheet" },
    h("h3", null, slot.title),
    h("p", { class: "quiet" }, [slot.presenters, slot.organisation].filter(Boolean).join(" · ")),
    !open &&
      h(
        "p",
        { class: "sheet-note" },
        t(`judging.note.${given && state === "given" ? "closed" : state}`),
      ),
    open && h(SheetForm, { store, room, judging, slot, id }),
    !open && given && h(GivenSheet, { judging, sheet: given }),
    h(Recusal, { store, slot, state }),
  );
}

/** @param {Props} props */
function SheetForm({ store, judging, slot, id }) {
  const member = store.you.member ?? "";
  const { criteria } = judging;
  const given = store.you.sheets?.find((sheet) => sheet.slot === slot.id);
  const [draft, setDraft] = useState(() => readDraft(id, member, slot.id) ?? fromGiven(given));
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState(false);
  const [tried, setTried] = useState(false);
  // A scheme that was changed meanwhile has other criteria.
  const typed = criteria.map((_, index) => draft.marks[index] ?? "");
  const marks = typed.map(readMark);
  const whole = marks.every((mark) => mark !== null);
  const known = /** @type {number[]} */ (marks.map((mark) => mark ?? 0));
  const length = [...draft.comment.trim()].length;
  const isSame = given !== undefined && whole && draft.comment.trim() === (given.comment ?? "") &&
    known.every((mark, index) => mark === given.marks[index]);
  /** @param {{marks?: string[], comment?: string}} change */
  const edit = (change) => {
    const next = { ...draft, ...change, at: store.now() };
    setDraft(next);
    writeDraft(id, member, slot.id, next);
  };
  /** @param {number} index @param {string} text */
  const mark = (index, text) => edit({ marks: typed.map((one, at) => at === index ? text : one) });
  const send = async () => {
    setAsking(false);
    setSending(true);
    const comment = draft.comment.trim();
    try {
      await store.send("sheet.submit", {
        slot: slot.id,
        marks: known,
        ...(comment ? { comment } : {}),
      });
      writeDraft(id, member, slot.id, null);
      setDraft({ ...draft, at: 0 });
      notices.show(t("judging.given"));
    } catch { /* The refusal has been told; the draft stays. */ }
    setSending(false);
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    setTried(true);
    if (whole && length <= COMMENT) return setAsking(true);
    const wrong = marks.findIndex((one) => one === null);
    document.getElementById(wrong < 0 ? "sheet-comment" : `mark-${wrong}`)?.focus();
  };
  return h(
    "form",
    { class: "sheet-form", onSubmit: submit, noValidate: true },
    criteria.map((criterion, index) =>
      h(MarkField, {
        key: index,
        criterion,
        index,
        text: typed[index],
        wrong: marks[index] === null && (tried || typed[index] !== ""),
        edit: (/** @type {string} */ text) => mark(index, text),
      })
    ),
    h(
      "p",
      { class: "sheet-total" },
      h("span", null, t("judging.total")),
      h("output", null, whole ? figure(sheetTotal(known, criteria)) : "–"),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("judging.comment")),
      h("textarea", {
        id: "sheet-comment",
        rows: 3,
        value: draft.comment,
        "aria-invalid": length > COMMENT ? "true" : undefined,
        onInput: (/** @type {any} */ event) => edit({ comment: event.target.value }),
      }),
      length > COMMENT &&
        h("span", { class: "problem", role: "alert" }, t("judging.commentLong", { n: COMMENT })),
    ),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: "primary", disabled: sending || isSame },
        t(given ? "judging.giveAgain" : "judging.give"),
      ),
      h(
        "span",
        { class: "quiet", role: "status" },
        wayText(store, { sending, draft, given, isSame }),
      ),
    ),
    asking && h(
      Dialog,
      { title: t("judging.sign"), close: () => setAsking(false) },
      h("p", null, t("judging.signText", { title: slot.title })),
      h(
        "p",
        { class: "sheet-total" },
        h("span", null, t("judging.total")),
        h("output", null, figure(sheetTotal(known, criteria))),
      ),
      h("p", { class: "quiet" }, t("judging.signLater")),
      h(
        "p",
        { class: "actions" },
        h(
          "button",
          { type: "button", class: "primary", onClick: send },
          t("judging.signAs", { name: store.you.name ?? "" }),
        ),
        h("button", { type: "button", onClick: () => setAsking(false) }, t("common.back")),
      ),
    ),
  );
}

/** Where the sheet stands between the page and the server. */
/** @param {RoomStore} store @param {{sending: boolean, draft: import("./drafts.js").Draft, given: OwnSheet | undefined, isSame: boolean}} now */
function wayText(store, { sending, draft, given, isSame }) {
  if (sending) return t(store.situation.is === "online" ? "judging.sending" : "judging.waits");
  if (isSame) return t("judging.isGiven");
  if (draft.at > 0) return t("judging.draft", { time: timeOfDay(draft.at) });
  return given ? t("judging.isGiven") : "";
}

/** @param {OwnSheet | undefined} given @returns {import("./drafts.js").Draft} */
function fromGiven(given) {
  return { marks: given?.marks.map(String) ?? [], comment: given?.comment ?? "", at: 0 };
}

/** @param {{criterion: Criterion, index: number, text: string, wrong: boolean, edit: (text: string) => void}} props */
function MarkField({ criterion, index, text, wrong, edit }) {
  const { name, weight, anchors } = criterion;
  const field = `mark-${index}`;
  return h(
    "div",
    { class: wrong ? "mark-field wrong" : "mark-field" },
    h(
      "label",
      { for: field },
      h("strong", null, name),
      h("span", { class: "quiet" }, t("judging.percent", { weight })),
    ),
    h("input", {
      id: field,
      class: "mark-input",
      inputMode: "numeric",
      autoComplete: "off",
      maxLength: 3,
      placeholder: `0–${HIGHEST}`,
      value: text,
      "aria-invalid": wrong ? "true" : undefined,
      "aria-describedby": [anchors && `${field}-anchors`, wrong && `${field}-problem`]
        .filter(Boolean).join(" ") || undefined,
      onInput: (/** @type {any} */ event) => edit(event.target.value),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        const step = /** @type {Record<string, number>} */ ({
          ArrowUp: 1,
          ArrowDown: -1,
          PageUp: 5,
          PageDown: -5,
        })[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        edit(String(Math.min(HIGHEST, Math.max(0, (readMark(text) ?? 80) + step))));
      },
    }),
    h("input", {
      type: "range",
      min: 0,
      max: HIGHEST,
      step: 1,
      // Beside the field, for fingers; keys have the field.
      tabIndex: -1,
      "aria-label": t("judging.slider", { name }),
      value: readMark(text) ?? 0,
      onInput: (/** @type {any} */ event) => edit(event.target.value),
    }),
    anchors && h("p", { class: "quiet anchors", id: `${field}-anchors` }, anchors),
    wrong && h("p", { class: "problem", id: `${field}-problem` }, t("judging.markWrong")),
  );
}

/** @param {{judging: Judging, sheet: OwnSheet}} props */
function GivenSheet({ judging, sheet }) {
  return h(
    "table",
    { class: "weights" },
    h("caption", null, t("judging.mySheet")),
    h(
      "tbody",
      null,
      judging.criteria.map(({ name }, index) =>
        h(
          "tr",
          { key: index },
          h("th", { scope: "row" }, name),
          h("td", null, String(sheet.marks[index] ?? "–")),
        )
      ),
    ),
    h(
      "tfoot",
      null,
      h(
        "tr",
        null,
        h("th", { scope: "row" }, t("judging.total")),
        h("td", null, figure(sheetTotal(sheet.marks, judging.criteria))),
      ),
    ),
  );
}

/** @param {{store: RoomStore, slot: Slot, state: string}} props */
function Recusal({ store, slot, state }) {
  const [asking, setAsking] = useState(false);
  useEffect(() => setAsking(false), [state]);
  if (state === "own" || state === "published" || state === "skipped") return null;
  return h(
    "p",
    { class: "actions recusal" },
    state === "recused"
      ? h(
        "button",
        {
          type: "button",
          class: "small",
          onClick: () => store.order("judge.return", { slot: slot.id }),
        },
        t("judging.return"),
      )
      : h(
        "button",
        { type: "button", class: "small", onClick: () => setAsking(true) },
        t("judging.recuse"),
      ),
    asking && h(ReasonDialog, {
      title: t("judging.recuse"),
      text: t("judging.recuseText", { title: slot.title }),
      action: t("judging.recuse"),
      reason: "optional",
      run: (/** @type {string} */ reason) =>
        store.order("judge.recuse", { slot: slot.id, ...(reason ? { reason } : {}) }),
      close: () => setAsking(false),
    }),
  );
}
