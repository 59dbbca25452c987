// Feedback to a project's presenters: codes that can be counted, and words.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { FEEDBACK } from "./ladder.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book } from "./types.d.ts" */

const LONGEST = 500; // characters, as the room's rules allow

/** @param {{store: RoomStore, slot: Slot, book: Book, isOpen: boolean}} props */
export function FeedbackForm({ store, slot, book, isOpen }) {
  const given = book.feedback.find((one) =>
    one.slot === slot.id && one.member === store.you.member
  );
  const [codes, setCodes] = useState(given?.codes ?? []);
  const [text, setText] = useState(given?.note ?? "");
  const isEmpty = codes.length === 0 && text.trim() === "";
  if (!isOpen && !given) return null;
  return h(
    "details",
    { class: "fold" },
    h(
      "summary",
      { "aria-label": t("intents.feedbackFor", { title: slot.title }) },
      t(given ? "intents.feedbackGiven" : "intents.feedback"),
    ),
    h("p", { class: "quiet" }, t("intents.feedbackWhy")),
    h(
      "form",
      {
        onSubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          if (isEmpty) return;
          const words = text.trim() === "" ? {} : { text: text.trim() };
          store.send("feedback.give", { slot: slot.id, codes, ...words })
            .then(() => notices.show(t("intents.feedbackDone")), () => {}); // The notice was given.
        },
      },
      h(
        "fieldset",
        { class: "choices" },
        h("legend", null, t("intents.feedbackCodes")),
        FEEDBACK.map((code) =>
          h(
            "label",
            { key: code, class: "choice" },
            h("input", {
              type: "checkbox",
              checked: codes.includes(code),
              disabled: !isOpen,
              onChange: (/** @type {any} */ event) =>
                setCodes(
                  event.target.checked ? [...codes, code] : codes.filter((one) => one !== code),
                ),
            }),
            t(`intents.code.${code}`),
          )
        ),
      ),
      h(
        "label",
        { class: "field" },
        h("span", null, t("intents.feedbackText")),
        h("textarea", {
          rows: 2,
          maxLength: LONGEST,
          value: text,
          readOnly: !isOpen,
          onInput: (/** @type {any} */ event) => setText(event.target.value),
        }),
      ),
      isOpen && h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", disabled: isEmpty }, t("intents.feedbackSend")),
      ),
    ),
  );
}

/** How often each code was given, the most frequent first. @param {{codes: string[]}[]} feedback */
export function countCodes(feedback) {
  const counts = FEEDBACK.map((code) => ({
    code,
    n: feedback.filter(({ codes }) => codes.includes(code)).length,
  }));
  return counts.filter(({ n }) => n > 0).sort((one, other) => other.n - one.n);
}
