// A line across the page when something stands between the reader and the room.
import { h } from "../../vendor/preact.js";
import { t, timeOfDay } from "../../app/i18n.js";
import { Lazy } from "../../components/lazy.js";
import { contributor } from "../draw/parts.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, children?: import("../../vendor/preact.d.ts").Child}} props */
export function Banner({ store, room, children }) {
  const lines = [];
  if (store.trust.is === "broken") {
    lines.push({
      kind: "alarm",
      text: t(`trust.broken.${store.trust.why}`),
      more: t("trust.alarm"),
    });
  }
  const { is } = store.situation;
  if (is === "reconnecting") lines.push({ kind: "wait", text: t("banner.reconnecting") });
  else if (is === "drained") lines.push({ kind: "wait", text: t("banner.drained") });
  else if (is === "unavailable") lines.push({ kind: "alarm", text: t("banner.unavailable") });
  else if (is === "signed_out") {
    lines.push({ kind: "alarm", text: t("banner.signedOut"), reload: true });
  } else if (is === "failed") lines.push({ kind: "alarm", text: t("banner.failed"), reload: true });
  if (room.stopped) lines.push({ kind: "alarm", text: t("banner.stopped") });
  if (room.announcement) {
    const { at, text } = room.announcement;
    lines.push({ kind: "info", text: t("banner.announcement", { time: timeOfDay(at), text }) });
  }
  if (room.state === "paused") lines.push({ kind: "info", text: t("banner.paused") });
  return h(
    "div",
    { class: "banners", role: "status" },
    lines.map(({ kind, text, more, reload }) =>
      h(
        "p",
        { class: `banner ${kind}`, key: text },
        text,
        more && ` ${more}`,
        reload && h(
          "button",
          { type: "button", onClick: () => location.reload() },
          t("common.reload"),
        ),
      )
    ),
    contributes(store, room) &&
      h(Lazy, { load: contributor, given: { store, room }, meanwhile: null }),
    children,
  );
}

/** Whether a draw runs to which this page adds its bytes. @param {RoomStore} store @param {Room} room */
function contributes(store, { draw }) {
  return (draw?.phase === "committing" || draw?.phase === "revealing") &&
    store.is("presenter") && draw.slots.some((slot) => store.you.slots.includes(slot));
}
