// Notices in a corner, and the page's two live regions.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { notices } from "../app/notices.js";
import { useObservable } from "../app/observable.js";

export function Notices() {
  useObservable(notices);
  return h(
    "aside",
    { class: "notices", "aria-label": t("common.notices") },
    h("p", { class: "unseen", role: "status", "aria-live": "polite" }, notices.polite),
    h("p", { class: "unseen", role: "alert", "aria-live": "assertive" }, notices.urgent),
    notices.shown.map(({ id, text, kind }) =>
      h(
        "div",
        { class: `notice ${kind}`, key: id },
        h("p", null, text),
        h(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-label": t("common.dismiss"),
            onClick: () => notices.dismiss(id),
          },
          "×",
        ),
      )
    ),
  );
}
