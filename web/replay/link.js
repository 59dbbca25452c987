// The way into a replay: from a room that is over, and from one that is live, for whoever came late.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @import { Room } from "../types.d.ts" */

/** @param {{id: string}} props */
export function ReplayLink({ id }) {
  return h("a", { class: "button", href: `/r/${id}/replay` }, t("replay.watch"));
}

/** Shown while there is a while to catch up with. @param {{room: Room, id: string}} props */
export function FromStart({ room, id }) {
  if (room.state !== "live" && room.state !== "paused") return null;
  return h(
    "p",
    { class: "from-start" },
    h("a", { href: `/r/${id}/replay?catch` }, t("replay.fromStart")),
  );
}
