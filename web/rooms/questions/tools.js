// What staff and the presenter asked do with a question beyond marking it: answer in writing, merge.
import { h, useState } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";

/** @import { Question, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{store: RoomStore, room: Room, question: Question}} Props */

const LONGEST = 2_000; // characters, as the room's rules allow

/** @param {Props} props */
export function QuestionTools({ store, room, question }) {
  const [open, setOpen] = useState(/** @type {"answer" | "merge" | null} */ (null));
  const close = () => setOpen(null);
  const others = room.questions.filter(({ id, mergedInto, removed }) =>
    id !== question.id && mergedInto === undefined && !removed
  );
  return [
    h(
      "p",
      { class: "marks" },
      h(
        "button",
        { type: "button", class: "small", onClick: () => setOpen("answer") },
        t(question.answer ? "questions.answerAgain" : "questions.answer"),
      ),
      store.is("moderator") && others.length > 0 && h(
        "button",
        { type: "button", class: "small", onClick: () => setOpen("merge") },
        t("questions.merge"),
      ),
    ),
    open === "answer" && h(AnswerDialog, { store, question, close }),
    open === "merge" && h(MergeDialog, { store, question, others, close }),
  ];
}

/** @param {{store: RoomStore, question: Question, close: () => void}} props */
function AnswerDialog({ store, question, close }) {
  const draft = `answer-${question.id}`;
  const [text, setText] = useState(store.drafts[draft] ?? question.answer?.text ?? "");
  /** @param {string} next */
  const write = (next) => {
    store.drafts[draft] = next;
    setText(next);
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    try {
      await store.send("question.answer", { question: question.id, text: text.trim() });
      delete store.drafts[draft];
      close();
    } catch {
      // The notice has been given; what was written stays.
    }
  };
  return h(
    Dialog,
    { title: t("questions.answerTitle"), close },
    h(
      "form",
      { onSubmit: submit },
      h("blockquote", null, question.text),
      h(
        "label",
        { class: "field" },
        h("span", null, t("questions.answerLabel")),
        h("textarea", {
          rows: 6,
          value: text,
          required: true,
          maxLength: LONGEST,
          onInput: (/** @type {any} */ event) => write(event.target.value),
        }),
      ),
      h("p", { class: "quiet" }, t("questions.answerHint")),
      h(Actions, { text: t("questions.answerSend"), disabled: text.trim() === "", close }),
    ),
  );
}

/** @param {{store: RoomStore, question: Question, others: Question[], close: () => void}} props */
function MergeDialog({ store, question, others, close }) {
  const [into, setInto] = useState("");
  const list = [...others].sort((one, other) => other.votes - one.votes || one.seq - other.seq);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (into === "") return;
    store.order("question.merge", { question: question.id, into });
    close();
  };
  return h(
    Dialog,
    { title: t("questions.mergeTitle"), close },
    h(
      "form",
      { onSubmit: submit },
      h("blockquote", null, question.text),
      h("p", null, t("questions.mergeText")),
      h(
        "fieldset",
        { class: "merge-list" },
        h("legend", null, t("questions.mergeInto")),
        list.map(({ id, text, votes }) =>
          h(
            "label",
            { key: id, class: "choice" },
            h("input", {
              type: "radio",
              name: "into",
              value: id,
              checked: into === id,
              onChange: () => setInto(id),
            }),
            h("span", null, text, " ", h("span", { class: "quiet" }, `▲ ${number(votes)}`)),
          )
        ),
      ),
      h(Actions, { text: t("questions.mergeDo"), disabled: into === "", close }),
    ),
  );
}

/** @param {{text: string, disabled: boolean, close: () => void}} props */
function Actions({ text, disabled, close }) {
  return h(
    "p",
    { class: "actions" },
    h("button", { type: "submit", class: "primary", disabled }, text),
    h("button", { type: "button", onClick: close }, t("common.back")),
  );
}
