// A poll's question, and what kind of poll it is.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Poll } from "./types.d.ts" */

/** @param {{room: Room, poll: Poll}} props */
export function PollHead({ room, poll }) {
  return [
    h(
      "p",
      { class: "poll-kind quiet" },
      poll.state === "open" && h("span", { class: "state live" }, t("polls.open")),
      pollNotes(room, poll).map((note) => h("span", { key: note }, note)),
    ),
    h("h3", { id: `poll-${poll.id}`, class: "poll-question" }, questionOf(poll)),
  ];
}

/** @param {Poll} poll */
export function questionOf(poll) {
  return poll.removed ? t("polls.removed") : poll.question ?? "";
}

/** @param {Room} room @param {Poll} poll */
export function pollNotes(room, poll) {
  const slot = room.slots.findIndex(({ id }) => id === poll.slot) + 1;
  const notes = [t(`polls.kind.${poll.kind}`)];
  if (slot > 0) notes.push(t("polls.slot", { number: slot }));
  if (poll.registered) notes.push(t("polls.registered"));
  if (poll.state === "cancelled") notes.push(t("polls.cancelled"));
  return notes;
}
