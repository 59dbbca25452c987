// A judge's desk: the slots that it judges with how each stands, and the sheet of one of them.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { scoredSlots, sheetStanding } from "./marks.js";
import { ScoreSheet } from "./score-sheet.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { Judging } from "./types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, judging: Judging, id: string}} props */
export function JudgeDesk({ store, room, judging, id }) {
  const [chosen, choose] = useState("");
  const { you } = store;
  const slots = scoredSlots(room, judging);
  /** @param {Slot} slot */
  const standing = (slot) => sheetStanding(room, judging, you, slot);
  const usual = slots.find((slot) => slot.id === room.stage) ??
    slots.find((slot) => standing(slot) === "open") ?? slots[0];
  const current = slots.find((slot) => slot.id === chosen) ?? usual;
  const waiting = slots.filter((slot) => standing(slot) === "open").length;
  const panel = judging.panels[(you.panel ?? 1) - 1];
  if (!current) return h("p", { class: "empty" }, t("judging.noSlots"));
  return h(
    "section",
    { class: "judge-desk", "aria-labelledby": "judge-desk" },
    h("h2", { id: "judge-desk" }, t("judging.mySheets")),
    h(
      "p",
      { class: "quiet", role: "status" },
      [
        judging.panels.length > 1 && panel && t("judging.myPanel", { panel: panel.name }),
        t("judging.toGive", { n: waiting }),
      ].filter(Boolean).join(t("list.stop")),
    ),
    h(
      "ol",
      { class: "sheet-list" },
      slots.map((slot) => {
        const state = standing(slot);
        return h(
          "li",
          { key: slot.id },
          h(
            "button",
            {
              type: "button",
              class: `sheet-choice ${state}`,
              "aria-pressed": slot === current ? "true" : "false",
              onClick: () => choose(slot.id),
            },
            h("span", { class: "sheet-number" }, String(room.slots.indexOf(slot) + 1)),
            h("span", { class: "sheet-title" }, slot.title),
            h("span", { class: `mark ${state}` }, t(`judging.sheet.${state}`)),
          ),
        );
      }),
    ),
    h(ScoreSheet, { key: current.id, store, room, judging, slot: current, id }),
  );
}
