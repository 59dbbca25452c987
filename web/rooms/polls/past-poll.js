// A poll that is over, folded: its question, its final counts, the reader's own vote.
import { h } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { pollNotes, questionOf } from "./poll-head.js";
import { PollResults } from "./poll-results.js";
import { PollTools } from "./poll-tools.js";
import { choicesOf } from "./tally.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Poll } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, poll: Poll, unfolded: boolean}} props */
export function PastPoll({ store, room, poll, unfolded }) {
  const notes = pollNotes(room, poll);
  if (poll.closedAt !== null) notes.push(timeOfDay(poll.closedAt));
  return h(
    "details",
    { class: `poll ${poll.state}`, open: unfolded },
    h(
      "summary",
      null,
      h("span", { class: "poll-question" }, questionOf(poll)),
      h("span", { class: "poll-kind quiet" }, notes.map((note) => h("span", { key: note }, note))),
    ),
    poll.state === "closed"
      ? h(PollResults, { poll, own: choicesOf(store.you, poll) })
      : h("p", { class: "quiet" }, t("polls.cancelledText")),
    h(PollTools, { store, room, poll }),
  );
}
