// The moderator's column: the room's state, the slot on stage, and the slots to come.
import { h, useState } from "../../vendor/preact.js";
import { makeInvitation } from "../../app/api.js";
import { t } from "../../app/i18n.js";
import { CopyButton } from "../../components/copy-button.js";
import { Lazy } from "../../components/lazy.js";
import { Tabs } from "../../components/tabs.js";
import { isOver } from "../lifecycle.js";
import { mediaColumn } from "../studio/parts.js";
import { orderDesk } from "../draw/parts.js";
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
export function RunOfShow({ store, room, id, media }) {
  const stage = stageSlot(room);
  const ended = isOver(room);
  const [pane, setPane] = useState("flow");
  const hands = room.hands.length;
  const tabs = ["flow", "media"].map((name) => ({
    id: name,
    text: t(`run.pane.${name}`),
    badge: name === "media" ? hands : 0,
    badgeText: t("studio.handsBadge", { n: hands }),
  }));
  return h(
    "section",
    { class: "run", "aria-label": t("tab.run"), tabIndex: 0, "data-scrolls": true },
    h(RoomControls, { store, room }),
    stage && !ended && h(StageControls, { store, room, slot: stage }),
    h(Tabs, { label: t("run.panes"), current: pane, choose: setPane, tabs }),
    h(
      "div",
      {
        class: "run-pane",
        role: "tabpanel",
        id: `panel-${pane}`,
        "aria-labelledby": `tab-${pane}`,
      },
      pane === "flow"
        ? h(Flow, { store, room, id, ended })
        : h(Lazy, { load: mediaColumn, given: { store, room, id, media } }),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, id: string, ended: boolean}} props */
function Flow({ store, room, id, ended }) {
  return [
    !ended && !room.orderFixed && room.slots.length > 1 &&
    h(Lazy, { load: orderDesk, given: { store, room, id } }),
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
        h("a", { class: "button", href: `/r/${id}/screen`, target: "_blank" }, t("run.screen")),
        h(CopyButton, {
          make: () => makeInvitation(id, { role: "moderator" }),
          text: t("run.moderatorLink"),
          done: t("copy.doneOnce"),
        }),
      ),
    ),
  ];
}
