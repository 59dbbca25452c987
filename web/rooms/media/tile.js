// One person's camera or screen with a name, whether they speak, and whether they are muted.
import { h, useEffect, useRef } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Icon } from "../../components/icon.js";

/** @import { MediaTrack } from "../../types.d.ts" */
/** @import { MediaSession } from "./session.js" */

/** @param {{media: MediaSession, track: MediaTrack}} props */
export function Tile({ media, track }) {
  const voice = media.tracks.find(({ kind, member, live }) =>
    kind === "voice" && member === track.member && live === track.live
  );
  const speaks = media.speaking.has(track.member) && track.kind === "camera";
  const words = t(track.kind === "screen" ? "media.screenOf" : "media.cameraOf", {
    name: track.name,
  });
  return h(
    "div",
    { class: speaks ? "tile speaking" : "tile" },
    h(Picture, { key: track.track, media, track, words }),
    h(
      "p",
      { class: "tile-name" },
      h("span", null, track.name),
      speaks && h(Sign, { icon: "sound", text: t("media.speaks") }),
      voice && (voice.muted || voice.byStaff) &&
        h(Sign, { icon: "silent", text: t("media.isMuted") }),
      track.kind === "screen" && h(Sign, { icon: "screen", text: t("media.screen") }),
    ),
  );
}

/** @param {{icon: Parameters<typeof Icon>[0]["name"], text: string}} props */
export function Sign({ icon, text }) {
  return h(
    "span",
    { class: "tile-sign" },
    h(Icon, { name: icon }),
    h("span", { class: "unseen" }, text),
  );
}

/** @param {{media: MediaSession, track: MediaTrack, words: string}} props */
function Picture({ media, track, words }) {
  const { listening, sending } = media;
  const element = useRef(/** @type {HTMLCanvasElement | HTMLVideoElement | null} */ (null));
  const mine = media.isMine(track);
  useEffect(() => {
    const shown = element.current;
    if (!shown || mine) return;
    listening.attach(track.track, shown);
    return () => listening.detach(track.track, shown);
  }, [track.track, mine]);
  if (mine) return h(StreamPicture, { stream: sending.streamOf(track), words });
  return h(listening.element, {
    ref: element,
    class: "picture",
    role: listening.element === "canvas" ? "img" : undefined,
    "aria-label": words,
    width: track.width ?? 640,
    height: track.height ?? 360,
    muted: true,
    playsInline: true,
  });
}

/** A stream of this browser's own. @param {{stream: MediaStream | null, words: string, mirrored?: boolean}} props */
export function StreamPicture({ stream, words, mirrored }) {
  const element = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = stream;
    video.play().catch(() => {}); // It was taken away meanwhile.
  }, [stream]);
  return h("video", {
    ref: element,
    class: mirrored ? "picture mirrored" : "picture",
    "aria-label": words,
    muted: true,
    autoplay: true,
    playsInline: true,
  });
}
