// Who stands where by what was told, and what it brings.
import { t } from "../../app/i18n.js";

/** @import { Room, Slot } from "../../types.d.ts" */
/** @import { Judging, SlotGroup, SlotScore } from "./types.d.ts" */
/** @typedef {{slot: Slot, score: SlotScore, rank: number | null}} Row */

/**
 * The told slots by group and place; those without a figure last.
 * @param {Room} room @param {Judging} judging
 * @returns {{group: SlotGroup | null, rows: Row[]}[]}
 */
export function placings(room, judging) {
  const ranks = new Map(judging.ranks.map(({ slot, rank }) => [slot, rank]));
  const scores = new Map(judging.scores.map((score) => [score.slot, score]));
  /** @param {Slot[]} slots */
  const rows = (slots) =>
    slots.flatMap((slot) => {
      const score = scores.get(slot.id);
      return score ? [{ slot, score, rank: ranks.get(slot.id) ?? null }] : [];
    }).sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || 0);
  const groups = judging.groups.filter(({ scored }) => scored);
  if (groups.length === 0) return [{ group: null, rows: rows(room.slots) }];
  return groups.map((group) => ({
    group,
    rows: rows(room.slots.filter(({ id }) => group.slots.includes(id))),
  })).filter(({ rows: found }) => found.length > 0);
}

/** What a place brings: the next round, a prize; "" where neither. */
/** @param {SlotGroup | null} group @param {number | null} rank */
export function award(group, rank) {
  if (!group || rank === null) return "";
  const won = [group.prizes[rank - 1], rank <= group.advancing && t("judging.advances")];
  return won.filter(Boolean).join(" · ");
}
