// The header of every page but the room's own.
import { h, useEffect, useState } from "../vendor/preact.js";
import { ApiError, getSite } from "../app/api.js";
import { t, texts } from "../app/i18n.js";
import { me } from "../app/me.js";
import { LanguageSwitch } from "./language-switch.js";
import { MeButton } from "./me-button.js";

/** @import { Site } from "../types.d.ts" */

const SECTIONS = [
  { path: "/", key: "nav.rooms" },
  { path: "/organisations", key: "nav.organisations" },
  { path: "/search", key: "nav.search" },
];

/** @param {{changed?: () => void}} props `changed` after somebody signed in or out */
export function SiteHeader({ changed = () => {} }) {
  const [site, setSite] = useState(/** @type {Site | null} */ (null));
  useEffect(() => {
    getSite().then(setSite).catch((error) => {
      if (!(error instanceof ApiError)) throw error; // The page below shows that the line is down.
    });
  }, []);
  const name = site?.name[texts.language] ?? t("site.name");
  useEffect(() => {
    document.title = name;
  }, [name]);
  return h(
    "header",
    { class: "site-header" },
    h(
      "a",
      { class: "brand", href: "/" },
      h("img", { src: "/styles/luyan.svg", alt: "", width: 32, height: 32 }),
      h("span", null, name),
    ),
    h(
      "nav",
      { class: "sections", "aria-label": t("nav.label") },
      SECTIONS.map(({ path, key }) =>
        h(
          "a",
          { key, href: path, "aria-current": location.pathname === path ? "page" : undefined },
          t(key),
        )
      ),
      me.person?.operator && h(
        "a",
        {
          href: "/people",
          "aria-current": location.pathname === "/people" ? "page" : undefined,
        },
        t("directory.title"),
      ),
      // Small screens have no room for it beside the name card.
      !me.person && h("a", { class: "sign-in", href: "/sign-in" }, t("me.signIn")),
    ),
    h("div", { class: "corner" }, h(LanguageSwitch, {}), h(MeButton, { changed })),
  );
}
