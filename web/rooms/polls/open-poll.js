// The poll that takes votes: its options to choose from, how it stands, and the moderator's buttons.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { me } from "../../app/me.js";
import { PollHead } from "./poll-head.js";
import { PollResults } from "./poll-results.js";
import { PollTools } from "./poll-tools.js";
import { choicesOf, optionLabel } from "./tally.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { Poll } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, poll: Poll}} props */
export function OpenPoll({ store, room, poll }) {
  const own = choicesOf(store.you, poll);
  const reads = store.you.roles.length > 0 && store.you.roles.every((role) => role === "auditor");
  const votes = isOngoing(room) && !reads && (own.length === 0 || poll.changeable);
  return h(
    "section",
    { class: "poll open", "aria-labelledby": `poll-${poll.id}` },
    h(PollHead, { room, poll }),
    votes && h(Ballot, { key: own.join(), store, poll, own }),
    h(
      "p",
      { class: "poll-mine", role: "status" },
      own.length > 0 &&
        t("polls.voted", {
          choice: own.map((option) => optionLabel(poll, option)).join(t("polls.comma")),
        }),
    ),
    h(PollResults, { poll, own }),
    poll.counts === undefined && h("p", { class: "quiet" }, t("polls.hidden")),
    h(PollTools, { store, room, poll }),
  );
}

/** @param {{store: RoomStore, poll: Poll, own: number[]}} props */
function Ballot({ store, poll, own }) {
  const [choices, setChoices] = useState(own);
  const [sending, setSending] = useState(false);
  useEffect(() => setSending(false), [own.join()]);
  const several = poll.kind === "multiple";
  /** @param {number} option */
  const choose = (option) => {
    if (!several) setChoices([option]);
    else if (choices.includes(option)) setChoices(choices.filter((one) => one !== option));
    else setChoices([...choices, option].sort((one, other) => one - other));
  };
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setSending(true);
    try {
      await store.send("poll.vote", { poll: poll.id, choices });
    } catch {
      // The notice has been given; the choice stays.
    }
    setSending(false);
  };
  const same = choices.join() === own.join();
  return h(
    "form",
    { class: "ballot", onSubmit: submit },
    h(
      "fieldset",
      { class: poll.kind },
      h("legend", null, t(several ? "polls.chooseSeveral" : "polls.chooseOne")),
      Array.from({ length: poll.options }, (_, place) => place + 1).map((option) =>
        h(
          "label",
          { key: option, class: "choice" },
          h("input", {
            type: several ? "checkbox" : "radio",
            name: `poll-${poll.id}-choice`,
            value: option,
            checked: choices.includes(option),
            onChange: () => choose(option),
          }),
          h("span", null, optionLabel(poll, option)),
        )
      ),
    ),
    poll.registered && me.account === null &&
      h(
        "p",
        { class: "quiet" },
        t("polls.registeredText"),
        " ",
        h("a", { href: "/sign-in" }, t("polls.signIn")),
      ),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "submit", class: "primary", disabled: sending || same || choices.length === 0 },
        t(own.length > 0 ? "polls.change" : "polls.vote"),
      ),
    ),
  );
}
