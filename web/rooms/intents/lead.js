// Somebody's intent for a project of one's own, and what one says to it.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { Contacts } from "./contacts.js";
import { FollowUpForm } from "./follow-up.js";
import { IntentFacts, Ladder } from "./intent-facts.js";
import { answersTo } from "./ladder.js";
import { mayAct } from "./project.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book, Intent } from "./types.d.ts" */

/** @param {{store: RoomStore, room: Room, slot: Slot, book: Book, lead: Intent}} props */
export function Lead({ store, room, slot, book, lead }) {
  const name = lead.name ?? t("intents.nameless");
  const isOpen = mayAct(room);
  return h(
    "article",
    { class: lead.withdrawn ? "intent-card withdrawn" : "intent-card", "aria-label": name },
    h(LeadHead, { lead }),
    lead.withdrawn ? h(Withdrawn, { lead }) : [
      h(Ladder, { key: "ladder", intent: lead, subject: room.subject }),
      h(IntentFacts, { key: "facts", intent: lead }),
      isOpen && h(Answers, { key: "answers", store, lead, name }),
      room.state === "follow_up" &&
      h(FollowUpForm, { key: "followUp", store, intent: lead, party: "presenter" }),
      h(Contacts, {
        key: "contacts",
        ...{ store, slot, book, isOpen },
        others: [{ member: lead.member, name }],
        unnamed: name,
      }),
    ],
  );
}

/** Who it is. @param {{lead: Intent}} props */
export function LeadHead({ lead }) {
  return h(
    "p",
    { class: "lead-name" },
    h("strong", null, lead.name ?? t("intents.nameless")),
    h(Affiliation, { of: lead, apart: true }),
    lead.kind && h("span", { class: "quiet" }, t(`kind.${lead.kind}`)),
  );
}

/** @param {{lead: Intent}} props */
function Withdrawn({ lead }) {
  return [
    h("p", { key: "mark" }, h("span", { class: "mark" }, t("intents.withdrawn"))),
    lead.withdrawn?.note && h("p", { key: "note", class: "said-text" }, lead.withdrawn.note),
  ];
}

/** @param {{store: RoomStore, lead: Intent, name: string}} props */
function Answers({ store, lead, name }) {
  const [declining, setDeclining] = useState(false);
  const { slot, member } = lead;
  const given = new Set(lead.answers.map(({ answer }) => answer));
  const open = answersTo(lead.side, lead.step).filter(({ answer }) => !given.has(answer));
  /** @param {string} answer @param {string} [note] */
  const say = (answer, note) => {
    store.order("intent.answer", { slot, member, answer, ...(note ? { note } : {}) });
  };
  return h(
    "p",
    { class: "actions" },
    open.map(({ answer }) =>
      h(
        "button",
        {
          key: answer,
          type: "button",
          class: "small",
          "aria-label": t("intents.answerTo", { answer: t(`intents.do.${answer}`), name }),
          onClick: () => answer === "meeting_declined" ? setDeclining(true) : say(answer),
        },
        t(`intents.do.${answer}`),
      )
    ),
    declining && h(ReasonDialog, {
      title: t("intents.declineTitle", { name }),
      text: t("intents.declineHint"),
      action: t("intents.do.meeting_declined"),
      reason: "optional",
      run: (note) => say("meeting_declined", note),
      close: () => setDeclining(false),
    }),
  );
}
