// What a page shows instead of its content: loading, empty, wrong, and what to do next.
import { h } from "../vendor/preact.js";
import { errorText, t } from "../app/i18n.js";

/** @import { ApiError } from "../app/api.js" */
/** @typedef {{is: "loading"} | {is: "failed", error: ApiError}} Pending */
/** @typedef {{href: string, text: string}} Link */

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} [props.text]
 * @param {boolean} [props.heading] whether the title is the page's heading
 * @param {boolean} [props.busy]
 * @param {Link} [props.link]
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

/**
 * What a page asked the server for and has not: it is on its way, or it did not come.
 * @param {object} props
 * @param {Pending} props.state
 * @param {string} props.failed the title when it did not come
 * @param {() => void} props.load asks again
 * @param {boolean} [props.heading] whether the title is the page's heading
 * @param {(error: ApiError) => {title: string, text: string, link?: Link} | false} [props.final] what
 *   is shown of an error that asking again does not mend
 * @param {Link} [props.link] a way on from every error
 */
export function PendingCard({ state, failed, load, heading, final, link }) {
  if (state.is === "loading") {
    return h(StateCard, { heading, title: t("common.loading"), busy: true });
  }
  const shown = final?.(state.error) || {
    title: failed,
    text: errorText(state.error),
    button: { run: load, text: t("common.tryAgain") },
  };
  return h(StateCard, { heading, link, ...shown });
}
