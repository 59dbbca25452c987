// What a moderator does with a poll: close it, cancel it, take its words away.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { ReasonDialog } from "../../components/reason-dialog.js";
import { RemoveButton } from "../roadshow/remove-button.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Poll } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, poll: Poll}} props */
export function PollTools({ store, room, poll }) {
  const [asking, setAsking] = useState(false);
  if (!store.is("moderator")) return null;
  const cancels = poll.state !== "cancelled" && (isOngoing(room) || room.state === "follow_up");
  const removes = !poll.removed;
  if (!cancels && !removes) return null;
  return h(
    "p",
    { class: "actions poll-tools" },
    poll.state === "open" && isOngoing(room) && h(
      "button",
      {
        type: "button",
        class: "primary",
        onClick: () => store.order("poll.close", { poll: poll.id }),
      },
      t("polls.close"),
    ),
    cancels && h(
      "button",
      { type: "button", class: "small", onClick: () => setAsking(true) },
      t(poll.state === "open" ? "polls.cancel" : "polls.withdraw"),
    ),
    removes && h(RemoveButton, {
      store,
      seq: poll.seq,
      own: poll.by === store.you.member,
      name: t("polls.title"),
    }),
    asking && h(ReasonDialog, {
      title: t(poll.state === "open" ? "polls.cancel" : "polls.withdraw"),
      text: t("polls.cancelAsk"),
      action: t("polls.cancelDo"),
      reason: "none",
      run: () => store.order("poll.cancel", { poll: poll.id }),
      close: () => setAsking(false),
    }),
  );
}
