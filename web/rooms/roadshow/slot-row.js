// One slot in the moderator's agenda: call, skip, recall, its slides and its presenter's link.
import { h } from "../../vendor/preact.js";
import { makeInvitation } from "../../app/api.js";
import { t } from "../../app/i18n.js";
import { CopyButton } from "../../components/copy-button.js";
import { isOver, standing } from "../lifecycle.js";
import { slotTimes } from "./agenda.js";
import { SlideUpload } from "./slide-upload.js";
import { stageSlot } from "./slides.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, slot: Slot, id: string}} props */
export function SlotRow({ store, room, slot, id }) {
  const onStage = stageSlot(room) === slot;
  const state = standing(room, slot);
  const editable = !isOver(room);
  const coming = slot.state === "waiting" || slot.state === "ready";
  const next = room.slots.find((one) =>
    one.id !== room.stage && (one.state === "waiting" || one.state === "ready")
  );
  /** @param {string} command @param {boolean} primary */
  const button = (command, primary = false) =>
    h(
      "button",
      {
        type: "button",
        class: primary ? "small primary" : "small",
        "aria-label": t("run.commandFor", { command: t(`command.${command}`), title: slot.title }),
        onClick: () => store.order(command, { slot: slot.id }),
      },
      t(`command.${command}`),
    );
  return h(
    "li",
    { class: `slot ${slot.state}`, "aria-current": onStage ? "true" : undefined },
    h(
      "p",
      { class: "slot-facts" },
      h("span", { class: `mark ${state}` }, t(`slot.state.${state}`)),
      h("span", { class: "quiet" }, slotTimes(slot)),
    ),
    h("p", { class: "slot-title" }, slot.title),
    h("p", { class: "quiet" }, [slot.presenters, slot.organisation].filter(Boolean).join(" · ")),
    editable && h(
      "p",
      { class: "actions" },
      room.state === "live" && coming && !onStage && button("slot.call", next?.id === slot.id),
      coming && !onStage && button("slot.skip"),
      (slot.state === "skipped" || slot.state === "done") && button("slot.recall"),
    ),
    editable && h(
      "details",
      null,
      h("summary", { "aria-label": t("run.moreFor", { title: slot.title }) }, t("run.more")),
      h(SlideUpload, { store, slot, room: id }),
      h(
        "p",
        { class: "actions" },
        h(CopyButton, {
          make: () => makeInvitation(id, { role: "presenter", slot: slot.id }),
          text: t("run.presenterLink"),
          done: t("copy.doneOnce"),
        }),
      ),
    ),
  );
}
