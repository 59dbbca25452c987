// The agenda while it is written: rows as their fields have them, moved, checked and added up.
import { lengthOf, LIMITS, unfit } from "./limits.js";

/** @import { SlotLine } from "../../types.d.ts" */

/**
 * A slot as its fields have it; `id` is for the page alone.
 * @typedef {{id: number, title: string, presenters: string, organisation: string, field: string,
 *   abstract: string, pitch: string, qa: string}} AgendaRow
 */
/** @typedef {{pitchMinutes: number, qaMinutes: number}} Times */
/** @typedef {{id: number, n: number, field: RowField, code: string, most: number}} RowFault */
/** @typedef {Exclude<keyof AgendaRow, "id">} RowField */

/** Pitch and questions in minutes. @type {Times[]} */
export const PRESETS = [[8, 7], [8, 12], [5, 5], [10, 5], [6, 0]].map((
  [pitchMinutes, qaMinutes],
) => ({ pitchMinutes, qaMinutes }));

const TEXTS = /** @type {const} */ (["title", "presenters", "organisation", "field", "abstract"]);

let last = 0;

/** @param {Times} times @param {Partial<SlotLine>} [slot] @returns {AgendaRow} */
export function newRow({ pitchMinutes, qaMinutes }, slot = {}) {
  return {
    id: ++last,
    title: slot.title ?? "",
    presenters: slot.presenters ?? "",
    organisation: slot.organisation ?? "",
    field: slot.field ?? "",
    abstract: slot.abstract ?? "",
    pitch: String(slot.pitchMinutes ?? pitchMinutes),
    qa: String(slot.qaMinutes ?? qaMinutes),
  };
}

/** Whether nothing is written in it. @param {AgendaRow} row */
export const isEmpty = (row) => TEXTS.every((field) => row[field].trim() === "");

/** @param {AgendaRow[]} rows @param {Times} times */
export const withTimes = (rows, { pitchMinutes, qaMinutes }) =>
  rows.map((row) => ({ ...row, pitch: String(pitchMinutes), qa: String(qaMinutes) }));

/** The same items with one of them at another place, from 0; a place beyond them is the last. */
/** @template T @param {T[]} items @param {number} from @param {number} to @returns {T[]} */
export function moved(items, from, to) {
  if (from < 0 || from >= items.length) return items;
  const rest = items.filter((_, at) => at !== from);
  const place = Math.max(0, Math.min(to, rest.length));
  return [...rest.slice(0, place), items[from], ...rest.slice(place)];
}

/** @param {string} text @returns {number | null} */
function minutes(text) {
  const plain = text.trim().normalize("NFKC");
  return /^\d{1,3}$/.test(plain) ? Number(plain) : null;
}

/** Of all rows with something in them; times that cannot be read count nothing. */
/** @param {AgendaRow[]} rows */
export function totals(rows) {
  const filled = rows.filter((row) => !isEmpty(row));
  const sum = filled.reduce(
    (sum, { pitch, qa }) => sum + (minutes(pitch) ?? 0) + (minutes(qa) ?? 0),
    0,
  );
  return { slots: filled.length, minutes: sum };
}

/** The first thing that is wrong in each row with something in it. */
/** @param {AgendaRow[]} rows @returns {RowFault[]} */
export function faultsOf(rows) {
  return rows.flatMap((row, at) => {
    const fault = isEmpty(row) ? null : faultOf(row);
    return fault ? [{ id: row.id, n: at + 1, ...fault }] : [];
  });
}

/** @param {AgendaRow} row @returns {{field: RowField, code: string, most: number} | null} */
function faultOf(row) {
  if (row.title.trim() === "") return { field: "title", code: "no_title", most: LIMITS.title };
  for (const field of TEXTS) {
    const most = LIMITS[field];
    if (lengthOf(row[field].trim()) > most) return { field, code: "too_long", most };
    if (unfit(row[field])) return { field, code: "unfit", most };
  }
  const most = LIMITS.minutes;
  const [pitch, qa] = [minutes(row.pitch), minutes(row.qa)];
  if (pitch === null || pitch < 1 || pitch > most) return { field: "pitch", code: "minutes", most };
  if (qa === null || qa > most) return { field: "qa", code: "minutes", most };
  return null;
}

/** Whether all texts together are more than the server takes. @param {AgendaRow[]} rows */
export function isTooLong(rows) {
  const texts = rows.flatMap((row) => TEXTS.slice(1).map((field) => row[field].trim()));
  return texts.reduce((sum, text) => sum + lengthOf(text), 0) > LIMITS.agenda;
}

/** The slots as the server takes them, of rows without fault; what is empty is left out. */
/** @param {AgendaRow[]} rows */
export function slotsOf(rows) {
  return rows.filter((row) => !isEmpty(row)).map((row) => ({
    title: row.title.trim(),
    presenters: row.presenters.trim() || undefined,
    organisation: row.organisation.trim() || undefined,
    field: row.field.trim() || undefined,
    abstract: row.abstract.trim() || undefined,
    pitchMinutes: minutes(row.pitch),
    qaMinutes: minutes(row.qa),
  }));
}
