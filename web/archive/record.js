// The record of a room as staff looks through it: what was said, how it should read, what was removed.
import { getJSON } from "../app/api.js";
import { merge } from "../rooms/merge.js";

/** @import { Merged } from "../types.d.ts" */
/** @import { Line, Record, Removal } from "./types.d.ts" */

const PAGE = 500; // events, as many as the server gives at once
const SPOKEN = new Set([
  "chat.said",
  "chat.approved",
  "question.asked",
  "question.answered",
  "caption.added",
  "announcement.made",
]);

/** Reads the log behind an event, page by page. */
/** @param {string} room @param {number} after @returns {Promise<Merged[]>} */
export async function readLog(room, after) {
  /** @type {Merged[]} */
  const all = [];
  let last = after;
  for (;;) {
    const page = await getJSON(`/api/v1/rooms/${room}/events?after=${last}&limit=${PAGE}`);
    for (const event of page.events) all.push(merge(event));
    if (page.last === null) return all;
    last = page.last;
  }
}

/** What a log says, line by line. @param {Merged[]} events @returns {Record} */
export function record(events) {
  /** @type {Map<number, Line>} */
  const lines = new Map();
  /** @type {Removal[]} */
  const removals = [];
  /** The line that a correction is of. @type {Map<number, number>} */
  const corrections = new Map();
  let members = 0;
  let watching = 0;
  for (const { type, seq, at, data } of events) {
    if (type === "member.admitted") members += 1;
    else if (type === "attendance.counted") watching = data.most;
    else if (type === "content.corrected") {
      corrections.set(seq, data.seq);
      const line = lines.get(data.seq);
      if (line && data.text !== undefined) lines.set(data.seq, { ...line, corrected: data.text });
    } else if (type === "content.redacted") {
      const corrected = corrections.get(data.seq);
      const line = lines.get(corrected ?? data.seq);
      if (line && corrected !== undefined) lines.set(corrected, { ...line, corrected: undefined });
      else if (line) {
        lines.set(data.seq, { ...line, text: undefined, corrected: undefined, name: undefined });
      }
      // A text goes with its corrections: that is one removal to whoever looks.
      if (corrected === undefined) {
        removals.push({ seq: data.seq, at, reason: data.reason, line: line ?? null });
      }
    } else if (SPOKEN.has(type) && data.channel === undefined) {
      const { name, text } = data;
      lines.set(seq, { seq, at, type, name, text, members, watching });
    }
  }
  return { lines: [...lines.values()], removals };
}

/** Lines with a word in them, as it was said or as it should read. @param {Line[]} lines @param {string} word */
export function withWord(lines, word) {
  const wanted = word.trim().toLocaleLowerCase();
  if (wanted === "") return lines;
  return lines.filter(({ text = "", corrected = "", name = "" }) =>
    `${text}\n${corrected}\n${name}`.toLocaleLowerCase().includes(wanted)
  );
}
