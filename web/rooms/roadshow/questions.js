// Questions: asked for the slot on stage, carried by votes, marked by the moderator.
import { h, useState } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { isClosed, isOngoing, isOver } from "../lifecycle.js";
import { Affiliation } from "../../components/affiliation.js";
import { Lazy } from "../../components/lazy.js";
import { questionTools } from "./parts.js";
import { Composer } from "./composer.js";
import { OutgoingTexts } from "./outgoing.js";
import { RemoveButton } from "./remove-button.js";

/** @import { ChatMessage, Question, QuestionState, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const LIMIT = 500; // characters, as the room's rules allow

/** What is being answered stands first, what is settled last. */
const RANK = { answering: 0, open: 1, later: 2, answered: 3, dismissed: 4 };

/** @type {Record<QuestionState, QuestionState[]>} what a moderator may mark next */
const NEXT = {
  open: ["answering", "answered", "later", "dismissed"],
  answering: ["answered", "later", "open"],
  later: ["answering", "answered", "open"],
  answered: ["open"],
  dismissed: ["open"],
};

/** @param {Question[]} questions @param {"votes" | "time"} order */
export function sorted(questions, order) {
  return [...questions].sort((one, other) =>
    RANK[one.state] - RANK[other.state] ||
    (order === "votes" ? other.votes - one.votes : 0) ||
    one.seq - other.seq
  );
}

/** @param {{store: RoomStore, room: Room, card: () => void}} props */
export function Questions({ store, room, card }) {
  const [order, setOrder] = useState(/** @type {"votes" | "time"} */ ("votes"));
  const [here, setHere] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const stage = room.stage;
  const shown = room.questions.filter(({ slot, mergedInto }) =>
    mergedInto === undefined && (!here || stage === null || slot === stage)
  );
  const hides = anonymous && room.anonymousQuestions;
  return [
    h(
      "div",
      { class: "sorting", role: "group", "aria-label": t("question.sorting") },
      /** @type {const} */ (["votes", "time"]).map((one) =>
        h(
          "button",
          {
            key: one,
            type: "button",
            class: "plain",
            "aria-pressed": order === one ? "true" : "false",
            onClick: () => setOrder(one),
          },
          t(`question.by.${one}`),
        )
      ),
      stage !== null && h(
        "button",
        {
          type: "button",
          class: "plain",
          "aria-pressed": here ? "true" : "false",
          onClick: () => setHere(!here),
        },
        t("question.thisSlot"),
      ),
    ),
    h(
      "div",
      {
        class: "scroll",
        tabIndex: 0,
        role: "region",
        "aria-label": t("question.list"),
        "data-scrolls": true,
      },
      shown.length === 0 && store.outgoing.length === 0 &&
        h("p", { class: "empty" }, t("question.empty")),
      h(
        "ol",
        { class: "questions" },
        sorted(shown, order).map((question) =>
          h(QuestionItem, { key: question.id, store, room, question })
        ),
        h(OutgoingTexts, { store, type: "question.ask" }),
      ),
    ),
    room.anonymousQuestions && isOngoing(room) && store.you.member !== null && h(
      "label",
      { class: "choice ask-anonymous" },
      h("input", {
        type: "checkbox",
        checked: anonymous,
        onChange: () => setAnonymous(!anonymous),
      }),
      t("question.askAnonymous"),
    ),
    h(Composer, {
      store,
      room,
      card,
      field: "question-field",
      label: t(stage === null ? "question.field" : "question.fieldSlot"),
      action: t("question.ask"),
      limit: LIMIT,
      send: (text) =>
        store.write("question.ask", {
          text,
          ...(stage === null ? {} : { slot: stage }),
          ...(hides ? { anonymous: true } : {}),
        }),
    }),
  ];
}

