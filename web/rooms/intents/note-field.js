// What somebody notes for itself about a project: told to nobody, kept with the room.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book } from "./types.d.ts" */

const LONGEST = 2_000; // characters, as the room's rules allow

/** @param {{store: RoomStore, slot: Slot, book: Book, isOpen: boolean}} props */
export function NoteField({ store, slot, book, isOpen }) {
  const kept = book.notes.find((one) => one.slot === slot.id)?.text ?? "";
  const draft = `note-${slot.id}`;
  const [text, setText] = useState(store.drafts[draft] ?? kept);
  const isNew = text.trim() !== kept;
  // What another page of the same person kept shows here too, unless something is being written.
  useEffect(() => {
    if (store.drafts[draft] === undefined) setText(kept);
  }, [kept]);
  if (!isOpen && kept === "") return null;
  const keep = () => {
    const trimmed = text.trim();
    store.send("note.keep", { slot: slot.id, ...(trimmed === "" ? {} : { text: trimmed }) })
      .then(() => {
        delete store.drafts[draft];
      }, () => {}); // The notice was given; the text stays.
  };
  return h(
    "details",
    { class: "fold", open: kept !== "" },
    h(
      "summary",
      { "aria-label": t("intents.noteFor", { title: slot.title }) },
      t("intents.ownNote"),
    ),
    h(
      "label",
      { class: "field" },
      h("span", { class: "quiet" }, t("intents.ownNoteWhy")),
      h("textarea", {
        rows: 3,
        maxLength: LONGEST,
        value: text,
        readOnly: !isOpen,
        onInput: (/** @type {any} */ event) => {
          store.drafts[draft] = event.target.value;
          setText(event.target.value);
        },
      }),
    ),
    isOpen && h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", class: "small", disabled: !isNew, onClick: keep },
        t(isNew ? "intents.noteKeep" : "intents.noteKept"),
      ),
    ),
  );
}
