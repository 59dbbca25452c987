// Reads a log (docs/log-format.md) as it comes: a line at a time, with pauses in which the page lives.
import { merge } from "../rooms/merge.js";

/** @import { Merged, RoomEvent } from "../types.d.ts" */
/**
 * What a line tells its reader; `merged` is null where nothing of it is for the reader's class.
 * @typedef {object} Told
 * @property {Merged | null} merged
 * @property {boolean} staff it has what staff alone is told
 * @property {boolean} inside it has what those outside a closed door are not told
 * @property {boolean} hidden a part of it is for others, or was erased
 */

/** So long the page reads on before it lets others go first. */
const BREATH = 25; // milliseconds

/** @param {AsyncIterable<Uint8Array>} chunks @returns {AsyncGenerator<string>} its lines */
export async function* linesOf(chunks) {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/** The body of an answer, piece by piece. @param {ReadableStream<Uint8Array>} stream */
export async function* piecesOf(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

/**
 * @param {AsyncIterable<string> | Iterable<string>} lines
 * @param {(told: Told) => void} take
 * @param {() => void} paused between two stretches of reading
 * @param {() => boolean} [stopped]
 */
export async function readLog(lines, take, paused, stopped = () => false) {
  let until = performance.now() + BREATH;
  for await (const line of lines) {
    const told = readLine(line);
    if (told) take(told);
    if (performance.now() < until) continue;
    paused();
    await breath();
    if (stopped()) return;
    until = performance.now() + BREATH;
  }
  paused();
}

/** @returns {Promise<void>} after whatever else waits for this page */
function breath() {
  return new Promise((done) => setTimeout(done, 0));
}

/** @param {string} line @returns {Told | null} null where it is no event's */
export function readLine(line) {
  if (!line.startsWith('{"seq":')) return null;
  const { seq, at, parts } = JSON.parse(line);
  const bodies = [];
  let [staff, inside, hidden] = [false, false, false];
  for (const { to, text } of parts) {
    if (text === undefined) hidden = true;
    else if (isForClass(to)) {
      bodies.push({ n: bodies.length, body: JSON.parse(text) });
      staff ||= to === "staff";
      inside ||= to !== "everyone";
    }
  }
  const event = /** @type {RoomEvent} */ ({ seq, at, parts: bodies });
  return { merged: bodies.length === 0 ? null : merge(event), staff, inside, hidden };
}

/** What one member alone is told, or the server, is not what a class of readers sees. @param {string} to */
function isForClass(to) {
  return to !== "server" && !to.startsWith("member:");
}
