// Who is on the air: what each sends, who speaks, whom staff muted, and what can be done about it.
import { h } from "../../vendor/preact.js";
import { languageName, t } from "../../app/i18n.js";
import { Icon } from "../../components/icon.js";
import { Affiliation } from "../../components/affiliation.js";
import { PersonCommands } from "./person-commands.js";

/** @import { MediaTrack, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { OnAir } from "./on-air.js" */

/** @param {{store: RoomStore, room: Room, people: OnAir[]}} props */
export function AirList({ store, room, people }) {
  return h(
    "div",
    { class: "studio-part" },
    h("h2", null, t("studio.air"), h("span", { class: "quiet" }, String(people.length))),
    people.length === 0 ? h("p", { class: "quiet" }, t("studio.airEmpty")) : h(
      "ul",
      { class: "air" },
      people.map((person) => h(AirRow, { key: person.member, store, room, person })),
    ),
  );
}

/** @param {{store: RoomStore, room: Room, person: OnAir}} props */
function AirRow({ store, room, person }) {
  const { member, tracks, isSpeaking, isMuted, hasFloor } = person;
  const name = person.name || t("studio.somebody");
  return h(
    "li",
    { class: isSpeaking && !isMuted ? "air-row speaking" : "air-row" },
    h(
      "p",
      { class: "air-name" },
      h("strong", null, name),
      h(Affiliation, { of: person.byline, apart: true }),
      member === store.you.member && h("span", { class: "mark" }, t("people.you")),
      isSpeaking && !isMuted && h("span", { class: "mark ready" }, t("studio.speaking")),
      room.pinned === member && h("span", { class: "mark mine" }, t("studio.pinned")),
      hasFloor && h("span", { class: "mark" }, t("studio.hasFloor")),
      isMuted && h("span", { class: "mark skipped" }, t("studio.mutedByStaff")),
    ),
    h(
      "p",
      { class: "air-kinds quiet" },
      tracks.length === 0
        ? t("studio.sendsNothing")
        : tracks.map((track) => h(Kind, { key: track.track, track })),
    ),
    h(
      "p",
      { class: "actions" },
      h(PersonCommands, { store, room, member, name, sends: tracks.length > 0 }),
    ),
  );
}

/** @param {{track: MediaTrack}} props */
function Kind({ track }) {
  const { kind, muted, byStaff, language } = track;
  const off = muted || byStaff;
  const words = kind === "interpretation" && language
    ? t("studio.interpretation", { language: languageName(language) })
    : t(`studio.kind.${kind}`);
  return h(
    "span",
    { class: off ? "kind off" : "kind" },
    h(Icon, { name: iconOf(kind, off) }),
    off ? t("studio.off", { kind: words }) : words,
  );
}

/** @param {MediaTrack["kind"]} kind @param {boolean} off */
function iconOf(kind, off) {
  if (kind === "voice") return off ? "silent" : "microphone";
  if (kind === "interpretation") return off ? "quiet" : "sound";
  return kind;
}
