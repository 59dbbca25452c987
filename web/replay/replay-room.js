// A room that is past, as it was: the stage at a moment, what was said, and the time to move in.
import { h, useEffect, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { useObservable } from "../app/observable.js";
import { Tabs } from "../components/tabs.js";
import { Lazy } from "../components/lazy.js";
import { LanguageSwitch } from "../components/language-switch.js";
import { Banner } from "../rooms/roadshow/banner.js";
import { ClockFace } from "../rooms/roadshow/clock-face.js";
import { Controls } from "./controls.js";
import { readMoment } from "./links.js";
import { PastAgenda } from "./past-agenda.js";
import { PastPolls } from "./past-polls.js";
import { PastQuestions } from "./past-questions.js";
import { PastStage } from "./past-stage.js";
import { useKeys } from "./keys.js";
import { Transcript } from "./transcript.js";

/** @import { Child } from "../vendor/preact.d.ts" */
/** @import { Player } from "./player.js" */
/** @import { Preparation } from "./recordings.js" */
/** @import { Source } from "./source.js" */
/** @import { ReplayStore } from "./store.js" */

const TABS = ["transcript", "qa", "polls", "results", "agenda"];
/** What a tab is called that the live page has under another name, or not at all. @type {Record<string, string>} */
const NAMES = { transcript: "replay.transcript", results: "replay.results" };

/**
 * @param {object} props
 * @param {ReplayStore} props.store
 * @param {Player} props.player
 * @param {Source} props.source
 * @param {Preparation} props.recordings
 * @param {Child} [props.children] what stands above all of it
 */
export function ReplayRoom({ store, player, source, recordings, children }) {
  useObservable(store);
  useKeys(player);
  const [tab, setTab] = useState("transcript");
  useEffect(() => {
    // A link to another moment of the same page.
    const moved = () => {
      const seconds = readMoment(location.hash);
      if (seconds !== null) player.seek(store.timeline.begin + seconds * 1_000);
    };
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, [player]);
  const { room } = store;
  const title = store.newest?.title ?? "";
  useEffect(() => {
    document.title = t("replay.title", { title });
  }, [title, t("replay.title")]);
  if (!room) return null;
  const { newest } = store;
  const empty = {
    polls: newest?.polls.length === 0,
    results: (newest?.judging?.scores.length ?? 0) === 0,
  };
  const tabs = TABS.filter((name) => !(name in empty && empty[/** @type {"polls"} */ (name)]));
  const current = tabs.includes(tab) ? tab : tabs[0];
  return h(
    "div",
    { class: "room replay" },
    h(
      "header",
      { class: "room-header" },
      source.isOnline && h(
        "a",
        { class: "brand", href: "/", "aria-label": t("common.home") },
        h("img", { src: "/styles/luyan.svg", alt: "", width: 32, height: 32 }),
      ),
      h("h1", { title: room.title }, room.title),
      h("span", { class: "state replayed" }, t("replay.badge")),
      h(ClockFace, { store: /** @type {any} */ (store), room, speaks: false }),
      h(
        "div",
        { class: "corner" },
        source.isOnline &&
          h("a", { class: "to-room", href: `/r/${store.id}` }, t("replay.toRoom")),
        h(LanguageSwitch, {}),
      ),
    ),
    h(
      "section",
      { class: "replay-notes", "aria-label": t("replay.notes") },
      children,
      h(Banner, { store: /** @type {any} */ (store), room }),
    ),
    h(
      "main",
      { id: "main", class: "hall", tabIndex: -1 },
      h(
        "div",
        { class: "floor" },
        h(PastStage, { store, room, player, source, recordings }),
        h(Controls, { store, player }),
      ),
      h(
        "section",
        { class: "side", "aria-label": t("tab.label") },
        h(Tabs, {
          label: t("tab.label"),
          current,
          choose: setTab,
          tabs: tabs.map((id) => ({
            id,
            text: t(NAMES[id] ?? `tab.${id}`),
            badge: 0,
          })),
        }),
        h(
          "div",
          {
            class: "panel",
            role: "tabpanel",
            id: `panel-${current}`,
            "aria-labelledby": `tab-${current}`,
          },
          current === "transcript" && h(Transcript, { store, player }),
          current === "qa" && h(PastQuestions, { room, linked: source.isOnline }),
          current === "polls" && h(PastPolls, { room }),
          current === "results" && h(
            "div",
            { class: "scroll", tabIndex: 0, role: "region", "aria-label": t("replay.results") },
            room.judging?.scores.length
              ? h(Lazy, {
                load: source.results,
                given: { room, judging: room.judging, alone: true },
              })
              : h("p", { class: "empty" }, t("replay.noResults")),
          ),
          current === "agenda" && h(PastAgenda, { store, room, player }),
        ),
      ),
    ),
  );
}
