// One project for somebody who might do something with it: where one stands, and one's own note.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { Contacts } from "./contacts.js";
import { FeedbackForm } from "./feedback.js";
import { FollowUpForm } from "./follow-up.js";
import { IntentDialog } from "./intent-dialog.js";
import { IntentFacts, Ladder } from "./intent-facts.js";
import { NoteField } from "./note-field.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book } from "./types.d.ts" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {Slot} props.slot
 * @param {Book} props.book
 * @param {boolean} props.mayIntend whether it is nobody's who decides
 * @param {boolean} props.onStage
 * @param {() => void} props.card asks for the name card
 */
export function Project({ store, room, slot, book, mayIntend, onStage, card }) {
  const [open, setOpen] = useState(/** @type {"give" | "withdraw" | null} */ (null));
  const { member } = store.you;
  const intent = book.intents.find((one) => one.slot === slot.id && one.member === member);
  const stands = intent && !intent.withdrawn ? intent : null;
  const isOpen = mayAct(room);
  const close = () => setOpen(null);
  return h(
    "article",
    { class: "intent-card", "aria-label": slot.title },
    h(
      "p",
      { class: "slot-facts" },
      onStage && h("span", { class: "mark pitch" }, t("intents.onStage")),
      mayIntend && h(
        "span",
        { class: "quiet" },
        t("intents.interest", { n: store.interest[slot.id] ?? 0 }),
      ),
    ),
    h("h3", null, slot.title),
    h(
      "p",
      { class: "quiet" },
      [slot.presenters, slot.organisation, slot.field].filter(Boolean).join(" · "),
    ),
    stands && h(Ladder, { intent: stands, subject: room.subject }),
    stands && h(IntentFacts, { intent: stands }),
    mayIntend && isOpen && h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: stands ? "" : "primary",
          "aria-label": t("intents.giveFor", { title: slot.title }),
          onClick: () => setOpen("give"),
        },
        t(stands ? "intents.change" : "intents.give"),
      ),
      stands && h(
        "button",
        {
          type: "button",
          "aria-label": t("intents.withdrawFor", { title: slot.title }),
          onClick: () => setOpen("withdraw"),
        },
        t("intents.withdraw"),
      ),
    ),
    open === "give" && h(IntentDialog, { store, slot, intent: stands, card, close }),
    open === "withdraw" && h(ReasonDialog, {
      title: t("intents.withdrawTitle", { title: slot.title }),
      text: t("intents.withdrawHint"),
      action: t("intents.withdraw"),
      reason: "optional",
      run: (note) => store.order("intent.withdraw", { slot: slot.id, note: note || undefined }),
      close,
    }),
    stands && room.state === "follow_up" &&
      h(FollowUpForm, { store, intent: stands, party: "author" }),
    stands && h(Contacts, {
      store,
      slot,
      book,
      others: stands.presenters ?? [],
      unnamed: slot.presenters ?? "",
      isOpen,
    }),
    mayIntend && member && h(FeedbackForm, { store, slot, book, isOpen }),
    member && h(NoteField, { store, slot, book, isOpen }),
  );
}

/** Whether something can still be said. @param {Room} room */
export function mayAct(room) {
  return isOngoing(room) || room.state === "follow_up";
}
