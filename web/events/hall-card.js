// A hall in the programme of an event: when, what runs there now, and its projects in order.
import { h } from "../vendor/preact.js";
import { number, t, timeOfDay } from "../app/i18n.js";

/** @import { Hall, ProgrammeSlot } from "./types.d.ts" */

/** Projects that are shown before the rest is folded away. */
const SHOWN = 8;

/** @param {{hall: Hall}} props */
export function HallCard({ hall }) {
  const now = hall.programme.find(({ onStage }) => onStage);
  return h(
    "li",
    { class: `hall-card ${hall.group}` },
    h(
      "p",
      { class: "room-facts" },
      hall.hall && h("strong", { class: "hall-name" }, hall.hall),
      h("span", { class: `state ${hall.state}` }, t(`room.state.${hall.state}`)),
      hall.closed && h("span", { class: "state" }, t("event.closed")),
      h("span", { class: "hall-time" }, hours(hall)),
      hall.here > 0 &&
        h("span", null, t("room.here", { n: hall.here, count: number(hall.here) })),
    ),
    h("h3", null, h("a", { href: `/r/${hall.room}` }, hall.title)),
    hall.group === "live" && now &&
      h("p", { class: "hall-now" }, t("event.now", { title: now.title })),
    h(Programme, { slots: hall.programme }),
    hall.closed && h("p", { class: "quiet" }, t("event.closedOrder")),
    h(
      "p",
      { class: "actions" },
      h(
        "a",
        {
          class: hall.group === "live" ? "button primary" : "button",
          href: `/r/${hall.room}`,
          "aria-label": t(`event.enterOf.${hall.group}`, { title: hall.title }),
        },
        t(`event.enter.${hall.group}`),
      ),
    ),
  );
}

/** @param {Hall} hall */
function hours({ startsAt, endsAt }) {
  return endsAt > startsAt
    ? t("event.hours", { from: timeOfDay(startsAt), until: timeOfDay(endsAt) })
    : timeOfDay(startsAt);
}

/** @param {{slots: ProgrammeSlot[]}} props */
function Programme({ slots }) {
  const lines = slots.map((slot) => h(Line, { key: slot.id, slot }));
  const rest = lines.splice(SHOWN);
  return [
    h("ol", { class: "programme" }, lines),
    rest.length > 0 && h(
      "details",
      { class: "fold" },
      h("summary", null, t("event.moreSlots", { n: rest.length })),
      h("ol", { class: "programme", start: SHOWN + 1 }, rest),
    ),
  ];
}

/** @param {{slot: ProgrammeSlot}} props */
function Line({ slot }) {
  const who = [slot.presenters, slot.organisation].filter(Boolean).join(" · ");
  return h(
    "li",
    { class: slot.state ?? "", "aria-current": slot.onStage ? "true" : undefined },
    h(
      "span",
      { class: "programme-time" },
      slot.startsAt === null
        ? t("event.minutes", { n: slot.minutes })
        : h("time", { dateTime: new Date(slot.startsAt).toISOString() }, timeOfDay(slot.startsAt)),
    ),
    h(
      "span",
      { class: "programme-what" },
      h("span", null, slot.title),
      who !== "" && h("span", { class: "quiet" }, who),
    ),
    slot.state && slot.state !== "waiting" &&
      h("span", { class: `mark ${slot.state}` }, t(`slot.state.${slot.state}`)),
  );
}
