// The moderator's column: the room's state, the slot on stage, and the slots to come.
import { h } from "../../vendor/preact.js";
import { makeInvitation } from "../../app/api.js";
import { t } from "../../app/i18n.js";
import { CopyButton } from "../../components/copy-button.js";
import { isOver } from "../lifecycle.js";
import { Downloads } from "./about.js";
import { OrderControls } from "./order-controls.js";
import { RoomControls } from "./room-controls.js";
import { SlotRow } from "./slot-row.js";
import { StageControls } from "./stage-controls.js";
import { stageSlot } from "./slides.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string, media: MediaSession}} props */
export function RunOfShow({ store, room, id }) {
  const stage = stageSlot(room);
  const ended = isOver(room);
  return h(
    "section",
    { class: "run", "aria-label": t("tab.run"), tabIndex: 0, "data-scrolls": true },
    h(RoomControls, { store, room }),
    stage && !ended && h(StageControls, { store, room, slot: stage }),
    !ended && h(OrderControls, { store, room }),
    ended && h("div", { class: "block" }, h(Downloads, { store, room, id })),
    h(
      "div",
      { class: "block" },
      h("h2", null, t("run.agenda")),
      h(
        "ol",
        { class: "agenda" },
        room.slots.map((slot) => h(SlotRow, { key: slot.id, store, room, slot, id })),
      ),
    ),
    !ended && h(
      "div",
      { class: "block" },
      h("h2", null, t("run.invite")),
      h("p", { class: "quiet" }, t("run.inviteText")),
      h(
        "p",
        { class: "actions" },
        h(CopyButton, {
          make: () => Promise.resolve(`${location.origin}/r/${id}`),
          text: t("run.viewerLink"),
          done: t("copy.done"),
        }),
        h(CopyButton, {
          make: () => makeInvitation(id, { role: "moderator" }),
          text: t("run.moderatorLink"),
          done: t("copy.doneOnce"),
        }),
      ),
    ),
  );
}
