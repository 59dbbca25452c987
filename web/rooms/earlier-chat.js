// Chat from before what a page has: read from the room's events.
import { getJSON } from "../app/api.js";
import { chatMessage } from "./apply.js";
import { EVERYONE, messagesIn } from "./channels/channels.js";
import { merge } from "./merge.js";

/** @import { RoomStore } from "./store.js" */
/** @import { ChatMessage, Merged } from "../types.d.ts" */

const PAGE = 200; // events loaded at once
const ENOUGH = PAGE / 4; // messages

/** A channel's messages before that event, and whether there are earlier ones still. */
/**
 * @param {string} id @param {string} channel @param {number} before
 * @returns {Promise<{chat: ChatMessage[], more: boolean}>}
 */
async function earlierChat(id, channel, before) {
  /** @type {ChatMessage[]} */
  let chat = [];
  while (chat.length < ENOUGH && before > 1) {
    const query = `before=${before}&limit=${PAGE}`;
    const { events, first } = await getJSON(`/api/v1/rooms/${id}/events?${query}`);
    before = first ?? 1;
    const said = events.map(merge).filter((/** @type {Merged} */ { type }) =>
      type === "chat.said" || type === "chat.approved"
    ).map(chatMessage).filter((/** @type {ChatMessage} */ said) =>
      (said.channel ?? EVERYONE) === channel
    );
    chat = [...said, ...chat];
  }
  return { chat, more: before > 1 };
}

/** Puts a channel's earlier chat before what is there. @param {RoomStore} store @param {string} channel */
export async function withEarlier(store, channel) {
  const oldest = messagesIn(store, channel)[0]?.seq ?? (store.room?.seq ?? 0) + 1;
  const { chat, more } = await earlierChat(store.id, channel, oldest);
  if (!store.room) return;
  // What came meanwhile stays.
  const shown = messagesIn(store, channel);
  const known = new Set(shown.map(({ seq }) => seq));
  const missing = chat.filter(({ seq }) => !known.has(seq));
  if (channel === EVERYONE) {
    store.room = { ...store.room, chat: [...missing, ...shown], chatMore: more };
    return;
  }
  const { confided = [], confidedMore = [] } = store.room.confided ? store.room : store.you;
  const change = {
    confided: [...missing, ...confided].sort((one, other) => one.seq - other.seq),
    confidedMore: confidedMore.filter((one) => more || one !== channel),
  };
  if (store.room.confided) store.room = { ...store.room, ...change };
  else store.you = { ...store.you, ...change };
}
