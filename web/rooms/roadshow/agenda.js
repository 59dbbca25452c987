// The agenda: all slots in order, the one on stage marked.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Lazy } from "../../components/lazy.js";
import { drawFacts } from "../draw/parts.js";
import { standing } from "../lifecycle.js";
import { stageSlot } from "./slides.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room}} props */
export function Agenda({ store, room }) {
  return h(
    "div",
    {
      class: "scroll",
      tabIndex: 0,
      role: "region",
      "aria-label": t("tab.agenda"),
      "data-scrolls": true,
    },
    room.draw && h(Lazy, { load: drawFacts, given: { room, id: store.id }, meanwhile: null }),
    h(
      "ol",
      { class: "agenda" },
      room.slots.map((slot) => h(AgendaItem, { key: slot.id, store, room, slot })),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, slot: Slot}} props */
function AgendaItem({ store, room, slot }) {
  const onStage = stageSlot(room) === slot;
  const state = standing(room, slot);
  const mine = store.you.slots.includes(slot.id);
  return h(
    "li",
    { class: `slot ${slot.state}`, "aria-current": onStage ? "true" : undefined },
    h(
      "p",
      { class: "slot-facts" },
      h("span", { class: `mark ${state}` }, t(`slot.state.${state}`)),
      h("span", { class: "quiet" }, slotTimes(slot)),
      mine && h("span", { class: "mark mine" }, t("slot.mine")),
    ),
    h("h2", { class: "slot-title" }, slot.title),
    h(
      "p",
      { class: "quiet" },
      [slot.presenters, slot.organisation, slot.field].filter(Boolean).join(" · "),
    ),
    slot.abstract && h(
      "details",
      null,
      h(
        "summary",
        { "aria-label": t("slot.abstractOf", { title: slot.title }) },
        t("slot.abstract"),
      ),
      h("p", null, slot.abstract),
    ),
    slot.source && h("p", { class: "quiet source" }, t("slot.source", { source: slot.source })),
  );
}

/** @param {Slot} slot */
export function slotTimes({ pitchMs, qaMs }) {
  return t("slot.times", { pitch: minutes(pitchMs), qa: minutes(qaMs) });
}

/** @param {number} milliseconds */
function minutes(milliseconds) {
  return Math.round(milliseconds / 6_000) / 10;
}
