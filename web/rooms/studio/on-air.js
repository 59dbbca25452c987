// Who is on the air, and who may be: the people behind the tracks, in an order that stays.

/** @import { Byline, MediaKind, MediaTrack, Room } from "../../types.d.ts" */
/**
 * @typedef {object} OnAir
 * @property {string} member
 * @property {string} name empty where it is not known
 * @property {Byline} byline
 * @property {MediaTrack[]} tracks by kind; none of somebody who has the floor and is silent
 * @property {boolean} hasFloor was given it, beyond what a role allows
 * @property {boolean} isSpeaking
 * @property {boolean} isMuted by staff
 */

/** @type {MediaKind[]} */
const KINDS = ["voice", "camera", "screen", "interpretation"];
/** Who sends without being given the floor. */
const SPEAKERS = ["moderator", "presenter", "judge", "expert"];

/**
 * Those who send, in the order of their tracks, then those who have the floor and do not send.
 * @param {Room} room @param {MediaTrack[]} tracks @param {Set<string>} speaking
 * @returns {OnAir[]}
 */
export function peopleOnAir(room, tracks, speaking) {
  const live = tracks.filter((track) => track.live).sort((one, other) => one.track - other.track);
  const members = [...new Set([...live.map(({ member }) => member), ...room.floor])];
  return members.map((member) => {
    const own = live.filter((track) => track.member === member);
    const known = own[0] ?? room.members?.find((one) => one.member === member);
    return {
      member,
      name: known?.name ?? "",
      byline: { ...known, organisation: known?.organisation ?? undefined },
      tracks: own.sort((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind)),
      hasFloor: room.floor.includes(member),
      isSpeaking: speaking.has(member),
      isMuted: room.micMuted.includes(member),
    };
  });
}

/** Whoever sends and did not agree to be recorded. @param {OnAir[]} people @param {string[]} consents */
export function notAgreed(people, consents) {
  return people.filter(({ member, tracks }) => tracks.length > 0 && !consents.includes(member));
}

/** Whether a role lets somebody send; the floor would add nothing. @param {string[]} roles */
export function sendsByRole(roles) {
  return roles.some((role) => SPEAKERS.includes(role));
}

/**
 * Presenters of the slot on stage whose lines dropped in their turn, where none of them still sends.
 * @param {Room} room @param {MediaTrack[]} tracks @param {Set<string>} lost whose lines dropped
 * @returns {string[]} members
 */
export function linesLost(room, tracks, lost) {
  const slot = room.slots.find(({ id }) => id === room.stage);
  if (!slot || room.state !== "live" || room.playback) return [];
  if (!["pitch", "overtime"].includes(slot.state)) return [];
  const sending = new Set(tracks.filter(({ live }) => live).map(({ member }) => member));
  const presenters = presentersOf(room, slot.id);
  if (presenters.some((member) => sending.has(member))) return [];
  return presenters.filter((member) => lost.has(member));
}

/** @param {Room} room @param {string} slot @returns {string[]} members */
export function presentersOf(room, slot) {
  return (room.members ?? []).filter(({ slots }) => slots.includes(slot)).map((one) => one.member);
}
