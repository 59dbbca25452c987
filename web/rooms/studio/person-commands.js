// What a moderator does with one person's media; the same on the air and in the people panel.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { sendsByRole } from "./on-air.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Fields, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{name: string, type: string, data: Fields}} Step */

/**
 * @param {Room} room @param {string} member
 * @param {{roles: string[], sends: boolean}} who `sends`: has a track, or may have one at once
 * @returns {Step[]}
 */
export function steps(room, member, { roles, sends }) {
  const hasFloor = room.floor.includes(member);
  const step = (/** @type {string} */ type) => ({ name: type, type, data: { member } });
  /** @type {Step[]} */
  const found = [];
  if (sends || hasFloor) {
    const isMuted = room.micMuted.includes(member);
    found.push(step(isMuted ? "microphone.unmute" : "microphone.mute"));
  }
  if (hasFloor) found.push(step("floor.take"));
  else if (!sendsByRole(roles)) found.push(step("floor.give"));
  if (sends) found.push(pin(room, member));
  return found;
}

/** Slides and a shared screen leave nobody large: the camera's layout comes along. */
/** @param {Room} room @param {string} member @returns {Step} */
function pin(room, member) {
  const { layout, pinned } = room;
  if (pinned === member) return { name: "stage.unpin", type: "stage.arrange", data: { layout } };
  const large = layout === "slides" || layout === "screen" ? "camera" : layout;
  return { name: "stage.pin", type: "stage.arrange", data: { layout: large, member } };
}

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {string} props.member
 * @param {string} props.name
 * @param {boolean} props.sends
 */
export function PersonCommands({ store, room, member, name, sends }) {
  if (!isOngoing(room)) return null;
  const roles = room.members?.find((one) => one.member === member)?.roles ?? [];
  return steps(room, member, { roles, sends: sends || sendsByRole(roles) }).map((step) =>
    h(
      "button",
      {
        key: step.name,
        type: "button",
        class: "small",
        "aria-label": t("run.commandFor", { command: t(`command.${step.name}`), title: name }),
        onClick: () => store.order(step.type, step.data),
      },
      t(`command.${step.name}`),
    )
  );
}
