// What it means that a room is a closed matter: its terms, when they were signed, who was sent what.
import { h, useState } from "../../vendor/preact.js";
import { dayAndTime, t } from "../../app/i18n.js";
import { Disclosures } from "./disclosures.js";
import { TermsText } from "./terms-form.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function AboutMatter({ store, room, id }) {
  const [listing, setListing] = useState(false);
  return [
    h("h2", null, t("matter.title")),
    h("p", null, t("matter.text")),
    store.you.signed !== undefined &&
    h("p", { class: "quiet" }, t("matter.signed", { time: dayAndTime(store.you.signed) })),
    h("details", null, h("summary", null, t("terms.text")), h(TermsText, { room })),
    room.members !== undefined && h(
      "p",
      { class: "actions" },
      h("button", { type: "button", onClick: () => setListing(true) }, t("matter.list")),
    ),
    listing && h(Disclosures, { id, close: () => setListing(false) }),
  ];
}
