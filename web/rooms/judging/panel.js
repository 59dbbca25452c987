// The tab of judging: a judge's sheets, the moderator's desk, and what everybody was told.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { JudgeDesk } from "./judge-desk.js";
import { Results } from "./results.js";
import { SchemeFacts } from "./scheme-facts.js";
import { ScoringDesk } from "./scoring-desk.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function JudgingPanel({ store, room, id }) {
  const { judging } = room;
  const staff = room.members !== undefined;
  return h(
    "div",
    {
      class: "scroll judging",
      tabIndex: 0,
      role: "region",
      "aria-label": t("tab.judging"),
      "data-scrolls": true,
    },
    judging && store.is("judge") && h(JudgeDesk, { store, room, judging, id }),
    staff && h(ScoringDesk, { store, room, id }),
    judging && h(Results, { room, judging, alone: !staff && !store.is("judge") }),
    judging && !staff && h(SchemeFacts, { room, judging }),
    !judging && !staff && h("p", { class: "empty" }, t("judging.none")),
  );
}
