// What marks come to: the rules are the server's, this shows a judge what a sheet will count.
import { isJudged } from "../lifecycle.js";

/** @import { Room, Slot, You } from "../../types.d.ts" */
/** @import { Criterion, Judging } from "./types.d.ts" */

/** The highest mark of a criterion. */
export const HIGHEST = 100;

/** A mark as it was typed; `null` where it is none that a sheet may have. @param {string} text */
export function readMark(text) {
  const trimmed = text.trim();
  if (!/^\d{1,3}$/.test(trimmed)) return null;
  const mark = Number(trimmed);
  return mark <= HIGHEST ? mark : null;
}

/** A sheet's total in hundredths. @param {number[]} marks @param {Criterion[]} criteria */
export function sheetTotal(marks, criteria) {
  return marks.reduce((sum, mark, index) => sum + mark * (criteria[index]?.weight ?? 0), 0);
}

/** `86.33`; a dash where there is no figure. @param {number | null | undefined} hundredths */
export function figure(hundredths) {
  return hundredths === null || hundredths === undefined ? "–" : (hundredths / 100).toFixed(2);
}

/** Whether sheets are given for that slot. @param {Judging} judging @param {string} slot */
export function isScored({ groups }, slot) {
  return groups.length === 0 || groups.some((group) => group.scored && group.slots.includes(slot));
}

/** The slots that are judged, in the agenda's order. @param {Room} room @param {Judging} judging */
export function scoredSlots(room, judging) {
  return room.slots.filter(({ id }) => isScored(judging, id));
}

const TAKES_SHEETS = new Set(["pitch", "overtime", "qa", "scoring"]);

/**
 * How a slot stands for a judge.
 * @param {Room} room @param {Judging} judging @param {You} you @param {Slot} slot
 * @returns {"own" | "recused" | "published" | "given" | "open" | "later" | "skipped" | "missed"}
 */
export function sheetStanding(room, judging, you, slot) {
  if (you.slots.includes(slot.id)) return "own";
  if (judging.scores.some((score) => score.slot === slot.id)) return "published";
  if (you.recused?.includes(slot.id)) return "recused";
  if (you.sheets?.some((sheet) => sheet.slot === slot.id)) return "given";
  if (takesSheets(room, slot)) return "open";
  if (slot.state === "skipped") return "skipped";
  return slot.state === "done" ? "missed" : "later";
}

/** Whether a sheet is taken for the slot now, a first or a better one. @param {Room} room @param {Slot} slot */
export function takesSheets(room, slot) {
  return isJudged(room) && TAKES_SHEETS.has(slot.state);
}

/**
 * How many slots have to be through before scores may be told; 0 where they may.
 * @param {Room} room @param {Judging} judging
 */
export function slotsBeforeScores(room, judging) {
  const slots = scoredSlots(room, judging);
  const done = slots.filter(({ state }) => state === "done").length;
  const left = slots.filter(({ state }) => state !== "done" && state !== "skipped").length;
  if (judging.publication === "each_slot") return 0;
  if (judging.publication === "after") {
    return Math.max(0, Math.min((judging.after ?? 1) - done, left));
  }
  const isOngoing = room.state === "live" || room.state === "paused";
  return isOngoing ? left : slots.filter(({ state }) => state === "scoring").length;
}

/** Slots whose scores were not told and can be. @param {Room} room @param {Judging} judging */
export function untold(room, judging) {
  const told = new Set(judging.scores.map(({ slot }) => slot));
  return scoredSlots(room, judging).filter(({ id, state }) => state === "done" && !told.has(id));
}
