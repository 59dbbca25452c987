// A scheme as the moderator's form has it, and the command that it becomes.
import { presetCriteria } from "./presets.js";
import { t } from "../../app/i18n.js";

/** @import { Judging } from "./types.d.ts" */
/** @typedef {{name: string, weight: string, anchors: string}} WeightLine */
/** @typedef {{name: string, scored: boolean, advancing: string, prizes: string, slots: string[]}} GroupLine */
/**
 * @typedef {object} SchemeDraft
 * @property {WeightLine[]} criteria
 * @property {WeightLine[]} panels
 * @property {Judging["aggregation"]} aggregation
 * @property {Judging["publication"]} publication
 * @property {string} after
 * @property {Judging["detail"]} detail
 * @property {string} tie number of the criterion that parts equal totals, or ""
 * @property {GroupLine[]} groups
 */

/** @param {Judging | null} judging @returns {SchemeDraft} */
export function draftOf(judging) {
  if (!judging) {
    return {
      criteria: presetCriteria("results"),
      panels: [{ name: t("judging.onePanel"), weight: "100", anchors: "" }],
      aggregation: "trimmed",
      publication: "end",
      after: "1",
      detail: "criteria",
      tie: "1",
      groups: [],
    };
  }
  const lines = (/** @type {{name: string, weight: number, anchors?: string}[]} */ items) =>
    items.map(({ name, weight, anchors = "" }) => ({ name, weight: String(weight), anchors }));
  return {
    criteria: lines(judging.criteria),
    panels: lines(judging.panels),
    aggregation: judging.aggregation,
    publication: judging.publication,
    after: String(judging.after ?? 1),
    detail: judging.detail,
    tie: String(judging.ties[0] ?? ""),
    groups: judging.groups.map(({ name, scored, advancing, prizes, slots }) => ({
      name,
      scored,
      advancing: String(advancing),
      prizes: prizes.join(t("list.comma")),
      slots,
    })),
  };
}

/** @param {{weight: string}[]} lines */
export function weightSum(lines) {
  return lines.reduce((sum, { weight }) => sum + (readWeight(weight) ?? 0), 0);
}

/** @param {string} text @returns {number | null} */
function readWeight(text) {
  return /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : null;
}

/**
 * What is wrong with it, by a word, or the command's data.
 * @param {SchemeDraft} draft @param {{slots: {id: string}[]}} room
 * @returns {{wrong?: string, plan?: import("../../types.d.ts").Fields}}
 */
export function planOf(draft, room) {
  const { criteria, panels, groups } = draft;
  if ([...criteria, ...panels, ...groups].some(({ name }) => name.trim() === "")) {
    return { wrong: "name" };
  }
  for (const lines of [criteria, panels]) {
    const weights = lines.map(({ weight }) => readWeight(weight));
    if (weights.some((weight) => weight === null || weight < 1)) return { wrong: "weight" };
    if (weightSum(lines) !== 100) return { wrong: "sum" };
  }
  const grouped = groups.flatMap(({ slots }) => slots);
  if (groups.length > 0 && room.slots.some(({ id }) => !grouped.includes(id))) {
    return { wrong: "groups" };
  }
  const after = Number(draft.after);
  if (draft.publication === "after" && !(Number.isInteger(after) && after >= 1)) {
    return { wrong: "after" };
  }
  const advancing = groups.map((group) => Number(group.advancing || "0"));
  if (groups.some(({ slots }, at) => !(advancing[at] >= 0 && advancing[at] <= slots.length))) {
    return { wrong: "advancing" };
  }
  return { plan: planned(draft, after, advancing) };
}

/** @param {SchemeDraft} draft @param {number} after @param {number[]} advancing */
function planned(draft, after, advancing) {
  const { criteria, panels, aggregation, publication, detail, tie, groups } = draft;
  const tied = Number(tie);
  return {
    criteria: criteria.map(({ name, weight, anchors }) => ({
      name: name.trim(),
      weight: Number(weight),
      ...(anchors.trim() ? { anchors: anchors.trim() } : {}),
    })),
    panels: panels.map(({ name, weight }) => ({ name: name.trim(), weight: Number(weight) })),
    aggregation,
    publication,
    ...(publication === "after" ? { after } : {}),
    detail,
    ties: tied >= 1 && tied <= criteria.length ? [tied] : [],
    groups: groups.map(({ name, scored, prizes, slots }, at) => ({
      name: name.trim(),
      scored,
      slots,
      advancing: advancing[at],
      prizes: prizes.split(/[,，、;；]/).map((prize) => prize.trim()).filter(Boolean),
    })),
  };
}
