// A modal dialog: the browser's own, which keeps the focus inside and gives it back.
import { h, useEffect, useRef } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @import { Child } from "../vendor/preact.d.ts" */

/**
 * @param {{title: string, close: () => void, children?: Child}} props
 */
export function Dialog({ title, close, children }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    element.current?.showModal();
  }, []);
  return h(
    "dialog",
    {
      ref: element,
      "aria-labelledby": "dialog-title",
      onClose: close,
      onClick: (/** @type {MouseEvent} */ event) => {
        if (event.target === element.current) close(); // The backdrop belongs to the dialog.
      },
    },
    h(
      "div",
      { class: "dialog" },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", { id: "dialog-title" }, title),
        h(
          "button",
          { type: "button", class: "plain", "aria-label": t("common.close"), onClick: close },
          "×",
        ),
      ),
      children,
    ),
  );
}
