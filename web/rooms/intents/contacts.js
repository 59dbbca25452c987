// Contacts that two exchange: each offers its own, and is told the other's once both have.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book } from "./types.d.ts" */

const LONGEST = 200; // characters, as the room's rules allow

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Slot} props.slot
 * @param {Book} props.book
 * @param {{member: string, name?: string}[]} props.others with whom it can be
 * @param {string} props.unnamed for those without a name
 * @param {boolean} props.isOpen whether something can still be said
 */
export function Contacts({ store, slot, book, others, unnamed, isOpen }) {
  return others.map(({ member, name = unnamed }) =>
    h(Exchange, { key: member, store, slot, book, other: member, name, isOpen })
  );
}

/**
 * @param {{store: RoomStore, slot: Slot, book: Book, other: string, name: string,
 *   isOpen: boolean}} props
 */
function Exchange({ store, slot, book, other, name, isOpen }) {
  const me = store.you.member;
  const exchange = book.contacts.find((one) =>
    one.slot === slot.id && [one.author, one.presenter].includes(other) &&
    [one.author, one.presenter].includes(me ?? "")
  );
  const { offered = [], told = [] } = exchange ?? {};
  const own = told.find(({ of }) => of === me) ?? offered.find(({ of }) => of === me);
  const theirs = told.find(({ of }) => of === other);
  const agrees = own && !("withdrawn" in own && own.withdrawn);
  const asks = offered.some(({ of }) => of === other);
  return h(
    "div",
    { class: "contact" },
    theirs && h(
      "p",
      null,
      h("strong", null, t("intents.contactOf", { name })),
      " ",
      theirs.text ?? t("intents.contactRemoved"),
      theirs.withdrawn && h("span", { class: "mark" }, t("intents.contactWithdrawn")),
    ),
    asks && !agrees && h("p", { class: "contact-asks" }, t("intents.contactAsks", { name })),
    agrees && !theirs && h("p", { class: "quiet" }, t("intents.contactWaits", { name })),
    agrees && own.text && h("p", { class: "quiet" }, t("intents.contactOwn", { text: own.text })),
    isOpen && (agrees
      ? h(
        "p",
        { class: "actions" },
        h(
          "button",
          {
            type: "button",
            class: "small",
            "aria-label": t("intents.contactWithdrawFrom", { name }),
            onClick: () => store.order("contact.withdraw", { slot: slot.id, member: other }),
          },
          t("intents.contactWithdraw"),
        ),
      )
      : h(OfferForm, { store, slot, other, name })),
  );
}

/** @param {{store: RoomStore, slot: Slot, other: string, name: string}} props */
function OfferForm({ store, slot, other, name }) {
  const [text, setText] = useState("");
  return h(
    "details",
    { class: "fold" },
    h(
      "summary",
      { "aria-label": t("intents.contactFor", { name }) },
      t("intents.contact"),
    ),
    h(
      "form",
      {
        onSubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          if (text.trim() === "") return;
          store.order("contact.offer", { slot: slot.id, member: other, text: text.trim() });
          setText("");
        },
      },
      h(
        "label",
        { class: "field" },
        h("span", null, t("intents.contactText")),
        h("span", { class: "quiet" }, t("intents.contactWhy")),
        h("input", {
          value: text,
          maxLength: LONGEST,
          onInput: (/** @type {any} */ event) => setText(event.target.value),
        }),
      ),
      h(
        "p",
        { class: "actions" },
        h("button", { type: "submit", disabled: text.trim() === "" }, t("intents.contactOffer")),
      ),
    ),
  );
}
