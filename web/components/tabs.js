// Tabs (WAI-ARIA): arrows move between them, Tab goes on into the panel.
import { h, useEffect } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @typedef {{id: string, text: string, badge: number, badgeText?: string, badgeMark?: string}} Tab */

/**
 * @param {{label: string, tabs: Tab[], current: string, choose: (id: string) => void}} props
 */
export function Tabs({ label, tabs, current, choose }) {
  useEffect(() => {
    document.getElementById(`tab-${current}`)?.scrollIntoView({
      inline: "nearest",
      block: "nearest",
    });
  }, [current]);
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const at = tabs.findIndex(({ id }) => id === current);
    const to = /** @type {Record<string, number>} */ ({
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      ArrowRight: (at + 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    })[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(tabs[to].id);
    document.getElementById(`tab-${tabs[to].id}`)?.focus();
  };
  return h(
    "div",
    { class: "tabs", role: "tablist", "aria-label": label, onKeyDown: move },
    tabs.map(({ id, text, badge, badgeText, badgeMark }) =>
      h(
        "button",
        {
          key: id,
          id: `tab-${id}`,
          type: "button",
          role: "tab",
          "aria-selected": id === current ? "true" : "false",
          "aria-controls": id === current ? `panel-${id}` : undefined,
          tabIndex: id === current ? 0 : -1,
          onClick: () => choose(id),
        },
        text,
        badge > 0 && h(
          "span",
          { class: "badge", "aria-label": badgeText ?? t("tab.unread", { n: badge }), role: "img" },
          badgeMark ?? (badge > 99 ? "99+" : String(badge)),
        ),
      )
    ),
  );
}
