// About the room: when and who, what can be taken away, and how anybody can check it.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { ApiError, getSite } from "../../app/api.js";
import { dayAndTime, number, t, texts } from "../../app/i18n.js";
import { hasCrypto } from "../../app/ledger/bytes.js";
import { Lazy, LazyFold } from "../../components/lazy.js";
import { isOver } from "../lifecycle.js";
import { aboutEvent, aboutMatter, replayLink, shareRoom } from "./parts.js";

/** @import { Room, Site, Trust } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function About({ store, room, id }) {
  const [site, setSite] = useState(/** @type {Site | null} */ (null));
  useEffect(() => {
    getSite().then(setSite).catch((error) => {
      if (!(error instanceof ApiError)) throw error; // The key is shown at the next visit of the tab.
    });
  }, []);
  return h(
    "div",
    {
      class: "scroll about",
      tabIndex: 0,
      role: "region",
      "aria-label": t("tab.about"),
      "data-scrolls": true,
    },
    h("h2", null, t("about.room")),
    h(
      "dl",
      null,
      room.genre && row(t("about.genre"), room.genre),
      row(t("about.startsAt"), dayAndTime(room.startsAt)),
      row(t("about.state"), t(`room.state.${room.state}`)),
      row(t("about.slots"), t("home.slots", { n: room.slots.length })),
    ),
    h(Lazy, { load: aboutEvent, given: { id }, meanwhile: null }),
    h(LazyFold, { text: t("share.title"), load: shareRoom, given: { room, id } }),
    room.door.terms && h(Lazy, { load: aboutMatter, given: { store, room, id } }),
    h(Downloads, { store, room, id }),
    h("h2", null, t("trust.title")),
    h("p", null, t("trust.why")),
    h("p", { class: `trust ${store.trust.is}` }, trustText(store.trust)),
    store.trust.is === "held" && h(
      "p",
      { class: "quiet" },
      t(store.trust.signature === "valid" ? "trust.signed" : "trust.unsigned"),
    ),
    site && h(
      "dl",
      null,
      row(t("trust.key"), h("code", null, site.key)),
      row(t("trust.verify"), h("code", null, `luyan verify luyan-${id}.jsonl --key ${site.key}`)),
    ),
    h("h2", null, t("about.keys")),
    h("p", null, t("about.keysText")),
    site && h("p", { class: "quiet" }, t("about.version", { version: site.version })),
  );
}

/** @param {string} term @param {import("../../vendor/preact.d.ts").Child} value */
function row(term, value) {
  return [h("dt", null, term), h("dd", null, value)];
}

/** @param {{store: RoomStore, room: Room, id: string}} props */
export function Downloads({ store, room, id }) {
  const ended = isOver(room);
  return [
    h("h2", null, t("download.title")),
    !ended && h("p", { class: "quiet" }, t("download.later")),
    ended && h(DownloadLinks, { store, id }),
  ];
}

/** What an ended room gives away. @param {{store: RoomStore, id: string}} props */
export function DownloadLinks({ store, id }) {
  const base = `/api/v1/rooms/${id}`;
  const offset = -new Date().getTimezoneOffset(); // minutes east of UTC
  return h(
    "p",
    { class: "actions" },
    h(Lazy, { load: replayLink, given: { id }, meanwhile: null }),
    mayReadOutcome(store) &&
      h("a", { class: "button", href: `/r/${id}/outcome` }, t("download.outcome")),
    h("a", { class: "button", href: `/r/${id}/archive` }, t("download.archive")),
    store.is("moderator") && h(
      "a",
      {
        class: "button",
        href: `${base}/transcript?lang=${texts.language}&offset=${offset}`,
        download: true,
      },
      t("download.transcript"),
    ),
    h("a", { class: "button", href: `${base}/log`, download: true }, t("download.log")),
  );
}

/** As the room's rules say; staff always does. @param {RoomStore} store */
function mayReadOutcome(store) {
  const readers = store.room?.rules.outcome;
  if (store.is("moderator") || store.is("auditor")) return true;
  return readers === "members" ? store.you.member !== null : readers !== "kept";
}

/** @param {Trust} trust */
function trustText(trust) {
  if (!hasCrypto() || trust.is === "unsupported") return t("trust.unsupported");
  if (trust.is === "none") return t("trust.none");
  if (trust.is === "broken") return t(`trust.broken.${trust.why}`);
  return t(trust.proven ? "trust.proven" : "trust.held", {
    size: number(trust.size),
    time: dayAndTime(trust.at),
  });
}
