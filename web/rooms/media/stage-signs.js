// What lies over the stage: the way to sound, a recording that plays, trouble of the line, captions.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { useTick } from "../../app/observable.js";
import { Icon } from "../../components/icon.js";
import { captionLines } from "./caption-lines.js";
import { isPlaying, lengthText, positionAt } from "./playback-time.js";

/** @import { Playback, Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { MediaSession } from "./session.js" */

/** @param {{store: RoomStore, room: Room, media: MediaSession}} props */
export function StageSigns({ store, room, media }) {
  const trouble = media.interrupted
    ? "media.interrupted"
    : media.videoYielded
    ? "media.yielded"
    : null;
  return [
    h(
      "div",
      { class: "stage-signs" },
      room.playback && h(PlaybackSign, { store, media, playback: room.playback }),
      trouble && h("p", { class: "stage-sign" }, t(trouble)),
    ),
    needsTap(media) && h(
      "button",
      { type: "button", class: "primary sound-on", onClick: () => media.listening.unlock() },
      h(Icon, { name: "sound" }),
      t("media.soundOn"),
    ),
    media.listening.preferences.captions !== "" && h(CaptionLines, { store, room, media }),
  ];
}

/** Whether sound waits for a tap. @param {MediaSession} media */
export function needsTap(media) {
  return media.soundState === "tap" && media.sounds;
}

/** @param {{store: RoomStore, media: MediaSession, playback: Playback}} props */
function PlaybackSign({ store, media, playback }) {
  useTick(500);
  const { lengthMs } = playback;
  const at = positionAt(playback, store.now());
  const name = media.tracks.find(({ live, member }) => !live && member === playback.member)?.name;
  return h(
    "div",
    { class: "stage-sign playing" },
    h(
      "span",
      null,
      name ? t("media.plays", { name }) : t("media.playsOne"),
      !isPlaying(playback) && ` · ${t("media.playbackPaused")}`,
    ),
    h("progress", { max: lengthMs, value: at, "aria-label": t("media.playbackAt") }),
    h("span", { class: "times" }, `${lengthText(at)} / ${lengthText(lengthMs)}`),
  );
}

/** @param {{store: RoomStore, room: Room, media: MediaSession}} props */
function CaptionLines({ store, room, media }) {
  useTick(1_000);
  const language = media.listening.preferences.captions;
  const lines = captionLines(room.captions, language, store.now());
  return h(
    "div",
    {
      class: "captions",
      lang: language,
      role: "log",
      "aria-live": "polite",
      "aria-label": t("media.captions"),
    },
    lines.map(({ seq, text }) => h("p", { key: seq }, h("span", null, text))),
  );
}
