// Chat from before what a page has: read from the room's events.
import { getJSON } from "../app/api.js";
import { chatMessage } from "./apply.js";
import { merge } from "./merge.js";

/** @import { ChatMessage, Merged, Room } from "../types.d.ts" */

const PAGE = 200; // events loaded at once
const ENOUGH = PAGE / 4; // messages

/** The messages before the oldest that is shown, and whether there are earlier ones still. */
/** @param {string} id @param {Room} room @returns {Promise<{chat: ChatMessage[], more: boolean}>} */
export async function earlierChat(id, room) {
  let before = room.chat[0]?.seq ?? room.seq + 1;
  /** @type {ChatMessage[]} */
  let chat = [];
  while (chat.length < ENOUGH && before > 1) {
    const query = `before=${before}&limit=${PAGE}`;
    const { events, first } = await getJSON(`/api/v1/rooms/${id}/events?${query}`);
    before = first ?? 1;
    const said = events.map(merge).filter((/** @type {Merged} */ { type }) =>
      type === "chat.said" || type === "chat.approved"
    ).map(chatMessage);
    chat = [...said, ...chat];
  }
  return { chat, more: before > 1 };
}
