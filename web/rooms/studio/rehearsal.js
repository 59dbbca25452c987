// Rehearses one's own slot in private: microphone, camera, a clock, and what was recorded below.
import { h, useEffect, useMemo, useRef, useState } from "../../vendor/preact.js";
import { errorText, t } from "../../app/i18n.js";
import { useObservable, useTick } from "../../app/observable.js";
import { fileAddress } from "../roadshow/slides.js";
import { RehearsalTake } from "./rehearsal-take.js";
import { lengthText } from "../media/playback-time.js";

/** @import { Slot } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */

/** @param {{room: string, slot: Slot, media: MediaSession, ended: () => void}} props */
export function Rehearsal({ room, slot, media, ended }) {
  const take = useMemo(() => new RehearsalTake(room, slot.id), [room, slot.id]);
  useObservable(take);
  const [camera, setCamera] = useState(true);
  const { state } = take;
  useEffect(() => () => take.stop(), [take]);
  useEffect(() => {
    if (state.is === "over") ended();
  }, [state.is]);
  const sends = media.myKinds.size > 0;
  if (state.is === "running") return h(Running, { room, take, slot, since: state.since });
  const starting = state.is === "starting";
  return h(
    "div",
    { class: "rehearsal" },
    h("p", { class: "quiet" }, t("studio.rehearsalText")),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: camera,
        disabled: starting,
        onChange: (/** @type {any} */ event) => setCamera(event.target.checked),
      }),
      t("studio.withCamera"),
    ),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", disabled: starting || sends, onClick: () => take.start(camera) },
        t(starting ? "studio.rehearsalStarting" : "studio.rehearse"),
      ),
      starting &&
        h("button", { type: "button", onClick: () => take.stop() }, t("studio.cancel")),
    ),
    sends && h("p", { class: "quiet" }, t("studio.rehearsalSends")),
    state.is === "over" &&
      (state.why === null
        ? h("p", { role: "status" }, t("studio.rehearsalKept"))
        : h("p", { class: "problem", role: "alert" }, whyText(state.why))),
  );
}

/** @param {{room: string, take: RehearsalTake, slot: Slot, since: number}} props */
function Running({ room, take, slot, since }) {
  useTick(200);
  const { stream } = take;
  const passed = performance.now() - since;
  return h(
    "div",
    { class: "rehearsal running" },
    h(
      "p",
      { class: "rehearsal-time" },
      h("span", { class: "state live" }, t("studio.rehearsing")),
      h("span", { class: "running-time" }, lengthText(passed)),
      h("span", { class: "quiet" }, t("studio.ofPitch", { time: lengthText(slot.pitchMs) })),
    ),
    passed > slot.pitchMs && h("p", { class: "warning" }, t("studio.pitchOver")),
    h(
      "div",
      { class: "rehearsal-view" },
      slot.pages.length > 0 && h(OwnSlides, { room, slot }),
      h(
        "div",
        { class: "rehearsal-self" },
        stream && h(SelfView, { stream }),
        h("meter", { min: 0, max: 1, value: take.loudness, "aria-label": t("studio.loudness") }),
        h(
          "button",
          { type: "button", class: "danger", onClick: () => take.stop() },
          t("studio.rehearsalStop"),
        ),
      ),
    ),
    take.interrupted && h("p", { class: "warning", role: "alert" }, t("studio.rehearsalLine")),
    take.cameraMissing &&
      h("p", { class: "warning" }, t("studio.noCamera", { why: whyText(take.cameraMissing) })),
  );
}

/** One's own pages, turned here for oneself alone. @param {{room: string, slot: Slot}} props */
function OwnSlides({ room, slot }) {
  const [page, setPage] = useState(1);
  const { pages } = slot;
  const { file, width, height } = pages[Math.min(page, pages.length) - 1];
  const turn = (/** @type {number} */ by) =>
    setPage(Math.min(pages.length, Math.max(1, page + by)));
  return h(
    "div",
    { class: "rehearsal-slide", role: "group", "aria-label": t("studio.ownSlides") },
    h("img", {
      src: fileAddress(room, file),
      width,
      height,
      alt: t("stage.slide", { page, pages: pages.length, title: slot.title }),
    }),
    h(
      "p",
      { class: "actions" },
      h(
        "button",
        { type: "button", disabled: page <= 1, onClick: () => turn(-1) },
        t("bar.previous"),
      ),
      h(
        "button",
        { type: "button", disabled: page >= pages.length, onClick: () => turn(1) },
        t("bar.next"),
      ),
    ),
  );
}

/** @param {{stream: MediaStream}} props */
function SelfView({ stream }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return h("video", {
    ref: video,
    class: "rehearsal-picture",
    autoplay: true,
    muted: true,
    playsInline: true,
    "aria-label": t("studio.selfView"),
  });
}

/** Codes of this page's devices have texts of their own, those of the server the common ones. */
const OWN = [
  "media.no_encoder",
  "media.insecure_context",
  "media.permission_denied",
  "media.no_device",
  "media.device_busy",
  "media.device_lost",
  "media.line_lost",
  "media.failed",
];

/** @param {string} code */
function whyText(code) {
  return OWN.includes(code) ? t(`studio.why.${code}`) : errorText({ code });
}
