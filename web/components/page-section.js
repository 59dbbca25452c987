// One's own page: whether others see it, and the way to it.
import { h, useState } from "../vendor/preact.js";
import { postJSON } from "../app/api.js";
import { t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { CopyButton } from "./copy-button.js";

/** @import { Fields, ProfilePage } from "../types.d.ts" */

/** @param {{page: ProfilePage, show: (page: Fields) => void}} props */
export function PageSection({ page, show }) {
  /** What was chosen and is not answered yet. */
  const [wanted, setWanted] = useState(/** @type {boolean | null} */ (null));
  const path = `/p/${page.id}`;
  /** @param {any} event */
  const set = async (event) => {
    if (wanted !== null) return;
    const isPublic = event.target.checked;
    setWanted(isPublic);
    try {
      const changed = await postJSON("/api/v1/account/page", { public: isPublic });
      show(changed);
      notices.show(t(changed.public ? "page.shown" : "page.hidden"));
    } catch (error) {
      notices.refuse(/** @type {import("../app/api.js").ApiError} */ (error));
    } finally {
      setWanted(null);
    }
  };
  return h(
    "section",
    { class: "card", "aria-labelledby": "page" },
    h("h2", { id: "page" }, t("page.title")),
    h("p", { class: "quiet", id: "page-why" }, t("page.why")),
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "checkbox",
        checked: wanted ?? page.public,
        "aria-disabled": wanted === null ? undefined : "true",
        "aria-describedby": "page-why",
        onChange: set,
      }),
      t("page.public"),
    ),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "button", href: path }, t("page.see")),
      page.public && h(CopyButton, {
        make: () => Promise.resolve(new URL(path, location.origin).href),
        text: t("page.copy"),
        done: t("copy.done"),
      }),
    ),
  );
}
