// The replay where it was taken away: its log stands in the document, slides and recordings beside it.
import { h, render, useEffect, useMemo, useState } from "../vendor/preact.js";
import { preferredLanguage, t, texts } from "../app/i18n.js";
import { useObservable } from "../app/observable.js";
import { Notices } from "../components/notices.js";
import { StateCard } from "../components/state-card.js";
import { Results } from "../rooms/judging/results.js";
import { Player } from "./player.js";
import { ReplayRoom } from "./replay-room.js";
import { startReplay } from "./start.js";
import { ReplayStore } from "./store.js";

/** @import { SlidePage } from "../types.d.ts" */
/** @import { Preparation } from "./recordings.js" */
/** @import { Source } from "./source.js" */

/** How a page image's file ends. @type {Record<string, string>} */
const ENDINGS = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };

/** @param {string} log @returns {Source} */
function pageSource(log) {
  return {
    isOnline: false,
    lines: () => Promise.resolve(linesIn(log)),
    more: () => Promise.resolve(false),
    recordings: (store, told) => {
      const tracks = store.story.recorded(store.timeline.end).map(({ id, from, to }) => ({
        id,
        from,
        to,
        address: `media/${id}.webm`,
      }));
      told(tracks, tracks.length > 0 ? "ready" : "none");
      return Promise.resolve();
    },
    results: () => Promise.resolve(Results),
    slide: (/** @type {SlidePage} */ { file, type }) => `files/${file}.${ENDINGS[type] ?? "bin"}`,
  };
}

/** One after the other: a log may be long. @param {string} log */
function* linesIn(log) {
  for (let from = 0; from < log.length;) {
    const end = log.indexOf("\n", from);
    const to = end < 0 ? log.length : end;
    yield log.slice(from, to);
    from = to + 1;
  }
}

/** @param {{log: string}} props */
function OfflineReplay({ log }) {
  useObservable(texts);
  const store = useMemo(() => new ReplayStore(""), []);
  const player = useMemo(() => new Player(store), [store]);
  const source = useMemo(() => pageSource(log), [log]);
  const [state, setState] = useState(/** @type {"loading" | "shown" | "failed"} */ ("loading"));
  const [recordings, setRecordings] = useState(/** @type {Preparation} */ ("none"));
  useEffect(() => {
    startReplay({
      store,
      player,
      source,
      stopped: () => false,
      told: setRecordings,
      progress: (ready) => ready && setState("shown"),
    }).catch((error) => {
      console.error(error);
      setState("failed");
    });
  }, []);
  if (state === "shown" && store.hasBegun) {
    return [h(ReplayRoom, { store, player, source, recordings }), h(Notices, {})];
  }
  const card = state === "loading"
    ? { title: t("replay.loading"), busy: true }
    : state === "failed"
    ? { title: t("replay.failed"), text: t("replay.brokenLog") }
    : store.isOutside
    ? { title: t("replay.outside"), text: t("replay.outsideText") }
    : { title: t("replay.empty"), text: t("replay.emptyText") };
  return h(
    "main",
    { id: "main", class: "page narrow", tabIndex: -1 },
    h(StateCard, { heading: true, ...card }),
  );
}

async function start() {
  const log = document.getElementById("log")?.textContent ?? "";
  await texts.load(preferredLanguage(), "replay");
  await Promise.all(["polls", "judging"].map((part) => texts.include(part)));
  const root = /** @type {Element} */ (document.getElementById("app"));
  root.replaceChildren();
  render(h(OfflineReplay, { log }), root);
}

start();
