// The home page: events, and rooms that are live, coming and past.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { getJSON } from "../api.js";
import { dayAndTime, number, t } from "../i18n.js";
import { me } from "../me.js";
import { SiteHeader } from "../../components/site-header.js";
import { PendingCard, StateCard } from "../../components/state-card.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { RoomSummary } from "../../types.d.ts" */
/** @import { EventSummary } from "../../events/types.d.ts" */
/** @typedef {Pending | {is: "ready", rooms: RoomSummary[], events: EventSummary[]}} State */

const GROUPS = /** @type {const} */ (["live", "coming", "past"]);
const REFRESH = 30_000; // milliseconds

export function HomePage() {
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const load = () =>
    Promise.all([getJSON("/api/v1/rooms"), getJSON("/api/v1/events")]).then(
      ([{ rooms }, { events }]) => setState({ is: "ready", rooms, events }),
      (error) => setState((before) => before.is === "ready" ? before : { is: "failed", error }),
    );
  useEffect(() => {
    load();
    const timer = setInterval(load, REFRESH);
    return () => clearInterval(timer);
  }, []);
  return [
    h(SiteHeader, {}),
    h(
      "main",
      { id: "main", class: "page", tabIndex: -1 },
      h(
        "div",
        { class: "page-title" },
        h(
          "div",
          null,
          h("h1", null, t("home.title")),
          h("p", { class: "lead" }, t("site.subtitle")),
        ),
        me.person?.organiser && h(
          "p",
          { class: "actions" },
          h("a", { class: "button", href: "/e/new" }, t("home.newEvent")),
          h("a", { class: "button primary", href: "/new" }, t("home.new")),
        ),
      ),
      content(state, load),
    ),
  ];
}

/** @param {State} state @param {() => void} load */
function content(state, load) {
  if (state.is !== "ready") return h(PendingCard, { state, failed: t("home.failed"), load });
  const { events } = state;
  if (state.rooms.length === 0 && events.length === 0) {
    return h(StateCard, {
      title: t("home.empty"),
      text: t(me.person?.organiser ? "home.emptyOrganiser" : "home.emptyText"),
    });
  }
  const sections = GROUPS.map((group) => {
    const rooms = state.rooms.filter((room) => room.group === group);
    if (rooms.length === 0) return null;
    return h(
      "section",
      { key: group, "aria-labelledby": `group-${group}` },
      h("h2", { id: `group-${group}` }, t(`home.${group}`)),
      h("ul", { class: "rooms" }, rooms.map((room) => h(RoomCard, { key: room.room, room }))),
    );
  });
  return [h(Events, { key: "events", events }), sections];
}

/** What is over stands with its rooms; events that are live or to come stand first. */
/** @param {{events: EventSummary[]}} props */
function Events({ events }) {
  const shown = events.filter(({ group, mine }) => group !== "past" || mine)
    .sort((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group));
  return shown.length > 0 && h(
    "section",
    { "aria-labelledby": "events" },
    h("h2", { id: "events" }, t("home.events")),
    h("ul", { class: "rooms" }, shown.map((event) => h(EventCard, { key: event.event, event }))),
  );
}

/** @param {{event: EventSummary}} props */
function EventCard({ event }) {
  const { title, venue, rooms, live, from, group } = event;
  return h(
    "li",
    { class: `room-card event ${group}` },
    h(
      "p",
      { class: "room-facts" },
      live > 0 && h("span", { class: "state live" }, t("home.eventLive", { n: live })),
      h("span", null, t("home.event")),
      h("span", null, t("home.eventRooms", { n: rooms })),
    ),
    h("h3", null, h("a", { href: `/e/${event.event}` }, title)),
    h(
      "p",
      { class: "quiet" },
      [from !== null && dayAndTime(from), venue].filter(Boolean).join(" · "),
    ),
  );
}

/** @param {{room: RoomSummary}} props */
function RoomCard({ room }) {
  return h(
    "li",
    { class: `room-card ${room.group}` },
    h(
      "p",
      { class: "room-facts" },
      h("span", { class: `state ${room.state}` }, t(`room.state.${room.state}`)),
      h("span", null, t("home.kind.roadshow")),
      h("span", null, t("home.slots", { n: room.slots })),
    ),
    h("h3", null, h("a", { href: `/r/${room.room}` }, room.title)),
    h(
      "p",
      { class: "quiet" },
      dayAndTime(room.startsAt),
      room.group === "past" &&
        room.state !== "cancelled" &&
        [
          " · ",
          h("a", {
            href: `/r/${room.room}/replay`,
            "aria-label": t("home.replayOf", { title: room.title }),
          }, t("home.replay")),
        ],
      room.here > 0 && ` · ${t("room.here", { n: room.here, count: number(room.here) })}`,
    ),
  );
}
