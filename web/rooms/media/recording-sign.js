// Whoever is here sees that it is recorded, and whose words.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "./session.js" */

/** @param {{room: Room, media: MediaSession}} props */
export function RecordingSign({ room, media }) {
  if (!room.recording) return null;
  const names = recordedNames(room, media.tracks);
  const text = names.length === 0
    ? t("media.recording")
    : t("media.recordingOf", { names: names.join(t("list.comma")) });
  return h(
    "span",
    { class: "state recording", title: text },
    h("span", { class: "recording-word" }, t("media.recording")),
    names.length > 0 && h("span", { class: "recording-names" }, names.join(t("list.comma"))),
  );
}

/** Who sends something and agreed. */
/** @param {Pick<Room, "consents">} room @param {MediaSession["tracks"]} tracks @returns {string[]} */
export function recordedNames({ consents }, tracks) {
  const found = tracks.filter(({ live, member }) => live && consents.includes(member));
  return [...new Map(found.map(({ member, name }) => [member, name])).values()];
}
