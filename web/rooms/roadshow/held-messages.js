// Messages that wait for approval: all of them for moderators, one's own for whoever wrote them.
import { h } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { Affiliation } from "../../components/affiliation.js";

/** @import { ChatMessage, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** How the chat goes now, where it is not free. @param {{room: Room}} props */
export function ChatOrder({ room }) {
  const lines = [
    room.slowMode > 0 && t("chat.slow", { n: room.slowMode }),
    room.chatHold && t("chat.hold"),
  ].filter(Boolean);
  return lines.length === 0 ? null : h("p", { class: "chat-order quiet" }, lines.join(" "));
}

/** @param {{store: RoomStore, messages: ChatMessage[]}} props */
export function HeldMessages({ store, messages }) {
  if (messages.length === 0) return null;
  return h(
    "section",
    {
      class: "held-messages",
      "aria-label": t("held.title", { n: messages.length }),
      tabIndex: 0,
      "data-scrolls": true,
    },
    h("h2", null, t("held.title", { n: messages.length })),
    h(
      "ul",
      null,
      messages.map(({ seq, name, text, at, ...more }) =>
        h(
          "li",
          { key: seq },
          h(
            "p",
            { class: "said-by" },
            h("strong", null, name),
            h(Affiliation, { of: more, apart: true }),
            h("time", { class: "quiet", dateTime: new Date(at).toISOString() }, timeOfDay(at)),
          ),
          h("p", { class: "said-text" }, text),
          h(
            "p",
            { class: "actions" },
            h(
              "button",
              {
                type: "button",
                class: "small primary",
                "aria-label": t("held.approveOf", { name: name ?? "" }),
                onClick: () => store.order("chat.approve", { held: seq }),
              },
              t("held.approve"),
            ),
            h(
              "button",
              {
                type: "button",
                class: "small",
                "aria-label": t("held.declineOf", { name: name ?? "" }),
                onClick: () => store.order("chat.decline", { held: seq }),
              },
              t("held.decline"),
            ),
          ),
        )
      ),
    ),
  );
}

/** @param {{message: ChatMessage}} props */
export function OwnHeld({ message }) {
  const { text, declined, reason } = message;
  const state = declined
    ? reason ? t("held.declinedFor", { reason }) : t("held.declined")
    : t("held.own");
  return h(
    "li",
    { class: "said own waits" },
    h("p", { class: "said-text" }, text),
    h("p", { class: "quiet" }, state),
  );
}
