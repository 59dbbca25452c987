// One event (活动): its programme by day and hall, what is live, and for its organiser its form.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { getJSON, postJSON } from "../api.js";
import { parameter, setParameter } from "../address.js";
import { t, timeOfDay } from "../i18n.js";
import { me } from "../me.js";
import { LazyFold } from "../../components/lazy.js";
import { SiteHeader } from "../../components/site-header.js";
import { PendingCard, StateCard } from "../../components/state-card.js";
import { byDay, day, days } from "../../events/days.js";
import { EventForm } from "../../events/event-form.js";
import { EventTools } from "../../events/event-tools.js";
import { HallCard } from "../../events/hall-card.js";
import { sharePanel } from "../../rooms/roadshow/parts.js";

/** @import { Pending } from "../../components/state-card.js" */
/** @import { Fields } from "../../types.d.ts" */
/** @import { EventShown } from "../../events/types.d.ts" */
/** @typedef {Pending | {is: "ready", event: EventShown, asOf: number, stale: boolean}} State */

const REFRESH = 30_000; // milliseconds

/** @param {{event: string}} props */
export function EventPage({ event: id }) {
  const path = `/api/v1/events/${id}`;
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const [editing, setEditing] = useState(() => parameter("edit") !== null);
  /** @param {Fields} found */
  const show = (found) =>
    setState({
      is: "ready",
      event: /** @type {EventShown} */ (found),
      asOf: Date.now(),
      stale: false,
    });
  const load = () =>
    getJSON(path).then(show, (error) =>
      // What was shown stays, and says that it is of then.
      setState((before) =>
        before.is === "ready" && error.status !== 404
          ? { ...before, stale: true }
          : { is: "failed", error }
      ));
  // Who signs in or out may change it or no more.
  useEffect(() => {
    load();
    const timer = setInterval(load, REFRESH);
    return () => clearInterval(timer);
  }, [id, me.person]);
  useEffect(() => {
    if (state.is === "ready") document.title = state.event.title;
  }, [state]);
  /** @param {boolean} on */
  const edit = (on) => {
    setParameter("edit", on ? "1" : null);
    setEditing(on);
  };
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page event-page", tabIndex: -1 }, content()),
  ];

  function content() {
    if (state.is !== "ready") {
      return h(PendingCard, {
        state,
        heading: true,
        failed: t("event.failed"),
        load,
        final: ({ code }) =>
          code === "not_found" && { title: t("event.missing"), text: t("event.missingText") },
        link: { href: "/", text: t("common.home") },
      });
    }
    const { event, stale, asOf } = state;
    if (editing && event.mine) {
      return h(EventForm, {
        title: t("event.edit"),
        action: t("event.save"),
        before: event,
        submit: (body) => postJSON(path, body),
        done: (changed) => {
          show(changed);
          edit(false);
        },
        cancel: () => edit(false),
      });
    }
    return [
      editing && h("p", { class: "problem", role: "alert" }, t("event.notYours")),
      stale && h(
        "p",
        { class: "problem", role: "status" },
        t("event.stale", {
          time: timeOfDay(asOf),
        }),
      ),
      h(Head, { event, edit: () => edit(true) }),
      event.rooms.length === 0 ? h(Empty, { event, edit: () => edit(true) }) : h(Days, { event }),
      event.mine && h(EventTools, { event }),
    ];
  }
}

/** @param {{event: EventShown, edit: () => void}} props */
function Head({ event, edit }) {
  const starts = event.rooms.map(({ startsAt }) => startsAt);
  const live = event.rooms.filter(({ group }) => group === "live").length;
  const when = starts.length > 0 && days(Math.min(...starts), Math.max(...starts));
  return [
    h(
      "div",
      { class: "page-title" },
      h(
        "div",
        null,
        h("h1", { lang: event.language }, event.title),
        h(
          "p",
          { class: "room-facts" },
          live > 0 && h("span", { class: "state live" }, t("event.liveCount", { n: live })),
          when && h("span", null, when),
          event.venue && h("span", null, event.venue),
          event.rooms.length > 0 && h("span", null, t("event.rooms", { n: event.rooms.length })),
        ),
      ),
      event.mine && h(
        "p",
        { class: "actions" },
        h("button", { type: "button", onClick: edit }, t("event.edit")),
        h("a", { class: "button primary", href: `/new?event=${event.event}` }, t("event.newRoom")),
      ),
    ),
    event.introduction &&
    h("p", { class: "own-lines event-introduction", lang: event.language }, event.introduction),
    event.rooms.length > 0 && h(LazyFold, {
      text: t("event.share"),
      load: sharePanel,
      given: {
        what: {
          title: event.title,
          path: `/e/${event.event}`,
          calendar: `/api/v1/events/${event.event}/calendar.ics`,
          code: t("event.qr"),
          lines: [when, event.venue].filter(Boolean),
          items: event.rooms.map(({ hall, title }) => hall ? `${hall}：${title}` : title),
          more: "event.moreRooms",
        },
      },
    }),
  ];
}

/** @param {{event: EventShown}} props */
function Days({ event }) {
  const groups = byDay(event.rooms);
  return groups.map(({ at, halls }) =>
    h(
      "section",
      { key: at, "aria-labelledby": `day-${at}` },
      h("h2", { id: `day-${at}` }, day(at)),
      h("ul", { class: "halls" }, halls.map((hall) => h(HallCard, { key: hall.room, hall }))),
    )
  );
}

/** @param {{event: EventShown, edit: () => void}} props */
function Empty({ event, edit }) {
  return h(StateCard, {
    title: t("event.empty"),
    text: t(event.mine ? "event.emptyMine" : "event.emptyText"),
    button: event.mine && event.candidates?.length
      ? { run: edit, text: t("event.addRoom") }
      : undefined,
  });
}
