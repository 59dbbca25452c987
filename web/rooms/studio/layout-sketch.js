// How each layout of the stage looks, as a small drawing.
import { h } from "../../vendor/preact.js";

/** @import { StageLayout } from "../../types.d.ts" */

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
