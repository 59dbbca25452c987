// What is told of a log beside its states: the lines of the transcript, and what the bar marks.

/** @import { Merged } from "../types.d.ts" */
/**
 * @typedef {"chat" | "question" | "answer" | "asking" | "poll" | "results" | "caption" | "announcement"
 *   | "slot" | "state"} Kind
 * @typedef {object} Line of the transcript
 * @property {number} seq
 * @property {number} at
 * @property {Kind} kind
 * @property {string} name whose words they are; empty where nobody's
 * @property {string | null} text null where it was removed
 * @property {string} [corrected] how it should read, as it was said later
 * @property {string} [state] the room's, of a line about it
 * @property {string} [language] of a caption
 * @typedef {{at: number, kind: "slot" | "slide" | "question" | "poll", id: string}} Marker
 */

/** How a room stands after it, where a line tells of that. @type {Record<string, string>} */
const STATES = {
  "room.started": "live",
  "room.paused": "paused",
  "room.resumed": "live",
  "room.ended": "follow_up",
  "room.closed": "closed",
  "room.cancelled": "cancelled",
  "archive.sealed": "archived",
};

export class Story {
  /** @type {Line[]} */
  lines = [];
  /** @type {Marker[]} */
  markers = [];
  /** When each slot was called first. @type {Map<string, number>} */
  called = new Map();
  /** When the room was recorded. @type {{id: string, from: number, to: number | null}[]} */
  #recorded = [];
  /** Titles of slots, and texts of questions. @type {Map<string, string>} */
  #titles = new Map();
  /** @type {Map<string, string | null>} */
  #asked = new Map();

  /** @param {Merged} event */
  take(event) {
    const { type, seq, at, data } = event;
    if (type === "content.corrected") this.#correct(data);
    if (type === "room.created") {
      for (const { id, title } of data.slots) this.#titles.set(id, title ?? "");
    }
    if (type === "question.asked") this.#asked.set(String(seq), data.text ?? null);
    if (type === "recording.started") {
      this.#recorded.push({ id: data.recording, from: at, to: null });
    }
    const running = this.#recorded.at(-1);
    if (type === "recording.stopped" && running) running.to = at;
    const line = this.#line(event);
    if (line) this.lines.push({ seq, at, name: "", ...line });
    const marker = this.#marker(event);
    if (marker) this.markers.push({ at, ...marker });
  }

  /** Nothing is corrected that was removed. @param {import("../types.d.ts").Fields} data */
  #correct({ seq, text }) {
    const place = this.lines.findIndex((line) => line.seq === seq);
    const line = this.lines[place];
    if (!line || line.text === null || text === undefined) return;
    this.lines[place] = { ...line, corrected: text };
  }

  /** The room's recordings; one that runs goes on to the end. @param {number} end */
  recorded(end) {
    return this.#recorded.map(({ id, from, to }) => ({ id, from, to: to ?? end }));
  }

  /** @param {Merged} event @returns {Partial<Line> & {kind: Kind, text: string | null} | null} */
  #line({ type, data }) {
    const said = { name: data.name ?? "", text: data.text ?? null };
    switch (type) {
      case "chat.said":
        return data.channel === undefined ? { kind: "chat", ...said } : null;
      case "chat.approved":
        return { kind: "chat", ...said };
      case "question.asked":
        return { kind: "question", ...said };
      case "question.answered":
        return { kind: "answer", ...said };
      case "question.marked":
        return data.state === "answering"
          ? { kind: "asking", text: this.#asked.get(data.question) ?? null }
          : null;
      case "poll.opened":
        return { kind: "poll", text: data.question ?? null };
      case "caption.added":
        return { kind: "caption", language: data.language, ...said };
      case "announcement.made":
        return { kind: "announcement", text: data.text ?? null };
      case "slot.called":
        return { kind: "slot", text: this.#titles.get(data.slot) ?? "" };
      default:
        return type in STATES ? { kind: "state", state: STATES[type], text: "" } : null;
    }
  }

  /** @param {Merged} event @returns {Omit<Marker, "at"> | null} */
  #marker({ type, seq, at, data }) {
    switch (type) {
      case "slot.called":
        if (!this.called.has(data.slot)) this.called.set(data.slot, at);
        return { kind: "slot", id: data.slot };
      case "slide.shown":
        return { kind: "slide", id: String(data.page) };
      case "question.asked":
        return { kind: "question", id: String(seq) };
      case "poll.opened":
        return { kind: "poll", id: String(seq) };
      default:
        return null;
    }
  }
}

/** How many lines were said until then. @param {Line[]} lines @param {number} at */
export function saidUntil(lines, at) {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle].at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a text or name has the words. @param {Line[]} lines @param {string} words @returns {number[]} */
export function findLines(lines, words) {
  const sought = words.trim().toLocaleLowerCase();
  if (sought === "") return [];
  const found = [];
  for (const [place, { text, name, corrected }] of lines.entries()) {
    if (`${name}\n${text ?? ""}\n${corrected ?? ""}`.toLocaleLowerCase().includes(sought)) {
      found.push(place);
    }
  }
  return found;
}

/**
 * One mark of a kind for each part of the bar, however many there are.
 * @param {Marker[]} markers @param {(at: number) => number} share where on the bar, 0 to 1
 * @param {number} parts
 * @returns {{kind: Marker["kind"], share: number}[]}
 */
export function marksOf(markers, share, parts) {
  const seen = new Set();
  return markers.flatMap(({ at, kind }) => {
    const part = Math.round(share(at) * parts);
    const name = `${kind} ${part}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ kind, share: part / parts }];
  });
}
