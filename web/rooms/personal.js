// The reader's own standing in a room after an event that is about them.
import { withConfided, withoutText } from "./apply.js";

/** @import { Fields, Merged, You } from "../types.d.ts" */
/** @import { OwnSheet } from "./judging/types.d.ts" */

/** Whoever is not admitted. @type {You} */
export const VISITOR = { member: null, roles: [], slots: [], votes: [] };

/** After an event that came with `to`. @param {You} you @param {Merged} event @returns {You} */
export function applyToMe(you, event) {
  const { type, seq, at, data } = event;
  const { roles, slots, name, reason, text } = data;
  const held = you.held ?? [];
  if (roles) return { ...you, roles, slots: slots ?? [], name: name ?? you.name };
  switch (type) {
    case "member.muted":
      return { ...you, muted: true };
    case "member.unmuted":
      return { ...you, muted: false };
    case "member.checked_in":
      return { ...you, onSite: true };
    case "member.checked_out":
      return { ...you, onSite: false };
    case "judge.seated":
      return { ...you, panel: data.panel };
    case "judge.recused":
      return { ...you, recused: [...(you.recused ?? []), data.slot] };
    case "judge.returned":
      return { ...you, recused: you.recused?.filter((slot) => slot !== data.slot) };
    case "sheet.submitted":
      return { ...you, sheets: withSheet(you.sheets ?? [], { ...data, seq }) };
    case "member.removed":
      return { ...VISITOR, door: { state: "removed", reason } };
    case "member.banned":
      return { ...VISITOR, door: { state: "banned", reason } };
    case "question.asked":
      return { ...you, asked: [...(you.asked ?? []), String(seq)] };
    case "poll.voted":
      return {
        ...you,
        ballots: [
          ...(you.ballots ?? []).filter(({ poll }) => poll !== data.poll),
          { poll: data.poll, choices: data.choices },
        ],
      };
    case "chat.said":
      return { ...you, confided: withConfided(you.confided, event) };
    case "content.redacted":
      return { ...you, confided: you.confided && withoutText(you.confided, data.seq) };
    case "chat.held":
      return { ...you, held: [...held, { seq, by: you.member, at, name, text }] };
    case "chat.declined":
      return {
        ...you,
        held: held.map((one) => one.seq === data.held ? { ...one, declined: true, reason } : one),
      };
    default:
      return you;
  }
}

/** @param {OwnSheet[]} sheets @param {Fields} sheet one's own */
function withSheet(sheets, { slot, panel, marks, seq, comment }) {
  const given = { slot, panel, marks, seq, ...(comment === undefined ? {} : { comment }) };
  return [...sheets.filter((one) => one.slot !== slot), given];
}

/** After an event for all that may touch what is one's own. @param {You} you @param {Merged} event @returns {You} */
export function applyToMine(you, { type, by, data }) {
  switch (type) {
    case "question.voted":
      return by === you.member ? { ...you, votes: [...you.votes, data.question] } : you;
    case "question.merged":
      // Whoever voted for what was merged has voted for what stands for it.
      return data.into !== null && you.votes.includes(data.question)
        ? { ...you, votes: [...new Set([...you.votes, data.into])] }
        : you;
    case "chat.approved":
      return { ...you, held: you.held?.filter(({ seq }) => seq !== data.held) };
    case "content.redacted":
      return { ...you, held: you.held?.filter(({ seq }) => seq !== data.seq) };
    default:
      return you;
  }
}
