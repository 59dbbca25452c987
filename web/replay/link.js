// The way into a replay: from a room that is over, and from one that is live, for whoever came late.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { isOngoing } from "../rooms/lifecycle.js";

/** @import { Room } from "../types.d.ts" */

/** @param {{id: string}} props */
export function ReplayLink({ id }) {
  return h("a", { class: "button", href: `/r/${id}/replay` }, t("late.watch"));
}

/** For whoever came when some of it was over already. @param {{room: Room, id: string}} props */
export function FromStart({ room, id }) {
  if (!isOngoing(room)) return null;
  return h(
    "p",
    { class: "from-start" },
    h("a", { href: `/r/${id}/replay?catch` }, t("late.fromStart")),
  );
}
