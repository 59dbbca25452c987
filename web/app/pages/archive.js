// The archive desk (归档): what is looked through and decided before the seal; afterwards the record,
// its bundles and what was added.
import { h, useEffect, useMemo, useState } from "../../vendor/preact.js";
import { ApiError, getJSON } from "../api.js";
import { socketHost } from "../address.js";
import { t, texts } from "../i18n.js";
import { notices } from "../notices.js";
import { useObservable } from "../observable.js";
import { RoomStore } from "../../rooms/store.js";
import { Entrance } from "../../rooms/entrance.js";
import { isOver } from "../../rooms/lifecycle.js";
import { Banner } from "../../rooms/roadshow/banner.js";
import { LoadProblem } from "../../components/load-problem.js";
import { SiteHeader } from "../../components/site-header.js";
import { StateCard } from "../../components/state-card.js";
import { BeforeSeal } from "../../archive/before-seal.js";
import { Sealed } from "../../archive/sealed.js";

/** @import { Desk } from "../../archive/types.d.ts" */

const WHILE_MAKING = 1_000; // milliseconds between looks at a bundle that is being made

/** @param {{room: string}} props */
export function ArchivePage({ room: id }) {
  const store = useMemo(() => new RoomStore(id, socketHost()), [id]);
  useObservable(store);
  useEffect(() => {
    store.start((error) => notices.refuse(new ApiError({ status: 0, ...error })));
    return () => store.stop();
  }, [store]);
  const { room } = store;
  const title = room?.title;
  useEffect(() => {
    document.title = title ? t("archive.of", { title }) : t("archive.title");
  }, [title, texts.language]);
  const seq = room?.seq ?? 0;
  const [desk, error, load] = useDesk(id, seq);
  return [
    h(SiteHeader, { changed: () => store.signedIn() }),
    h(
      "main",
      { id: "main", class: "page archive", tabIndex: -1 },
      !room ? h(Entrance, { store }) : [
        h(Banner, { store, room, key: "banner" }),
        h(
          "header",
          { class: "archive-head", key: "head" },
          h("p", { class: "archive-kicker" }, t("archive.title")),
          h("h1", null, room.title),
          h(
            "p",
            null,
            h("a", { href: `/r/${id}` }, t("archive.room")),
            isOver(room) && [" · ", h("a", { href: `/r/${id}/outcome` }, t("archive.outcome"))],
          ),
        ),
        error && h(LoadProblem, { error, again: load, key: "problem" }),
        desk && h(Shown, { store, id, desk, load, key: "desk" }),
        !desk && !error && h(StateCard, { title: t("common.loading"), busy: true, key: "wait" }),
      ],
    ),
  ];
}

/** @param {{store: RoomStore, id: string, desk: Desk, load: () => void}} props */
function Shown({ store, id, desk, load }) {
  const room = store.room;
  if (!room) return null;
  if (desk.expired) {
    return h(StateCard, { title: t("archive.expired"), text: t("archive.expiredText") });
  }
  if (desk.state === "archived") return h(Sealed, { store, id, desk, load });
  if (!isOver(room) || room.state === "cancelled") {
    return h(StateCard, {
      title: t("archive.early"),
      text: t(room.state === "cancelled" ? "archive.cancelledText" : "archive.earlyText"),
      link: { href: `/r/${id}`, text: t("archive.room") },
    });
  }
  if (desk.tasks || desk.consents.length > 0) return h(BeforeSeal, { store, id, desk, load });
  return h(StateCard, {
    title: t("archive.denied"),
    text: t("archive.deniedText"),
    link: { href: `/r/${id}`, text: t("archive.room") },
  });
}

/**
 * What the desk has, asked for anew when the room moved on, and while a bundle is being made.
 * @param {string} id @param {number} seq
 * @returns {[Desk | null, ApiError | null, () => void]}
 */
function useDesk(id, seq) {
  const [desk, setDesk] = useState(/** @type {Desk | null} */ (null));
  const [error, setError] = useState(/** @type {ApiError | null} */ (null));
  const load = async () => {
    try {
      setDesk(/** @type {Desk} */ (await getJSON(`/api/v1/rooms/${id}/archive`)));
      setError(null);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  const making = desk?.bundles.some(({ state }) => state === "making" || state === "none");
  useEffect(() => {
    load();
  }, [id, seq]);
  useEffect(() => {
    if (!making) return;
    const timer = setTimeout(load, WHILE_MAKING);
    return () => clearTimeout(timer);
  }, [desk, making]);
  return [desk, error, load];
}
