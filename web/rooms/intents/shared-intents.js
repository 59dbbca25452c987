// What staff see: how many are interested, and the intents whose authors let staff read them.
import { h } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { IntentFacts, Ladder } from "./intent-facts.js";
import { LeadHead } from "./lead.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book } from "./types.d.ts" */

/** @param {{store: RoomStore, room: Room, book: Book}} props */
export function SharedIntents({ store, room, book }) {
  const { slots } = store.you;
  const shared = book.intents
    .filter((one) => one.shared && !one.withdrawn && !slots.includes(one.slot))
    .sort((one, other) => other.seq - one.seq);
  return h(
    "section",
    null,
    h("h2", null, t("intents.staff")),
    h("p", { class: "quiet" }, t("intents.staffWhy")),
    h(
      "table",
      { class: "funnel" },
      h("caption", { class: "unseen" }, t("intents.counts")),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          h("th", { scope: "col" }, t("intents.project")),
          h("th", { scope: "col" }, t("intents.figure.intents")),
          h("th", { scope: "col" }, t("intents.figure.shared")),
        ),
      ),
      h(
        "tbody",
        null,
        room.slots.map(({ id, title }) =>
          h(
            "tr",
            { key: id },
            h("th", { scope: "row" }, title),
            h("td", null, number(store.interest[id] ?? 0)),
            h(
              "td",
              null,
              number(shared.filter(({ slot }) => slot === id).length),
            ),
          )
        ),
      ),
    ),
    shared.map((intent) =>
      h(
        "article",
        { key: `${intent.slot}-${intent.member}`, class: "intent-card" },
        h("p", { class: "quiet" }, room.slots.find(({ id }) => id === intent.slot)?.title ?? ""),
        h(LeadHead, { lead: intent }),
        h(Ladder, { intent, subject: room.subject }),
        h(IntentFacts, { intent }),
      )
    ),
  );
}
