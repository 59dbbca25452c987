// The button beneath the stage that opens reactions: they are fetched once somebody wants or shows one.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { part } from "../../app/part.js";
import { Icon } from "../../components/icon.js";
import { Lazy } from "../../components/lazy.js";
import { isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

const reactions = async () =>
  (await part(import("./reactions.js"), { catalogues: ["reactions"], styles: ["reactions"] }))
    .Reactions;

/** @param {{store: RoomStore, room: Room}} props */
export function ReactButton({ store, room }) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => store.reactions.listen(() => setShown(true)), [store]);
  if (!isOngoing(room)) return null;
  const { member, roles } = store.you;
  const acts = member === null || roles.some((role) => role !== "auditor");
  return h(
    "div",
    {
      class: "react",
      onKeyDown: (/** @type {any} */ event) => {
        if (event.key !== "Escape" || !open) return;
        setOpen(false);
        event.currentTarget.firstChild.focus();
      },
    },
    acts && h(
      "button",
      {
        type: "button",
        "aria-expanded": open ? "true" : "false",
        onClick: () => setOpen(!open),
      },
      h(Icon, { name: "react" }),
      h("span", { class: "listen-word" }, t("media.react")),
    ),
    (open || shown) &&
      h(Lazy, { load: reactions, given: { store, open }, meanwhile: null }),
  );
}
