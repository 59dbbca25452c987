// The recordings of a room that are played along with its replay, each at its own place in time.
import { ApiError } from "../app/api.js";
import { exportRecording, getRecordings, recordingAddress } from "../app/recordings.js";

/** @import { Recording } from "../types.d.ts" */
/**
 * @typedef {{id: string, from: number, to: number, address: string}} Track milliseconds of the log's clock
 * @typedef {"none" | "preparing" | "ready" | "missing"} Preparation
 */

const AGAIN = 2_000; // milliseconds

/** Whether it is of the room, and has an end: one that still runs has no file. @param {Recording} one */
function isPlayable({ kind, running, lengthMs }) {
  return kind === "live" && !running && lengthMs > 0;
}

/** @param {string} room @param {Recording} one @returns {Track} */
function trackOf(room, { recording, firstAt, begunAt, lengthMs }) {
  const from = firstAt ?? begunAt;
  return { id: recording, from, to: from + lengthMs, address: recordingAddress(room, recording) };
}

/**
 * Asks for files of those that have none, and tells whenever another is there.
 * @param {string} room
 * @param {(tracks: Track[], is: Preparation) => void} told
 * @param {() => boolean} stopped
 */
export async function followRecordings(room, told, stopped) {
  const asked = new Set();
  for (;;) {
    let list;
    try {
      list = (await getRecordings(room)).recordings.filter(isPlayable);
      for (const { recording, export: file } of list) {
        if (file.state !== "none" || asked.has(recording)) continue;
        asked.add(recording);
        await exportRecording(room, recording);
      }
    } catch (error) {
      // Recordings are not for everybody: without that right the log is played alone.
      if (error instanceof ApiError) return;
      throw error;
    }
    if (stopped()) return;
    const ready = list.filter(({ export: file }) => file.state === "ready");
    const waits = list.some(({ export: file }) => file.state === "making" || file.state === "none");
    const lost = list.some(({ export: file }) => file.state === "failed");
    told(
      ready.map((one) => trackOf(room, one)),
      waits ? "preparing" : lost ? "missing" : ready.length > 0 ? "ready" : "none",
    );
    if (!waits) return;
    await new Promise((done) => setTimeout(done, AGAIN));
    if (stopped()) return;
  }
}
