// The chat's channels as far as this reader is in them: which there are, and what was said there.

/** @import { ChatMessage } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

export const EVERYONE = "everyone";

/** The back room of a slot. @param {string} slot */
export const backRoom = (slot) => `slot:${slot}`;

/** What was said in private, as it was told to this reader. */
/** @param {RoomStore} store @returns {ChatMessage[]} */
function confided({ room, you }) {
  return room?.confided ?? you.confided ?? [];
}

/** @param {RoomStore} store @param {string} channel @returns {ChatMessage[]} */
export function messagesIn(store, channel) {
  if (channel === EVERYONE) return store.room?.chat ?? [];
  return confided(store).filter((one) => one.channel === channel);
}

/** Whether there is chat from before `messagesIn`. @param {RoomStore} store @param {string} channel */
export function hasEarlier({ room, you }, channel) {
  if (channel === EVERYONE) return room?.chatMore ?? false;
  return (room?.confidedMore ?? you.confidedMore ?? []).includes(channel);
}

/** The reader's channels, everyone's first. @param {RoomStore} store @returns {string[]} */
export function channelsOf(store) {
  const { room, you } = store;
  if (!room || you.member === null) return [EVERYONE];
  const staff = room.members !== undefined;
  const spoken = new Set(confided(store).map(({ channel }) => channel));
  const judges = staff ? room.judging !== null || spoken.has("judges") : store.is("judge");
  const next = room.slots.find(({ state }) => state === "ready" || state === "waiting");
  const rooms = room.slots.map(({ id }) => id).filter((id) =>
    you.slots.includes(id) ||
    (staff && (id === room.stage || id === next?.id || spoken.has(backRoom(id))))
  );
  return [
    EVERYONE,
    ...(staff ? ["staff"] : []),
    ...(judges ? ["judges"] : []),
    ...rooms.map(backRoom),
  ];
}

/** The newest message of each channel. @param {RoomStore} store @returns {Record<string, number>} */
export function newestIn(store) {
  return Object.fromEntries(
    channelsOf(store).map((name) => [name, messagesIn(store, name).at(-1)?.seq ?? 0]),
  );
}

/** What others said in the channel since. */
/** @param {RoomStore} store @param {string} channel @param {number} seen */
export function unreadIn(store, channel, seen) {
  return messagesIn(store, channel).filter(({ seq, by }) => seq > seen && by !== store.you.member);
}

/** Whether it calls this reader by name. @param {RoomStore} store @param {ChatMessage} message */
export function callsMe({ you }, { mentions, by }) {
  return you.member !== null && by !== you.member && (mentions?.includes(you.member) ?? false);
}
