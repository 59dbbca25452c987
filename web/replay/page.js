// The replay of a room: its log as it comes, whatever state that is in, and the way back to what is live.
import { h, useEffect, useMemo, useRef, useState } from "../vendor/preact.js";
import { ApiError } from "../app/api.js";
import { parameter } from "../app/address.js";
import { number, t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { SiteHeader } from "../components/site-header.js";
import { PendingCard, StateCard } from "../components/state-card.js";
import { isOngoing } from "../rooms/lifecycle.js";
import { timeText } from "./links.js";
import { Player } from "./player.js";
import { ReplayRoom } from "./replay-room.js";
import { startReplay } from "./start.js";
import { serverSource } from "./source.js";
import { ReplayStore } from "./store.js";

/** @import { Preparation } from "./recordings.js" */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError} | {is: "shown"}} State */

/** How often a room that is live is asked for more. */
const AGAIN = 4_000; // milliseconds
/** Whoever is so near has caught up. */
const NEAR = 5_000;
const CATCHING = 1.5;
/** So long it is said before the page goes to the live room. */
const SAID = 2_500;

/** @param {{room: string}} props */
export function ReplayPage({ room: id }) {
  const store = useMemo(() => new ReplayStore(id), [id]);
  const player = useMemo(() => new Player(store), [store]);
  const source = useMemo(() => serverSource(id), [id]);
  const [state, setState] = useState(/** @type {State} */ ({ is: "loading" }));
  const [count, setCount] = useState(0);
  const [whole, setWhole] = useState(false);
  const [recordings, setRecordings] = useState(/** @type {Preparation} */ ("none"));
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stopped = false;
    setState({ is: "loading" });
    startReplay({
      store,
      player,
      source,
      stopped: () => stopped,
      told: (is) => setRecordings(is),
      progress: (ready) => {
        setCount(store.count);
        setWhole(store.whole);
        if (ready) setState({ is: "shown" });
      },
    }).catch((error) => {
      if (!(error instanceof ApiError)) {
        // The line broke while the log was on its way.
        error = new ApiError({ status: 0, code: "client.no_connection", action: "wait" });
      }
      if (!stopped) setState({ is: "failed", error });
    });
    return () => {
      stopped = true;
      player.pause();
    };
  }, [store, round]);
  const room = { href: `/r/${id}`, text: t("replay.toRoom") };
  const again = () => setRound(round + 1);
  if (state.is === "shown" && store.isOutside) {
    return h(Card, { title: t("replay.outside"), text: t("replay.outsideText"), link: room });
  }
  if (state.is === "shown" && !store.hasBegun) {
    return h(Card, { title: t("replay.empty"), text: t("replay.emptyText"), link: room });
  }
  if (state.is === "loading") {
    const text = count > 0 ? t("replay.read", { n: count, count: number(count) }) : undefined;
    return h(Card, { title: t("replay.loading"), text, busy: true });
  }
  if (state.is === "failed") {
    return h(
      Shell,
      {},
      h(PendingCard, {
        state,
        heading: true,
        failed: t("replay.failed"),
        load: again,
        final: ({ code }) =>
          code === "room.not_found" && {
            title: t("room.missing"),
            text: t("room.missingText"),
            link: { href: "/", text: t("common.home") },
          },
      }),
    );
  }
  return h(
    ReplayRoom,
    { store, player, source, recordings },
    !whole && h(
      "p",
      { class: "banner wait", role: "status" },
      t("replay.read", { n: count, count: number(count) }),
    ),
    whole && h(LiveNote, { store, player, source, id }),
  );
}

/** @param {{children?: import("../vendor/preact.d.ts").Child}} props */
function Shell({ children }) {
  return [
    h(SiteHeader, {}),
    h("main", { id: "main", class: "page narrow", tabIndex: -1 }, children),
  ];
}

/** @param {Omit<Parameters<typeof StateCard>[0], "heading">} card */
function Card(card) {
  useEffect(() => {
    document.title = card.title;
  }, [card.title]);
  return h(Shell, {}, h(StateCard, { heading: true, ...card }));
}

/**
 * A room that is not over: what came since is fetched, and whoever asked to catch up goes there.
 * @param {object} props
 * @param {ReplayStore} props.store
 * @param {Player} props.player
 * @param {import("./source.js").Source} props.source
 * @param {string} props.id
 */
function LiveNote({ store, player, source, id }) {
  const live = store.newest !== null && isOngoing(store.newest);
  const [catching, setCatching] = useState(() => parameter("catch") !== null);
  const [behind, setBehind] = useState(0);
  const arrived = useRef(false);
  const arrive = () => {
    if (arrived.current) return;
    arrived.current = true;
    player.pause();
    notices.show(t("replay.caughtUp"));
    setTimeout(() => location.assign(`/r/${id}`), SAID);
  };
  useEffect(() => {
    if (!live || !catching) return;
    player.setRate(CATCHING);
    player.play();
  }, [live, catching]);
  useEffect(() => {
    if (!live) return;
    const timer = setInterval(() => {
      // A line that is down is asked again by the next turn.
      source.more(store).catch((error) => {
        if (!(error instanceof ApiError)) throw error;
      });
    }, AGAIN);
    const unlisten = player.listen(() => {
      const left = store.timeline.played - store.timeline.place(player.at);
      setBehind(Math.round(left / 1_000) * 1_000);
      if (catching && left <= NEAR) arrive();
    });
    return () => {
      clearInterval(timer);
      unlisten();
    };
  }, [live, catching]);
  if (!live) return null;
  return h(
    "p",
    { class: "banner" },
    catching ? t("replay.catching", { time: timeText(behind) }) : t("replay.isLive"),
    !catching && h(
      "button",
      { type: "button", class: "small", onClick: () => setCatching(true) },
      t("replay.catchUp"),
    ),
    h("a", { class: "button primary", href: `/r/${id}` }, t("replay.toLive")),
  );
}
