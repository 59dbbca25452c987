// The pointer in a presenter's hand: by mouse or finger over the slide, or by arrow keys.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { pictureBox, placeIn } from "./box.js";

/** @import { RoomStore } from "../store.js" */
/** @import { Slides } from "../roadshow/slides.js" */

const EVERY = 100; // milliseconds
const STEP = 200; // ten-thousandths
/** @type {Record<string, [number, number]>} */
const ARROWS = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** @param {{store: RoomStore, slides: Slides}} props */
export function PointerTool({ store, slides }) {
  const { slot, page } = slides;
  const [on, setOn] = useState(false);
  const place = useRef({ x: 5_000, y: 5_000 });
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | null} */ (null));
  /** What moves faster than it is told is told where it is in the end. @param {{x: number, y: number}} to */
  const point = (to) => {
    place.current = to;
    if (timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      if (slot && store.situation.is === "online") {
        store.order("pointer.show", { slot: slot.id, page, ...place.current });
      }
    }, EVERY);
  };
  useEffect(() => {
    if (!on) return;
    /** @param {PointerEvent} event */
    const moved = (event) => {
      const box = pictureBox(null);
      const to = box && placeIn(box, event.clientX, event.clientY);
      if (to) point(to);
    };
    document.addEventListener("pointermove", moved);
    return () => {
      document.removeEventListener("pointermove", moved);
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [on, slot?.id, page]);
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      if (event.key !== "l" || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = /** @type {Element} */ (event.target);
      if (target.closest("input, textarea, select, dialog, [contenteditable]")) return;
      setOn((before) => !before);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  /** @param {KeyboardEvent} event */
  const steered = (event) => {
    const by = on && ARROWS[event.key];
    if (!by) return;
    // Else it would turn the page.
    event.preventDefault();
    const { x, y } = place.current;
    point({ x: within(x + by[0]), y: within(y + by[1]) });
  };
  return h(
    "button",
    {
      type: "button",
      class: on ? "pointer-tool on" : "pointer-tool",
      "aria-pressed": on ? "true" : "false",
      title: t("pointer.hint"),
      onClick: () => setOn(!on),
      onKeyDown: steered,
    },
    t("pointer.tool"),
  );
}

/** @param {number} value */
const within = (value) => Math.min(10_000, Math.max(0, value));
