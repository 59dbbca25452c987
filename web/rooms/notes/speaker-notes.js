// What a presenter wants to say to a page: seen by the slot's presenters alone, saved by itself.
import { h, useEffect, useMemo, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { useObservable } from "../../app/observable.js";
import { readItem, writeItem } from "../../app/storage.js";
import { LoadProblem } from "../../components/load-problem.js";
import { fileAddress } from "../roadshow/slides.js";
import { NotesKeeper } from "./keeper.js";

/** @import { Slot } from "../../types.d.ts" */

const LIMIT = 4_000; // characters
const SIZES = [1, 1.25, 1.5, 2, 2.5, 3]; // rem
const SIZE_ITEM = "luyan.notes.size";

/** The notes to one page. @param {{id: string, slot: Slot, page: number}} props */
export function SpeakerNotes({ id, slot, page }) {
  const keeper = useMemo(() => new NotesKeeper(id, slot.id), [id, slot.id]);
  useObservable(keeper);
  const [size, setSize] = useState(keptSize);
  useEffect(() => {
    /** @param {BeforeUnloadEvent} event */
    const leaving = (event) => {
      if (keeper.isUnsaved) event.preventDefault();
    };
    addEventListener("beforeunload", leaving);
    return () => {
      removeEventListener("beforeunload", leaving);
      keeper.save();
    };
  }, [keeper]);
  useEffect(() => {
    // Another presenter of the slot may have written to it.
    keeper.load();
  }, [keeper, page]);
  /** @param {number} next */
  const resize = (next) => {
    setSize(next);
    writeItem(SIZE_ITEM, next);
  };
  const label = t("notes.toPage", { page });
  const head = h("h2", null, label);
  if (keeper.state === "loading") {
    return h("div", { class: "notes" }, head, h("p", { class: "quiet" }, t("common.loading")));
  }
  if (keeper.state === "missing" && keeper.error) {
    const again = () => keeper.load();
    return h("div", { class: "notes" }, head, h(LoadProblem, { error: keeper.error, again }));
  }
  return h(
    "div",
    { class: "notes" },
    h(
      "div",
      { class: "notes-head" },
      head,
      h(State, { keeper }),
      h(
        "span",
        { class: "notes-size", role: "group", "aria-label": t("notes.size") },
        sizeButton("notes.smaller", "A−", size > 0, () => resize(size - 1)),
        sizeButton("notes.larger", "A+", size < SIZES.length - 1, () => resize(size + 1)),
      ),
    ),
    h("textarea", {
      "aria-label": label,
      value: keeper.text(page),
      maxLength: LIMIT,
      rows: 4,
      placeholder: t("notes.hint"),
      style: { "font-size": `${SIZES[size]}rem` },
      onInput: (/** @type {any} */ event) => keeper.type(page, event.target.value),
      onBlur: () => keeper.save(),
      onKeyDown: turn,
    }),
  );
}

/** Every page of a slot, to write to before it is on stage. @param {{id: string, slot: Slot}} props */
export function NotesToPages({ id, slot }) {
  const [chosen, setChosen] = useState(1);
  const pages = slot.pages.length;
  const page = Math.min(chosen, pages);
  const file = slot.pages[page - 1];
  if (!file) return null;
  return h(
    "div",
    { class: "notes-to-pages" },
    h("img", {
      src: fileAddress(id, file.file),
      width: file.width,
      height: file.height,
      alt: t("stage.slide", { page, pages, title: slot.title }),
    }),
    h(
      "div",
      { class: "notes-pages" },
      h(
        "button",
        { type: "button", disabled: page <= 1, onClick: () => setChosen(page - 1) },
        t("stage.previous"),
      ),
      h("span", { class: "page-number" }, t("stage.page", { page, pages })),
      h(
        "button",
        { type: "button", disabled: page >= pages, onClick: () => setChosen(page + 1) },
        t("stage.next"),
      ),
    ),
    h(SpeakerNotes, { id, slot, page }),
  );
}

/** @param {{keeper: NotesKeeper}} props */
function State({ keeper }) {
  const { state, error } = keeper;
  if (state === "failed" && error) {
    return h(
      "span",
      { class: "problem", role: "alert" },
      t("notes.failed", { why: errorText(error) }),
      " ",
      h(
        "button",
        { type: "button", class: "small", onClick: () => keeper.save() },
        t("common.tryAgain"),
      ),
    );
  }
  return h(
    "span",
    { class: "quiet", role: "status" },
    t(state === "saved" ? "notes.saved" : "notes.saving"),
  );
}

/**
 * @param {string} key @param {string} sign @param {boolean} possible @param {() => void} change
 */
function sizeButton(key, sign, possible, change) {
  return h(
    "button",
    { type: "button", "aria-label": t(key), title: t(key), disabled: !possible, onClick: change },
    h("span", { "aria-hidden": "true" }, sign),
  );
}

/** A remote control turns pages also while the notes have the focus. @param {any} event */
function turn(event) {
  const { key } = event;
  if (key !== "PageDown" && key !== "PageUp") return;
  event.preventDefault();
  event.stopPropagation();
  event.target.blur();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

function keptSize() {
  const kept = readItem(SIZE_ITEM);
  return Number.isInteger(kept) && kept >= 0 && kept < SIZES.length ? kept : 0;
}
