// Who may send what in a room, as far as its page offers it; the server decides.
import { isOngoing } from "../lifecycle.js";

/** @import { Room } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */

/** @type {import("../../types.d.ts").Role[]} */
const SPEAKERS = ["moderator", "presenter", "judge", "expert"];

/** Whether this reader sends voice, camera and screen, once the room is open. */
/** @param {RoomStore} store @param {Room} room */
export function maySpeak(store, room) {
  const { member, roles } = store.you;
  if (member === null) return false;
  return roles.some((role) => SPEAKERS.includes(role)) || room.floor.includes(member);
}

/** @param {RoomStore} store */
export function mayInterpret(store) {
  return store.is("captioner") || store.is("moderator");
}

/** Whether a raised hand can lead anywhere. @param {RoomStore} store @param {Room} room */
export function mayRaise(store, room) {
  const { member, roles } = store.you;
  if (!isOngoing(room) || maySpeak(store, room)) return false;
  return member === null || roles.some((role) => role !== "auditor");
}

/** This reader's place among the raised hands, from 1; 0 without one. */
/** @param {Room} room @param {string | null} member */
export function placeInQueue(room, member) {
  return room.hands.findIndex((hand) => hand.member === member) + 1;
}
