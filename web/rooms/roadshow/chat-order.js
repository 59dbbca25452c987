// How the chat goes where it is not free, and one's own messages that wait for approval.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { ChatMessage, Room } from "../../types.d.ts" */

/** How the chat goes now, where it is not free. @param {{room: Room}} props */
export function ChatOrder({ room }) {
  const lines = [
    room.slowMode > 0 && t("chat.slow", { n: room.slowMode }),
    room.chatHold && t("chat.hold"),
  ].filter(Boolean);
  return lines.length === 0 ? null : h("p", { class: "chat-order quiet" }, lines.join(" "));
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
