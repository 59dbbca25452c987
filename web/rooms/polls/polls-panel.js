// The room's polls: the open one to vote in, those that are over, and the moderator's form.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { OpenPoll } from "./open-poll.js";
import { PastPoll } from "./past-poll.js";
import { PollForm } from "./poll-form.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room}} props */
export function PollsPanel({ store, room }) {
  const open = room.polls.find(({ state }) => state === "open");
  const past = room.polls.filter(({ state }) => state !== "open").reverse();
  const opens = store.is("moderator") && !open && isOngoing(room);
  return h(
    "div",
    {
      class: "scroll polls",
      tabIndex: 0,
      role: "region",
      "aria-label": t("polls.list"),
      "data-scrolls": true,
    },
    open && h(OpenPoll, { key: open.id, store, room, poll: open }),
    opens && h(PollForm, { store, room }),
    !open && past.length === 0 && h(
      "p",
      { class: "empty" },
      t(isOngoing(room) ? "polls.empty" : "polls.emptyOver"),
    ),
    past.length > 0 && h(
      "section",
      { class: "polls-past", "aria-labelledby": "polls-past" },
      h("h2", { id: "polls-past" }, t("polls.past")),
      past.map((poll, place) =>
        h(PastPoll, { key: poll.id, store, room, poll, unfolded: place === 0 && !open })
      ),
    ),
  );
}
