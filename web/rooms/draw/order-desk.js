// The moderator's order of slots: by hand with buttons, or drawn.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { DrawFacts } from "./draw-facts.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function OrderDesk({ store, room, id }) {
  const { draw } = room;
  const runs = draw?.phase === "committing" || draw?.phase === "revealing";
  const open = room.slots.filter(({ state }) => state === "waiting" || state === "ready");
  return h(
    "div",
    { class: "block order-desk" },
    h("h2", null, t("draw.order")),
    draw && h(DrawFacts, { room, id }),
    draw && runs ? h(DrawSteps, { store, room }) : [
      h("p", { class: "quiet" }, t("draw.explain")),
      h(
        "p",
        { class: "actions" },
        h("button", {
          type: "button",
          disabled: open.length < 2,
          onClick: () => store.order("draw.start"),
        }, t(draw ? "draw.again" : "draw.start")),
      ),
      h(ByHand, { store, room }),
    ],
  );
}

/** @param {{store: RoomStore, room: Room}} props */
function DrawSteps({ store, room }) {
  const draw = /** @type {import("./types.d.ts").Draw} */ (room.draw);
  const commits = draw.phase === "committing";
  const given = draw.contributions.filter((one) => commits || one.contribution !== null).length;
  const most = commits ? draw.slots.length : draw.contributions.length;
  const command = commits ? "draw.close" : "draw.finish";
  return [
    h(
      "p",
      { role: "status" },
      t(commits ? "draw.committedOf" : "draw.revealedOf", { n: given, most }),
    ),
    h("p", { class: "quiet" }, t(commits ? "draw.closeText" : "draw.finishText")),
    h(
      "p",
      { class: "actions" },
      h("button", {
        type: "button",
        class: "primary",
        key: command,
        onClick: () => store.order(command, { draw: draw.id }),
      }, t(commits ? "draw.close" : "draw.finish")),
      h("button", {
        type: "button",
        class: "small",
        onClick: () => store.order("draw.cancel", { draw: draw.id }),
      }, t("draw.cancel")),
    ),
  ];
}

/** @param {{store: RoomStore, room: Room}} props */
function ByHand({ store, room }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [moved, setMoved] = useState(/** @type {{id: string, way: number} | null} */ (null));
  const order = room.slots.map(({ id }) => id);
  // Whoever goes on pressing keeps the slot: a node that moves loses the focus.
  useEffect(() => {
    if (!moved) return;
    const row = list.current?.querySelector(`[data-slot="${moved.id}"]`);
    const [up, down] = row?.querySelectorAll("button") ?? [];
    const [wanted, other] = moved.way < 0 ? [up, down] : [down, up];
    (wanted?.disabled ? other : wanted)?.focus();
  }, [order.join()]);
  /** @param {Slot} slot @param {number} way */
  const move = (slot, way) => {
    const place = order.indexOf(slot.id);
    const next = [...order];
    next.splice(place, 1);
    next.splice(place + way, 0, slot.id);
    setMoved({ id: slot.id, way });
    store.order("slots.order", { slots: next });
  };
  const place = moved ? order.indexOf(moved.id) : -1;
  return h(
    "details",
    { class: "fold" },
    h("summary", null, t("draw.byHand")),
    h(
      "p",
      { class: "quiet", role: "status" },
      moved && place >= 0
        ? t("draw.nowAt", { title: room.slots[place]?.title ?? "", n: place + 1 })
        : t("draw.byHandText"),
    ),
    h(
      "ol",
      { class: "order-list", ref: list },
      room.slots.map((slot, index) =>
        h(
          "li",
          { key: slot.id, "data-slot": slot.id },
          h("span", { class: "order-place" }, String(index + 1)),
          h("span", { class: "order-title" }, slot.title),
          h(MoveButton, { slot, way: -1, disabled: index === 0, move }),
          h(MoveButton, { slot, way: 1, disabled: index === order.length - 1, move }),
        )
      ),
    ),
  );
}

/** @param {{slot: Slot, way: number, disabled: boolean, move: (slot: Slot, way: number) => void}} props */
function MoveButton({ slot, way, disabled, move }) {
  return h("button", {
    type: "button",
    class: "small",
    disabled,
    "aria-label": t(way < 0 ? "draw.upFor" : "draw.downFor", { title: slot.title }),
    onClick: () => move(slot, way),
  }, t(way < 0 ? "draw.up" : "draw.down"));
}
