// Who can be called by name in a channel, as far as this reader knows their names.
import { EVERYONE, messagesIn } from "./channels.js";

/** @import { Member } from "../../types.d.ts" */
/** @import { RoomStore } from "../store.js" */
/** @typedef {{member: string, name: string, organisation?: string}} Person */

/** Staff knows all members; others those who wrote. The newest first. */
/** @param {RoomStore} store @param {string} channel @returns {Person[]} */
export function peopleIn(store, channel) {
  const { room, you } = store;
  /** @type {Map<string, Person>} */
  const people = new Map();
  /** @param {string | null} member @param {string | undefined} name @param {string} [organisation] */
  const meet = (member, name, organisation) => {
    if (member === null || !name || member === you.member || people.has(member)) return;
    people.set(member, { member, name, organisation });
  };
  const asked = channel === EVERYONE ? room?.questions ?? [] : [];
  for (const { by, name, organisation } of [...messagesIn(store, channel), ...asked].reverse()) {
    meet(by, name, organisation);
  }
  for (const one of room?.members ?? []) {
    if (reads(one, channel)) meet(one.member, one.name, one.organisation);
  }
  // Whoever wrote and left, or changed roles, is not called; staff knows of it.
  if (!room?.members) return [...people.values()];
  const here = new Set(room.members.filter((one) => reads(one, channel)).map((one) => one.member));
  return [...people.values()].filter(({ member }) => here.has(member));
}

/** As the server's rules have it. @param {Member} member @param {string} channel */
function reads({ roles, slots }, channel) {
  if (channel === EVERYONE) return true;
  if (roles.includes("moderator") || roles.includes("auditor")) return true;
  if (channel === "judges") return roles.includes("judge");
  return slots.some((slot) => channel === `slot:${slot}`);
}

/** What members are called, by id: for the marks in texts. @param {RoomStore} store */
export function namesKnown(store) {
  const { room, you } = store;
  /** @type {Map<string, string>} */
  const names = new Map();
  const written = [...(room?.chat ?? []), ...(room?.confided ?? you.confided ?? [])];
  for (const { by, name } of [...written, ...(room?.questions ?? [])]) {
    if (by !== null && name) names.set(by, name);
  }
  for (const { member, name } of room?.members ?? []) if (name) names.set(member, name);
  if (you.member !== null && you.name) names.set(you.member, you.name);
  return names;
}

/**
 * The text in pieces, those that call somebody apart.
 * @param {string} text @param {string[]} called ids @param {Map<string, string>} names
 * @returns {{text: string, member?: string}[]}
 */
export function pieces(text, called, names) {
  const calls = called.flatMap((member) => {
    const name = names.get(member);
    return name ? [{ member, call: `@${name}` }] : [];
  }).sort((one, other) => other.call.length - one.call.length);
  /** @type {{text: string, member?: string}[]} */
  let found = [{ text }];
  for (const { member, call } of calls) {
    found = found.flatMap((piece) =>
      piece.member ? [piece] : piece.text.split(call).flatMap((rest, index) => [
        ...(index > 0 ? [{ text: call, member }] : []),
        ...(rest === "" ? [] : [{ text: rest }]),
      ])
    );
  }
  // Whom this reader never met is somebody called by another name that the text has.
  const unmet = called.filter((member) => !names.get(member));
  return found.flatMap((piece) =>
    piece.member || unmet.length === 0 ? [piece] : piece.text.split(/(@[^\s@]+)/u).map((text) => {
      const member = text.startsWith("@") ? unmet.shift() : undefined;
      return member === undefined ? { text } : { text, member };
    }).filter(({ text }) => text !== "")
  );
}
