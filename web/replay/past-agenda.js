// The agenda at a moment; each slot that was called leads to when it was.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { standing } from "../rooms/lifecycle.js";
import { stageSlot } from "../rooms/roadshow/slides.js";
import { timeText } from "./links.js";

/** @import { Room } from "../types.d.ts" */
/** @import { Player } from "./player.js" */
/** @import { ReplayStore } from "./store.js" */

/** @param {{store: ReplayStore, room: Room, player: Player}} props */
export function PastAgenda({ store, room, player }) {
  const { timeline, story } = store;
  return h(
    "div",
    { class: "scroll", tabIndex: 0, role: "region", "aria-label": t("tab.agenda") },
    h(
      "ol",
      { class: "agenda" },
      room.slots.map((slot) => {
        const state = standing(room, slot);
        const called = story.called.get(slot.id);
        return h(
          "li",
          {
            key: slot.id,
            class: `slot ${slot.state}`,
            "aria-current": stageSlot(room) === slot ? "true" : undefined,
          },
          h(
            "p",
            { class: "slot-facts" },
            h("span", { class: `mark ${state}` }, t(`slot.state.${state}`)),
          ),
          h("h2", { class: "slot-title" }, slot.title),
          h(
            "p",
            { class: "quiet" },
            [slot.presenters, slot.organisation, slot.field].filter(Boolean).join(" · "),
          ),
          called === undefined ? h("p", { class: "quiet" }, t("replay.notCalled")) : h(
            "button",
            {
              type: "button",
              class: "small replay-jump",
              "aria-label": t("replay.jumpTo", {
                title: slot.title,
                time: timeText(timeline.place(called)),
              }),
              onClick: () => player.seek(called),
            },
            h("span", { "aria-hidden": "true" }, "▶ "),
            timeText(timeline.place(called)),
          ),
        );
      }),
    ),
  );
}