/** @param {{store: RoomStore, room: Room, question: Question}} props */
function QuestionItem({ store, room, question }) {
  const { id, seq, by, name, text, state, removed, anonymous, answer } = question;
  const slot = room.slots.findIndex((one) => one.id === question.slot) + 1;
  const moderator = store.is("moderator");
  const own = by !== null && by === store.you.member || !!store.you.asked?.includes(id);
  const merged = room.questions.filter(({ mergedInto }) => mergedInto === id);
  const answers = moderator || question.slot !== null && store.you.slots.includes(question.slot);
  // Nobody is answering once the roadshow is over.
  const shown = isOver(room) && state === "answering" ? "open" : state;
  if (removed) {
    return h(
      "li",
      { class: "question removed" },
      h("p", { class: "quiet" }, t("question.removed")),
    );
  }
  return h(
    "li",
    { class: `question ${shown}` },
    h(VoteButton, { store, question }),
    h(
      "div",
      null,
      shown !== "open" && h("p", { class: `mark ${shown}` }, t(`question.state.${shown}`)),
      h("p", { class: "said-text" }, text),
      h(
        "p",
        { class: "said-by quiet" },
        h("span", { class: "asker" }, name ?? t("question.anonymous")),
        h(Affiliation, { of: question, apart: true }),
        anonymous && name !== undefined && h("span", null, t("question.anonymousToOthers")),
        slot > 0 && h("span", { class: "about-slot" }, t("question.slot", { number: slot })),
      ),
      answer && h(Answer, { store, answer }),
      merged.length > 0 && h(Merged, { store, room, merged }),
      (moderator || own) && h(
        "p",
        { class: "marks" },
        moderator && NEXT[state].map((next) =>
          h(
            "button",
            {
              key: next,
              type: "button",
              class: "small",
              onClick: () => store.order("question.mark", { question: id, state: next }),
            },
            t(`question.mark.${next}`),
          )
        ),
        h(RemoveButton, { store, seq, own, name: name ?? "" }),
      ),
      answers && (isOngoing(room) || room.state === "follow_up") &&
        h(Lazy, { load: questionTools, given: { store, room, question }, meanwhile: null }),
    ),
  );
}

/** The newest answer in writing. @param {{store: RoomStore, answer: ChatMessage}} props */
function Answer({ store, answer }) {
  const { by, seq, name, text, removed } = answer;
  const own = by === store.you.member;
  if (removed) return h("p", { class: "answer quiet" }, t("question.answerRemoved"));
  return h(
    "div",
    { class: "answer" },
    h("p", { class: "said-text" }, text),
    h(
      "p",
      { class: "said-by quiet" },
      h("span", null, t("question.answeredBy", { name: name ?? "" })),
      h(Affiliation, { of: answer, apart: true }),
      (own || store.is("moderator")) && h(RemoveButton, { store, seq, own, name: name ?? "" }),
    ),
  );
}

/** What asks the same, folded. @param {{store: RoomStore, room: Room, merged: Question[]}} props */
function Merged({ store, room, merged }) {
  return h(
    "details",
    { class: "merged" },
    h("summary", null, t("question.mergedCount", { n: merged.length })),
    h(
      "ul",
      null,
      merged.map((one) =>
        h(
          "li",
          { key: one.id },
          one.removed
            ? t("question.removed")
            : `${one.text} (${one.name ?? t("question.anonymous")})`,
          store.is("moderator") && !isClosed(room) && h(
            "button",
            {
              type: "button",
              class: "small plain",
              onClick: () => store.order("question.merge", { question: one.id, into: null }),
            },
            t("question.split"),
          ),
        )
      ),
    ),
  );
}

/** @param {{store: RoomStore, question: Question}} props */
function VoteButton({ store, question }) {
  const voted = store.you.votes.includes(question.id);
  return h(
    "button",
    {
      type: "button",
      class: "vote",
      "aria-pressed": voted ? "true" : "false",
      "aria-label": t(voted ? "question.voted" : "question.vote", { n: question.votes }),
      onClick: () => {
        if (!voted) store.order("question.vote", { question: question.id });
      },
    },
    h("span", { "aria-hidden": "true" }, "▲"),
    h("span", null, number(question.votes)),
  );
}
