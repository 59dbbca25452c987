// Raised hands, longest raised first: let them speak, or lower the hand.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { useTick } from "../../app/observable.js";
import { Icon } from "../../components/icon.js";
import { Affiliation } from "../../components/affiliation.js";
import { inOrder, waited } from "./times.js";

/** @import { Hand, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room}} props */
export function Hands({ store, room }) {
  useTick(5_000);
  const hands = inOrder(room.hands);
  return h(
    "div",
    { class: "studio-part" },
    h("h2", null, t("studio.hands"), h("span", { class: "quiet" }, String(hands.length))),
    hands.length === 0 ? h("p", { class: "quiet" }, t("studio.handsEmpty")) : h(
      "ol",
      { class: "hands" },
      hands.map((hand, index) =>
        h(HandRow, { key: hand.member, store, room, hand, isFirst: index === 0 })
      ),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, hand: Hand, isFirst: boolean}} props */
function HandRow({ store, room, hand, isFirst }) {
  const { member, at } = hand;
  const name = hand.name ?? t("studio.somebody");
  const hasFloor = room.floor.includes(member);
  // The floor lowers the hand along.
  const letSpeak = () => store.order("floor.give", { member });
  /** @param {string} key */
  const label = (key) => t("run.commandFor", { command: t(key), title: name });
  return h(
    "li",
    { class: "hand-row" },
    h(
      "p",
      { class: "air-name" },
      h(Icon, { name: "hand" }),
      h("strong", null, name),
      h(Affiliation, { of: hand, apart: true }),
      h("span", { class: "quiet waited" }, waitedText(waited(at, store.now()))),
    ),
    h(
      "p",
      { class: "actions" },
      !hasFloor && h(
        "button",
        {
          type: "button",
          class: isFirst ? "small primary" : "small",
          "aria-label": label("studio.letSpeak"),
          onClick: letSpeak,
        },
        t("studio.letSpeak"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "small",
          "aria-label": label("studio.lower"),
          onClick: () => store.order("hand.lower", { member }),
        },
        t("studio.lower"),
      ),
    ),
  );
}

/** @param {number} milliseconds */
function waitedText(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes < 1 ? t("studio.waitedShort") : t("studio.waited", { n: minutes });
}
