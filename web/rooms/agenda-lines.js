// Slots pasted one a line: `title | presenters | organisation | 8+7`.

/** @import { SlotLine } from "../types.d.ts" */

/** @typedef {{line: number, code: string, values: Record<string, string | number>}} LineError */

const LIMITS = { slots: 60, title: 200, presenters: 200, organisation: 200, minutes: 120 };
const PITCH = 8; // minutes, when the line names none
const QUESTIONS = 7; // minutes

/** @param {string} text @returns {{slots: SlotLine[], errors: LineError[]}} lines count from 1 */
export function parseAgenda(text) {
  /** @type {SlotLine[]} */
  const slots = [];
  /** @type {LineError[]} */
  const errors = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    if (raw.trim() === "") return;
    const result = parseLine(raw);
    if ("code" in result) errors.push({ line: index + 1, ...result });
    else if (slots.length === LIMITS.slots) {
      errors.push({ line: index + 1, code: "too_many", values: { most: LIMITS.slots } });
    } else slots.push(result);
  });
  return { slots, errors };
}

/** @param {string} raw @returns {SlotLine | {code: string, values: Record<string, string | number>}} */
function parseLine(raw) {
  const fields = raw.split(/[|｜\t]/).map((field) => field.trim());
  if (fields.length > 4) return { code: "too_many_fields", values: { found: fields.length } };
  const [title, presenters = "", organisation = "", times = ""] = fields;
  if (title === "") return { code: "no_title", values: {} };
  for (const [field, value] of Object.entries({ title, presenters, organisation })) {
    const most = LIMITS[/** @type {"title"} */ (field)];
    if ([...value].length > most) return { code: "too_long", values: { field, most } };
  }
  const minutes = parseMinutes(times);
  if (minutes === null) return { code: "bad_times", values: { found: times } };
  return { title, presenters, organisation, ...minutes };
}

/** @param {string} text such as `8+7`, full width too */
function parseMinutes(text) {
  if (text === "") return { pitchMinutes: PITCH, qaMinutes: QUESTIONS };
  const match = /^(\d{1,3})\s*\+\s*(\d{1,3})$/.exec(text.normalize("NFKC"));
  if (!match) return null;
  const [pitchMinutes, qaMinutes] = [Number(match[1]), Number(match[2])];
  if (pitchMinutes < 1 || pitchMinutes > LIMITS.minutes || qaMinutes > LIMITS.minutes) return null;
  return { pitchMinutes, qaMinutes };
}
