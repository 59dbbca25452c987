// What was said, asked and shown, line by line: it follows the moment, and can be searched.
import { h, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { timeText } from "./links.js";
import { findLines, saidUntil } from "./story.js";

/** @import { Player } from "./player.js" */
/** @import { ReplayStore } from "./store.js" */
/** @import { Line } from "./story.js" */

/** So many lines stand on the page at once, around the one that is looked at. */
const SHOWN = 120;
const MORE = 80;

/** @param {{store: ReplayStore, player: Player}} props */
export function Transcript({ store, player }) {
  const { lines } = store.story;
  const current = useCurrent(store, player);
  const [words, setWords] = useState("");
  const [hit, setHit] = useState(0);
  /** What is looked at where the moment is not followed. */
  const [held, setHeld] = useState(/** @type {number | null} */ (null));
  const [more, setMore] = useState({ before: 0, after: 0 });
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const found = useMemo(() => findLines(lines, words), [words, lines.length]);
  const marked = useMemo(() => new Set(found), [found]);
  const centre = held ?? Math.max(0, current);
  const from = Math.max(0, centre - SHOWN / 2 - more.before);
  const to = Math.min(lines.length, centre + SHOWN / 2 + more.after);
  /** @param {number} next */
  const goTo = (next) => {
    const place = (next + found.length) % found.length;
    setHit(place);
    setMore({ before: 0, after: 0 });
    setHeld(found[place]);
  };
  /** @param {string} text */
  const search = (text) => {
    setWords(text);
    const [first] = findLines(lines, text);
    setHit(0);
    if (first !== undefined) setHeld(first);
  };
  useLayoutEffect(() => {
    const row = list.current?.querySelector(`[data-line="${centre}"]`);
    const box = list.current;
    if (!row || !box) return;
    // Only the list moves, not the page around it.
    const [top, height] = [/** @type {HTMLElement} */ (row).offsetTop, box.clientHeight];
    box.scrollTop = top - height * 0.6;
  }, [centre, held === null]);
  useEffect(() => setMore({ before: 0, after: 0 }), [held === null]);
  const hold = () => {
    if (held === null) setHeld(Math.max(0, current));
  };
  return [
    h(Search, { words, search, found, hit, goTo }),
    h(
      "div",
      {
        class: "scroll transcript",
        ref: list,
        tabIndex: 0,
        role: "region",
        "aria-label": t("replay.transcript"),
        onWheel: hold,
        onTouchMove: hold,
        onKeyDown: (/** @type {KeyboardEvent} */ event) => {
          if (/^(Page|Home|End|ArrowUp|ArrowDown)/.test(event.key)) hold();
        },
      },
      from > 0 && h(
        "button",
        {
          type: "button",
          class: "small",
          onClick: () => {
            hold();
            setMore({ ...more, before: more.before + MORE });
          },
        },
        t("replay.earlier"),
      ),
      lines.length === 0 && h("p", { class: "empty" }, t("replay.nothingSaid")),
      h(
        "ol",
        null,
        lines.slice(from, to).map((line, place) =>
          h(Row, {
            key: line.seq,
            line,
            place: from + place,
            at: store.timeline.place(line.at),
            is: from + place === current ? "current" : from + place < current ? "past" : "coming",
            marked: marked.has(from + place),
            jump: () => {
              setHeld(null);
              player.seek(line.at);
            },
          })
        ),
      ),
      to < lines.length && h(
        "button",
        {
          type: "button",
          class: "small",
          onClick: () => {
            hold();
            setMore({ ...more, after: more.after + MORE });
          },
        },
        t("replay.later"),
      ),
    ),
    held !== null && h(
      "p",
      { class: "replay-follow" },
      h(
        "button",
        { type: "button", class: "small primary", onClick: () => setHeld(null) },
        t("replay.follow"),
      ),
    ),
  ];
}

/** The line that was said last; the list is drawn anew for that alone, not as time goes on. */
/** @param {ReplayStore} store @param {Player} player */
function useCurrent({ story }, player) {
  const find = () => saidUntil(story.lines, player.at) - 1;
  const [current, setCurrent] = useState(find);
  useEffect(() => {
    // Something may have been said between the drawing and now.
    setCurrent(find());
    return player.listen(() => setCurrent(find()));
  }, [player]);
  return current;
}

/**
 * @param {object} props
 * @param {string} props.words
 * @param {(words: string) => void} props.search
 * @param {number[]} props.found
 * @param {number} props.hit
 * @param {(hit: number) => void} props.goTo
 */
function Search({ words, search, found, hit, goTo }) {
  const none = found.length === 0;
  return h(
    "form",
    {
      class: "replay-search",
      role: "search",
      onSubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (!none) goTo(hit + 1);
      },
    },
    h("input", {
      type: "search",
      value: words,
      "aria-label": t("replay.find"),
      placeholder: t("replay.find"),
      maxLength: 100,
      onInput: (/** @type {any} */ event) => search(event.target.value),
    }),
    words !== "" && h(
      "span",
      { class: "quiet", role: "status" },
      none ? t("replay.foundNone") : t("replay.found", { place: hit + 1, count: found.length }),
    ),
    words !== "" && !none && [
      h(
        "button",
        {
          type: "button",
          class: "plain",
          "aria-label": t("replay.hitBefore"),
          onClick: () => goTo(hit - 1),
        },
        "↑",
      ),
      h(
        "button",
        {
          type: "button",
          class: "plain",
          "aria-label": t("replay.hitAfter"),
          onClick: () => goTo(hit + 1),
        },
        "↓",
      ),
    ],
  );
}

/**
 * @param {object} props
 * @param {Line} props.line
 * @param {number} props.place in the transcript
 * @param {number} props.at milliseconds on the bar
 * @param {"past" | "current" | "coming"} props.is
 * @param {boolean} props.marked whether it is among what was found
 * @param {() => void} props.jump
 */
function Row({ line, place, at, is, marked, jump }) {
  const { kind, name, text, corrected, state, language } = line;
  const words = kind === "state" ? t(`room.state.${state}`) : text ?? t("replay.removed");
  return h(
    "li",
    {
      class: `line of-${kind} is-${is}${marked ? " found" : ""}`,
      "data-line": place,
      "aria-current": is === "current" ? "true" : undefined,
    },
    h(
      "button",
      {
        type: "button",
        class: "plain line-time",
        "aria-label": t("replay.jump", { time: timeText(at) }),
        onClick: jump,
      },
      timeText(at),
    ),
    h(
      "div",
      { onClick: jump },
      h(
        "p",
        { class: "line-head" },
        h("span", { class: "line-kind" }, t(`replay.kind.${kind}`)),
        name && h("strong", null, name),
      ),
      h("p", { class: text === null ? "said-text quiet" : "said-text", lang: language }, words),
      corrected !== undefined &&
        h("p", { class: "quiet" }, t("replay.corrected", { text: corrected })),
    ),
  );
}
