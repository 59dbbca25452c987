// The panel beside the stage: questions, chat, agenda, about; with what is unread on each.
import { h, useEffect, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Tabs } from "../../components/tabs.js";
import { Lazy } from "../../components/lazy.js";
import { judgingPanel } from "../judging/parts.js";
import { pollsPanel } from "../polls/parts.js";
import { intents } from "../intents/parts.js";
import { captionsDesk } from "../studio/parts.js";
import { About } from "./about.js";
import { Agenda } from "./agenda.js";
import { Chat } from "./chat.js";
import { Questions } from "./questions.js";
import { people, presenterDesk, runOfShow } from "./parts.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { MediaSession } from "../media/session.js" */
/** @import { RoomStore } from "../store.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {string} props.id of the room
 * @param {string} props.tab
 * @param {(tab: string) => void} props.choose
 * @param {() => void} props.card asks for the name card
 * @param {"run" | "desk" | null} props.desk what has no place beside the stage on this screen
 * @param {MediaSession} props.media
 */
export function SidePanel({ store, room, id, tab, choose, card, desk, media }) {
  const last = { chat: newest(room.chat), qa: newest(room.questions) };
  const [seen, setSeen] = useState(last);
  const judges = room.judging !== null && store.is("judge");
  const staff = room.members !== undefined;
  const names = [
    ...(desk ? [desk] : []),
    ...(store.is("captioner") && !store.is("moderator") ? ["captions"] : []),
    ...(judges ? ["judging"] : []),
    "qa",
    "chat",
    "polls",
    ...(!judges && (room.judging || store.is("moderator")) ? ["judging"] : []),
    ...(staff ? ["people"] : []),
    "agenda",
    ...(room.state === "scheduled" ? [] : ["intents"]),
    "about",
  ];
  const current = names.includes(tab) ? tab : names[0];
  useEffect(() => {
    if (current === "chat" || current === "qa") {
      setSeen((before) => ({ ...before, [current]: last[current] }));
    }
  }, [current, last.chat, last.qa]);
  const unread = {
    chat: room.chat.filter(({ seq, by }) => seq > seen.chat && by !== store.you.member).length,
    qa: room.questions.filter(({ seq, by }) => seq > seen.qa && by !== store.you.member).length,
  };
  /** @type {Record<string, number>} */
  const badges = { ...unread, people: store.waiting, polls: unvoted(store, room) };

  return h(
    "section",
    { class: "side", "aria-label": t("tab.label") },
    h(Tabs, {
      label: t("tab.label"),
      current,
      choose,
      tabs: names.map((name) => ({
        id: name,
        text: t(`tab.${name}`),
        badge: name === current ? 0 : badges[name] ?? 0,
        badgeText: name === "people"
          ? t("people.waitingBadge", { n: store.waiting })
          : name === "polls"
          ? t("tab.pollsBadge")
          : undefined,
      })),
    }),
    h(
      "div",
      {
        class: "panel",
        role: "tabpanel",
        id: `panel-${current}`,
        "aria-labelledby": `tab-${current}`,
      },
      current === "qa" && h(Questions, { store, room, card }),
      current === "chat" && h(Chat, { store, room, card }),
      current === "polls" && h(Lazy, { load: pollsPanel, given: { store, room } }),
      current === "people" && h(Lazy, { load: people, given: { store, room, id } }),
      current === "intents" && h(Lazy, { load: intents, given: { store, room, card } }),
      current === "agenda" && h(Agenda, { store, room }),
      current === "about" && h(About, { store, room, id }),
      current === "run" && h(Lazy, { load: runOfShow, given: { store, room, id, media } }),
      current === "desk" && h(Lazy, { load: presenterDesk, given: { store, room, id, media } }),
      current === "judging" && h(Lazy, { load: judgingPanel, given: { store, room, id } }),
      current === "captions" && h(
        "div",
        { class: "scroll", tabIndex: 0, role: "region", "aria-label": t("tab.captions") },
        h(Lazy, { load: captionsDesk, given: { store, room } }),
      ),
    ),
  );
}

/** Open polls without a vote of the reader's. @param {RoomStore} store @param {Room} room */
function unvoted({ you }, { polls }) {
  const voted = new Set(you.ballots?.map(({ poll }) => poll));
  return polls.filter(({ id, state }) => state === "open" && !voted.has(id)).length;
}

/** @param {{seq: number}[]} items */
function newest(items) {
  return items.at(-1)?.seq ?? 0;
}
