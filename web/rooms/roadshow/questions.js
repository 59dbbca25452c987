// Questions: asked for the slot on stage, carried by votes, marked by the moderator.
import { h, useState } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { isOver } from "../lifecycle.js";
import { Affiliation } from "../../components/affiliation.js";
import { Composer } from "./composer.js";
import { OutgoingTexts } from "./outgoing.js";
import { RemoveButton } from "./remove-button.js";

/** @import { Question, QuestionState, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const LIMIT = 500; // characters, as the room's rules allow

/** What is being answered stands first, what is settled last. */
const RANK = { answering: 0, open: 1, answered: 2, dismissed: 3 };

/** @type {Record<QuestionState, QuestionState[]>} what a moderator may mark next */
const NEXT = {
  open: ["answering", "answered", "dismissed"],
  answering: ["answered", "open"],
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
  const stage = room.stage;
  const shown = room.questions.filter(({ slot }) => !here || stage === null || slot === stage);
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
    h(Composer, {
      store,
      room,
      card,
      field: "question-field",
      label: t(stage === null ? "question.field" : "question.fieldSlot"),
      action: t("question.ask"),
      limit: LIMIT,
      send: (text) =>
        store.write("question.ask", stage === null ? { text } : { text, slot: stage }),
    }),
  ];
}

/** @param {{store: RoomStore, room: Room, question: Question}} props */
function QuestionItem({ store, room, question }) {
  const { id, seq, by, name, text, state, removed } = question;
  const slot = room.slots.findIndex((one) => one.id === question.slot) + 1;
  const moderator = store.is("moderator");
  const own = by !== null && by === store.you.member;
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
        h("span", { class: "asker" }, name),
        h(Affiliation, { of: question, apart: true }),
        slot > 0 && h("span", { class: "about-slot" }, t("question.slot", { number: slot })),
      ),
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
