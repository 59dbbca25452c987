// Scores and places, computed again from the sheets that a log opens (docs/verification.md, Scores).
import { Broken } from "./fault.js";

/** @typedef {Record<string, any>} Fields */
/** @typedef {{sheets: [number, boolean][], total: number | null, trimmed: number, criteria: (number | null)[]}} Score */

const KINDS = ["judging.arranged", "scores.published", "sheet.opened"];

export class Scores {
  /** @type {Map<string, Score>} */
  known = new Map();
  #hasUnknown = false;
  /** @type {Fields | null} */
  #scheme = null;
  /** @type {{event: number, data: Fields} | null} */
  #told = null;
  /** @type {Map<string, Fields[]>} */
  #opened = new Map();

  /** @param {number} event @param {Fields[]} parts */
  take(event, parts) {
    const text = parts.slice(1).map((part) => part.text ?? "").find((one) =>
      KINDS.some((kind) => one.startsWith(`{"type":"${kind}"`))
    );
    if (text === undefined) {
      if (parts.some((part) => part.digest === undefined)) this.compare();
      return;
    }
    let body;
    try {
      body = JSON.parse(text);
      if (body.type === "judging.arranged") {
        const scheme = schemeOf(body.data);
        this.compare();
        this.#scheme = scheme;
      } else if (body.type === "scores.published") {
        this.compare();
        this.#told = { event, data: body.data };
      } else {
        const { slot } = body.data;
        this.#opened.set(slot, [...(this.#opened.get(slot) ?? []), body.data]);
      }
    } catch (error) {
      if (error instanceof Broken) throw error; // What a later version writes is not judged here.
    }
  }

  /** Compares what was told and is not compared yet. */
  compare() {
    const told = this.#told;
    if (!told) return;
    const opened = this.#opened;
    [this.#told, this.#opened] = [null, new Map()];
    if (!this.#scheme) return;
    for (const score of told.data.scores) {
      const sheets = opened.get(score.slot) ?? [];
      if (sheets.length === 0 || sheets.length !== score.sheets || !takes(this.#scheme, sheets)) {
        this.#hasUnknown = true;
        continue;
      }
      const found = scoreOf(this.#scheme, sheets);
      const isSame = found.total === score.total && found.trimmed === score.trimmed &&
        sheets.every((sheet, index) =>
          found.sheets[index][0] === sheet.total && found.sheets[index][1] === sheet.trimmed
        ) &&
        (score.criteria.length === 0 || `${score.criteria}` === `${found.criteria}`);
      if (!isSame) throw new Broken("scores", { event: told.event, name: score.slot });
      this.known.set(score.slot, found);
    }
    if (this.#hasUnknown) return;
    const ranks = ranksOf(this.#scheme, this.known);
    for (const { slot, rank } of told.data.ranks) {
      if (ranks.get(slot) !== rank) throw new Broken("scores", { event: told.event, name: slot });
    }
  }
}

/** @param {Fields} data @returns {Fields | null} `null` where it cannot be judged */
function schemeOf(data) {
  const weights = data.criteria.map((/** @type {Fields} */ one) => one.weight);
  const panels = data.panels.map((/** @type {Fields} */ one) => one.weight);
  const isSound = weights.length >= 1 && weights.length <= 100 &&
    weights.every((/** @type {unknown} */ one) => isWhole(one, 0, 100)) &&
    panels.length >= 1 && panels.length <= 5 &&
    panels.every((/** @type {unknown} */ one) => isWhole(one, 1, 1_000)) &&
    data.ties.every((/** @type {unknown} */ one) => isWhole(one, 1, weights.length));
  const groups = (data.groups ?? []).map((/** @type {Fields} */ one) => one.slots);
  return isSound
    ? { weights, panels, isTrimmed: data.aggregation === "trimmed", ties: data.ties, groups }
    : null;
}

/** @param {unknown} value @param {number} least @param {number} most */
function isWhole(value, least, most) {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

/** @param {Fields} scheme @param {Fields[]} sheets */
function takes({ weights, panels }, sheets) {
  return sheets.length <= 15 &&
    sheets.every(({ panel, marks }) =>
      isWhole(panel, 1, panels.length) && marks.length === weights.length &&
      marks.every((/** @type {unknown} */ one) => isWhole(one, 0, 100))
    );
}

/** @param {Fields} scheme @param {Fields[]} sheets @returns {Score} */
function scoreOf({ weights, panels, isTrimmed }, sheets) {
  const totals = sheets.map(({ marks }) =>
    marks.reduce(
      (/** @type {number} */ sum, /** @type {number} */ mark, /** @type {number} */ at) =>
        sum + mark * weights[at],
      0,
    )
  );
  const kept = new Set(sheets.keys());
  for (let panel = 1; isTrimmed && panel <= panels.length; panel++) {
    const own = [...sheets.keys()].filter((at) => sheets[at].panel === panel);
    if (own.length < 5) continue;
    // Of equal ones the one given later is left out.
    const lowest = own.reduce((low, at) => totals[at] <= totals[low] ? at : low);
    const rest = own.filter((at) => at !== lowest);
    kept.delete(lowest);
    kept.delete(rest.reduce((high, at) => totals[at] >= totals[high] ? at : high));
  }
  /** @param {(at: number) => number} value */
  const figure = (value) => {
    let [sum, of, common] = [0n, 0n, 1n];
    const means = panels.map((/** @type {number} */ weight, /** @type {number} */ index) => ({
      weight: BigInt(weight),
      values: [...kept].filter((at) => sheets[at].panel === index + 1).map(value),
    })).filter((/** @type {Fields} */ one) => one.values.length > 0);
    if (means.length === 0) return null;
    for (const { values } of means) common *= BigInt(values.length);
    for (const { weight, values } of means) {
      const total = BigInt(
        values.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b),
      );
      sum += weight * total * (common / BigInt(values.length));
      of += weight;
    }
    return Number((2n * sum + common * of) / (2n * common * of));
  };
  return {
    sheets: totals.map((total, at) => [total, !kept.has(at)]),
    total: figure((at) => totals[at]),
    trimmed: sheets.length - kept.size,
    criteria: weights.map((/** @type {number} */ _, /** @type {number} */ index) =>
      figure((at) => 100 * sheets[at].marks[index])
    ),
  };
}

/** @param {Fields} scheme @param {Map<string, Score>} known @returns {Map<string, number>} */
function ranksOf({ ties, groups }, known) {
  const ranks = new Map();
  for (const group of groups.length > 0 ? groups : [[...known.keys()]]) {
    const keys = group.map((/** @type {string} */ slot) => ({ slot, score: known.get(slot) }))
      .filter((/** @type {Fields} */ one) => one.score && one.score.total !== null)
      .map((/** @type {Fields} */ { slot, score }) => ({
        slot,
        key: [score.total, ...ties.map((/** @type {number} */ tie) => score.criteria[tie - 1])],
      }));
    for (const { slot, key } of keys) {
      ranks.set(
        slot,
        1 + keys.filter((/** @type {Fields} */ other) => isAbove(other.key, key)).length,
      );
    }
  }
  return ranks;
}

/** @param {number[]} a @param {number[]} b */
function isAbove(a, b) {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at] > b[at];
}
