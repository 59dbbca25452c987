// Whether somebody vouches for an organisation: the badge that stands wherever its name does.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @param {{standing: import("../types.d.ts").OrganisationStanding}} props */
export function Standing({ standing }) {
  if (standing === "verified") {
    return h(
      "span",
      { class: "standing verified", title: t("standing.verifiedWhy") },
      h("span", { "aria-hidden": "true" }, "✓"),
      t("standing.verified"),
    );
  }
  return h("span", { class: `standing ${standing}` }, t(`standing.${standing}`));
}
