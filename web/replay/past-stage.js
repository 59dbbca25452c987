// The stage at a moment: the slide that was shown, the recording beside it, what was spoken in writing.
import { h, useEffect, useRef, useState } from "../vendor/preact.js";
import { dayAndTime, languageName, t } from "../app/i18n.js";
import { useObservable } from "../app/observable.js";
import { isOver } from "../rooms/lifecycle.js";
import { captionLanguages, captionLines } from "../rooms/media/caption-lines.js";
import { stageSlot } from "../rooms/roadshow/slides.js";
import { TitleCard } from "../rooms/roadshow/title-card.js";

/** @import { Room, Slot } from "../types.d.ts" */
/** @import { Player } from "./player.js" */
/** @import { Preparation } from "./recordings.js" */
/** @import { Source } from "./source.js" */
/** @import { ReplayStore } from "./store.js" */

/**
 * @param {object} props
 * @param {ReplayStore} props.store
 * @param {Room} props.room
 * @param {Player} props.player
 * @param {Source} props.source
 * @param {Preparation} props.recordings
 */
export function PastStage({ store, room, player, source, recordings }) {
  useObservable(player);
  const slot = stageSlot(room);
  const content = slot === null
    ? h(Between, { room })
    : slot.pages.length === 0
    ? h(TitleCard, { slot, kicker: h("span", null, slot.field) })
    : h(PastSlide, { source, slot });
  const languages = captionLanguages(store.room?.captions ?? []);
  const [chosen, setChosen] = useState(/** @type {string | null} */ (null));
  const language = chosen ?? languages[0] ?? "";
  return h(
    "section",
    { class: "stage", "aria-label": t("stage.label") },
    h(
      "div",
      { class: "screen" },
      content,
      h(Recorded, { player, beside: slot !== null && slot.pages.length > 0 }),
      language !== "" && h(
        "div",
        { class: "captions", lang: language },
        captionLines(room.captions, language, store.now()).map(({ seq, text }) =>
          h("p", { key: seq }, h("span", null, text))
        ),
      ),
    ),
    recordings === "preparing" &&
      h("p", { class: "media-note", role: "status" }, t("replay.preparing")),
    (recordings === "missing" || player.broken.size > 0) &&
      h("p", { class: "media-note", role: "status" }, t("replay.missing")),
    languages.length > 0 && h(
      "label",
      { class: "replay-captions" },
      h("span", null, t("media.captions")),
      h(
        "select",
        {
          value: language,
          onChange: (/** @type {any} */ event) => setChosen(event.target.value),
        },
        h("option", { value: "" }, t("replay.captionsOff")),
        languages.map((one) => h("option", { key: one, value: one }, languageName(one))),
      ),
    ),
  );
}

/** @param {{source: Source, slot: Slot}} props */
function PastSlide({ source, slot }) {
  const [lost, setLost] = useState("");
  const file = slot.pages[slot.page - 1];
  const next = slot.pages[slot.page];
  useEffect(() => {
    if (next) new Image().src = source.slide(next);
  }, [next?.file]);
  if (!file || lost === file.file) {
    return h("p", { class: "screen-note" }, t("stage.imageLost"));
  }
  return h("img", {
    src: source.slide(file),
    width: file.width,
    height: file.height,
    "data-slide": true,
    alt: t("stage.slide", { page: slot.page, pages: slot.pages.length, title: slot.title }),
    onError: () => setLost(file.file),
  });
}

/** @param {{player: Player, beside: boolean}} props `beside` a slide: small in its corner */
function Recorded({ player, beside }) {
  const element = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [pictured, setPictured] = useState(false);
  useEffect(() => {
    player.attach(element.current);
    return () => player.attach(null);
  }, [player, player.tracks.length > 0]);
  if (player.tracks.length === 0) return null;
  const shown = player.track !== null && pictured;
  return h("video", {
    ref: element,
    class: `replay-video${beside ? " beside" : ""}${shown ? "" : " unseen"}`,
    "aria-label": t("replay.recording"),
    playsInline: true,
    preload: "auto",
    onLoadedMetadata: (/** @type {any} */ event) => setPictured(event.target.videoWidth > 0),
    onError: () => player.lose(),
  });
}

/** Nobody was on stage. @param {{room: Room}} props */
function Between({ room }) {
  const next = room.slots.find(({ state }) => state === "waiting" || state === "ready");
  return h(
    "div",
    { class: "title-card waiting" },
    h("p", { class: "card-kicker" }, h("span", null, t(`stage.waiting.${room.state}`))),
    h("h2", null, room.title),
    h("p", { class: "card-people" }, h("span", null, dayAndTime(room.startsAt))),
    !isOver(room) && next &&
      h("p", { class: "card-next" }, h("span", null, t("stage.nextUp")), next.title),
  );
}
