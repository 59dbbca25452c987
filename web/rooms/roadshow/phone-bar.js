// The bar at a phone's lower edge: pages and the ways to speak, within the thumb's reach.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Icon } from "../../components/icon.js";
import { isOver } from "../lifecycle.js";
import { HandButton } from "../media/heard.js";
import { needsTap } from "../media/stage-signs.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */
/** @import { Slides } from "./slides.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {MediaSession} props.media
 * @param {Slides} props.slides
 * @param {"run" | "desk" | "judging" | null} props.desk the reader's own tab
 * @param {(tab: string) => void} props.choose
 * @param {boolean} props.talking a moderator has the ways to speak open
 * @param {(talking: boolean) => void} props.setTalking
 */
export function PhoneBar({ store, room, media, slides, desk, choose, talking, setTalking }) {
  const { slot, page, browsing, turn, follow } = slides;
  const pages = slot?.pages.length ?? 0;
  /** @param {string} tab @param {string} field */
  const go = (tab, field) => () => {
    choose(tab);
    // The panel's field exists once the tab is drawn.
    requestAnimationFrame(() => document.getElementById(field)?.focus());
  };
  return h(
    "nav",
    { class: "phone-bar", "aria-label": t("bar.label") },
    needsTap(media) && h(
      "button",
      { type: "button", class: "primary bar-sound", onClick: () => media.listening.unlock() },
      h(Icon, { name: "sound" }),
      t("media.soundOn"),
    ),
    h(
      "button",
      { type: "button", disabled: page <= 1, onClick: () => turn(-1) },
      t("bar.previous"),
    ),
    desk
      ? h("button", { type: "button", onClick: () => choose(desk) }, t(`tab.${desk}`))
      : h("button", { type: "button", onClick: go("qa", "question-field") }, t("bar.ask")),
    browsing
      ? h("button", { type: "button", class: "primary", onClick: follow }, t("bar.follow"))
      : h("button", { type: "button", onClick: go("chat", "chat-field") }, t("bar.chat")),
    h(HandButton, { store, room, brief: true }),
    desk === "run" && !isOver(room) && h(
      "button",
      {
        type: "button",
        "aria-expanded": talking ? "true" : "false",
        onClick: () => setTalking(!talking),
      },
      t("bar.talk"),
    ),
    h("button", { type: "button", disabled: page >= pages, onClick: () => turn(1) }, t("bar.next")),
  );
}
