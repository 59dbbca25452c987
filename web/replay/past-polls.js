// The polls as they stood at a moment. What an open one came to was told in passing, and stands in no log.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { PollHead } from "../rooms/polls/poll-head.js";
import { PollResults } from "../rooms/polls/poll-results.js";

/** @import { Room } from "../types.d.ts" */

/** @param {{room: Room}} props */
export function PastPolls({ room }) {
  const polls = room.polls.toReversed();
  return h(
    "div",
    { class: "scroll polls", tabIndex: 0, role: "region", "aria-label": t("tab.polls") },
    polls.length === 0 && h("p", { class: "empty" }, t("replay.noPolls")),
    polls.map((poll) =>
      h(
        "section",
        { key: poll.id, class: `poll ${poll.state}`, "aria-labelledby": `poll-${poll.id}` },
        h(PollHead, { room, poll }),
        poll.state === "closed"
          ? h(PollResults, { poll, own: [] })
          : poll.state === "cancelled"
          ? h("p", { class: "quiet" }, t("polls.cancelledText"))
          : h(
            "ul",
            { class: "replay-options" },
            (poll.labels ?? []).map((/** @type {string} */ label) =>
              h("li", { key: label }, label)
            ),
          ),
      )
    ),
  );
}
