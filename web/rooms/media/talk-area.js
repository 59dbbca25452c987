// Speaking beneath the stage, loaded for whoever may; and what is told of it to everybody politely.
import { h, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { Lazy } from "../../components/lazy.js";
import { isOngoing, isOver } from "../lifecycle.js";
import { mayInterpret, maySpeak } from "./rights.js";

/** Most people never speak. */
const talkBar = async () => (await import("./talk-bar.js")).TalkBar;

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { MediaSession } from "./session.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {MediaSession} props.media
 * @param {boolean} props.folded away while nothing is sent: a moderator's phone has other work
 */
export function TalkArea({ store, room, media, folded }) {
  useFloorNotices(store, room);
  useLineNotices(media);
  const member = store.you.member !== null && !isOver(room);
  const speaks = member && (maySpeak(store, room) || mayInterpret(store));
  const busy = media.myKinds.size > 0 || media.sending.asking.size > 0 ||
    media.sending.before.length > 0;
  if (!speaks || (folded && !busy)) return null;
  return h(Lazy, {
    load: talkBar,
    given: { store, room, media },
    meanwhile: h("section", { class: "talk-bar loading" }, t("common.loading")),
  });
}

/** @param {RoomStore} store @param {Room} room */
function useFloorNotices(store, room) {
  const { member } = store.you;
  const given = member !== null && room.floor.includes(member);
  const muted = member !== null && room.micMuted.includes(member);
  const before = useRef({ given, muted });
  useEffect(() => {
    const was = before.current;
    before.current = { given, muted };
    if (given && !was.given) notices.say(t("talk.floorGiven"));
    // After the end nobody has the floor, and nobody wonders.
    if (!given && was.given && isOngoing(room)) notices.show(t("talk.floorTaken"));
    if (muted !== was.muted && isOngoing(room)) {
      notices.say(t(muted ? "talk.byStaff" : "talk.unmuted"));
    }
  }, [given, muted]);
}

/** @param {MediaSession} media */
function useLineNotices(media) {
  const { videoYielded } = media;
  const before = useRef(videoYielded);
  useEffect(() => {
    if (before.current === videoYielded) return;
    before.current = videoYielded;
    notices.say(t(videoYielded ? "media.yielded" : "media.resumed"));
  }, [videoYielded]);
}
