// What a page shows instead of its content: loading, empty, wrong, and what to do next.
import { h } from "../vendor/preact.js";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} [props.text]
 * @param {boolean} [props.heading] whether the title is the page's heading
 * @param {boolean} [props.busy]
 * @param {{href: string, text: string}} [props.link]
 * @param {{run: () => void, text: string}} [props.button]
 */
export function StateCard({ title, text, heading, busy, link, button }) {
  return h(
    "section",
    { class: busy ? "state-card busy" : "state-card", "aria-busy": busy ? "true" : undefined },
    h(heading ? "h1" : "p", { class: "state-title" }, title),
    text && h("p", null, text),
    (link || button) && h(
      "p",
      { class: "actions" },
      button && h("button", { type: "button", class: "primary", onClick: button.run }, button.text),
      link && h("a", { class: button ? "button" : "button primary", href: link.href }, link.text),
    ),
  );
}
