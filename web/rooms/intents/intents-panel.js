// Intents in a room, as far as the reader has to do with them: those for one's own projects, one's
// own, those that staff may see.
import { h, useMemo, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { stageSlot } from "../roadshow/slides.js";
import { bookOf } from "./book.js";
import { OwnProject } from "./own-project.js";
import { Project } from "./project.js";
import { SharedIntents } from "./shared-intents.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @import { Book } from "./types.d.ts" */

/** @param {{store: RoomStore, room: Room, card: () => void}} props */
export function IntentsPanel({ store, room, card }) {
  const { you, ofIntents } = store;
  const book = useMemo(() => bookOf(you, ofIntents), [you, ofIntents]);
  const staff = store.is("moderator") || store.is("auditor");
  const own = room.slots.filter(({ id }) => you.slots.includes(id));
  return h(
    "div",
    {
      class: "scroll intents",
      tabIndex: 0,
      role: "region",
      "aria-label": t("tab.intents"),
      "data-scrolls": true,
    },
    own.map((slot) => h(OwnProject, { key: slot.id, store, room, slot, book })),
    staff && h(SharedIntents, { store, room, book }),
    !store.is("auditor") && h(Projects, { store, room, book, card }),
  );
}

/** @param {{store: RoomStore, room: Room, book: Book, card: () => void}} props */
function Projects({ store, room, book, card }) {
  const [onlyFollowed, setOnlyFollowed] = useState(false);
  const { you } = store;
  const mine = book.intents.filter(({ member, withdrawn }) => member === you.member && !withdrawn);
  const followed = new Set(mine.map(({ slot }) => slot));
  const others = room.slots.filter(({ id }) => !you.slots.includes(id));
  if (others.length === 0) return null;
  const stage = stageSlot(room);
  // Whoever is on stage comes first: it is what one decides about now.
  const ordered = [...others].sort((one, other) => Number(other === stage) - Number(one === stage));
  const shown = ordered.filter(({ id }) => !onlyFollowed || followed.has(id));
  const mayIntend = !store.is("judge") && !store.is("moderator");
  return h(
    "section",
    { class: "intents-projects" },
    h("h2", null, t(mayIntend ? "intents.projects" : "intents.notes")),
    h("p", { class: "quiet" }, t(mayIntend ? "intents.who" : "intents.whyNotesOnly")),
    mayIntend && h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: onlyFollowed,
        onChange: (/** @type {any} */ event) => setOnlyFollowed(event.target.checked),
      }),
      t("intents.onlyFollowed", { n: followed.size }),
    ),
    shown.length === 0 && h("p", { class: "empty" }, t("intents.noneFollowed")),
    shown.map((slot) =>
      h(Project, {
        key: slot.id,
        store,
        room,
        slot,
        book,
        mayIntend,
        onStage: slot === stage,
        card,
      })
    ),
  );
}
