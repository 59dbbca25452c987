// The chat of those who have more than everyone's channel: small tabs, and who reads what one writes.
import { h } from "../../vendor/preact.js";
import { t } from "../../app/i18n.js";
import { Tabs } from "../../components/tabs.js";
import { Chat } from "../roadshow/chat.js";
import { callsMe, channelsOf, EVERYONE, unreadIn } from "./channels.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/**
 * @param {object} props
 * @param {RoomStore} props.store
 * @param {Room} props.room
 * @param {() => void} props.card asks for the name card
 * @param {string} props.channel the one that is open
 * @param {(channel: string) => void} props.choose
 * @param {Record<string, number>} props.seen the newest message that was seen, by channel
 */
export function ChannelPanel({ store, room, card, channel, choose, seen }) {
  const tabs = channelsOf(store).map((name) => {
    const unread = name === channel ? [] : unreadIn(store, name, seen[name] ?? 0);
    const called = unread.some((message) => callsMe(store, message));
    return {
      id: name,
      text: nameOf(room, name),
      badge: unread.length,
      badgeMark: called ? "@" : undefined,
      badgeText: called ? t("chat.calledBadge") : undefined,
    };
  });
  const kind = channel.startsWith("slot:") ? "slot" : channel;
  return [
    h(
      "div",
      { class: "channel-tabs" },
      h(Tabs, { label: t("channel.label"), current: channel, choose, tabs }),
    ),
    h(
      "div",
      {
        class: channel === EVERYONE ? "channel" : "channel apart",
        role: "tabpanel",
        id: `panel-${channel}`,
        "aria-labelledby": `tab-${channel}`,
      },
      h(Chat, {
        key: channel,
        store,
        room,
        card,
        channel,
        words: {
          note: t(`channel.readers.${kind}`),
          field: t(`channel.field.${kind}`),
          empty: channel === EVERYONE ? t("chat.empty") : t("channel.empty"),
        },
      }),
    ),
  ];
}

/** @param {Room} room @param {string} channel */
function nameOf(room, channel) {
  if (!channel.startsWith("slot:")) return t(`channel.${channel}`);
  const slot = room.slots.find(({ id }) => channel === `slot:${id}`);
  return t("channel.slot", { title: slot?.title ?? channel.slice(5) });
}
