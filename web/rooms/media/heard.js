// Beneath the stage: who is on the line without a picture, what is missing, and raising a hand.
import { h } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { Icon } from "../../components/icon.js";
import { mayRaise, placeInQueue } from "./rights.js";
import { Sign } from "./tile.js";

/** @import { MediaTrack, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { MediaSession } from "./session.js" */

const MOST = 4; // names

/** @param {{media: MediaSession, shown: MediaTrack[]}} props `shown` have a name on the stage */
export function Voices({ media, shown }) {
  const voices = media.tracks.filter(({ kind, member, live }) =>
    kind === "voice" && !shown.some((track) => track.member === member && track.live === live)
  );
  if (voices.length === 0) return null;
  return h(
    "ul",
    { class: "voices", "aria-label": t("media.voices") },
    voices.slice(0, MOST).map((voice) => {
      const speaks = media.speaking.has(voice.member);
      const silent = voice.muted || voice.byStaff;
      return h(
        "li",
        { key: voice.track, class: speaks ? "voice speaking" : "voice" },
        silent
          ? h(Sign, { icon: "silent", text: t("media.isMuted") })
          : speaks
          ? h(Sign, { icon: "sound", text: t("media.speaks") })
          : h(Icon, { name: "microphone" }),
        h("span", null, voice.name),
      );
    }),
    voices.length > MOST && h("li", { class: "quiet" }, `+${voices.length - MOST}`),
  );
}

/** What this browser cannot play, or why nothing comes. @param {{media: MediaSession}} props */
export function Missing({ media }) {
  const { missing, refused } = media;
  // Who is outside is told so by the door.
  if (refused && refused !== "not_admitted") {
    return h("p", { class: "media-note problem" }, errorText({ code: refused }));
  }
  if (!missing) return null;
  const inside = /MicroMessenger/i.test(navigator.userAgent);
  return h(
    "p",
    { class: "media-note" },
    t(`media.missing.${missing}`),
    " ",
    t(inside ? "media.openInBrowser" : "media.otherBrowser"),
  );
}

/** @param {{store: RoomStore, room: Room, brief?: boolean}} props */
export function HandButton({ store, room, brief }) {
  if (!mayRaise(store, room)) return null;
  const place = placeInQueue(room, store.you.member);
  return h(
    "button",
    {
      type: "button",
      class: "hand",
      "aria-pressed": place > 0 ? "true" : "false",
      onClick: () => store.order(place > 0 ? "hand.lower" : "hand.raise"),
    },
    h(Icon, { name: "hand" }),
    place > 0
      ? t(brief ? "media.hand.brief" : "media.hand.raised", { place })
      : t("media.hand.raise"),
  );
}
