// Removes a text: its author at once, a moderator with a reason.
import { h, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Dialog } from "../../components/dialog.js";

/** @import { RoomStore } from "../store.js" */

const REASONS = ["spam", "abuse", "private", "mistake", "other"];

/** @param {{store: RoomStore, seq: number, own: boolean, name: string}} props */
export function RemoveButton({ store, seq, own, name }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState(own ? "mistake" : "spam");
  const close = () => setOpen(false);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    store.order("content.redact", { seq, reason });
    close();
  };
  return [
    h(
      "button",
      {
        type: "button",
        class: "plain small",
        "aria-label": t("remove.label", { name }),
        onClick: () => setOpen(true),
      },
      t("remove.button"),
    ),
    open && h(
      Dialog,
      { title: t("remove.title"), close },
      h(
        "form",
        { onSubmit: submit },
        h("p", null, t("remove.text")),
        h(
          "fieldset",
          null,
          h("legend", null, t("remove.reason")),
          REASONS.map((one) =>
            h(
              "label",
              { key: one, class: "choice" },
              h("input", {
                type: "radio",
                name: "reason",
                value: one,
                checked: reason === one,
                onChange: () => setReason(one),
              }),
              t(`remove.reason.${one}`),
            )
          ),
        ),
        h(
          "p",
          { class: "actions" },
          h("button", { type: "submit", class: "primary" }, t("remove.button")),
          h("button", { type: "button", onClick: close }, t("common.back")),
        ),
      ),
    ),
  ];
}
