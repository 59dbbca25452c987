// Over every page of a closed matter: who reads it, and when. It lies above and takes no click.
import { h } from "../../vendor/preact.js";
import { useTick } from "../../app/observable.js";

/** @import { RoomStore } from "../store.js" */

const MINUTE = 60_000;
const LINES = 95; // pixels from one line to the next

/** @param {{store: RoomStore}} props */
export function Watermark({ store }) {
  useTick(MINUTE / 2);
  const text = `${store.you.signature ?? store.you.name ?? ""} · ${stamp(store.now())}`;
  const width = room(text);
  return h(
    "svg",
    { class: "watermark", "aria-hidden": "true", width: "100%", height: "100%" },
    h(
      "defs",
      null,
      h(
        "pattern",
        {
          id: "watermark",
          width,
          height: 2 * LINES,
          patternUnits: "userSpaceOnUse",
          patternTransform: "rotate(-24)",
        },
        h("text", { x: 10, y: LINES - 35 }, text),
        // Half a step aside; what the edge cuts off comes in again at the other one.
        [10 + width / 2, 10 - width / 2].map((x) =>
          h("text", { key: x, x, y: 2 * LINES - 35 }, text)
        ),
      ),
    ),
    h("rect", { width: "100%", height: "100%", fill: "url(#watermark)" }),
  );
}

/** Pixels that a line needs, with air behind it. @param {string} text */
function room(text) {
  const letters = [...text].map((letter) => letter > "\u2e80" ? 16 : 9);
  return letters.reduce((sum, one) => sum + one, 90);
}

/** `2026-11-27 09:05`: the same in every language, as evidence should be. @param {number} at */
function stamp(at) {
  const local = new Date(at - new Date(at).getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 16).replace("T", " ");
}
