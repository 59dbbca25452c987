// Small drawings of the studio; words stand beside each, so that none is read aloud.
import { h } from "../../vendor/preact.js";

/** @import { StageLayout } from "../../types.d.ts" */

/** @type {Record<string, string>} paths in a square of 24 */
const PATHS = {
  voice: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3",
  camera: "M3 7h12v10H3zM15 11l6-3v8l-6-3z",
  screen: "M3 4h18v12H3zM8 20h8M12 16v4",
  interpretation: "M3 5h9M7.5 3v2M10.5 5c-1 4-4 7-7 8M5 8c1 2 3 4 6 5M12 21l4.5-10L21 21M13.5 18h6",
  hand:
    "M7 12V6a1.5 1.5 0 0 1 3 0v5V4a1.5 1.5 0 0 1 3 0v7V5a1.5 1.5 0 0 1 3 0v7V8a1.5 1.5 0 0 1 3 0v6a7 7 0 0 1-7 7c-3 0-5-2-6.5-5L4 12.5A1.5 1.5 0 0 1 7 12z",
};

/** @param {{name: string, off?: boolean}} props `off` strikes it through */
export function Icon({ name, off = false }) {
  return h(
    "svg",
    { class: off ? "icon off" : "icon", viewBox: "0 0 24 24", "aria-hidden": "true" },
    h("path", { d: PATHS[name] }),
    off && h("path", { d: "M4 4l16 16" }),
  );
}

/** What lies where on a stage of 32 by 18: x, y, width, height; slides first. */
/** @type {Record<StageLayout, {slides?: number[], people: number[][]}>} */
const PLANS = {
  slides: { slides: [0, 0, 32, 18], people: [[24, 12, 7, 5]] },
  camera: { slides: [1, 12, 7, 5], people: [[0, 0, 32, 18]] },
  side: { slides: [0, 2, 19, 14], people: [[20, 2, 12, 14]] },
  gallery: { people: [[0, 0, 15, 8], [17, 0, 15, 8], [0, 10, 15, 8], [17, 10, 15, 8]] },
  screen: { slides: [0, 0, 23, 18], people: [[25, 0, 7, 5], [25, 6.5, 7, 5], [25, 13, 7, 5]] },
};

/** @param {{layout: StageLayout}} props */
export function LayoutSketch({ layout }) {
  const { slides, people } = PLANS[layout];
  /** @param {number[]} box @param {string} kind @param {number} key */
  const draw = ([x, y, width, height], kind, key) =>
    h("rect", { key, class: kind, x, y, width, height, rx: 1 });
  const behind = layout === "camera";
  return h(
    "svg",
    { class: "sketch", viewBox: "-1 -1 34 20", "aria-hidden": "true" },
    slides && !behind && draw(slides, "sketch-slides", 0),
    people.map((box, index) => draw(box, "sketch-person", index + 1)),
    slides && behind && draw(slides, "sketch-slides", 0),
  );
}
