// The room's header: what it is, how it stands, the clock, who is here, and the reader's corner.
import { h } from "../../vendor/preact.js";
import { number, t } from "../../app/i18n.js";
import { LanguageSwitch } from "../../components/language-switch.js";
import { MeButton } from "../../components/me-button.js";
import { RecordingSign } from "../media/recording-sign.js";
import { ClockFace } from "./clock-face.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, media: MediaSession}} props */
export function RoomHeader({ store, room, media }) {
  return h(
    "header",
    { class: "room-header" },
    h(
      "a",
      { class: "brand", href: "/", "aria-label": t("common.home") },
      h("img", { src: "/styles/luyan.svg", alt: "", width: 32, height: 32 }),
    ),
    h("h1", { title: room.title }, room.title),
    room.door.terms && h("span", { class: "state matter" }, t("matter.badge")),
    h("span", { class: `state ${room.state}` }, t(`room.state.${room.state}`)),
    h(RecordingSign, { room, media }),
    h(ClockFace, { store, room, speaks: true }),
    h(
      "p",
      { class: "presence" },
      h("span", { class: "here" }, t("room.here", { n: store.here, count: number(store.here) })),
      h(ConnectionState, { store }),
    ),
    h(
      "div",
      { class: "corner" },
      h(LanguageSwitch, {}),
      h(MeButton, { changed: () => store.signedIn() }),
    ),
  );
}

/** @param {{store: RoomStore}} props */
function ConnectionState({ store }) {
  const { is } = store.situation;
  const latency = store.sync.latency;
  const text = is === "online" && latency !== null
    ? t("connection.latency", { ms: Math.max(1, Math.round(latency)) })
    : t(`connection.${is}`);
  return h("span", { class: `connection ${is}`, title: t(`connection.${is}`) }, text);
}
