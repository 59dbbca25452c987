// How the stage is laid out for everybody: five ways, each with a sketch.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { LayoutSketch } from "./layout-sketch.js";

/** @import { Room, StageLayout } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @type {StageLayout[]} */
const LAYOUTS = ["slides", "camera", "side", "gallery", "screen"];

/** @param {{store: RoomStore, room: Room}} props */
export function LayoutChoice({ store, room }) {
  /** @param {StageLayout} layout */
  const choose = (layout) =>
    store.order("stage.arrange", room.pinned ? { layout, member: room.pinned } : { layout });
  return h(
    "fieldset",
    { class: "studio-part layouts" },
    h("legend", null, t("studio.layout")),
    LAYOUTS.map((layout) =>
      h(
        "label",
        { key: layout, class: "layout" },
        h("input", {
          type: "radio",
          name: "stage-layout",
          value: layout,
          checked: room.layout === layout,
          onChange: () => choose(layout),
        }),
        h(LayoutSketch, { layout }),
        h("span", null, t(`studio.layout.${layout}`)),
      )
    ),
  );
}
