// The organisation beside somebody's name: typed words as they are; one that the server vouched for
// with its badge and the way to its page.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @import { Byline } from "../types.d.ts" */

/**
 * @param {object} props
 * @param {Byline} props.of
 * @param {boolean} [props.apart] its page opens beside this one: a room goes on meanwhile
 */
export function Affiliation({ of, apart = false }) {
  const { organisation, badge, organisationId } = of;
  if (!organisation) return null;
  // Any other badge is a later version's.
  if (badge !== "organisation") {
    return h("span", { class: "affiliation", title: organisation }, h("span", null, organisation));
  }
  return h(
    "span",
    { class: "affiliation" },
    h(
      "a",
      {
        href: `/o/${organisationId}`,
        target: apart ? "_blank" : undefined,
        title: `${organisation}\n${t("badge.why")}`,
      },
      organisation,
    ),
    h(
      "span",
      { class: "vouched", title: t("badge.why") },
      h("span", { "aria-hidden": "true" }, "✓"),
      h("span", { class: "unseen" }, t("badge.read")),
    ),
  );
}
