// Before a room's door: what it takes to come in, how long one still waits, why one is out.
import { h, useState } from "../../vendor/preact.js";
import { dayAndTime, number, t, timeOfDay } from "../../app/i18n.js";
import { me } from "../../app/me.js";
import { NameCardDialog } from "../../components/name-card.js";
import { SiteHeader } from "../../components/site-header.js";
import { Banner } from "../roadshow/banner.js";
import { slotTimes } from "../roadshow/agenda.js";
import { ApplicationForm } from "./application-form.js";
import { CodeForm } from "./code-form.js";
import { TermsForm } from "../matter/terms-form.js";
import { isOver } from "../lifecycle.js";

/** @import { Room, Threshold } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string, door: Threshold}} props */
export function DoorPage({ store, room, id, door }) {
  const [carding, setCarding] = useState(false);
  return [
    h(SiteHeader, { changed: () => store.signedIn() }),
    h(Banner, { store, room: { ...room, announcement: null } }),
    h(
      "main",
      { id: "main", class: "page narrow door", tabIndex: -1 },
      h("h1", null, room.title),
      h(
        "p",
        { class: "quiet" },
        h("span", { class: `state ${room.state}` }, t(`room.state.${room.state}`)),
        " ",
        t("stage.startsAt", { time: dayAndTime(room.startsAt) }),
      ),
      h(Announcement, { room }),
      h(
        "section",
        { class: `card threshold ${door.state}`, "aria-labelledby": "door-title" },
        h("h2", { id: "door-title" }, t(`door.${door.state}`)),
        h("div", { role: "status" }, h(Standing, { door })),
        h(Step, { store, room, id, door, card: () => setCarding(true) }),
      ),
      h(Programme, { room }),
    ),
    carding && h(NameCardDialog, {
      close: () => setCarding(false),
      done: () => store.signedIn(),
    }),
  ];
}

/** What staff told everybody last. @param {{room: Room}} props */
function Announcement({ room }) {
  if (!room.announcement) return null;
  const { at, text } = room.announcement;
  return h(
    "p",
    { class: "banner info", role: "status" },
    t("banner.announcement", { time: timeOfDay(at), text }),
  );
}

/** How it stands, in words. @param {{door: Threshold}} props */
function Standing({ door }) {
  const { state, place, waiting, reason } = door;
  return [
    h("p", null, t(`door.text.${state}`)),
    place !== undefined && h(
      "p",
      { class: "place" },
      t("door.place", { place: number(place), waiting: number(waiting ?? place) }),
    ),
    reason && h("p", null, t("door.reason", { reason })),
  ];
}

/**
 * What the reader can do about it.
 * @param {{store: RoomStore, room: Room, id: string, door: Threshold, card: () => void}} props
 */
function Step({ store, room, id, door, card }) {
  const { state } = door;
  const over = isOver(room);
  if (over) return null;
  // Who is not known gives a card first, whatever else the door asks for.
  if (state === "card" || (me.person === null && (state === "code" || state === "registration"))) {
    return button(t("me.leaveCard"), card);
  }
  if (state === "code") return h(CodeForm, { store, id });
  if (state === "terms") return h(TermsForm, { store, room });
  if (state === "registration") return h(ApplicationForm, { store, room });
  if (state === "removed") return button(t("door.knock"), () => store.knock());
  return null;
}

/** @param {string} text @param {() => void} run */
function button(text, run) {
  return h(
    "p",
    { class: "actions" },
    h("button", { type: "button", class: "primary", onClick: run }, text),
  );
}

/** @param {{room: Room}} props */
function Programme({ room }) {
  return h(
    "section",
    { "aria-labelledby": "programme" },
    h("h2", { id: "programme" }, t("door.programme")),
    h(
      "ol",
      { class: "agenda" },
      room.slots.map((slot) =>
        h(
          "li",
          { key: slot.id, class: "slot" },
          h("p", { class: "slot-title" }, slot.title),
          h(
            "p",
            { class: "quiet" },
            [slot.presenters, slot.organisation, slotTimes(slot)].filter(Boolean).join(" · "),
          ),
        )
      ),
    ),
  );
}
