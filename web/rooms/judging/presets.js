// Usual sets of criteria, to begin a scheme with; their words are texts, a line `name weight` each.
import { t } from "../../app/i18n.js";

export const PRESETS = /** @type {const} */ (["results", "venture", "challenge"]);

/** @typedef {{name: string, weight: string, anchors: string}} CriterionLine */

/** @param {typeof PRESETS[number]} preset @returns {CriterionLine[]} */
export function presetCriteria(preset) {
  return t(`judging.preset.${preset}.criteria`).split("\n").map((line) => {
    const [, name, weight] = line.match(/^(.*) (\d+)$/) ?? [line, line, "0"];
    return { name, weight, anchors: "" };
  });
}
