// Whether others than those who were there may see a slot: its presenter says so, or staff for it.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";

/** @import { RoomStore } from "../rooms/store.js" */
/** @import { Consent } from "./types.d.ts" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Consent[]} props.consents
 * @param {() => void} props.load asks for them again: a presenter's own word moves no room
 * @param {boolean} [props.onBehalf]
 * @param {boolean} [props.writes]
 */
export function Consents({ store, consents, load, onBehalf = false, writes = true }) {
  /** @param {string} slot @param {boolean} agree */
  const say = (slot, agree) => {
    store.send("archive.consent", { slot, agree }).then(load, () => {}); // Told by a notice.
  };
  const shown = onBehalf ? consents.filter((one) => one.shown) : consents;
  if (shown.length === 0) return h("p", { class: "quiet" }, t("archive.noSlots"));
  return h(
    "ul",
    { class: "archive-consents" },
    shown.map(({ slot, title, agree }) =>
      h(
        "li",
        { key: slot },
        h("span", { class: "archive-title" }, title ?? slot),
        h(
          "span",
          { class: "quiet" },
          t(
            agree === null ? "archive.unasked" : agree ? "archive.agreed" : "archive.refused",
          ),
        ),
        writes && h(
          "span",
          { class: "actions" },
          agree !== true && h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": t("archive.agreeFor", { title: title ?? slot }),
              onClick: () => say(slot, true),
            },
            t(onBehalf ? "archive.agreesOnPaper" : "archive.agree"),
          ),
          agree !== false && h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": t("archive.refuseFor", { title: title ?? slot }),
              onClick: () => say(slot, false),
            },
            t(onBehalf ? "archive.refusesOnPaper" : "archive.refuse"),
          ),
        ),
      )
    ),
  );
}
