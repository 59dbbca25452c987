// The panel beside the stage: questions, chat, agenda, about; with what is unread on each.
import { h, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { notices } from "../../app/notices.js";
import { Tabs } from "../../components/tabs.js";
import { Lazy } from "../../components/lazy.js";
import { judgingPanel } from "../judging/parts.js";
import {
  callsMe,
  channelsOf,
  EVERYONE,
  messagesIn,
  newestIn,
  unreadIn,
} from "../channels/channels.js";
import { channelPanel } from "../channels/parts.js";
import { pollsPanel } from "../polls/parts.js";
import { intents } from "../intents/parts.js";
import { captionsDesk } from "../studio/parts.js";
import { Agenda } from "./agenda.js";
import { Chat } from "./chat.js";
import { Questions } from "./questions.js";
import { about, people, presenterDesk, runOfShow } from "./parts.js";

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
  /** @type {Record<string, number>} */
  const last = { ...newestIn(store), qa: newest(room.questions) };
  const [seen, setSeen] = useState(last);
  const channels = channelsOf(store);
  const [chosen, setChannel] = useState(EVERYONE);
  const channel = channels.includes(chosen) ? chosen : EVERYONE;
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
  const open = current === "chat" ? channel : current;
  useEffect(() => {
    if (open in last) setSeen((before) => ({ ...before, [open]: last[open] }));
  }, [open, last[open]]);
  const told = channels.flatMap((name) =>
    name === open ? [] : unreadIn(store, name, seen[name] ?? 0)
  );
  useCalls(store, channels, current === "chat" ? channel : "");
  const unread = {
    chat: told.length,
    qa: room.questions.filter(({ seq, by }) => seq > seen.qa && by !== store.you.member).length,
  };
  const several = channels.length > 1;
  const calls = told.some((message) => callsMe(store, message));
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
        badge: name === current && (name !== "chat" || !several) ? 0 : badges[name] ?? 0,
        badgeMark: name === "chat" && calls ? "@" : undefined,
        badgeText: name === "people"
          ? t("people.waitingBadge", { n: store.waiting })
          : name === "polls"
          ? t("tab.pollsBadge")
          : name === "chat" && calls
          ? t("chat.calledBadge")
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
      current === "chat" && (several
        ? h(Lazy, {
          load: channelPanel,
          given: { store, room, card, channel, choose: setChannel, seen },
        })
        : h(Chat, { store, room, card })),
      current === "polls" && h(Lazy, { load: pollsPanel, given: { store, room } }),
      current === "people" && h(Lazy, { load: people, given: { store, room, id } }),
      current === "intents" && h(Lazy, { load: intents, given: { store, room, card } }),
      current === "agenda" && h(Agenda, { store, room }),
      current === "about" && h(Lazy, { load: about, given: { store, room, id } }),
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

/** Tells, once each, of messages that call this reader; where they are open it is only spoken. */
/** @param {RoomStore} store @param {string[]} channels @param {string} open */
function useCalls(store, channels, open) {
  const last = Math.max(0, ...channels.map((name) => newest(messagesIn(store, name))));
  const heard = useRef(last);
  useEffect(() => {
    for (const name of channels) {
      for (const message of unreadIn(store, name, heard.current)) {
        if (!callsMe(store, message) || message.removed) continue;
        const words = t("chat.called", { name: message.name ?? "" });
        if (name === open) notices.say(words);
        else notices.show(words);
      }
    }
    heard.current = last;
  }, [last]);
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
