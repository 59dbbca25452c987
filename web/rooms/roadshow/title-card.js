// A designed card for a slot without slides.
import { h } from "../../vendor/preact.js";

/** @import { Child } from "../../vendor/preact.d.ts" */
/** @import { Slot } from "../../types.d.ts" */

/** @param {{slot: Slot, kicker: Child}} props `kicker`: what stands small above its title */
export function TitleCard({ slot, kicker }) {
  return h(
    "div",
    { class: "title-card" },
    h("p", { class: "card-kicker" }, kicker),
    h("h2", null, slot.title),
    h(
      "p",
      { class: "card-people" },
      slot.presenters && h("strong", null, slot.presenters),
      slot.organisation && h("span", null, slot.organisation),
    ),
    slot.abstract && h("p", { class: "card-abstract" }, slot.abstract),
  );
}
