// The bar at a phone's lower edge: pages and the two ways to speak, within the thumb's reach.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";

/** @import { Slides } from "./slides.js" */

/**
 * @param {object} props
 * @param {Slides} props.slides
 * @param {"run" | "desk" | null} props.desk the reader's own tab
 * @param {(tab: string) => void} props.choose
 */
export function PhoneBar({ slides, desk, choose }) {
  const { slot, page, browsing, turn, follow } = slides;
  const pages = slot?.pages.length ?? 0;
  /** @param {string} tab @param {string} field */
  const go = (tab, field) => () => {
    choose(tab);
    // The panel's field exists once the tab is drawn.
    requestAnimationFrame(() => document.getElementById(field)?.focus());
  };
  return h(
    "nav",
    { class: "phone-bar", "aria-label": t("bar.label") },
    h(
      "button",
      { type: "button", disabled: page <= 1, onClick: () => turn(-1) },
      t("bar.previous"),
    ),
    desk
      ? h("button", { type: "button", onClick: () => choose(desk) }, t(`tab.${desk}`))
      : h("button", { type: "button", onClick: go("qa", "question-field") }, t("bar.ask")),
    browsing
      ? h("button", { type: "button", class: "primary", onClick: follow }, t("bar.follow"))
      : h("button", { type: "button", onClick: go("chat", "chat-field") }, t("bar.chat")),
    h("button", { type: "button", disabled: page >= pages, onClick: () => turn(1) }, t("bar.next")),
  );
}
