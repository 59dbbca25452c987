// Slots pasted or out of a file, one a line: `title | presenters | organisation | 8+7`, or a table
// whose first row names its columns in Chinese or English.
import { columnsOf } from "./columns.js";
import { readRecords } from "./delimited.js";
import { lengthOf, LIMITS, unfit } from "./limits.js";

/** @import { SlotLine } from "../../types.d.ts" */
/** @import { Column } from "./columns.js" */
/** @import { Delimiter } from "./delimited.js" */

/** @typedef {Record<string, string | number>} Values */
/** @typedef {{line: number, code: string, values: Values}} LineError */
/** @typedef {{slots: SlotLine[], errors: LineError[], ignored: string[]}} Agenda */

/** Columns where no header names them. @type {(Column | null)[]} */
const KNOWN_ORDER = ["title", "presenters", "organisation", "times", "field", "abstract"];
const TIMES = /^(\d{1,3})\s*[+＋]\s*(\d{1,3})$/;
const MINUTES = /^(\d{1,3})\s*(?:分钟|分|minutes|min|m|')?$/i;

/**
 * Lines count from 1; `ignored` names columns that no slot has.
 * @param {string} text @param {object} [given]
 * @param {number} [given.most] slots that there is room for
 * @param {{pitchMinutes: number, qaMinutes: number}} [given.times] where a row names none
 * @param {boolean} [given.commas] whether they part fields without any other sign of it
 * @returns {Agenda}
 */
export function parseAgenda(text, { most = LIMITS.slots, times = STANDARD, commas = false } = {}) {
  const { rows, faults } = readRecords(text, delimiterOf(text, commas));
  const header = rows.length > 0 ? columnsOf(rows[0].cells) : null;
  const columns = header?.columns ?? KNOWN_ORDER;
  /** @type {SlotLine[]} */
  const slots = [];
  /** @type {LineError[]} */
  const errors = faults.map(({ line, code }) => ({ line, code, values: {} }));
  for (const { line, cells } of header ? rows.slice(1) : rows) {
    const result = slotOf(cells, columns, times);
    if ("code" in result) errors.push({ line, ...result });
    else if (slots.length < most) slots.push(result);
    else {
      errors.push({ line, code: "too_many", values: { most: LIMITS.slots, left: most } });
    }
  }
  errors.sort((one, other) => one.line - other.line);
  return { slots, errors, ignored: header?.ignored ?? [] };
}

const STANDARD = { pitchMinutes: 8, qaMinutes: 7 };

/**
 * Spreadsheets give tabs or, in files, commas; people write bars. Commas also stand in titles, so
 * that they part fields only where the first line has a header's names, times or quotes.
 * @param {string} text @param {boolean} commas @returns {Delimiter}
 */
function delimiterOf(text, commas) {
  if (text.includes("\t")) return "\t";
  for (const delimiter of /** @type {const} */ ([",", ";"])) {
    const cells = readRecords(text, delimiter).rows[0]?.cells ?? [];
    const isTable = text.startsWith('"') || columnsOf(cells) !== null ||
      cells.some((cell) => TIMES.test(cell));
    if (cells.length > 1 && isTable) return delimiter;
  }
  if (/[|｜]/.test(text)) return "|";
  return commas || text.startsWith('"') ? "," : "|";
}

/**
 * @param {string[]} cells @param {(Column | null)[]} columns @param {typeof STANDARD} times
 * @returns {SlotLine | {code: string, values: Values}}
 */
function slotOf(cells, columns, times) {
  const found = cells.findLastIndex((cell) => cell !== "") + 1;
  if (found > columns.length) {
    return { code: "too_many_fields", values: { found, most: columns.length } };
  }
  const cell = (/** @type {Column} */ column) => cells[columns.indexOf(column)] ?? "";
  const slot = {
    title: oneLine(cell("title")),
    presenters: oneLine(cell("presenters")),
    organisation: oneLine(cell("organisation")),
    field: oneLine(cell("field")),
    abstract: cell("abstract").replace(/\r\n?/g, "\n"),
  };
  if (slot.title === "") return { code: "no_title", values: {} };
  for (const field of /** @type {(keyof typeof slot)[]} */ (Object.keys(slot))) {
    if (lengthOf(slot[field]) > LIMITS[field]) {
      return { code: "too_long", values: { field, most: LIMITS[field] } };
    }
    if (unfit(slot[field])) return { code: "unfit", values: { field } };
  }
  const minutes = minutesOf(cell("times"), cell("pitch"), cell("qa"), times);
  if (minutes === null) {
    const found = [cell("times"), cell("pitch"), cell("qa")].filter(Boolean).join(" ");
    return { code: "bad_times", values: { found } };
  }
  return { ...slot, ...minutes };
}

/** A cell of several lines as one. @param {string} text */
const oneLine = (text) => text.replace(/\s*[\r\n]+\s*/g, " ");

/**
 * Such as `8+7`, full width too, or a column for each.
 * @param {string} both @param {string} pitch @param {string} qa @param {typeof STANDARD} standard
 */
function minutesOf(both, pitch, qa, standard) {
  const [, ...pair] = TIMES.exec(both.normalize("NFKC")) ?? [];
  if (both !== "" && pair.length === 0) return null;
  const pitchMinutes = amount(pitch) ?? Number(pair[0] ?? standard.pitchMinutes);
  const qaMinutes = amount(qa) ?? Number(pair[1] ?? standard.qaMinutes);
  const fits = pitchMinutes >= 1 && pitchMinutes <= LIMITS.minutes && qaMinutes <= LIMITS.minutes;
  return fits ? { pitchMinutes, qaMinutes } : null;
}

/** @param {string} text @returns {number | null} `NaN`, which fits nowhere, where it is none */
function amount(text) {
  if (text === "") return null;
  return Number(MINUTES.exec(text.normalize("NFKC"))?.[1] ?? NaN);
}
