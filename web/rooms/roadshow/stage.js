// The stage, 16:9: the slide, or a title card where a slot has none, or what comes next.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { dayAndTime, t } from "../../app/i18n.js";
import { isOver } from "../lifecycle.js";
import { HandButton, Missing, Voices } from "../media/heard.js";
import { ListenControls } from "../media/listen-controls.js";
import { StagePlaces } from "../media/stage-places.js";
import { planStage, tracksOf } from "../media/stage-plan.js";
import { StageSigns } from "../media/stage-signs.js";
import { Lazy } from "../../components/lazy.js";
import { stageScore } from "../judging/parts.js";
import { PointerShown, pointerTool } from "../pointer/parts.js";
import { ReactButton } from "../reactions/parts.js";
import { downloadLinks } from "./parts.js";
import { WordsButton } from "../words/words-button.js";
import { fileAddress } from "./slides.js";
import { TitleCard } from "./title-card.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { Slides } from "./slides.js" */

/** @param {{store: RoomStore, room: Room, slides: Slides, media: MediaSession}} props */
export function Stage({ store, room, slides, media }) {
  const { slot, page } = slides;
  const [swapped, setSwapped] = useState(false);
  const { pictures: tracks, leader } = media;
  // Another layout is the moderator's word: what one swapped before was about another stage.
  useEffect(() => setSwapped(false), [room.layout]);
  const plan = planStage({ room, slot, tracks, leader, swapped });
  const captioned = media.listening.preferences.captions !== "";
  const content = slot === null
    ? h(WaitingCard, { store, room })
    : slot.pages.length === 0
    ? h(TitleCard, { slot, kicker: kickerOf(room, slot) })
    : h(SlideImage, { key: slot.id, room: store.id, slot, page });
  const { judging } = room;
  const score = judging?.scores.find((one) => one.slot === slot?.id);
  return h(
    "section",
    { class: "stage", "aria-label": t("stage.label") },
    h(
      "div",
      { class: captioned ? "screen captioned" : "screen" },
      h(StagePlaces, { media, plan, slides: content, swap: () => setSwapped(!swapped) }),
      h(StageSigns, { store, room, media }),
      slot && h(PointerShown, { store, slot, page }),
    ),
    score && judging && h(Lazy, { load: stageScore, given: { judging, score }, meanwhile: null }),
    h(Missing, { media }),
    h(
      "div",
      { class: "under-stage" },
      h(HandButton, { store, room }),
      h(ReactButton, { store, room }),
      h(Voices, { media, shown: tracksOf(plan) }),
      slot && slot.pages.length > 0 && [
        h(PageControls, { slides }),
        h(WordsButton, { room, id: store.id, slides }),
        slides.leads && h(Lazy, { load: pointerTool, given: { store, slides }, meanwhile: null }),
      ],
      h(ListenControls, { room, media }),
    ),
  );
}

/** @param {{room: string, slot: Slot, page: number}} props */
function SlideImage({ room, slot, page }) {
  const [lost, setLost] = useState("");
  const file = slot.pages[page - 1];
  if (!file) return null;
  if (lost === file.file) return h("p", { class: "screen-note" }, t("stage.imageLost"));
  return h("img", {
    src: fileAddress(room, file.file),
    width: file.width,
    height: file.height,
    "data-slide": true,
    alt: t("stage.slide", { page, pages: slot.pages.length, title: slot.title }),
    onError: () => setLost(file.file),
  });
}

/** @param {{slides: Slides}} props */
function PageControls({ slides }) {
  const { slot, page, browsing, leads, turn, follow } = slides;
  const pages = slot?.pages.length ?? 0;
  return h(
    "div",
    { class: "page-controls" },
    h(
      "button",
      { type: "button", disabled: page <= 1, onClick: () => turn(-1) },
      h("span", { "aria-hidden": "true" }, "‹ "),
      t("stage.previous"),
    ),
    h(
      "span",
      { class: "page-number" },
      t("stage.page", { page, pages }),
      h(
        "span",
        { class: "quiet" },
        t(leads ? "stage.leading" : browsing ? "stage.browsing" : "stage.following"),
      ),
    ),
    browsing &&
      h("button", { type: "button", class: "primary", onClick: follow }, t("stage.follow")),
    h(
      "button",
      { type: "button", disabled: page >= pages, onClick: () => turn(1) },
      t("stage.next"),
      h("span", { "aria-hidden": "true" }, " ›"),
    ),
  );
}

/** Its place in the programme, and its field. @param {Room} room @param {Slot} slot */
function kickerOf(room, slot) {
  const number = room.slots.indexOf(slot) + 1;
  return [
    h("span", { key: "number" }, t("stage.number", { number, of: room.slots.length })),
    slot.field && h("span", { key: "field" }, slot.field),
  ];
}

/** Nobody is on stage. @param {{store: RoomStore, room: Room}} props */
function WaitingCard({ store, room }) {
  const next = room.slots.find(({ state }) => state === "waiting" || state === "ready");
  const over = isOver(room);
  return h(
    "div",
    { class: "title-card waiting" },
    h("p", { class: "card-kicker" }, h("span", null, t(`stage.waiting.${room.state}`))),
    h("h2", null, room.title),
    h(
      "p",
      { class: "card-people" },
      !over && h("span", null, t("stage.startsAt", { time: dayAndTime(room.startsAt) })),
      over && h("span", null, t("stage.overText")),
    ),
    over && h(Lazy, { load: downloadLinks, given: { store, id: store.id }, meanwhile: null }),
    !over && next && h("p", { class: "card-next" }, h("span", null, t("stage.nextUp")), next.title),
  );
}
