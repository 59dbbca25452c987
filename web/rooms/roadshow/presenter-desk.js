// What a presenter needs beneath the slide: the next one, a big clock, the question at hand.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Lazy, LazyFold } from "../../components/lazy.js";
import { drawFacts } from "../draw/parts.js";
import { notesToPages, speakerNotes } from "../notes/parts.js";
import { presenterStudio } from "../studio/parts.js";
import { isOver, standing } from "../lifecycle.js";
import { ClockFace } from "./clock-face.js";
import { fileAddress, stageSlot } from "./slides.js";
import { SlideUpload } from "./slide-upload.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string, media: MediaSession}} props */
export function PresenterDesk({ store, room, id, media }) {
  const stage = stageSlot(room);
  const onStage = stage !== null && store.you.slots.includes(stage.id);
  const own = room.slots.filter((slot) => store.you.slots.includes(slot.id));
  const question = room.questions.find(({ state, removed }) => state === "answering" && !removed);
  return h(
    "section",
    { class: "desk", "aria-label": t("desk.label"), tabIndex: 0, "data-scrolls": true },
    onStage && h(NextSlide, { room: id, slot: stage }),
    onStage && stage.pages.length > 0 && h(
      "div",
      { class: "desk-notes" },
      h(Lazy, { load: speakerNotes, given: { id, slot: stage, page: stage.page } }),
    ),
    room.draw && !room.orderFixed &&
      h(Lazy, { load: drawFacts, given: { room, id }, meanwhile: null }),
    !isOver(room) && h(
      "div",
      { class: "desk-clock" },
      h("h2", null, t("desk.clock")),
      h(ClockFace, { store, room, speaks: false }),
    ),
    h(
      "div",
      { class: "desk-question" },
      h("h2", null, t("desk.question")),
      question
        ? h(
          "blockquote",
          null,
          h("p", null, question.text),
          h("footer", { class: "quiet" }, question.name),
        )
        : h("p", { class: "quiet" }, t("desk.noQuestion")),
    ),
    !onStage && h(
      "div",
      { class: "desk-slots" },
      h("h2", null, t("desk.slots")),
      own.map((slot) => h(OwnSlot, { key: slot.id, store, room, slot, id, media })),
    ),
  );
}

/** @param {{room: string, slot: Slot}} props */
function NextSlide({ room, slot }) {
  const next = slot.pages[slot.page];
  return h(
    "div",
    { class: "desk-next" },
    h("h2", null, t("desk.next")),
    next
      ? h("img", {
        src: fileAddress(room, next.file),
        width: next.width,
        height: next.height,
        alt: t("stage.slide", { page: slot.page + 1, pages: slot.pages.length, title: slot.title }),
      })
      : h("p", { class: "quiet" }, t("desk.lastSlide")),
  );
}

/** @param {{store: RoomStore, room: Room, slot: Slot, id: string, media: MediaSession}} props */
function OwnSlot({ store, room, slot, id, media }) {
  const editable = !isOver(room);
  return h(
    "article",
    { class: "own-slot" },
    h("h3", null, slot.title),
    h("p", { class: "quiet" }, t(`slot.state.${standing(room, slot)}`)),
    editable && h(SlideUpload, { store, slot, room: id }),
    editable && slot.state === "waiting" && h(
      "p",
      { class: "actions" },
      h(
        "button",
        {
          type: "button",
          class: "primary",
          onClick: () => store.order("slot.ready", { slot: slot.id }),
        },
        t("desk.ready"),
      ),
    ),
    editable && slot.pages.length > 0 && h(LazyFold, {
      text: t("desk.notes"),
      label: t("desk.notesFor", { title: slot.title }),
      load: notesToPages,
      given: { id, slot },
    }),
    editable && h(LazyFold, {
      text: t("studio.rehearseOrUpload"),
      label: t("studio.rehearseFor", { title: slot.title }),
      load: presenterStudio,
      given: { store, room, id, slot, media },
    }),
  );
}
