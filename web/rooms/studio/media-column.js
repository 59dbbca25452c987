// The moderator's media: who is on the air and who wants to be, the stage, recording and playback.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { useObservable } from "../../app/observable.js";
import { AirList } from "./air-list.js";
import { CaptionsDesk } from "./captions-desk.js";
import { Hands } from "./hands.js";
import { LayoutChoice } from "./layout-choice.js";
import { peopleOnAir } from "./on-air.js";
import { PlaybackBox } from "./playback-box.js";
import { RecordingBox } from "./recording-box.js";
import { useRecordings } from "./recordings-keeper.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {MediaSession} Media */

/** @param {{store: RoomStore, room: Room, id: string, media: Media}} props */
export function MediaColumn({ store, room, id, media }) {
  useObservable(media);
  const keeper = useRecordings(store, id);
  const people = peopleOnAir(room, media.tracks, media.speaking);
  const onAir = isOngoing(room);
  return [
    onAir && h(
      "div",
      { class: "block studio" },
      h(Hands, { store, room }),
      h(AirList, { store, room, people }),
      h(LayoutChoice, { store, room }),
    ),
    h(RecordingBox, { store, room, id, people, keeper }),
    onAir && h(PlaybackBox, { store, room, keeper }),
    onAir && h(
      "details",
      { class: "block captions-fold" },
      h("summary", null, t("studio.captions")),
      h(CaptionsDesk, { store, room }),
    ),
  ];
}
