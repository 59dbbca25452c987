// Reactions: four to choose from, and what everybody shows, rising over the stage.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { RoomStore } from "../store.js" */
/** @typedef {keyof typeof PATHS} Reaction */
/** @typedef {{key: number, reaction: Reaction, count: number, place: number}} Bubble */

const PATHS = {
  applause:
    "M8 13V6.5a1.4 1.4 0 0 1 2.8 0V12M10.8 11V5a1.4 1.4 0 0 1 2.8 0v6.5M13.6 11.5V6.5a1.4 1.4 0 0 1 2.8 0V15a6.5 6.5 0 0 1-6.5 6.5c-2.8 0-4.2-1.9-5.6-4.7l-1.2-2.4a1.4 1.4 0 0 1 2.4-1.4L8 16M18 3l1.2-1.8M20 6l2.2-.8M20.3 9.3l2.2.5",
  like: "M12 20.5 4.5 13a5 5 0 0 1 7.5-6.6 5 5 0 0 1 7.5 6.6z",
  interested:
    "M9 18h6M10 21.5h4M12 2.5a6.5 6.5 0 0 1 4 11.6c-.7.6-1 1-1 1.9H9c0-.9-.3-1.3-1-1.9a6.5 6.5 0 0 1 4-11.6z",
  puzzled: "M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.3-1.7 2.5M12 18v.6",
};
const KINDS = /** @type {Reaction[]} */ (Object.keys(PATHS));
const MOST = 24; // bubbles at once
const LASTS = 2_400; // milliseconds
const SPOKEN_EVERY = 5_000; // milliseconds
const PAUSE = 200; // milliseconds between two that one person shows

/** @param {{store: RoomStore, open: boolean}} props */
export function Reactions({ store, open }) {
  return [
    open && h(Palette, { store }),
    h(Shown, { store }),
  ];
}

/** @param {{store: RoomStore}} props */
function Palette({ store }) {
  const last = useRef(0);
  /** @param {Reaction} reaction */
  const show = (reaction) => {
    const now = performance.now();
    // What is not told at once is told to nobody.
    if (now - last.current < PAUSE || store.situation.is !== "online") return;
    last.current = now;
    store.order("reaction.show", { reaction });
  };
  return h(
    "div",
    { class: "react-palette", role: "group", "aria-label": t("media.react") },
    KINDS.map((kind) =>
      h(
        "button",
        { key: kind, type: "button", class: "plain", onClick: () => show(kind) },
        h(Drawing, { kind }),
        t(`reactions.${kind}`),
      )
    ),
  );
}

/** What came since a moment ago; read out now and then. @param {{store: RoomStore}} props */
function Shown({ store }) {
  const [bubbles, setBubbles] = useState(/** @type {Bubble[]} */ ([]));
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    let count = 0;
    /** @type {Partial<Record<Reaction, number>>} */
    let unspoken = {};
    /** @type {Set<ReturnType<typeof setTimeout>>} */
    const timers = new Set();
    const end = store.reactions.listen(() => {
      const came = KINDS.filter((kind) => store.reactions.shown[kind] > 0).map((kind) => ({
        key: ++count,
        reaction: kind,
        count: store.reactions.shown[kind],
        place: Math.random(),
      }));
      for (const { reaction, count } of came) {
        unspoken[reaction] = (unspoken[reaction] ?? 0) + count;
      }
      setBubbles((before) => [...before, ...came].slice(-MOST));
      const timer = setTimeout(() => {
        timers.delete(timer);
        setBubbles((before) => before.filter((one) => !came.includes(one)));
      }, LASTS);
      timers.add(timer);
    });
    const speak = setInterval(() => {
      const parts = KINDS.filter((kind) => unspoken[kind]).map((kind) =>
        `${t(`reactions.${kind}`)} ${unspoken[kind]}`
      );
      unspoken = {};
      setSpoken(parts.join(" · "));
    }, SPOKEN_EVERY);
    return () => {
      end();
      clearInterval(speak);
      for (const timer of timers) clearTimeout(timer);
    };
  }, [store]);
  return [
    h(
      "div",
      { class: "react-bubbles", "aria-hidden": "true" },
      bubbles.map(({ key, reaction, count, place }) =>
        h(
          "span",
          { key, class: `bubble ${reaction}`, style: { "inset-inline-start": `${place * 100}%` } },
          h(Drawing, { kind: reaction }),
          count > 1 && h("span", null, count),
        )
      ),
    ),
    h("p", { class: "unseen", role: "status" }, spoken),
  ];
}

/** @param {{kind: Reaction}} props */
function Drawing({ kind }) {
  return h(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true" },
    h("path", {
      d: PATHS[kind],
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.8,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
  );
}
