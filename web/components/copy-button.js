// Copies a text; where the clipboard is forbidden the text is shown to copy by hand.
import { h, useState } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { notices } from "../app/notices.js";

/** @param {{make: () => Promise<string>, text: string, done: string}} props `make` gives what is copied */
export function CopyButton({ make, text, done }) {
  const [shown, setShown] = useState("");
  const copy = async () => {
    let made;
    try {
      made = await make();
    } catch (error) {
      notices.refuse(/** @type {import("../app/api.js").ApiError} */ (error));
      return;
    }
    try {
      await navigator.clipboard.writeText(made);
      notices.show(done);
    } catch {
      setShown(made); // No permission, or no secure context.
    }
  };
  return [
    h("button", { type: "button", onClick: copy }, text),
    shown && h("input", {
      class: "copied",
      readOnly: true,
      value: shown,
      "aria-label": t("copy.byHand"),
      onFocus: (/** @type {any} */ event) => event.target.select(),
    }),
  ];
}
