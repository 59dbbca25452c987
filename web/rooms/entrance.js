// Before a room is there: loading, or why it does not come, and what to do about it.
import { h } from "../vendor/preact.js";
import { t } from "../app/i18n.js";
import { StateCard } from "../components/state-card.js";

/** @import { RoomStore } from "./store.js" */

/** @param {{store: RoomStore}} props */
export function Entrance({ store }) {
  const { situation } = store;
  const home = { href: "/", text: t("common.home") };
  const reload = { run: () => location.reload(), text: t("common.reload") };
  const card = situation.is === "missing"
    ? { title: t("room.missing"), text: t("room.missingText"), link: home }
    : situation.is === "denied"
    ? { title: t("room.denied"), text: t(`error.${situation.code}`), link: home }
    : situation.is === "failed"
    ? { title: t("room.failed"), text: t(`error.${situation.code}`), button: reload, link: home }
    : situation.is === "signed_out"
    ? { title: t("room.signedOut"), text: t("room.signedOutText"), button: reload, link: home }
    : situation.is === "unavailable"
    ? { title: t("room.unavailable"), text: t("room.unavailableText"), busy: true }
    : situation.is === "reconnecting" || situation.is === "drained"
    ? { title: t("room.unreachable"), text: t("room.unreachableText"), busy: true, link: home }
    : { title: t("room.loading"), busy: true };
  return h(StateCard, { heading: true, ...card });
}
